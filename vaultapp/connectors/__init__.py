"""Code that changes a credential at its target: one module a kind."""
