"""What the page of the credentials and its panels work with."""

from __future__ import annotations

from dataclasses import dataclass

from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.credentials.credential_actions import CredentialActions
from vaultapp.gui.credentials.credential_rotations import CredentialRotations
from vaultapp.gui.credentials.credential_shelf import CredentialShelf
from vaultapp.gui.session import Session
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.toast import Toasts


@dataclass(frozen=True, slots=True)
class CredentialDesk:
    """Handed to every panel.

    Attributes:
        shelf: The credentials.
        actions: Changes them.
        rotations: Rotates them.
    """

    shelf: CredentialShelf
    actions: CredentialActions
    rotations: CredentialRotations

    @classmethod
    def of(
        cls,
        session: Session,
        shelf: CredentialShelf,
        tasks: TaskRunner,
        toasts: Toasts,
        clipboard: SecretClipboard,
        rotations: CredentialRotations | None = None,
    ) -> CredentialDesk:
        """Make what changes the credentials of an agent. Rotations: those that are under way, of another desk."""
        if rotations is None:
            rotations = CredentialRotations(session.rotation, shelf, tasks, toasts, toasts)
        else:
            rotations.tell_by(toasts)
        actions = CredentialActions(session.credentials, shelf, tasks, toasts, clipboard, toasts)
        return cls(shelf=shelf, actions=actions, rotations=rotations)
