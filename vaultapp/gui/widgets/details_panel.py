"""What a sealed file says of itself, in a side panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from vaultapp.contracts.files import FileDescription, Recipient
from vaultapp.core.sentences import Sentence
from vaultapp.gui import quantities
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import shown_name, shown_path
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.file_icons import icon_of
from vaultapp.gui.widgets.labels import Badge, Elided, Glyph, Plate, Text, rule
from vaultapp.gui.widgets.layouts import column, frame, row
from vaultapp.gui.widgets.message_bar import MessageBar

_LABEL = 104
_TOP = Qt.AlignmentFlag.AlignTop


class DetailsPanel(QFrame):
    """Begins with the file's name; the rest comes when the header was read.

    Args:
        look: Colours and fonts.
        path: The file.
        hue_of: Returns a key's hue by its id; slate for one that is not known.
    """

    closed = Signal()
    rewrap_clicked = Signal()

    def __init__(self, look: Look, path: bytes, hue_of: Callable[[str], str]) -> None:
        super().__init__()
        self._look = look
        self._path = path
        self._hue_of = hue_of
        self.setObjectName("panel")
        self.setAccessibleName(self.tr("Details of {name}").format(name=shown_name(path)))
        self.close_button = Button(look, kind="ghost", icon="x", name=self.tr("Close the panel"))
        self.close_button.clicked.connect(self.closed)
        self.rewrap_button = Button(look, self.tr("Re-wrap to the newest version"), icon="refresh-cw")
        self.rewrap_button.clicked.connect(self.rewrap_clicked)
        self.rewrap_button.setToolTip(self.tr("Changes the header only; the content is not encrypted anew."))
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        self._body.setContentsMargins(20, 16, 12, 16)
        self._body.addLayout(self._head())
        inner = QWidget()
        inner.setLayout(self._body)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A scroll bar that appears would narrow the panel: its room is kept.
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._foot = frame(column(rule(), frame(row(self.rewrap_button, None, margins=(20, 10, 20, 10))), gap=0))
        self._foot.hide()
        page = QVBoxLayout(self)
        page.setContentsMargins(1, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(scroll, 1)
        page.addWidget(self._foot)
        self._waiting = Text(look, self.tr("Reading the header…"), tone="hint")
        self._body.addSpacing(16)
        self._body.addWidget(self._waiting)
        self._body.addStretch(1)

    def show_problem(self, sentence: Sentence) -> None:
        """Say in full what did not work."""
        self._ready()
        bar = MessageBar(
            self._look, "bad", sentence.what, " ".join(part for part in (sentence.safe, sentence.todo) if part)
        )
        self._add(bar, above=16)

    def show_unreadable(self, sentence: Sentence) -> None:
        """Say why the header could not be read."""
        self._ready()
        text = " ".join(part for part in (sentence.what, sentence.todo) if part)
        self._add(Text(self._look, text, tone="secondary", wrap=True), above=16)

    def show_description(self, told: FileDescription, *, can_rewrap: bool) -> None:
        """Show what the header says."""
        self._ready()
        ways = _ways(told.recipients)
        self._section(self.tr("Opens with"), self._counted(len(ways)))
        for recipient in ways:
            self._add(self._recipient(recipient), above=10)
        self._section(self.tr("What the header says"))
        for label, value, style in self._facts(told):
            self._add(self._pair(label, value, style), above=8)
        if told.context:
            self._section(self.tr("Context"))
            note = self.tr("Readable by anybody; protected against changes.")
            self._add(Text(self._look, note, Style.CAPTION, "hint", wrap=True), above=4)
            for name, value in sorted(told.context.items()):
                self._add(self._pair(shown_path(name.encode()), shown_path(value.encode())), above=8)
        if not told.complete:
            self._add(MessageBar(self._look, "warn", self.tr("This file is shorter than its header says.")), above=16)
        self._foot.setVisible(can_rewrap and any(recipient.here for recipient in told.recipients))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _head(self) -> QLayout:
        look = self._look
        tile = QFrame()
        tile.setProperty("card", "sunken")
        tile.setFixedSize(36, 36)
        glyph = Glyph(look, icon_of(self._path), 18)
        tile.setLayout(row(glyph, margins=(8, 8, 8, 8)))
        name = Elided(look, shown_name(self._path), Style.HEADING)
        folder = Elided(look, shown_path(self._path.rpartition(b"/")[0]), Style.IDENTIFIER, "hint")
        return row((tile, _TOP), (column(name, folder, gap=1), 1), (self.close_button, _TOP), gap=10)

    def _ready(self) -> None:
        self._waiting.hide()

    def _add(self, part: QWidget | QLayout, above: int) -> None:
        at = self._body.count() - 1
        self._body.insertSpacing(at, above)
        if isinstance(part, QLayout):
            self._body.insertLayout(at + 1, part)
        else:
            self._body.insertWidget(at + 1, part)

    def _section(self, title: str, note: str = "") -> None:
        self._add(rule(), above=18)
        head = row(Text(self._look, title, Style.STRONG), None, Text(self._look, note, Style.CAPTION, "hint"))
        self._add(head, above=14)

    def _counted(self, number: int) -> str:
        return self.tr("1 way") if number == 1 else self.tr("{n} ways").format(n=number)

    def _recipient(self, recipient: Recipient) -> QLayout:
        look = self._look
        badge = Badge(look, self.tr("Opens here"), "ok", "check") if recipient.here else None
        known = bool(recipient.name)
        mark: QWidget = Glyph(look, "rectangle-ellipsis" if recipient.kind == "passphrase" else "key-round", 20)
        if known:
            mark = Plate(look, recipient.name, self._hue_of(recipient.key), 24)
        words = column(
            Elided(look, self._title(recipient), Style.STRONG, elide=Qt.TextElideMode.ElideRight),
            Text(look, self._subtitle(recipient), Style.CAPTION, "secondary", wrap=True),
            gap=1,
        )
        return row((mark, _TOP), (words, 1), *(((badge, _TOP),) if badge else ()), gap=10)

    def _title(self, recipient: Recipient) -> str:
        if recipient.kind == "passphrase":
            return self.tr("A passphrase")
        if recipient.name:
            number = recipient.number
            version = self.tr("{key}, version {n}").format(key=recipient.name, n=number)
            return version if number else recipient.name
        return self.tr("A key that is not here")

    def _subtitle(self, recipient: Recipient) -> str:
        match recipient.kind:
            case "passphrase":
                return self.tr("Whoever knows it, without a vault")
            case "key" | "kms" if recipient.name:
                return self.tr("Also for the AWS Encryption SDK, with the exported key")
            case _:
                return shown_path(f"{recipient.provider} {recipient.key}".encode())

    def _facts(self, told: FileDescription) -> list[tuple[str, str, Style]]:
        frames = self.tr("{n} of {size}").format(
            n=quantities.count(told.frames), size=quantities.binary(told.frame_length)
        )
        return [
            (self.tr("Holds"), self.tr("A folder") if told.folder else self.tr("A file"), Style.BODY),
            (self.tr("Content"), quantities.size(told.content_length), Style.BODY),
            (self.tr("Frames"), frames, Style.BODY),
            (self.tr("Header"), quantities.size(told.header_length), Style.BODY),
            (self.tr("Signature"), self.tr("Signed") if told.signed else self.tr("None"), Style.BODY),
            (self.tr("Format"), told.format, Style.BODY),
            (self.tr("Suite"), told.suite, Style.IDENTIFIER),
            (self.tr("Message id"), told.message_id.hex(" ", -4), Style.IDENTIFIER),
        ]

    def _pair(self, label: str, value: str, style: Style = Style.BODY) -> QLayout:
        look = self._look
        name = Text(look, label, tone="secondary", wrap=True)
        name.setFixedWidth(_LABEL)
        text = Text(look, value, style, wrap=True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return row((name, _TOP), (text, 1))


def _ways(recipients: Sequence[Recipient]) -> list[Recipient]:
    """Return the recipients, a vault key once: it stands in the header twice, for the SDK's two kinds of keyring."""
    found: dict[tuple[str, str, str], Recipient] = {}
    for at, recipient in enumerate(recipients):
        same = recipient.kind in ("key", "kms") and recipient.name
        found.setdefault(("key", recipient.key, recipient.version) if same else ("", str(at), ""), recipient)
    return list(found.values())
