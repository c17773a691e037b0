"""The vault file: one SQLite database of sealed, bound rows."""
