"""What window, guard and sweeper say to each other."""

from __future__ import annotations

import msgspec

from vaultapp.gui.guarding.fingerprint import Fingerprint

MESSAGE_LIMIT = 4096


class Watch(msgspec.Struct, frozen=True, tag=True):
    """The window's first message: what to look for.

    Attributes:
        platform: Qt's name of the desktop's kind: ``xcb`` or ``wayland``.
        fingerprint: Of the secret.
        seconds: Until it is to be cleared.
    """

    platform: str
    fingerprint: Fingerprint
    seconds: float


class Clear(msgspec.Struct, frozen=True, tag=True):
    """Clear it now."""


class Release(msgspec.Struct, frozen=True, tag=True):
    """Leave it alone and end: something else was copied."""


class Sweep(msgspec.Struct, frozen=True):
    """What the guard has a sweeper do.

    Attributes:
        fingerprint: Of the secret.
        clear: Clear it; else see whether it is there.
        refused: It was not recognised when it was copied.
    """

    fingerprint: Fingerprint
    clear: bool
    refused: bool = False


Message = Watch | Clear | Release
