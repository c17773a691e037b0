"""An X server's clipboard without Qt, whose start takes longer than a person is to wait for a text."""

from __future__ import annotations

import ctypes
from typing import Any

_LIBRARY = "libxcb.so.1"
# What is text, the best first, and how it is encoded.
_TARGETS = (("UTF8_STRING", "utf-8"), ("text/plain;charset=utf-8", "utf-8"), ("STRING", "latin-1"))
_PROPERTY = "VAULTAPP_READING"

_COPY_FROM_PARENT = 0
_INPUT_ONLY = 2
_EVENT_MASK = 0x800
_PROPERTY_CHANGE = 0x400000
_PROPERTY_NOTIFY = 28
_SELECTION_NOTIFY = 31
_NEW_VALUE = 0
_ANY = 0
_NOW = 0
_WHOLE = 0x1FFFFFFF


class _Cookie(ctypes.Structure):
    """Of a request: ``xcb_void_cookie_t`` and all others."""

    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    """``xcb_screen_iterator_t``."""

    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class _Event(ctypes.Structure):
    """``xcb_selection_notify_event_t``, and ``xcb_property_notify_event_t`` by the same words."""

    _fields_ = (
        ("kind", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("words", ctypes.c_uint32 * 7),
    )


class _Reply(ctypes.Structure):
    """Of ``intern_atom`` and ``get_selection_owner`` (the answer), and of ``get_property`` (the type) so far."""

    _fields_ = (
        ("kind", ctypes.c_uint8),
        ("format", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("word", ctypes.c_uint32),
    )


class XSelection:
    """Asks the clipboard's owner, and waits for its answer for ever: only for a process that somebody ends.

    Raises:
        OSError: There is no library, or no server.

    Source:
        Inter-Client Communication Conventions Manual 2.0, sections 2.4 and 2.7.2; xcb's headers.
    """

    def __init__(self) -> None:
        self._xcb = _loaded()
        self._free = ctypes.CDLL(None).free
        self._free.argtypes = (ctypes.c_void_p,)
        self._server = self._xcb.xcb_connect(None, None)
        if self._xcb.xcb_connection_has_error(self._server):
            raise OSError("no X server")
        screen = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._server))
        self._window: int = self._xcb.xcb_generate_id(self._server)
        mask = (ctypes.c_uint32 * 1)(_PROPERTY_CHANGE)
        self._xcb.xcb_create_window(
            self._server,
            0,
            self._window,
            screen.data[0],
            0,
            0,
            1,
            1,
            0,
            _INPUT_ONLY,
            _COPY_FROM_PARENT,
            _EVENT_MASK,
            mask,
        )
        self._property = self._atom(_PROPERTY)
        self._incr = self._atom("INCR")

    def read(self) -> bytes:
        """Return the text as UTF-8, nothing where there is none."""
        clipboard = self._atom("CLIPBOARD")
        if not self._word(self._xcb.xcb_get_selection_owner(self._server, clipboard), "get_selection_owner"):
            return b""
        encodings = {self._atom(name): encoding for name, encoding in _TARGETS}
        for target in encodings:
            self._xcb.xcb_convert_selection(self._server, self._window, clipboard, target, self._property, _NOW)
            if self._wait(_SELECTION_NOTIFY)[4]:
                # Some owners give whatever they have, and only its type tells what that is.
                kind, text = self._taken()
                if kind in encodings:
                    return text if encodings[kind] == "utf-8" else text.decode(encodings[kind]).encode()
        return b""

    def _taken(self) -> tuple[int, bytes]:
        """Return type and bytes of the answer, which may come in parts."""
        kind, data = self._value()
        if kind != self._incr:
            return kind, data
        parts: list[bytes] = []
        while True:
            # Each part is there anew once the one before was deleted; an empty one is the end.
            _, atom, _, state, *_ = self._wait(_PROPERTY_NOTIFY)
            if atom == self._property and state & 0xFF == _NEW_VALUE:
                found, data = self._value()
                if not data:
                    return kind, b"".join(parts)
                kind = found
                parts.append(data)

    def _value(self) -> tuple[int, bytes]:
        """Return type and bytes of the property, and delete it."""
        cookie = self._xcb.xcb_get_property(self._server, 1, self._window, self._property, _ANY, 0, _WHOLE)
        reply = self._xcb.xcb_get_property_reply(self._server, cookie, None)
        if not reply:
            raise OSError("the X server has gone")
        try:
            length = self._xcb.xcb_get_property_value_length(reply)
            return reply.contents.word, ctypes.string_at(self._xcb.xcb_get_property_value(reply), length)
        finally:
            self._free(reply)

    def _wait(self, kind: int) -> tuple[int, ...]:
        """Return the words of the next event of a kind, from its first one on."""
        self._xcb.xcb_flush(self._server)
        while True:
            event = self._xcb.xcb_wait_for_event(self._server)
            if not event:
                raise OSError("the X server has gone")
            found, words = event.contents.kind & 0x7F, tuple(event.contents.words)
            self._free(event)
            if found == kind:
                return words

    def _atom(self, name: str) -> int:
        data = name.encode()
        return self._word(self._xcb.xcb_intern_atom(self._server, 0, len(data), data), "intern_atom")

    def _word(self, cookie: _Cookie, call: str) -> int:
        reply = getattr(self._xcb, f"xcb_{call}_reply")(self._server, cookie, None)
        if not reply:
            raise OSError("the X server has gone")
        word: int = reply.contents.word
        self._free(reply)
        return word


def _loaded() -> Any:
    """Return the library, with the types of what is called of it."""
    xcb = ctypes.CDLL(_LIBRARY)
    at, u8, u16, u32, i16 = ctypes.c_void_p, ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32, ctypes.c_int16
    reply = ctypes.POINTER(_Reply)
    calls: dict[str, tuple[Any, tuple[Any, ...]]] = {
        "connect": (at, (at, at)),
        "connection_has_error": (ctypes.c_int, (at,)),
        "get_setup": (at, (at,)),
        "setup_roots_iterator": (_Screens, (at,)),
        "generate_id": (u32, (at,)),
        "create_window": (_Cookie, (at, u8, u32, u32, i16, i16, u16, u16, u16, u16, u32, u32, at)),
        "flush": (ctypes.c_int, (at,)),
        "intern_atom": (_Cookie, (at, u8, u16, ctypes.c_char_p)),
        "intern_atom_reply": (reply, (at, _Cookie, at)),
        "get_selection_owner": (_Cookie, (at, u32)),
        "get_selection_owner_reply": (reply, (at, _Cookie, at)),
        "convert_selection": (_Cookie, (at, u32, u32, u32, u32, u32)),
        "wait_for_event": (ctypes.POINTER(_Event), (at,)),
        "get_property": (_Cookie, (at, u8, u32, u32, u32, u32, u32)),
        "get_property_reply": (reply, (at, _Cookie, at)),
        "get_property_value": (at, (reply,)),
        "get_property_value_length": (ctypes.c_int, (reply,)),
    }
    for name, (result, arguments) in calls.items():
        call = getattr(xcb, f"xcb_{name}")
        call.restype, call.argtypes = result, arguments
    return xcb
