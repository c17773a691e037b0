"""What the tray asks of the window behind it, which it knows no more of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vaultapp.contracts.credentials import Credential
from vaultapp.contracts.vault import VaultStatus
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.clock import Clock
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.guarding.clipboard_reading import ClipboardReading
from vaultapp.gui.look import Look
from vaultapp.gui.session import Session
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.window_settings import WindowSettings


@dataclass(frozen=True, slots=True)
class WindowPort:
    """The main window, by what it can be told.

    Attributes:
        session: Returns the agent of the vault that it shows.
        state: Returns whether that vault is open, as far as the window knows.
        absent: Returns whether that vault, known here, is not at its place.
        open_for_programs: Returns whether only the window is locked.
        come: Brings it to the front, out of hiding too.
        lock: Locks the vault.
        lock_everything: Locks it for programs too, while it is open for them only.
        leave: Ends the program; while files are being worked on, the window asks first.
        take: Told that a vault was unlocked elsewhere.
        recent: Returns the credentials that are offered first; none while the vault is locked.
        copy: Puts the secret of one of them on the clipboard.
        search: Brings the window to the front, to find anything by its name.
        rotate_due: Rotates the credentials that are due, and shows how that goes.
    """

    session: Callable[[], Session]
    state: Callable[[], VaultState]
    absent: Callable[[], bool]
    open_for_programs: Callable[[], bool]
    come: Callable[[], object]
    lock: Callable[[], object]
    lock_everything: Callable[[], object]
    leave: Callable[[], object]
    take: Callable[[Session, VaultStatus], object]
    recent: Callable[[], Sequence[Credential]]
    copy: Callable[[Credential], object]
    search: Callable[[], object]
    rotate_due: Callable[[], object]


@dataclass(frozen=True, slots=True)
class TrayParts:
    """What everything in the tray is given.

    Attributes:
        look: Colours and fonts.
        tasks: Runs calls off the window's thread.
        clock: Source of time.
        settings: What is remembered between starts.
        clipboard: For secrets.
        reading: Of what other programs copied.
        window: Behind the tray.
        desktop: What the session calls its desktop, as ``XDG_CURRENT_DESKTOP`` has it; empty where it does not say.
    """

    look: Look
    tasks: TaskRunner
    clock: Clock
    settings: WindowSettings
    clipboard: SecretClipboard
    reading: ClipboardReading
    window: WindowPort
    desktop: str
