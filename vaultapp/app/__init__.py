"""Composition roots of the window, the agent and the command line."""
