"""What the sidebar leads to. Pages do not know each other."""
