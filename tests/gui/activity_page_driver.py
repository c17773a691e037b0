"""The page of the activity log, and what people do on it."""

from __future__ import annotations

from conftest import Bench
from PySide6.QtCore import Qt

from tests.gui.samples import DEPLOY, ITSELF, entry
from vaultapp.gui.pages.activity_page import ActivityPage

DAY = 24 * 60

WORK = {"subject_kind": "key", "subject": "Work"}


def opened(bench: Bench, size: tuple[int, int] = (1180, 760)) -> ActivityPage:
    workspace = bench.workspace("activity", size)
    page = workspace.activity
    bench.qtbot.waitUntil(lambda: page.feed.loaded and not page.feed.looking)
    bench.qtbot.waitUntil(lambda: workspace.shelf.loaded)
    return page


def opened_with_entries(bench: Bench) -> ActivityPage:
    """Open it on a log that has something of every sort; twelve entries of it are equal."""
    bench.activity.add(
        entry("vault.create", 2 * DAY, subject_kind="vault", subject="Mara’s vault"),
        entry("vault.unlock", DAY, facts={"failed": 2}),
        entry("vault.lock", DAY - 5, actor=ITSELF),
        *(entry("text.decrypt", 90, actor=DEPLOY, **WORK, facts={"version": 7, "context": "team"}) for _ in range(12)),
        entry("file.open", 60, subject_kind="file", outcome="damaged", facts={"path": "/home/mara/a b/report.sealed"}),
        entry("vault.admit", 50, actor=DEPLOY, outcome="wrong_passphrase"),
        entry(
            "key.rotate",
            20,
            subject_kind="key",
            subject="Personal",
            facts={"version": 4, "reason": "asked", "key": str(bench.keys.keys[0].key_id)},
        ),
    )
    return opened(bench)


def shown(page: ActivityPage) -> list[tuple[str, ...]]:
    count = page.rows.columnCount()
    return [tuple(page.rows.index(at, column).data() for column in range(count)) for at in range(page.rows.rowCount())]


def click(bench: Bench, page: ActivityPage, number: int) -> None:
    at = page.table.visualRect(page.rows.index(number, 1)).center()
    bench.qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
