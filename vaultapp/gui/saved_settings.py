"""The file of what the window remembers: its fields, read and written."""

from __future__ import annotations

import json
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

#: Seconds that a secret stays on the clipboard, by default.
CLEAR_AFTER_S = 10

ValueT = TypeVar("ValueT")


class DropChoices(NamedTuple):
    """How dropped files are worked on.

    Attributes:
        key: Key id; empty for the first one.
        folder: Where results go; empty beside each source.
        each: Folders are encrypted file by file.
        remove_originals: After the encrypted copy was read back.
    """

    key: str = ""
    folder: bytes = b""
    each: bool = False
    remove_originals: bool = False


class WindowChoices(NamedTuple):
    """What the person set in the window's settings.

    Attributes:
        theme: An appearance by its value; empty to follow the desktop.
        language: By its value; empty to follow the desktop.
        still: Nothing is to move.
        clear_after: Seconds that a secret stays on the clipboard; at least one.
        lock_minimised: The vault locks when the window is minimised.
        keep_in_tray: Closing the window leaves the icon in the tray, where there is one.
        told_of_tray: That was said once.
    """

    theme: str = ""
    language: str = ""
    still: bool = False
    clear_after: int = CLEAR_AFTER_S
    lock_minimised: bool = False
    keep_in_tray: bool = True
    told_of_tray: bool = False


RecordT = TypeVar("RecordT", DropChoices, WindowChoices)


class SavedSettings:
    """JSON, with byte strings in base64. Read before the first picture, so with what Python has loaded by then.

    Args:
        text: Of the file; an empty object gives the defaults. Fields of other versions are not kept.

    Raises:
        ValueError: It is not what this writes.
    """

    def __init__(self, text: bytes = b"{}") -> None:
        kept = _of_type(dict, json.loads(text))
        self.geometry = _bytes(kept.get("geometry", ""))
        self.recent = [_bytes(path) for path in _of_type(list, kept.get("recent", []))]
        self.drops = _table(kept, "drops", lambda value: _record(DropChoices(), value))
        self.text_keys = _table(kept, "text_keys", lambda value: _of_type(str, value))
        self.page = _of_type(str, kept.get("page", ""))
        self.sorts = _table(kept, "sorts", _sort)
        self.credentials = _table(
            kept, "credentials", lambda value: [_of_type(str, one) for one in _of_type(list, value)]
        )
        self.folders = _table(kept, "folders", _bytes)
        self.choices = _record(WindowChoices(), kept.get("choices", {}))
        if self.choices.clear_after < 1:
            raise ValueError("clear_after")

    def text(self) -> bytes:
        """Return what the file is to hold."""
        kept = {
            **vars(self),
            "drops": {vault: choices._asdict() for vault, choices in self.drops.items()},
            "choices": self.choices._asdict(),
        }
        return json.dumps(kept, default=_base64).encode()


def _of_type(kind: type[ValueT], value: object) -> ValueT:
    # Not by isinstance: a boolean is no number here.
    if type(value) is not kind:
        raise ValueError(kind.__name__)
    return value


def _bytes(value: object) -> bytes:
    return a2b_base64(_of_type(str, value), strict_mode=True)


def _base64(value: object) -> str:
    return b2a_base64(_of_type(bytes, value), newline=False).decode()


def _table(kept: dict[str, Any], name: str, read: Callable[[Any], ValueT]) -> dict[str, ValueT]:
    return {key: read(value) for key, value in _of_type(dict, kept.get(name, {})).items()}


def _record(usual: RecordT, value: object) -> RecordT:
    """Return a record with what the file says of it."""
    said = _of_type(dict, value)
    fields: dict[str, Any] = {}
    for name, default in usual._asdict().items():
        if name in said:
            fields[name] = _bytes(said[name]) if isinstance(default, bytes) else _of_type(type(default), said[name])
    return usual._replace(**fields)


def _sort(value: object) -> tuple[int, bool]:
    column, descending = _of_type(list, value)
    return _of_type(int, column), _of_type(bool, descending)
