from __future__ import annotations

import array
import os
import struct

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, new_signal
from jeepney.fds import FileDescriptor

from vaultapp.agent.triggers.message_stream import Arrived, MessageStream


def signal(signature: str, *body: object) -> bytes:
    return bytes(new_signal(DBusAddress("/x", interface="a.b"), "S", signature, body).serialise(serial=1))


def with_descriptor_that_is_not_there() -> bytes:
    # A number as the body, which the signature says to be a descriptor. The bus passes that on.
    return signal("u", 7).replace(b"\x08\x01g\0\x01u\0", b"\x08\x01g\0\x01h\0")


def of_unknown_kind() -> bytes:
    raw = bytearray(signal("u", 7))
    raw[1] = 77
    return bytes(raw)


def with_unknown_field() -> bytes:
    return signal("u", 7).replace(b"\x03\x01s\0", b"\x63\x01s\0")


def read_all(stream: MessageStream, raw: bytes, most: int) -> list[Arrived]:
    found = []
    while raw:
        size = min(stream.wanted, most)
        stream.add(raw[:size], [])
        raw = raw[size:]
        message = stream.take()
        if message is not None:
            found.append(message)
    return found


@pytest.mark.parametrize("most", [1, 7, 1 << 20])
@pytest.mark.parametrize("make", [with_descriptor_that_is_not_there, of_unknown_kind, with_unknown_field])
def test_what_cannot_be_read_is_left_out_and_the_next_is_in_step(make: object, most: int) -> None:
    assert callable(make)
    found = read_all(MessageStream(), signal("s", "one") + make() + make() + signal("s", "two"), most)
    assert [body for message in found if (body := message.body()) is not None] == [("one",), ("two",)]
    assert all(message.kind is MessageType.signal for message in found)
    assert all(message.field(HeaderFields.member) == "S" for message in found)


@pytest.mark.parametrize("make", [with_descriptor_that_is_not_there, of_unknown_kind])
def test_descriptors_of_what_is_left_out_are_closed_and_those_of_the_next_are_its_own(make: object) -> None:
    assert callable(make)
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    stream = MessageStream()
    raw = make()
    stream.add(raw[:16], [FileDescriptor(writing)])
    stream.add(raw[16:], [])
    message = stream.take()
    if message is not None:
        message.drop()
    assert os.read(reading, 1) == b""
    os.close(reading)
    null = os.open(os.devnull, os.O_RDONLY)
    message = new_signal(DBusAddress("/x", interface="a.b"), "S", "h", (null,))
    raw = message.serialise(serial=2, fds=array.array("i"))
    stream.add(raw[:16], [FileDescriptor(null)])
    stream.add(raw[16:], [])
    whole = stream.take()
    assert whole is not None
    body = whole.body()
    assert body is not None
    assert body[0].to_raw_fd() == null
    whole.drop()
    os.close(null)


def test_where_the_next_begins_cannot_be_known_in_what_are_no_messages() -> None:
    with pytest.raises(ValueError, match="no messages"):
        MessageStream().add(b"x" * 16, [])
    with pytest.raises(ValueError, match="no messages"):
        MessageStream().add(struct.pack("<cBBBIII", b"l", 4, 0, 1, 1 << 31, 1, 0), [])
