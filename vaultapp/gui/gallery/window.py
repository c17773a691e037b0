"""The gallery's window: its pages at the left, the theme at the top."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QStackedWidget, QWidget

from vaultapp.gui.gallery.buttons import buttons
from vaultapp.gui.gallery.credentials import credentials
from vaultapp.gui.gallery.inputs import inputs
from vaultapp.gui.gallery.lists import lists
from vaultapp.gui.gallery.marks import marks
from vaultapp.gui.gallery.messages import messages
from vaultapp.gui.gallery.navigation import navigation
from vaultapp.gui.gallery.panels import panels
from vaultapp.gui.gallery.secrets import secrets
from vaultapp.gui.gallery.sheet import Sheet
from vaultapp.gui.gallery.work import work
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.theme import Appearance
from vaultapp.gui.widgets.focus_ring import FocusRing
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import column, frame, row
from vaultapp.gui.widgets.section_item import SectionItem
from vaultapp.gui.widgets.segments import Segments


class GalleryWindow(QWidget):
    """Shows one page at a time.

    Args:
        look: Colours and fonts.
        tasks: For the components that estimate or ask.
    """

    def __init__(self, look: Look, tasks: TaskRunner) -> None:
        super().__init__()
        self._look = look
        self.setWindowTitle("Components of vaultapp")
        self.sheets: dict[str, Sheet] = {
            "buttons": buttons(look),
            "inputs": inputs(look),
            "secrets": secrets(look, tasks),
            "marks": marks(look),
            "messages": messages(look),
            "navigation": navigation(look),
            "lists": lists(look),
            "work": work(look),
            "panels": panels(look),
            "credentials": credentials(look),
        }
        self.theme = Segments(look, "Theme", ((Appearance.LIGHT, "Light"), (Appearance.DARK, "Dark")))
        self.theme.picked.connect(look.theme.choose)
        self.items: dict[str, SectionItem] = {}
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        for name, sheet in self.sheets.items():
            item = SectionItem(look, sheet.title, "letter-text")
            item.clicked.connect(lambda _on=False, name=name: self.turn_to(name))
            self._group.addButton(item)
            self.items[name] = item
            self._stack.addWidget(_scrolled(sheet))
        choice = row(Text(look, "Theme"), None, self.theme)
        side = frame(column(choice, 8, *self.items.values(), None, gap=2, margins=(10, 14, 10, 10)), "sidebar")
        side.setFixedWidth(look.px(212))
        self.setLayout(row(side, (frame(row(self._stack), "page"), 1), gap=0))
        self.ring = FocusRing(look, self)
        look.theme.choose(Appearance.LIGHT)
        self.resize(1180, 760)
        self.turn_to("buttons")

    @property
    def whole_height(self) -> int:
        """How high the window would have to be to show its page whole."""
        area = self._stack.currentWidget()
        inner = area.widget() if isinstance(area, QScrollArea) else None
        return inner.height() + self.height() - area.height() if inner is not None and area is not None else 760

    def choose_theme(self, theme: Appearance) -> None:
        """Show everything in a theme."""
        self.theme.buttons[theme].setChecked(True)

    def turn_to(self, name: str) -> None:
        """Show a page."""
        self.items[name].setChecked(True)
        self._stack.setCurrentIndex(list(self.sheets).index(name))
        focused = self.sheets[name].focused
        if focused is not None:
            focused.setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch the keyboard."""
        super().showEvent(event)
        self.ring.watch()


def _scrolled(sheet: Sheet) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(sheet)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
