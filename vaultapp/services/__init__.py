"""Use cases: what a person or program can ask of the vault."""
