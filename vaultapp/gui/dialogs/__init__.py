"""Small windows that ask for something. They are opened, never run."""
