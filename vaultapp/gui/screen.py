"""What every screen of the window has: first run, a vault that is missing, lock screen, workspace."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFrame

from vaultapp.contracts.vault_state import VaultState

if TYPE_CHECKING:
    from vaultapp.gui.widgets.notices import Notices


class Screen(QFrame):
    """Stands in the window, one at a time."""

    #: What the check of the whole vault found is said here.
    tells_findings: ClassVar[bool] = False
    #: Of the vault that it tells of.
    vault_state: ClassVar[VaultState] = VaultState.MISSING
    #: It stands there because the vault, which was opened here before, is not at its place.
    vault_absent: ClassVar[bool] = False

    @cached_property
    def notices(self) -> Notices:
        """Above everything on the screen: what concerns the vault as a whole."""
        raise NotImplementedError

    @property
    def open_for_programs(self) -> bool:
        """True where the vault is open, and this window must be given the passphrase all the same."""
        return False

    @property
    def busy(self) -> bool:
        """True while something is under way that its going would cut off."""
        return False

    @property
    def message_place(self) -> Notices:
        """Where what went wrong is said."""
        return self.notices

    def come_back(self) -> None:
        """Take the focus again: the screen over this one was left."""
