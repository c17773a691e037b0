"""The way to a new vault. Nothing is written before its last step."""
