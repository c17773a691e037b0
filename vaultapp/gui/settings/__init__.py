"""The sections of the settings page. Only what exists has a line, and each line says what it does."""
