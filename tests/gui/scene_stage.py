"""Where scenes are played: a window of some size, keys, and the longest that is said in it."""

from __future__ import annotations

from collections.abc import Iterator

from conftest import Bench
from msgspec import structs
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QWidget

from tests.gui.samples import NOON, key
from vaultapp.contracts.keys import Key, KeyState
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.clock import DAY
from vaultapp.core.errors import ArchiveRefused, HostError, VaultError, VaultOlder
from vaultapp.core.sentences import Sentence
from vaultapp.gui import messages
from vaultapp.gui.dialogs.working_form import WorkingForm
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.page import Page
from vaultapp.gui.session import LockNote
from vaultapp.gui.workspace import Workspace

Scene = tuple[str, QWidget]
Size = tuple[int, int]

# From outside, so never translated; long ones lose their middle by design.
LONG = "zzz-a-name-that-somebody-made-much-longer-than-any-list-or-panel-is-wide-zzz"
LEFT = Qt.MouseButton.LeftButton


def window_on(bench: Bench, state: VaultState, size: Size, note: LockNote | None = None) -> MainWindow:
    for old in bench._windows:
        old.hide()
    return bench.window(state, note, size)


def workspace_on(bench: Bench, size: Size, page: str) -> tuple[MainWindow, Workspace]:
    window = window_on(bench, VaultState.UNLOCKED, size)
    workspace = window.screens.workspace
    assert workspace is not None
    bench.qtbot.waitUntil(lambda: workspace.shelf.loaded)
    workspace.turn_to(page)
    return window, workspace


def some_keys() -> list[Key]:
    """Return keys in every state, one with a long name."""
    return [
        structs.replace(
            key("Personal", "petrol"),
            rotation_days=90,
            next_rotation=NOON + 12 * DAY,
            last_used=NOON,
            aliases=("home",),
            tags={"team": "infra"},
            description="Family files",
            known_files=3,
        ),
        structs.replace(key(LONG, "indigo", 7), rotation_days=365, next_rotation=NOON - 1, last_used=NOON - 400 * DAY),
        key("photos", "rust", 1, KeyState.DISABLED),
        structs.replace(key("Old laptop", "slate", 2, KeyState.PENDING_DELETION), deletes_at=NOON + 9 * DAY - 1),
    ]


def under_errors(name: str, page: Page, window: MainWindow) -> Iterator[Scene]:
    """Show a page under the longest errors, one with a button, and take them away again."""
    for error in worst():
        page.notices.tell("bad", messages.message_of(error))
    page.notices.bars[0].add_action(QCoreApplication.translate("BackupSection", "Show in folder"), lambda: None)
    yield f"{name} under errors", window
    for bar in tuple(page.notices.bars):
        page.notices.remove(bar)


def refused(dialog: QDialog) -> Iterator[Scene]:
    """Show a dialog with the longest errors in it, where it says them over its fields."""
    if isinstance(dialog, WorkingForm):
        for error in worst():
            dialog.show_problem(error)
            yield f"dialog: {type(dialog).__name__}, {error.code}", dialog
        dialog.show_problem(None)


def worst() -> tuple[VaultError, ...]:
    """Return errors whose sentences are the longest, in their first part or in the rest, and one with a long name."""
    return HostError(reason="uncertain"), VaultOlder(fork=1), ArchiveRefused(name=f"../{LONG}")


def long_sentence() -> Sentence:
    """Return what is said of a full disk with a long name."""
    return messages.message(
        "space_missing", {"path": f"/media/{LONG}", "needed": 21_600_000_000, "free": 8_100_000_000}
    )
