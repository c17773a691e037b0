from __future__ import annotations

from collections.abc import Iterator

import pytest
from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_signal

from tests.buses.desktop import DesktopBuses
from tests.buses.stand_in import StandIn
from tests.desktop.processes import wait_until
from vaultapp.agent.triggers.bus import Bus, Signal

NAME = "org.example.Teller"


@pytest.fixture
def address(buses: DesktopBuses) -> str:
    return buses.session.address


@pytest.fixture
def teller(address: str) -> Iterator[StandIn]:
    with StandIn(address, NAME, answers={"Who": lambda: ("s", ("the right one",))}) as found:
        yield found


@pytest.fixture
def forger(address: str) -> Iterator[StandIn]:
    with StandIn(address) as found:
        yield found


@pytest.fixture
def bus(address: str) -> Iterator[Bus]:
    found = Bus(address)
    yield found
    found.close()


def who(bus: Bus) -> object:
    return bus.call(NAME, "/", NAME, "Who")


def of(bus: Bus, teller: StandIn) -> str:
    """Return the connection's own name, which anybody can list."""
    who(bus)
    return teller.senders[-1]


def taken(bus: Bus) -> Signal:
    found: list[Signal] = []

    def one() -> bool:
        if (signal := bus.take()) is not None and NAME in signal.names:
            found.append(signal)
        return bool(found)

    wait_until(one, "a signal")
    return found[0]


def test_a_descriptor_that_is_not_there_ends_nothing(bus: Bus, teller: StandIn, forger: StandIn) -> None:
    bus.listen(NAME, NAME, "Told")
    for sender in (forger, teller):
        message = new_signal(DBusAddress("/", interface=NAME), "Told", "u", (7,))
        message.header.fields[HeaderFields.destination] = of(bus, teller)
        raw = message.serialise(serial=1_000_000).replace(b"\x08\x01g\0\x01u\0", b"\x08\x01g\0\x01h\0")
        assert raw.count(b"\x01h\0") == 1
        sender.send_raw(raw)
        sender.flush()
    assert who(bus) == ("the right one",)
    teller.signal("/", NAME, "Told", "s", "news")
    assert taken(bus).body == ("news",)


@pytest.mark.parametrize("kind", [MessageType.signal, MessageType.method_return, MessageType.error])
def test_only_who_was_called_can_answer(bus: Bus, teller: StandIn, forger: StandIn, kind: MessageType) -> None:
    to = of(bus, teller)
    for serial in range(1, 100):
        message: Message = new_signal(DBusAddress("/", interface=NAME), "Told", "s", ("forged",))
        message.header.message_type = kind
        message.header.fields |= {HeaderFields.destination: to, HeaderFields.reply_serial: serial}
        if kind is MessageType.error:
            message.header.fields[HeaderFields.error_name] = "org.example.No"
        forger.send(message)
    forger.flush()
    bus.listen("org.example.Other", "org.example.Other", "Told")
    assert not bus.has_owner("org.example.Other")
    assert who(bus) == ("the right one",)


def test_nobody_is_asked_where_nobody_has_the_name(bus: Bus, teller: StandIn) -> None:
    assert bus.call("org.example.Nobody", "/", NAME, "Who") is None
    assert who(bus) == ("the right one",)
    assert bus.call(NAME, "/", NAME, "What") is None
    teller.close()
    wait_until(lambda: who(bus) is None, "the end of the teller")
