"""Which of the values that the vault holds is in force at the target: only a login tells."""

from __future__ import annotations

from vaultapp.contracts.connectors import Target, Trial
from vaultapp.services.held_values import HeldValue, HeldValues


class RotationCandidates:
    """Tries values at a target, each at most once a search.

    Args:
        held: The values.
        target: Is asked.
    """

    def __init__(self, held: HeldValues, target: Target) -> None:
        self._held = held
        self._target = target

    def in_force(self) -> HeldValue | None:
        """Return the first that logs in, of pending, current, previous, and those that were discarded, newest first.

        None when none does. There is no second round: accounts are locked after some wrong passwords.

        Raises:
            RemoteError: The target cannot say.
        """
        for version_id in self._held.candidates():
            held = HeldValue(version_id, self._held.fields(version_id))
            if self._target.try_login(held.fields) is not Trial.REFUSED:
                return held
        return None
