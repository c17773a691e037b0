"""A desktop vault: a key management service of one's own."""

__version__ = "0.1.0"
