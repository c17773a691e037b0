"""Files that wait for the person's yes, on the page where they would be worked on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from vaultapp.contracts.files import DropItem, DropVerb
from vaultapp.gui import joining, quantities
from vaultapp.gui.drop_plan import DropPlan, names_of
from vaultapp.gui.look import Look
from vaultapp.gui.pages.drop_intake import DropIntake
from vaultapp.gui.unfinished import Unfinished
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.notices import Notices


class FileOffers(QObject):
    """Shows what was handed over or stopped by a lock, and what would be done with it. Nothing is done without a yes.

    Args:
        look: Colours and fonts.
        notices: Of the page.
        intake: Looks at files, and works on them.
        plan_of: Says what working on them would do.
        rewrap: Re-wraps files.
        page: Parent.
    """

    shown = Signal()

    def __init__(
        self,
        look: Look,
        notices: Notices,
        intake: DropIntake,
        plan_of: Callable[[tuple[DropItem, ...]], DropPlan],
        rewrap: Callable[[Sequence[bytes]], object],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._look = look
        self._notices = notices
        self._intake = intake
        self._plan_of = plan_of
        self._rewrap = rewrap
        self._paths: tuple[bytes, ...] = ()
        self._rewraps: tuple[bytes, ...] = ()
        self._bar: MessageBar | None = None
        self._rewrap_bar: MessageBar | None = None

    @property
    def unanswered(self) -> Unfinished:
        """What is offered now."""
        return Unfinished(self._paths, self._rewraps)

    def offer(self, paths: tuple[bytes, ...]) -> None:
        """Offer files, with those that wait for an answer already."""
        if paths:
            self._paths = tuple(dict.fromkeys(self._paths + paths))
            self.shown.emit()
            self._intake.examine(self._paths, self._show)

    def offer_rewrap(self, paths: tuple[bytes, ...]) -> None:
        """Offer to go on with re-wrapping."""
        self._close_rewrap()
        self._rewraps = paths
        one = len(paths) == 1
        many = self.tr("Re-wrapping {n} files was stopped")
        head = quantities.counted(len(paths), self.tr("Re-wrapping 1 file was stopped"), many)
        bar = MessageBar(self._look, "info", head, names_of(paths), "refresh-cw")

        def accept() -> None:
            self._close_rewrap()
            self._rewrap(paths)

        bar.add_action(self.tr("Re-wrap it") if one else self.tr("Re-wrap them"), accept)
        bar.add_action(self._forget(one=one), self._close_rewrap)
        self._rewrap_bar = bar
        self._notices.add(bar)
        self.shown.emit()

    def _show(self, items: tuple[DropItem, ...]) -> None:
        # The page may have been built anew since it asked; that one offers them too.
        if not isValid(self):
            return
        if self._bar is not None:
            self._notices.remove(self._bar)
        one = len(items) == 1
        head = quantities.counted(len(items), self.tr("1 file is waiting"), self.tr("{n} files are waiting"))
        told = self._plan_of(items)
        names = names_of([item.path for item in items])
        body = joining.phrases((names, told.refused))
        bar = MessageBar(self._look, "info", head, body, "file-lock")
        words = [f"{told.sentences[0]} {told.key_name}".strip(), *told.sentences[1:]]

        def accept() -> None:
            self._close()
            self._intake.take_items(items)

        if any(item.verb is not DropVerb.REFUSE for item in items):
            bar.add_action(self.tr(", ").join(words), accept)
        bar.add_action(self._forget(one=one), self._close)
        self._bar = bar
        self._notices.add(bar)

    def _close(self) -> None:
        self._paths = ()
        if self._bar is not None:
            self._notices.remove(self._bar)
            self._bar = None

    def _close_rewrap(self) -> None:
        self._rewraps = ()
        if self._rewrap_bar is not None:
            self._notices.remove(self._rewrap_bar)
            self._rewrap_bar = None

    def _forget(self, *, one: bool) -> str:
        return self.tr("Forget it") if one else self.tr("Forget them")
