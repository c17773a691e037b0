"""Whether there is a screen that a window can open on."""

from __future__ import annotations

from collections.abc import Mapping

_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def screen_variable(environment: Mapping[str, str]) -> str | None:
    """Return the variable that names a screen; None where none does. On Linux only."""
    return next((name for name in _VARIABLES if environment.get(name)), None)
