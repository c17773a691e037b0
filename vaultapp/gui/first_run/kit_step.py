"""The recovery kit: printed or saved, and three words typed back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QDate, QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QBoxLayout, QDialog, QLineEdit, QVBoxLayout, QWidget

from vaultapp.gui import messages, quantities
from vaultapp.gui.dialogs.choose_path import ANY_FILE, choose
from vaultapp.gui.first_run.kit_sheet import KitFacts, KitSheet, page_layout, pdf_of, print_sheet
from vaultapp.gui.first_run.step import Step
from vaultapp.gui.look import Look
from vaultapp.gui.private_file import write_private
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Glyph, Text, rule
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.message_bar import MessageBar

_ASKED = 3
picked_words = secrets.SystemRandom().sample
_BESIDE = 800


class _WordField(QWidget):
    """One of the words, typed back."""

    def __init__(self, look: Look, number: int) -> None:
        super().__init__()
        self.number = number
        title = self.tr("Word {n}").format(n=number)
        self.edit = QLineEdit()
        self.edit.setProperty("sz", "lg")
        self.edit.setFont(look.font(Style.MONO))
        self.edit.setAccessibleName(title)
        self.edit.setAcceptDrops(False)
        self.mark = Glyph(look, "circle-check", 18, "ok", 2)
        self.mark.setAccessibleName(self.tr("Right"))
        kept = self.mark.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.mark.setSizePolicy(kept)
        self.mark.hide()
        caption = Text(look, title, Style.CAPTION, "secondary")
        self.setLayout(column(caption, row((self.edit, 1), self.mark, gap=6), gap=4))


class KitStep(Step):
    """Sheet at the left; at the right how to keep it, and the proof that it can be read.

    Args:
        look: Colours and fonts.
        suggest: Returns 24 fresh words; blocks.
        tasks: Runs the call, and writes the PDF.
        choose: Picks which words are asked for: from 1 … 24, so many of them.
    """

    def __init__(
        self,
        look: Look,
        suggest: Callable[[], str],
        tasks: TaskRunner,
        choose: Callable[[Sequence[int], int], list[int]] = picked_words,
    ) -> None:
        super().__init__(look, QCoreApplication.translate("KitStep", "Your recovery kit"), 0)
        self._suggest = suggest
        self._tasks = tasks
        self._name = ""
        self._file = ""
        self._words: tuple[str, ...] = ()
        self._asking = False
        self._printer: QPrinter | None = None
        self.sheet = KitSheet(look)
        self.print_button = Button(look, self.tr("Print…"), icon="printer")
        self.save_button = Button(look, self.tr("Save as PDF…"), icon="download")
        self.fields = [_WordField(look, number) for number in sorted(choose(range(1, 25), _ASKED))]
        self.problem = QVBoxLayout()
        self._problem: MessageBar | None = None
        self._note = MessageBar(look, "warn", self.tr("A saved PDF is not encrypted. Move it off this computer."))
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        for field in self.fields:
            field.edit.textChanged.connect(self._typed)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)

    @property
    def ready(self) -> bool:
        """True when the words that were asked for are typed."""
        return bool(self._words) and all(self._right(field) for field in self.fields)

    @property
    def facts(self) -> KitFacts:
        """What stands on the sheet."""
        return KitFacts(self._name, self._file, quantities.day(QDate.currentDate()), self._words)

    def secret_words(self) -> bytearray:
        """Return the words, for a callee that overwrites them."""
        return bytearray(" ".join(self._words).encode())

    def prepare(self, name: str, file: str) -> None:
        """Set the name and the file that stand on the sheet."""
        self._name, self._file = name, file

    def begin(self) -> None:
        """Make words once, and show them."""
        self.show_problem(None)
        if not self._words and not self._asking:
            self._asking = True
            task = self._tasks.run(lambda _work: self._suggest())
            task.tell(self, done=self._take_words, failed=self.show_problem, ended=self._asked)
        elif self._words:
            self.sheet.show_facts(self.facts)
        self._sync()

    def show_problem(self, error: BaseException | None) -> None:
        """Say what did not work."""
        if self._problem is not None:
            self.problem.removeWidget(self._problem)
            self._problem.hide()
            self._problem.deleteLater()
            self._problem = None
        if error is not None:
            told = messages.message_of(error)
            self._problem = MessageBar(self._look, "bad", told.what, f"{told.safe} {told.todo}".strip())
            self.problem.addWidget(self._problem)

    def arrange(self, width: int) -> None:
        """Put the two parts below each other where there is no room beside."""
        beside = width >= _BESIDE
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _build(self) -> None:
        look = self._look
        keep = self.tr("If the passphrase is forgotten, this sheet is the only way in. It is shown once.")
        proof = self.tr("So that both of us know the sheet is readable.")
        fields = row(*((field, 1) for field in self.fields), gap=12)
        right = column(
            Text(look, self.tr("Print or save this sheet"), Style.HEADING),
            4,
            Text(look, keep, tone="secondary", wrap=True),
            12,
            row(self.print_button, self.save_button, None),
            10,
            self._note,
            20,
            rule(),
            20,
            Text(look, self.tr("Type three words back"), Style.HEADING),
            4,
            Text(look, proof, tone="secondary", wrap=True),
            12,
            fields,
            None,
            gap=0,
        )
        self._both.setSpacing(32)
        self._both.addLayout(column(self.sheet, None))
        self._both.addLayout(right, 1)
        self.content.addSpacing(12)
        self.content.addLayout(self.problem)
        self.content.addSpacing(4)
        self.content.addLayout(self._both)

    def _asked(self) -> None:
        self._asking = False

    def _take_words(self, words: str) -> None:
        self._words = tuple(words.split())
        self.sheet.show_facts(self.facts)
        self._sync()

    def _right(self, field: _WordField) -> bool:
        return bool(self._words) and field.edit.text().strip().casefold() == self._words[field.number - 1]

    def _typed(self) -> None:
        for field in self.fields:
            field.mark.setVisible(self._right(field))
        self._sync()

    def _sync(self) -> None:
        for button in (self.print_button, self.save_button):
            button.setEnabled(bool(self._words))
        self.changed.emit()

    def _save(self) -> None:
        name = self.tr("Recovery kit of {name}.pdf").format(name=self._name)
        filters = self.tr("PDF files (*.pdf)")
        title = self.tr("Save the recovery kit")
        choose(self, title, ANY_FILE, lambda paths: self.save_to(paths[0]), filters=filters, start=name)

    def save_to(self, path: bytes) -> None:
        """Write the sheet as a PDF that only this user may read."""
        facts = self.facts
        task = self._tasks.run(lambda _work: write_private(path, bytearray(pdf_of(self._look, facts))))
        task.tell(self, done=self._saved, failed=self.show_problem)

    def _saved(self, _none: None) -> None:
        self._note.say(self.tr("Saved. A PDF is not encrypted: move it off this computer."))

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout())
        printer.setDocName(self.tr("Recovery kit"))
        self._printer = printer
        dialog = QPrintDialog(printer, self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(self._put_on_paper)
        # QPrintDialog's own open() takes a slot by name; the plain one is its base's.
        QDialog.open(dialog)

    def _put_on_paper(self) -> None:
        if self._printer is not None:
            painter = QPainter(self._printer)
            page = QSizeF(self._printer.width(), self._printer.height())
            print_sheet(painter, self._look, self.facts, page, self._printer.resolution())
            painter.end()
