"""The vault's credentials in the window, without their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import structs
from PySide6.QtCore import QObject, QTimer, Signal

from vaultapp.contracts.credential_kinds import KINDS, CredentialKind
from vaultapp.contracts.credentials import Credential, CredentialsApi
from vaultapp.contracts.rotation import RotationChanged, RotationState
from vaultapp.core.errors import NotFound
from vaultapp.gui.record_shelf import RecordShelf
from vaultapp.gui.tasks import TaskRunner

# Of many rotations the steps come faster than anybody reads them.
_TOGETHER_MS = 40


class CredentialShelf(RecordShelf[Credential]):
    """Keeps them up to date, and the rotations under way with them.

    Args:
        credentials: Lists and shows credentials; blocks.
        tasks: Runs its calls.

    Attributes:
        kinds: Those that there are, plug-ins' among them once they are told.
    """

    rotated = Signal(object)  # RotationChanged, as it comes

    def __init__(self, credentials: CredentialsApi, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(tasks, parent)
        self._api = credentials
        self.kinds: Mapping[str, CredentialKind] = KINDS
        self._states: dict[UUID, RotationState] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER_MS)
        self._soon.timeout.connect(self._show_states)

    def refresh(self) -> None:
        """Ask for all credentials, and the first time for the kinds."""
        if not self.loaded and not self._listing:
            task = self._tasks.run(lambda _work: self._api.kinds())
            task.tell(self, done=self._take_kinds)
        super().refresh()

    def kind(self, credential: Credential) -> CredentialKind:
        """Return a credential's kind; of one whose plug-in is gone nothing but its name is known."""
        return self.kinds.get(credential.kind) or CredentialKind(credential.kind, (), "")

    def note_rotation(self, told: RotationChanged) -> None:
        """A rotation went on a step, or ended."""
        self._states[told.credential_id] = told.state
        self.rotated.emit(told)
        if not self._soon.isActive():
            self._soon.start()

    def _show_states(self) -> None:
        states, self._states = self._states, {}
        for credential_id, state in states.items():
            found = self._records.get(credential_id)
            if found is not None:
                self._put(credential_id, structs.replace(found, rotation=state))
        self._tell(tuple(states))
        # Versions and times have changed as well.
        self.note_changes(tuple(states))

    def _take_kinds(self, kinds: Sequence[CredentialKind]) -> None:
        self.kinds = {kind.name: kind for kind in kinds}
        if self.loaded:
            self._tell(None)

    def _id(self, record: Credential) -> UUID:
        return record.credential_id

    def _page(self, offset: int, limit: int) -> tuple[Sequence[Credential], int]:
        page = self._api.list(offset, limit)
        return page.credentials, page.total

    def _one(self, record_id: UUID) -> Credential | None:
        try:
            return self._api.show(str(record_id))
        except NotFound:
            return None
