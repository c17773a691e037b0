"""What the window needs of the desktop."""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
from collections.abc import Iterator, Mapping

from vaultapp.cli.doctor.finding import Finding, State
from vaultapp.cli.doctor.message_bus import MessageBus
from vaultapp.cli.invocation import Invocation
from vaultapp.core.buses import session_address
from vaultapp.core.screens import screen_variable
from vaultapp.desktop.installation import DesktopInstallation

# What Qt's xcb and Wayland platforms load, and the Debian packages that have it.
_LIBRARIES: Mapping[str, str] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
_TRAY = "org.kde.StatusNotifierWatcher"
_CLIPBOARDS = (("WAYLAND_DISPLAY", ("wl-copy",)), ("DISPLAY", ("xclip", "xsel")))


def check_window(invocation: Invocation) -> Iterator[Finding]:
    """Look at screen and libraries. Without a screen nothing breaks: commands need neither."""
    screen = screen_variable(invocation.environment)
    if screen is None:
        yield Finding("screen", State.OK, "there is none here; commands need none")
    else:
        yield Finding("screen", State.OK, f"{screen} is {invocation.environment[screen]}")
    missing = [library for library in _LIBRARIES if not _loads(library)]
    # A broken window is bad only for somebody who could see one.
    state = State.WARN if screen is None else State.BAD
    if importlib.util.find_spec("PySide6") is None:
        yield Finding(
            "window libraries", state, "PySide6 is not installed; no window can open", "Install vaultapp anew."
        )
    elif missing:
        text = f"{', '.join(missing)} missing; the window may not open"
        packages = " ".join(_LIBRARIES[library] for library in missing)
        yield Finding("window libraries", state, text, f"On Debian: apt install {packages}.")
    else:
        yield Finding("window libraries", State.OK, "all there")


def check_tray(invocation: Invocation) -> Iterator[Finding]:
    """Look at the session's bus, and who shows icons of programs on it."""
    names = MessageBus(session_address(invocation.environment)).names()
    if names is None:
        text = "the session's message bus does not answer: no tray, no dialogs of the desktop, no locking with it"
        yield Finding("session bus", State.WARN, text, "Log in on a desktop, or start one with dbus-run-session.")
        return
    yield Finding("session bus", State.OK, "it answers")
    if _TRAY in names:
        yield Finding("tray", State.OK, "this desktop shows icons of programs")
    else:
        text = "nobody on this desktop shows icons of programs; the window stays a window"
        yield Finding("tray", State.WARN, text, "On GNOME the extension AppIndicator adds a place for them.")


def check_clipboard(invocation: Invocation) -> Iterator[Finding]:
    """Look for a program that takes what a command prints to the clipboard."""
    for variable, programs in _CLIPBOARDS:
        if invocation.environment.get(variable):
            path = invocation.environment.get("PATH")
            found = next((one for one in programs if shutil.which(one, path=path)), None)
            if found:
                yield Finding("clipboard", State.OK, f"the window has it; commands reach it by {found}")
            elif "wl-copy" in programs:
                text = "the window has it, but nothing here can look whether a clipboard manager kept a secret"
                yield Finding("clipboard", State.WARN, text, "Install wl-clipboard: it is cleared there too then.")
            else:
                text = "the window has it; no program here takes what a command prints to it"
                yield Finding("clipboard", State.WARN, text, "Install xclip if you want that.")
            return


def check_desktop_entry(invocation: Invocation) -> Iterator[Finding]:
    """Look whether there is an entry for the menu. What a double click does, the desktop's databases decide."""
    if DesktopInstallation.of_user(invocation.environment).is_installed:
        yield Finding("menu", State.OK, "there is an entry for it that starts this vaultapp")
    else:
        todo = "`vaultapp desktop install` adds it."
        yield Finding("menu", State.OK, "vaultapp is not in the menu of this user's desktop", todo)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
