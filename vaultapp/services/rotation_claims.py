"""Which credentials are being rotated in this agent just now: one at a time each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from vaultapp.core.credential_errors import RotationUnderWay


class Brakes:
    """How a rotation under way learns that it is to stop. Any thread.

    Args:
        leaving: True once the vault is about to close: the rotation is left as it is, and resumed at the next unlock.
        cancelled: True once the caller asked to stop.
        gives_up: Somebody wants it called off even if the target cannot be asked.
    """

    def __init__(
        self,
        leaving: Callable[[], bool],
        cancelled: Callable[[], bool] = lambda: False,
        *,
        gives_up: bool = False,
    ) -> None:
        self._leaving = leaving
        self._cancelled = cancelled
        self._pulled = threading.Event()
        self.gives_up = gives_up

    @property
    def leaving(self) -> bool:
        """True when the vault is about to close."""
        return self._leaving()

    @property
    def called_off(self) -> bool:
        """True when what the target has not taken yet is to be brought back to its start."""
        return self.gives_up or self._pulled.is_set() or self._cancelled()

    def pull(self) -> None:
        """Call it off."""
        self._pulled.set()

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than until somebody calls it off."""
        self._pulled.wait(seconds)


class RotationClaims:
    """Lets one thread at a time rotate a credential."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._held: dict[UUID, Brakes] = {}

    @contextmanager
    def claim(self, credential_id: UUID, name: str, brakes: Brakes) -> Iterator[None]:
        """Hold a credential while it is rotated.

        Raises:
            RotationUnderWay: Another thread holds it.
        """
        with self._changed:
            if credential_id in self._held:
                raise RotationUnderWay(credential=name)
            self._held[credential_id] = brakes
        try:
            yield
        finally:
            with self._changed:
                del self._held[credential_id]
                self._changed.notify_all()

    def holds(self, credential_id: UUID) -> bool:
        """True while it is being rotated."""
        with self._changed:
            return credential_id in self._held

    def pull(self, credential_id: UUID) -> bool:
        """Call off what is under way; False when nothing is."""
        with self._changed:
            brakes = self._held.get(credential_id)
        if brakes is not None:
            brakes.pull()
        return brakes is not None

    def wait_free(self, credential_id: UUID, seconds: float) -> bool:
        """Wait until nothing is under way with a credential; False when that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: credential_id not in self._held, seconds)

    def wait_all_free(self, seconds: float) -> bool:
        """Wait until nothing is under way; False when that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._held, seconds)
