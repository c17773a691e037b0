"""What can be set, and what can be done with the vault as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from vaultapp.gui import key_words
from vaultapp.gui.commands import Command
from vaultapp.gui.look import Look
from vaultapp.gui.page import Page, PageParts
from vaultapp.gui.settings.about_section import AboutSection
from vaultapp.gui.settings.appearance_section import AppearanceSection
from vaultapp.gui.settings.backup_section import BackupSection
from vaultapp.gui.settings.clipboard_section import ClipboardSection
from vaultapp.gui.settings.desktop_section import DesktopSection
from vaultapp.gui.settings.locking_section import LockingSection
from vaultapp.gui.settings.named_settings import named_settings
from vaultapp.gui.settings.section import Section
from vaultapp.gui.settings.unlock_section import UnlockSection
from vaultapp.gui.settings.vault_section import VaultSection
from vaultapp.gui.widgets.awaited_control import AwaitedControl
from vaultapp.gui.widgets.empty_state import EmptyState
from vaultapp.gui.widgets.layouts import column, frame, row

_LIST = 210
_LEAST = 170
_WIDE = 900
_GROUPS = 640
# A section whose head is at most so far below the top is the one that is being read.
_READ = 40
# What is seen above and below a setting that was asked for.
_AROUND = 80


class SettingsPage(Page):
    """Sections at the left, what they hold at the right; one scroll through all of them.

    They are made when the page is shown first: most days nobody looks at it.
    """

    def __init__(self, look: Look, parts: PageParts, stack: QWidget) -> None:
        super().__init__(
            look,
            stack,
            QCoreApplication.translate("SettingsPage", "Settings"),
            QCoreApplication.translate("SettingsPage", "Find a setting"),
            "search",
        )
        self._parts = parts
        self.sections: tuple[Section, ...] = ()
        self._stack = QStackedWidget()
        self._going = False
        self._awaited = AwaitedControl(self)
        self.body.addWidget(self._stack, 1)

    def areas(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """Return the head, the list of sections, and what they hold."""
        head = (self, self.head.filter or self)
        current = next((section.item for section in self.sections if section.item.isChecked()), None)
        return (head,) if current is None else (head, (self.list, current), (self.view, self.view))

    def commands(self) -> Sequence[Command]:
        """Return every setting by its name."""
        kind = self.tr("Setting")
        return [
            Command(named.title, kind, partial(self.open_setting, named.title), named.icon, asked=True)
            for named in named_settings()
        ]

    def open_setting(self, title: str) -> None:
        """Turn to a setting, wherever the person is, and give the focus to what sets it."""
        self.wanted.emit()
        self.ensure_built()
        if self.head.filter is not None:
            self.head.filter.clear()
        lines = ((section, line) for section in self.sections for line in section.lines)
        found = next(((section, line) for section, line in lines if line.title.text() == title), None)
        if found is not None:
            section, line = found
            # Rows that were just built have their places once they are laid out.
            self._inner.adjustSize()
            self._going = True
            self.view.ensureWidgetVisible(line, 0, _AROUND)
            self._going = False
            section.item.setChecked(True)
            self._awaited.go_to(line.controls, self.view)

    def go_to(self, section: Section) -> None:
        """Scroll to a section."""
        self._going = True
        self.view.verticalScrollBar().setValue(section.mapTo(self._inner, QPoint(0, 0)).y())
        self._going = False
        section.item.setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list of sections less room where there is little."""
        super().resizeEvent(event)
        if self.sections:
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """See what the vault has now; also where the page is the first one shown, which nobody turns to."""
        super().showEvent(event)
        self.ensure_built()
        if not event.spontaneous():
            for section in self.sections:
                section.entered()

    def ensure_built(self) -> None:
        """Build the sections, if that was not needed before."""
        if not self.sections:
            self._build()
            self._connect()

    def _build(self) -> None:
        look, parts = self.look, self._parts
        self.locking = LockingSection(look, parts)
        self.unlock = UnlockSection(look, parts)
        self.backups = BackupSection(look, parts)
        self.vault = VaultSection(look, parts)
        self.clipboard = ClipboardSection(look, parts)
        self.appearance = AppearanceSection(look, parts)
        self.desktop = DesktopSection(look, parts)
        self.about = AboutSection(look, parts)
        self.sections = (
            self.locking,
            self.clipboard,
            self.unlock,
            self.backups,
            self.vault,
            self.appearance,
            self.desktop,
            self.about,
        )
        self.view = QScrollArea()
        self.empty = EmptyState(look, "search", self.tr("Show all settings"))
        self._group = QButtonGroup(self)
        for section in self.sections:
            self._group.addButton(section.item)
        self.list = frame(column(*(section.item for section in self.sections), None, gap=2))
        self.list.setAccessibleName(self.tr("Sections"))
        self._inner = QWidget()
        inner = QVBoxLayout(self._inner)
        inner.setContentsMargins(0, 0, 10, 24)
        inner.setSpacing(16)
        for section in self.sections:
            inner.addWidget(section)
        inner.addStretch(1)
        self._inner.setMaximumWidth(look.px(_GROUPS) + 10)
        self.view.setWidget(self._inner)
        self.view.setWidgetResizable(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view.setAccessibleName(self.tr("Settings"))
        self._stack.addWidget(frame(row(self.list, (self.view, 1), gap=24, margins=(24, 0, 10, 0))))
        self._stack.addWidget(self.empty)
        self.sections[0].item.setChecked(True)
        self._arrange()

    def _arrange(self) -> None:
        widest = max(section.item.sizeHint().width() for section in self.sections)
        self.list.setFixedWidth(max(widest, self.look.px(_LIST if self.width() >= _WIDE else _LEAST)))

    def _connect(self) -> None:
        for section in self.sections:
            section.error_raised.connect(self.error_raised)
            section.item.clicked.connect(lambda _on=False, section=section: self.go_to(section))
        self.view.verticalScrollBar().valueChanged.connect(self._scrolled)
        if self.head.filter is not None:
            self.head.filter.textChanged.connect(self._narrow)
            self.head.filter.list_wanted.connect(lambda: self.view.setFocus(Qt.FocusReason.TabFocusReason))
            self.empty.button.clicked.connect(self._show_all)

    def _narrow(self, text: str) -> None:
        needle = text.strip()
        found = [section for section in self.sections if section.narrow(needle)]
        self._stack.setCurrentIndex(0 if found else 1)
        if found:
            self.view.verticalScrollBar().setValue(0)
            found[0].item.setChecked(True)
        else:
            head = self.tr("No setting matches “{typed}”").format(typed=key_words.short(needle))
            self.empty.say(head, self.tr("Names of settings and what they do were looked at."))

    def _show_all(self) -> None:
        if self.head.filter is not None:
            self.head.filter.clear()
            self.head.filter.setFocus()

    def _scrolled(self, top: int) -> None:
        if self._going:
            return
        bar = self.view.verticalScrollBar()
        shown = [section for section in self.sections if section.isVisibleTo(self._inner)]
        if not shown:
            return
        read = [section for section in shown if section.y() <= top + _READ]
        # At the end the last section is read, however short it is.
        last = top >= bar.maximum() > 0
        (shown if last else read or shown[:1])[-1].item.setChecked(True)
