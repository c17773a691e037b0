"""Every component of the window in every state: ``python -m vaultapp.gui.gallery``. The app does not import it."""
