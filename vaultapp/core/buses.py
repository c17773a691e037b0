"""Where the message buses (D-Bus) listen, and by which names those are known there who are asked or heard."""

from __future__ import annotations

import os
from collections.abc import Mapping

LOGIND = "org.freedesktop.login1"
IDLE_MONITOR = "org.gnome.Mutter.IdleMonitor"
# Each name is its interface's too.
SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.xfce.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.cinnamon.ScreenSaver",
)


def saver_path(name: str) -> str:
    """Return the object of a screen saver."""
    return "/" + name.replace(".", "/")


def idle_times(environment: Mapping[str, str]) -> tuple[tuple[str, str, str, int], ...]:
    """Return who may know on the session's bus when the person was there last.

    Returns:
        Name, object, method, and units a second, of each.

    Source:
        KDE's screen saver counts in milliseconds what the others, and the specification, count in seconds; since that
        may be mended one day, it is not asked.
    """
    kde = "KDE" in environment.get("XDG_CURRENT_DESKTOP", "").split(":")
    return (
        (IDLE_MONITOR, "/org/gnome/Mutter/IdleMonitor/Core", "GetIdletime", 1000),
        *(
            (name, saver_path(name), "GetSessionIdleTime", 1)
            for name in SCREEN_SAVERS
            if not (kde and name == "org.freedesktop.ScreenSaver")
        ),
    )


def system_address(environment: Mapping[str, str]) -> str:
    """Return where the system's bus listens."""
    return environment.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/var/run/dbus/system_bus_socket"


def session_address(environment: Mapping[str, str]) -> str:
    """Return where the session's bus listens, or would: in the runtime folder, where systemd puts it."""
    runtime = environment.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    return environment.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={runtime}/bus"
