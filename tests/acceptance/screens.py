"""Every screen that the walk shows in both themes, and the names of the pictures that it was designed by."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT = "light"
DARK = "dark"
THEMES = (LIGHT, DARK)


def _as(light: str, dark: str = "") -> Mapping[str, str]:
    return {LIGHT: light, DARK: dark or light}


DESIGNS: Mapping[str, Mapping[str, str]] = {
    "welcome": {},
    "passphrase": _as("07-first-run-passphrase"),
    "recovery-kit": _as("08-recovery-kit"),
    "lock": _as("06-lock", "06-lock-dark"),
    "wrong-passphrase": _as("06-lock-dark"),
    "files-empty": _as("14-files-empty"),
    "files": _as("01-files", "01-files-dark"),
    "files-860x560": _as("01-files-860x560"),
    "drop": _as("02-drop-overlay"),
    "drop-mixed": _as("02-drop-overlay-mixed-dark"),
    "text-encrypted": _as("05-text"),
    "text-decrypted": _as("05-text"),
    "quick-decrypt": _as("13-tray-quick-decrypt", "13-tray-quick-decrypt-dark"),
    "credentials": _as("04-credentials", "04-credentials-dark"),
    "credentials-860x560": _as("04-credentials-860x560"),
    "credentials-selection": _as("18-credentials-selection"),
    "keys": _as("03-keys", "03-keys-dark"),
    "activity": _as("10-activity"),
    "settings": _as("11-settings", "11-settings-dark"),
    "palette": _as("16-command-palette"),
    "error-and-undo": _as("15-error-and-undo"),
    "keyboard-focus": _as("17-keyboard-focus"),
    "gallery": {},
}
