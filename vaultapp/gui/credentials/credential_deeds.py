"""What can be done with one credential now: its menu and the command palette offer the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.credentials import Credential
from vaultapp.core.printable import printable
from vaultapp.gui import deeds
from vaultapp.gui.commands import Command
from vaultapp.gui.credentials.credential_desk import CredentialDesk
from vaultapp.gui.credentials.rotation_words import is_open
from vaultapp.gui.deeds import Deed

translate = QCoreApplication.translate


class Asking(Protocol):
    """Where people are asked about a credential."""

    def rename(self, credential: Credential) -> None:
        """Begin to change the name."""

    def edit(self, credential: Credential) -> None:
        """Show the current value to be changed."""

    def copy_address(self, credential: Credential) -> None:
        """Put what programs hold on the clipboard."""

    def ask_emergency(self, credential: Credential) -> None:
        """Ask, then rotate without grace."""

    def ask_destroy(self, credential: Credential) -> None:
        """Ask, then delete for good."""

    def ask_export(self, credentials: Sequence[Credential]) -> None:
        """Ask for a key, and where the file goes."""


def deeds_of(credential: Credential, desk: CredentialDesk, asking: Asking) -> Sequence[Deed]:
    """Return what can be done with a credential, in the order of its menu.

    Args:
        credential: As it is now.
        desk: Changes it.
        asking: Asks.
    """
    words, actions = _words(), desk.actions
    if credential.deletes_at is not None:
        return (
            Deed(0, "undo-2", *words["restore"], lambda: actions.restore((credential,))),
            Deed(1, "trash-2", *words["destroy"], lambda: asking.ask_destroy(credential)),
        )
    kind = desk.shelf.kind(credential)
    quiet = not desk.rotations.under_way(credential)
    copies = [Deed(0, "copy", *words["copy"], lambda: actions.copy(credential), "Ctrl+C")]
    if kind.account and credential.account:
        copies.append(Deed(0, "copy", *words["account"], lambda: actions.copy(credential, kind.account)))
    copies.append(Deed(0, "link-2", *words["address"], lambda: asking.copy_address(credential)))
    rotates = []
    if kind.rotates:
        rotate = Deed(1, "rotate-cw", *words["rotate"], lambda: desk.rotations.rotate((credential,)), allowed=quiet)
        emergency = Deed(3, "siren", *words["emergency"], lambda: asking.ask_emergency(credential), allowed=quiet)
        rotates = [rotate, emergency]
    edit = not is_open(credential.rotation)
    return (
        *copies,
        *rotates[:1],
        Deed(1, "pencil", *words["edit"], lambda: asking.edit(credential), allowed=edit),
        Deed(2, "pencil", *words["rename"], lambda: asking.rename(credential), "F2"),
        Deed(2, "upload", *words["export"], lambda: asking.ask_export((credential,))),
        *rotates[1:],
        Deed(4, "trash-2", *words["delete"], lambda: actions.delete((credential,)), "Del"),
    )


def commands_of(credential: Credential, desk: CredentialDesk, asking: Asking) -> Sequence[Command]:
    """Return what can be done with a credential now, for the command palette."""
    return deeds.commands_of(
        deeds_of(credential, desk, asking), translate("CredentialMenu", "Action"), printable(credential.name)
    )


def verbs() -> frozenset[str]:
    """Return the words of all titles but the credentials' names, case folded: how people ask for what can be done."""
    return deeds.verbs_of(title for _, title in _words().values())


def _words() -> dict[str, tuple[str, str]]:
    return {
        "copy": (
            translate("CredentialMenu", "Copy the secret"),
            translate("CredentialMenu", "Copy password of {name}"),
        ),
        "account": (
            translate("CredentialMenu", "Copy the account"),
            translate("CredentialMenu", "Copy account of {name}"),
        ),
        "address": (
            translate("CredentialMenu", "Copy the vault:// address"),
            translate("CredentialMenu", "Copy the vault:// address of {name}"),
        ),
        "rotate": (translate("CredentialMenu", "Rotate now"), translate("CredentialMenu", "Rotate {name}")),
        "edit": (translate("CredentialMenu", "New value…"), translate("CredentialMenu", "New value for {name}…")),
        "rename": (translate("CredentialMenu", "Rename"), translate("CredentialMenu", "Rename {name}")),
        "export": (translate("CredentialMenu", "Export…"), translate("CredentialMenu", "Export {name}…")),
        "emergency": (
            translate("CredentialMenu", "The server was broken into…"),
            translate("CredentialMenu", "The server of {name} was broken into…"),
        ),
        "delete": (
            translate("CredentialMenu", "Move to bin"),
            translate("CredentialMenu", "Move {name} to the bin"),
        ),
        "restore": (translate("CredentialMenu", "Restore"), translate("CredentialMenu", "Restore {name}")),
        "destroy": (
            translate("CredentialMenu", "Delete for good…"),
            translate("CredentialMenu", "Delete {name} for good…"),
        ),
    }
