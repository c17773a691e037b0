"""The icon in the desktop's tray, its menu, and the small windows that open from it."""
