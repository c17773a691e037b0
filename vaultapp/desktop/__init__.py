"""What a desktop is told of vaultapp: its menu, its icons, its kind of file, the menus of file managers."""
