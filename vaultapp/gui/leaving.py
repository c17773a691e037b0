"""The question before file work is stopped, because the person turns to something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from vaultapp.gui.look import Look

if TYPE_CHECKING:
    from vaultapp.gui.pages.files_page import FilesPage
    from vaultapp.gui.widgets.message_bar import MessageBar


class Leaving(QObject):
    """Asks on the page for files, once at a time.

    Args:
        look: Colours and fonts.
    """

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._asked: tuple[FilesPage, MessageBar] | None = None

    def ask(
        self, page: FilesPage, action: str, then: Callable[[], object], stay: Callable[[], object] = lambda: None
    ) -> None:
        """Ask whether work may be stopped.

        Args:
            page: Where files are being worked on.
            action: What the button says: "Stop and close".
            then: Called once the work was told to stop. Who does it ends it cleanly, also without this window.
            stay: Called when the person does not want that.
        """
        from vaultapp.gui.widgets.message_bar import MessageBar

        if self._asked is not None:
            self._asked[0].notices.remove(self._asked[1])

        def stop() -> None:
            page.queue.cancel_all()
            then()

        head = self.tr("Files are still being worked on.")
        body = self.tr("That stops the work. What is done stays; a file that is not done is left as it was.")
        bar = MessageBar(self._look, "warn", head, body, closable=True)
        bar.add_action(action, stop)
        bar.dismissed.connect(stay)
        page.notices.add(bar)
        page.wanted.emit()
        self._asked = page, bar

    def withdraw(self) -> None:
        """Take an open question for a no: the person did something else."""
        if self._asked is not None:
            page, bar = self._asked
            self._asked = None
            if bar in page.notices.bars:
                bar.dismissed.emit()

    def forget(self) -> None:
        """The page that it was asked on goes."""
        self._asked = None
