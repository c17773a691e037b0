"""What a sealed file says of itself, in a side panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from vaultapp.contracts.files import FileDescription, Recipient
from vaultapp.core.sentences import Sentence
from vaultapp.gui import messages, quantities
from vaultapp.gui.home_path import home_path
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import shown_name, shown_path
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.file_icons import icon_of
from vaultapp.gui.widgets.labels import Badge, Elided, Glyph, Plate, Text, breakable
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.problem_bar import ProblemBar
from vaultapp.gui.widgets.side_panel import TOP, SidePanel

_NAMED = 50


class DetailsPanel(SidePanel):
    """Begins with the file's name; the rest comes when the header was read.

    Args:
        look: Colours and fonts.
        path: The file.
        hue_of: Returns a key's hue by its id; slate for one that is not known.
        folder: It is a folder.
    """

    rewrap_clicked = Signal()

    def __init__(self, look: Look, path: bytes, hue_of: Callable[[str], str], *, folder: bool = False) -> None:
        tile = QFrame()
        tile.setProperty("card", "sunken")
        tile.setFixedSize(36, 36)
        tile.setLayout(row(Glyph(look, icon_of(path, folder=folder), 18), margins=(8, 8, 8, 8)))
        name = shown_name(path)
        accessible = QCoreApplication.translate("DetailsPanel", "Details of {name}").format(name=name)
        super().__init__(look, tile, name, home_path(path.rpartition(b"/")[0]), accessible)
        self._hue_of = hue_of
        self._newest_of: Callable[[str], int] = lambda _key: 0
        self.rewrap_button = Button(look, self.tr("Re-wrap to the newest version"), icon="refresh-cw")
        self.rewrap_button.clicked.connect(self.rewrap_clicked)
        self.rewrap_button.setToolTip(self.tr("Changes the header only; the content is not encrypted anew."))
        self._rewrap = self.set_foot(self.rewrap_button)
        self._rewrap.hide()
        self._waiting = Text(look, self.tr("Reading the header…"), tone="hint")
        self.add(self._waiting, above=16)

    def show_problem(self, sentence: Sentence) -> None:
        """Say in full what did not work."""
        self._ready()
        self.add(ProblemBar(self.look, messages.sentence(*map(breakable, sentence))), above=16)

    def show_problems(self, problems: Sequence[tuple[str, str]], left_out: Sequence[str]) -> None:
        """Name the files of a folder that did not go well.

        Args:
            problems: Names within the folder, each with why.
            left_out: Names of what is neither file nor folder.
        """
        if problems:
            self._ready()
            self.add_section(self.tr("Did not go well"), quantities.count(len(problems)))
            for name, why in problems[:_NAMED]:
                self._add_named(name, why)
            self._add_more(len(problems))
        if left_out:
            self._ready()
            self.add_section(self.tr("Links and devices left out"), quantities.count(len(left_out)))
            for name in left_out[:_NAMED]:
                self._add_named(name)
            self._add_more(len(left_out))

    def show_unreadable(self, sentence: Sentence) -> None:
        """Say why the header could not be read."""
        self._ready()
        text = sentence.brief
        self.add(Text(self.look, text, tone="secondary", wrap=True), above=16)

    def show_description(self, told: FileDescription, newest_of: Callable[[str], int] | None) -> None:
        """Show what the header says.

        Args:
            told: The header.
            newest_of: Returns the number of a key's newest version; None where nothing can be re-wrapped.
        """
        self._ready()
        self._newest_of = newest_of or (lambda _key: 0)
        ways = _ways(told.recipients)
        self.add_section(self.tr("Opens with"), self._counted(len(ways)))
        for recipient in ways:
            self.add(self._recipient(recipient), above=10)
        self.add_section(self.tr("What the header says"))
        for label, value, style in self._facts(told):
            self.add_pair(label, value, style)
        if told.context:
            self.add_section(self.tr("Context"))
            note = self.tr("Readable by anybody; protected against changes.")
            self.add(Text(self.look, note, Style.CAPTION, "hint", wrap=True), above=4)
            for name, value in sorted(told.context.items()):
                self.add_pair(shown_path(name.encode()), shown_path(value.encode()))
        if not told.complete:
            self.add(MessageBar(self.look, "warn", self.tr("The end of this file is missing or damaged.")), above=16)
        self._rewrap.setVisible(any(self._newer(recipient) for recipient in told.recipients))

    def _add_named(self, name: str, why: str = "") -> None:
        named = Elided(self.look, name, Style.STRONG if why else Style.BODY)
        words = (named, Text(self.look, breakable(why), Style.CAPTION, "secondary", wrap=True)) if why else (named,)
        icon = Glyph(self.look, "circle-x", 16, "bad") if why else Glyph(self.look, "ban", 16, "text3")
        self.add(row((icon, TOP), (column(*words, gap=1), 1), gap=10), above=10)

    def _add_more(self, number: int) -> None:
        if number > _NAMED:
            more = self.tr("and {n} more").format(n=quantities.count(number - _NAMED))
            self.add(Text(self.look, more, Style.CAPTION, "hint"), above=10)

    def _ready(self) -> None:
        self._waiting.hide()

    def _counted(self, number: int) -> str:
        return self.tr("1 way") if number == 1 else self.tr("{n} ways").format(n=number)

    def _recipient(self, recipient: Recipient) -> QLayout:
        look = self.look
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
        return row((mark, TOP), (words, 1), *(((badge, TOP),) if badge else ()), gap=10)

    def _newer(self, recipient: Recipient) -> int:
        """Return the number of the newest version where the file has an older one, else 0."""
        newest = self._newest_of(recipient.key) if recipient.here and recipient.number else 0
        return newest if newest != recipient.number else 0

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
            case "key" | "kms" if newer := self._newer(recipient):
                return self.tr("The newest version is {n}").format(n=newer)
            case "key" | "kms" if recipient.name:
                return self.tr("Also for the AWS Encryption SDK, with the exported key")
            case _:
                return shown_path(f"{recipient.provider} {recipient.key}".encode())

    def _facts(self, told: FileDescription) -> list[tuple[str, str, Style]]:
        whole = told.complete
        frames = self.tr("{n} of {size}").format(
            n=quantities.count(told.frames), size=quantities.binary(told.frame_length)
        )
        return [
            (self.tr("Holds"), self.tr("A folder") if told.folder else self.tr("A file"), Style.BODY),
            (self.tr("Content"), quantities.size(told.content_length) if whole else self.tr("Not known"), Style.BODY),
            (self.tr("Frames"), frames if whole else self.tr("Not known"), Style.BODY),
            (self.tr("Header"), quantities.size(told.header_length), Style.BODY),
            (self.tr("Signature"), self.tr("Signed") if told.signed else self.tr("None"), Style.BODY),
            (self.tr("Format"), told.format, Style.BODY),
            (self.tr("Suite"), told.suite, Style.IDENTIFIER),
            (self.tr("Message id"), told.message_id.hex(" ", -4), Style.IDENTIFIER),
        ]


def _ways(recipients: Sequence[Recipient]) -> list[Recipient]:
    """Return the recipients, a vault key once: it stands in the header twice, for the SDK's two kinds of keyring."""
    found: dict[tuple[str, str, str], Recipient] = {}
    for at, recipient in enumerate(recipients):
        same = recipient.kind in ("key", "kms") and recipient.name
        found.setdefault(("key", recipient.key, recipient.version) if same else ("", str(at), ""), recipient)
    return list(found.values())
