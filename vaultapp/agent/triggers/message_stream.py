"""Messages out of the bytes that a message bus sends."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from jeepney import HeaderFields, Message, MessageType
from jeepney.fds import FileDescriptor, NoFDError
from jeepney.low_level import Header, calc_msg_size

_START = 16
_LONGEST = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message whose header has been read; its body is only when somebody wants it.

    Attributes:
        header: The bus's word where it names the sender; the rest is the sender's.
    """

    header: Header
    _raw: bytes
    _descriptors: Sequence[FileDescriptor]

    @property
    def kind(self) -> MessageType:
        """Return whether it is a call, an answer or a signal."""
        return self.header.message_type

    def field(self, field: HeaderFields) -> Any:
        """Return one of the header's fields; None where it has none."""
        return self.header.fields.get(field)

    def body(self) -> tuple[Any, ...] | None:
        """Read the body; None when it cannot be. Descriptors in it belong to whoever takes them."""
        try:
            return tuple(Message.from_buffer(self._raw, fds=self._descriptors).body)
        except Exception:  # noqa: BLE001 - the library raises whatever it stumbles over
            return None

    def drop(self) -> None:
        """Close the descriptors that came with it and that nobody took."""
        _close(self._descriptors)


class MessageStream:
    """Cuts bytes into messages. One that cannot be read is left out, with its descriptors, and the next is in step.

    Anybody on a bus may send what this library stumbles over, and the bus passes it on.

    Source:
        D-Bus specification, "Message Protocol": 16 bytes tell how long a message is, 128 MiB at most.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._size = _START
        self._descriptors: list[FileDescriptor] = []

    @property
    def wanted(self) -> int:
        """Return how many bytes may be read without going beyond the next message, whose descriptors come with it."""
        return self._size - len(self._buffer)

    def add(self, data: bytes, descriptors: Sequence[FileDescriptor]) -> None:
        """Take what was read: ``wanted`` bytes at most.

        Raises:
            ValueError: These are no messages, and where the next begins cannot be known.
        """
        self._descriptors.extend(descriptors)
        self._buffer += data
        if self._size == _START == len(self._buffer):
            try:
                self._size = calc_msg_size(bytes(self._buffer))
            except KeyError as exc:
                raise ValueError("no messages") from exc
            if not _START <= self._size <= _LONGEST:
                raise ValueError("no messages")

    def take(self) -> Arrived | None:
        """Return the message; None while it is not whole, or when it was one that cannot be read."""
        if self.wanted:
            return None
        raw, descriptors = bytes(self._buffer), self._descriptors
        self._buffer, self._size, self._descriptors = bytearray(), _START, []
        try:
            header, _ = Header.from_buffer(raw)
        except Exception:  # noqa: BLE001 - of a kind, or with a field, that the library does not know
            _close(descriptors)
            return None
        return Arrived(header, raw, descriptors)

    def close(self) -> None:
        """Nothing more comes."""
        _close(self._descriptors)


def _close(descriptors: Sequence[FileDescriptor]) -> None:
    for descriptor in descriptors:
        with suppress(NoFDError):  # Somebody took it.
            descriptor.close()
