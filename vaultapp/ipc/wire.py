"""Messages between the agent and its clients, and the channel that carries them.

A frame is a u32 big-endian length and that many bytes of MessagePack, at most 8 MiB. Descriptors travel as
SCM_RIGHTS with a frame's first byte, at most 16. The first message each way is a hello.
"""

from __future__ import annotations

import array
import select
import socket
import struct
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Raw, Struct

from vaultapp.core.errors import AgentGone, Damaged
from vaultapp.ipc.credentials import CREDENTIALS

PROTOCOL = 1
FRAME_LIMIT = 8 * 1024 * 1024
DESCRIPTOR_LIMIT = 16

_LENGTH = struct.Struct(">I")
_CONTROL_SPACE = socket.CMSG_SPACE(DESCRIPTOR_LIMIT * array.array("i").itemsize) + socket.CMSG_SPACE(CREDENTIALS.size)


class Hello(Struct, frozen=True, tag="hello"):
    """The first message each way, the agent's before the client's.

    A client's role is what it wishes: ``window`` or ``command``. It repeats the agent's nonce, which proves that it
    was there after the agent looked who it is.
    """

    version: str
    role: str
    protocol: int = PROTOCOL
    vault_id: UUID | None = None
    state: str = ""
    nonce: bytes = b""


class Call(Struct, frozen=True, tag="call"):
    """Ask for a method of a subject; its arguments are a map by parameter name."""

    id: int
    subject: str
    method: str
    arguments: Raw


class Cancel(Struct, frozen=True, tag="cancel"):
    """Ask a running call to stop. Its answer still comes."""

    id: int


class Result(Struct, frozen=True, tag="result"):
    """The call ended well."""

    id: int
    value: Raw


class Failure(Struct, frozen=True, tag="failure"):
    """The call failed. Id 0 is about the connection itself."""

    id: int
    code: str
    facts: dict[str, str | int]
    retryable: bool = False


class Progress(Struct, frozen=True, tag="progress"):
    """A running call has done so much; total 0 is not known."""

    id: int
    done: int
    total: int


class Item(Struct, frozen=True, tag="item"):
    """A partial result of a running call."""

    id: int
    value: Raw


class Event(Struct, frozen=True, tag="event"):
    """Something happened; the value is one of the contracts' events, tagged with its class name."""

    value: Raw


Message = Hello | Call | Cancel | Result | Failure | Progress | Item | Event

ENCODER = msgspec.msgpack.Encoder(uuid_format="bytes")
_DECODER: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(Message)


def pack(value: object) -> Raw:
    """Encode a value for a message's field."""
    return Raw(ENCODER.encode(value))


def unpack(raw: Raw | bytes, kind: Any) -> Any:
    """Decode a field strictly as the type that the contract names.

    Raises:
        Damaged: It is something else, or nested too deeply.
    """
    try:
        return msgspec.msgpack.decode(raw, type=kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, ValueError) as exc:
        raise Damaged(reason="message") from exc


class Channel:
    """One connection, frame by frame. One thread receives; any thread sends.

    Args:
        sock: A connected stream socket of the UNIX family; owned from now on.
        limit: Largest frame that is received, in bytes.
        known: Have the kernel say of each message which process sent it.

    Attributes:
        sender: The process that sent the last message, where that is known; else 0.
    """

    def __init__(self, sock: socket.socket, limit: int = FRAME_LIMIT, *, known: bool = False) -> None:
        self.socket = sock
        self.limit = limit
        self.sender = 0
        if known:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._sending = threading.Lock()
        self._last = bytearray()

    def send(self, message: Message, descriptors: Sequence[int] = (), *, until: float | None = None) -> None:
        """Send one message whole. The encoded copy is overwritten: it may hold a passphrase.

        Args:
            message: What to send.
            descriptors: Copied to the other side.
            until: Monotonic time after which it is not waited for any more whether the other side reads; None leaves
                that to the socket. Half a frame may be sent by then: the connection is of no use any more.

        Raises:
            AgentGone: The other side is not there any more, or does not read.
            ValueError: Larger than a frame may be; a caller's bug, lists travel in pages.
        """
        frame = bytearray(_LENGTH.size)
        ENCODER.encode_into(message, frame, _LENGTH.size)
        size = len(frame) - _LENGTH.size
        if size > FRAME_LIMIT:
            raise ValueError(f"a message of {size} bytes")
        _LENGTH.pack_into(frame, 0, size)
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
        try:
            if until is None:
                with self._sending:
                    sent = self.socket.sendmsg([frame], rights)
                    if sent < len(frame):
                        self.socket.sendall(memoryview(frame)[sent:])
            else:
                self._send_until(frame, rights, until)
        except OSError as exc:
            raise AgentGone from exc
        finally:
            frame[:] = bytes(len(frame))

    def _send_until(self, frame: bytearray, rights: list[tuple[int, int, array.array[int]]], until: float) -> None:
        # Another thread may wait here already for somebody who does not read.
        if not self._sending.acquire(timeout=max(0.0, until - time.monotonic())):
            raise TimeoutError
        try:
            sent = 0
            while sent < len(frame):
                try:
                    sent += self.socket.sendmsg([memoryview(frame)[sent:]], rights, socket.MSG_DONTWAIT)
                    rights = []
                except BlockingIOError:
                    left = until - time.monotonic()
                    if left <= 0:
                        raise TimeoutError from None
                    room = select.poll()
                    room.register(self.socket, select.POLLOUT)
                    room.poll(left * 1000)
        finally:
            self._sending.release()

    def receive(self) -> tuple[Message, list[int]]:
        """Wait for the next message and the descriptors that came with it, which the caller must close.

        Fields of type Raw point into a buffer that the caller overwrites with :meth:`forget`.

        Raises:
            AgentGone: The other side closed.
            Damaged: Not a message; the connection is of no use any more.
        """
        descriptors: list[int] = []
        try:
            header = self._receive_header(descriptors)
            (size,) = _LENGTH.unpack(header)
            if size > self.limit:
                raise Damaged(reason="message")
            body = bytearray(size)
            view = memoryview(body)
            while view:
                got = self.socket.recv_into(view)
                if not got:
                    raise AgentGone
                view = view[got:]
            try:
                message = _DECODER.decode(body)
            except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, ValueError) as exc:
                raise Damaged(reason="message") from exc
        except OSError as exc:
            _close_all(descriptors)
            raise AgentGone from exc
        except BaseException:
            _close_all(descriptors)
            raise
        self._last = body
        return message, descriptors

    def forget(self) -> None:
        """Overwrite the frame received last, once it is decoded."""
        self._last[:] = bytes(len(self._last))

    def take_frame(self) -> bytearray:
        """Take the frame received last out of the channel's hands; whoever takes it overwrites it."""
        frame, self._last = self._last, bytearray()
        return frame

    def close(self) -> None:
        """Close; a thread that waits in :meth:`receive` wakes with AgentGone."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _receive_header(self, descriptors: list[int]) -> bytes:
        header = b""
        while len(header) < _LENGTH.size:
            data, ancillary, flags, _ = self.socket.recvmsg(
                _LENGTH.size - len(header), _CONTROL_SPACE, socket.MSG_CMSG_CLOEXEC
            )
            for level, kind, payload in ancillary:
                if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                    found = array.array("i")
                    found.frombytes(payload[: len(payload) - len(payload) % found.itemsize])
                    descriptors.extend(found)
                elif level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
                    self.sender = CREDENTIALS.unpack(payload)[0]
            if len(descriptors) > DESCRIPTOR_LIMIT:
                raise Damaged(reason="message")
            if flags & socket.MSG_CTRUNC:
                raise Damaged(reason="message")
            if not data:
                raise AgentGone
            header += data
        return header


def _close_all(descriptors: Sequence[int]) -> None:
    for descriptor in descriptors:
        socket.close(descriptor)
