"""What clears a copied secret although the window is gone: a guard in a process of its own, and the way to it."""
