"""Forms that were closed with something typed in them, until the person goes on or discards it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vaultapp.gui.credentials.form_drafts import Draft, DraftedForm
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.notices import Notices
from vaultapp.gui.widgets.panel_host import PanelHost
from vaultapp.gui.widgets.side_panel import SidePanel


class KeptForms(QObject):
    """Says on the page what is not saved yet, whichever way the form was left: Esc, another row, another page.

    Locking the vault takes the page away, and what was typed with it.

    Args:
        look: Colours and fonts.
        panels: Shows the forms.
        notices: Of the page.
        page: Holds what is not shown.
    """

    def __init__(self, look: Look, panels: PanelHost, notices: Notices, page: QWidget) -> None:
        super().__init__(page)
        self._look = look
        self._panels = panels
        self._notices = notices
        self._page = page
        self._kept: dict[MessageBar, SidePanel] = {}
        panels.set_aside.connect(self._keep)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What is typed in the forms that are kept, oldest first."""
        return tuple(form.draft for form in self._kept.values() if isinstance(form, DraftedForm))

    def keep_again(self, drafts: Sequence[Draft], form_of: Callable[[Draft], SidePanel]) -> None:
        """Keep what was typed in forms that are gone."""
        for draft in drafts:
            self._keep(form_of(draft))

    def _keep(self, form: SidePanel) -> None:
        form.setParent(self._page)
        form.hide()
        line = self.tr("What you typed is kept here until the vault is locked.")
        bar = MessageBar(self._look, "warn", form.unsaved, line)
        bar.add_action(self.tr("Go on"), lambda: self._go_on(bar, form))
        bar.add_action(self.tr("Discard"), lambda: self._discard(bar, form))
        # The answer to what was sent before it was closed may still come.
        form.settled.connect(lambda: self._discard(bar, form))
        self._kept[bar] = form
        self._notices.add(bar)

    def _go_on(self, bar: MessageBar, form: SidePanel) -> None:
        del self._kept[bar]
        self._notices.remove(bar)
        self._panels.open_panel(form)
        form.take_focus()

    def _discard(self, bar: MessageBar, form: SidePanel) -> None:
        self._kept.pop(bar, None)
        self._notices.remove(bar)
        form.deleteLater()
