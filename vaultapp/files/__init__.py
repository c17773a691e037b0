"""Sealing and opening of files in parallel, and publishing them whole."""
