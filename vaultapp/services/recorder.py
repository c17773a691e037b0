"""Writes what one client does into the activity log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from vaultapp.contracts.activity import Actor, Entry
from vaultapp.core.clock import Clock
from vaultapp.core.errors import VaultError
from vaultapp.core.printable import valid_text
from vaultapp.store.vault_file import OpenVault

_TEXT_LIMIT = 1000


class Recorder:
    """One client's pen.

    Args:
        vault: Whose log it is.
        actor: Who acts.
        clock: Source of time.
    """

    def __init__(self, vault: OpenVault, actor: Actor, clock: Clock) -> None:
        self._vault = vault
        self._actor = actor
        self._clock = clock

    def entry(
        self, action: str, subject_kind: str = "", subject: str = "", outcome: str = "ok", **facts: str | int
    ) -> Entry:
        """Return an entry, to be recorded in the transaction of the change that it tells of."""
        told = {name: _cut(value) if isinstance(value, str) else value for name, value in facts.items()}
        return Entry(0, self._clock.now(), self._actor, action, subject_kind, _cut(subject), outcome, 1, told)

    def use(
        self, action: str, subject_kind: str = "", subject: str = "", outcome: str = "ok", **facts: str | int
    ) -> None:
        """Record a use and wait until it is on the disk.

        Raises:
            HostError: It is not, so the use must not be answered.
        """
        self._vault.activity.record(self.entry(action, subject_kind, subject, outcome, **facts))

    @contextmanager
    def failures(self, action: str, subject_kind: str = "", subject: str = "", **facts: str | int) -> Iterator[None]:
        """Record what fails inside, and raise it."""
        try:
            yield
        except VaultError as exc:
            # What failed is the news; that it could not be written down as well is not.
            with suppress(VaultError):
                self.use(action, subject_kind, subject, exc.code, **facts)
            raise


def _cut(text: str) -> str:
    """Keep an entry small: what people and files are called may be very long, and need not be UTF-8."""
    text = valid_text(text)
    return text if len(text) <= _TEXT_LIMIT else text[: _TEXT_LIMIT - 1] + "…"
