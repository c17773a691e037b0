"""Rows behind the lists. No model calls a service."""
