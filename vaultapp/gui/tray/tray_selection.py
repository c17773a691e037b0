"""Whether a panel embeds icons, as X's older trays do."""

from __future__ import annotations

from ctypes import CDLL, POINTER, Structure, byref, c_char_p, c_int, c_uint8, c_uint16, c_uint32, c_void_p
from typing import Any

_LIBRARY = "libxcb.so.1"


class _Cookie(Structure):
    _fields_ = (("sequence", c_uint32),)


class _Reply(Structure):
    """Of ``InternAtom`` and ``GetSelectionOwner``: both have their one value at the same place."""

    _fields_ = (
        ("response_type", c_uint8),
        ("pad", c_uint8),
        ("sequence", c_uint16),
        ("length", c_uint32),
        ("value", c_uint32),
    )


def is_owned() -> bool:
    """Tell whether somebody owns the tray's selection on the display of this program. Blocks; for any thread.

    It has a connection of its own, so that nothing waits for it.

    Source:
        freedesktop.org, System Tray Protocol: ``_NET_SYSTEM_TRAY_Sn``; X11 protocol, ``GetSelectionOwner``.
    """
    try:
        xcb = _library()
    except OSError:
        return False
    number = c_int()
    connection = xcb.xcb_connect(None, byref(number))
    try:
        if xcb.xcb_connection_has_error(connection):
            return False
        name = f"_NET_SYSTEM_TRAY_S{number.value}".encode("ascii")
        atom = _value(xcb.xcb_intern_atom_reply(connection, xcb.xcb_intern_atom(connection, 1, len(name), name), None))
        if not atom:
            return False
        asked = xcb.xcb_get_selection_owner(connection, atom)
        return bool(_value(xcb.xcb_get_selection_owner_reply(connection, asked, None)))
    finally:
        xcb.xcb_disconnect(connection)


def _library() -> Any:
    xcb = CDLL(_LIBRARY)
    reply = POINTER(_Reply)
    for name, result, arguments in (
        ("xcb_connect", c_void_p, (c_char_p, POINTER(c_int))),
        ("xcb_connection_has_error", c_int, (c_void_p,)),
        ("xcb_intern_atom", _Cookie, (c_void_p, c_uint8, c_uint16, c_char_p)),
        ("xcb_intern_atom_reply", reply, (c_void_p, _Cookie, c_void_p)),
        ("xcb_get_selection_owner", _Cookie, (c_void_p, c_uint32)),
        ("xcb_get_selection_owner_reply", reply, (c_void_p, _Cookie, c_void_p)),
        ("xcb_disconnect", None, (c_void_p,)),
    ):
        function = getattr(xcb, name)
        function.restype, function.argtypes = result, arguments
    return xcb


def _value(reply: Any) -> int:
    """Return a reply's value, and free it; 0 for a connection that broke."""
    if not reply:
        return 0
    value = int(reply.contents.value)
    free = CDLL(None).free
    free.argtypes, free.restype = (c_void_p,), None
    free(reply)
    return value
