"""A real connector whose calls are interrupted where a test says: before they reach the target, or after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tests.rotating_vault import FindsConnectors
from vaultapp.contracts.connectors import Connection, Connector, Fields, Target, Trial

METHODS = ("propose", "try_login", "exclusive", "set", "probe", "retire", "end_sessions")
"""Calls at which a rotation can be interrupted."""


class Interference:
    """What happens at a call, once each.

    Attributes:
        before, after: By method.
        calls: Methods that were called, in order.
    """

    def __init__(self) -> None:
        self.before: dict[str, Callable[[], object]] = {}
        self.after: dict[str, Callable[[], object]] = {}
        self.calls: list[str] = []

    @contextmanager
    def at(self, method: str) -> Iterator[None]:
        self.calls.append(method)
        self.before.pop(method, _nothing)()
        yield
        self.after.pop(method, _nothing)()


class InterferingTarget:
    """A target; see :class:`vaultapp.contracts.connectors.Target`."""

    def __init__(self, target: Target, interference: Interference) -> None:
        self._target = target
        self._at = interference.at

    def propose(self, current: Fields, secret: str, known: Sequence[Fields]) -> dict[str, str]:
        with self._at("propose"):
            return self._target.propose(current, secret, known)

    def try_login(self, value: Fields) -> Trial:
        with self._at("try_login"):
            return self._target.try_login(value)

    @contextmanager
    def exclusive(self, valid: Fields) -> Iterator[None]:
        with self._target.exclusive(valid):
            with self._at("exclusive"):
                pass
            yield

    def set(self, valid: Fields, pending: Fields, *, keep: Fields | None) -> None:
        with self._at("set"):
            self._target.set(valid, pending, keep=keep)

    def probe(self, pending: Fields) -> None:
        with self._at("probe"):
            self._target.probe(pending)

    def retire(self, current: Fields, old: Fields) -> None:
        with self._at("retire"):
            self._target.retire(current, old)

    def end_sessions(self, current: Fields, old: Fields) -> int:
        with self._at("end_sessions"):
            return self._target.end_sessions(current, old)

    def close(self) -> None:
        self._target.close()


class InterferingConnectors:
    """Finds real connectors, whose targets are interfered with.

    Args:
        connectors: The real ones.
        interference: What happens.
    """

    def __init__(self, connectors: FindsConnectors, interference: Interference) -> None:
        self._connectors = connectors
        self._interference = interference

    def find(self, kind: str) -> Connector:
        found = self._connectors.find(kind)

        def connect(connection: Connection) -> Target:
            return InterferingTarget(found.connect(connection), self._interference)

        return Connector(found.kind, connect, found.keeps_old)


def _nothing() -> None:
    return None
