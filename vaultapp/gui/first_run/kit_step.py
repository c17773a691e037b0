"""The recovery kit: printed or saved, and three words typed back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QDate, QSizeF, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QBoxLayout, QDialog, QWidget

from vaultapp.gui import messages, quantities
from vaultapp.gui.dialogs.choose_path import ANY_FILE, choose
from vaultapp.gui.first_run.kit_sheet import KitFacts, KitSheet, page_layout, pdf_of, print_sheet
from vaultapp.gui.first_run.step import Step
from vaultapp.gui.last_folders import LastFolders
from vaultapp.gui.look import Look
from vaultapp.gui.private_file import write_private
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.theme import set_state
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Glyph, Text, rule
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.private_line import PrivateLine
from vaultapp.gui.widgets.problem_bar import ProblemBar

_ASKED = 3
picked_words = secrets.SystemRandom().sample
_BESIDE = 800


class WordField(QWidget):
    """One of the words, typed back. Says whether it is the right one as soon as that can be said.

    Args:
        look: Colours and fonts.
        number: Which of the 24.
    """

    changed = Signal()

    def __init__(self, look: Look, number: int) -> None:
        super().__init__()
        self.number = number
        self._word = ""
        title = self.tr("Word {n}").format(n=number)
        self.edit = PrivateLine()
        self.edit.setProperty("sz", "lg")
        self.edit.setFont(look.font(Style.MONO))
        self.edit.setAccessibleName(title)
        self.edit.setAcceptDrops(False)
        self.mark = Glyph(look, "circle-check", 18, "ok", 2)
        kept = self.mark.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.mark.setSizePolicy(kept)
        self.mark.hide()
        caption = Text(look, title, Style.CAPTION, "secondary")
        self.under = Text(look, " ", Style.CAPTION, "bad", wrap=True)
        self.setLayout(column(caption, row((self.edit, 1), self.mark, gap=6), self.under, None, gap=4))
        self.edit.textChanged.connect(self._typed)
        self.edit.editingFinished.connect(self._look_at)

    @property
    def right(self) -> bool:
        """It holds the word of its number."""
        return bool(self._word) and self._typed_word == self._word

    def expect(self, word: str) -> None:
        """Set the word that is the right one."""
        self._word = word
        self._typed()

    @property
    def _typed_word(self) -> str:
        return self.edit.text().strip().casefold()

    def _typed(self) -> None:
        """Say nothing against a word that is not finished."""
        self._say(wrong=not self._word.startswith(self._typed_word))
        self.changed.emit()

    def _look_at(self) -> None:
        self._say(wrong=bool(self._typed_word) and not self.right)

    def _say(self, *, wrong: bool) -> None:
        wrong = wrong and bool(self._word)
        self.mark.show_icon(*(("circle-x", "bad") if wrong else ("circle-check", "ok")))
        self.mark.setVisible(wrong or self.right)
        told = self.tr("This is not word {n}.").format(n=self.number) if wrong else ""
        self.under.setText(told or " ")
        set_state(self.edit, "state", "bad" if wrong else "")
        told = self.tr("Right") if self.right else told
        self.mark.setAccessibleName(told)
        if told != self.edit.accessibleDescription():
            self.edit.setAccessibleDescription(told)
            if told:
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, told))


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
        self._vault_id = ""
        self._words: tuple[str, ...] = ()
        self._asking = False
        self._printer: QPrinter | None = None
        self.sheet = KitSheet(look)
        self.print_button = Button(look, self.tr("Print…"), icon="printer")
        self.save_button = Button(look, self.tr("Save as PDF…"), icon="download")
        self.fields = [WordField(look, number) for number in sorted(choose(range(1, 25), _ASKED))]
        self._folders = LastFolders()
        self.problem = ProblemBar(look)
        self._note = MessageBar(look, "warn", self.tr("A saved PDF is not encrypted. Move it off this computer."))
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        for field in self.fields:
            field.changed.connect(self._sync)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)

    @property
    def ready(self) -> bool:
        """True when the words that were asked for are typed."""
        return bool(self._words) and all(field.right for field in self.fields)

    @property
    def facts(self) -> KitFacts:
        """What stands on the sheet."""
        made = quantities.day(QDate.currentDate())
        return KitFacts(self._name, self._file, self._vault_id, made, self._words)

    def secret_words(self) -> bytearray:
        """Return the words, for a callee that overwrites them."""
        return bytearray(" ".join(self._words).encode())

    def prepare(self, name: str, file: str, vault_id: str) -> None:
        """Set the name, the file and the id of the vault that stand on the sheet."""
        self._name, self._file, self._vault_id = name, file, vault_id

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
        if error is None:
            self.problem.solved()
        else:
            self.problem.tell(messages.message_of(error))

    def arrange(self, width: int) -> None:
        """Put the two parts below each other where there is no room beside."""
        beside = width >= _BESIDE
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _build(self) -> None:
        look = self._look
        keep = self.tr("If the passphrase is forgotten, this sheet is the only way in. It is shown once.")
        proof = self.tr("So it is certain that the sheet can be read.")
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
        self.content.addWidget(self.problem)
        self.content.addSpacing(4)
        self.content.addLayout(self._both)

    def _asked(self) -> None:
        self._asking = False

    def _take_words(self, words: str) -> None:
        self._words = tuple(words.split())
        self.sheet.show_facts(self.facts)
        for field in self.fields:
            field.expect(self._words[field.number - 1])
        self._sync()

    def _sync(self) -> None:
        for button in (self.print_button, self.save_button):
            button.setEnabled(bool(self._words))
        self.changed.emit()

    def _save(self) -> None:
        name = self.tr("Recovery kit of {name}.pdf").format(name=self._name)
        filters = self.tr("PDF files (*.pdf)")
        title = self.tr("Save the recovery kit")
        start = self._folders.saving("kit", name)
        choose(self, title, ANY_FILE, lambda paths: self.save_to(paths[0]), start, filters=filters)

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
