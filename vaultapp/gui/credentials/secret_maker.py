"""A field for a secret, and what makes one by rules."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget

from vaultapp.contracts.credential_kinds import PasswordRules
from vaultapp.contracts.credentials import CredentialsApi
from vaultapp.core.passphrase_strength import Grade
from vaultapp.gui import quantities
from vaultapp.gui.look import Look
from vaultapp.gui.messages import message_of
from vaultapp.gui.strength import tone_of, words_of
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.check import Check
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.field_note import FieldNote
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import column, frame, row
from vaultapp.gui.widgets.passphrase_field import PassphraseField
from vaultapp.gui.wiping import wiped

_LENGTHS = (12, 16, 20, 24, 32, 40, 64, 128)
_REST_MS = 250


class SecretMaker(QWidget):
    """What is typed or made, and how strong it is.

    Args:
        look: Colours and fonts.
        name: What the secret is.
        rules: By which one is made at first.
        credentials: Makes secrets and grades them; blocks.
        tasks: Runs the calls.
    """

    changed = Signal()
    entered = Signal()

    def __init__(
        self, look: Look, name: str, rules: PasswordRules, credentials: CredentialsApi, tasks: TaskRunner
    ) -> None:
        super().__init__()
        self._look = look
        self._api = credentials
        self._tasks = tasks
        self._asked = 0
        words = (self.tr("Show: {name}").format(name=name), self.tr("Hide: {name}").format(name=name))
        self.field = PassphraseField(look, name, words=words)
        self.field.setProperty("sz", "")
        self.make_button = Button(look, self.tr("Make one"), icon="dices")
        self.rules_button = Button(look, self.tr("Rules"), "link")
        self.rules_button.setCheckable(True)
        self.grade = FieldNote(look)
        self.length = Chooser(look, self.tr("Length"))
        self.letters = Check(look, self.tr("Letters"))
        self.digits = Check(look, self.tr("Digits"))
        self.symbols = Check(look, self.tr("Symbols"))
        self.ambiguous = Check(look, self.tr("Also those that look alike: 0O1lI|"))
        self.excluded = QLineEdit(rules.excluded)
        self.excluded.setAccessibleName(self.tr("Never these"))
        self.excluded.setAcceptDrops(False)
        self._rules = frame(self._rules_layout(), card="sunken")
        self._rules.hide()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask_grade)
        self.setLayout(
            column(row((self.field, 1), self.make_button), row((self.grade, 1), self.rules_button), self._rules, gap=6)
        )
        self._show_rules(rules)
        self._connect()
        self.setFocusProxy(self.field)

    @property
    def rules(self) -> PasswordRules:
        """The rules as they are set now."""
        chosen = self.length.current
        return PasswordRules(
            length=chosen.value if chosen is not None else PasswordRules().length,
            letters=self.letters.isChecked(),
            digits=self.digits.isChecked(),
            symbols=self.symbols.isChecked(),
            excluded=self.excluded.text(),
            ambiguous=self.ambiguous.isChecked(),
        )

    def make(self) -> None:
        """Make a secret, and show it."""
        rules = self.rules
        self.make_button.set_busy(True)
        task = self._tasks.run(lambda _work: self._api.generate(rules))
        task.tell(self, done=self._made, failed=self._refused, ended=lambda: self.make_button.set_busy(False))

    def _made(self, secret: bytearray) -> None:
        with wiped(secret):
            self.field.setText(secret.decode())
        self.field.set_revealed(True)
        self.field.setFocus()

    def _refused(self, error: BaseException) -> None:
        self.grade.setText(message_of(error).brief)
        self.grade.set_tone("bad")

    def _rules_layout(self) -> QLayout:
        excluded = Text(self._look, self.tr("Never these"), tone="secondary")
        return column(
            row(Text(self._look, self.tr("Length"), tone="secondary"), (self.length, 1)),
            self.letters,
            self.digits,
            self.symbols,
            self.ambiguous,
            row(excluded, (self.excluded, 1)),
            gap=6,
            margins=(12, 10, 12, 10),
        )

    def _show_rules(self, rules: PasswordRules) -> None:
        self._offer(rules.length)
        for box, on in (
            (self.letters, rules.letters),
            (self.digits, rules.digits),
            (self.symbols, rules.symbols),
            (self.ambiguous, rules.ambiguous),
        ):
            box.setChecked(on)

    def _offer(self, length: int) -> None:
        words = self.tr("{n} characters")
        lengths = sorted({*_LENGTHS, length})
        self.length.offer([Choice(n, words.format(n=quantities.count(n))) for n in lengths], length)

    def _connect(self) -> None:
        self.make_button.clicked.connect(self.make)
        self.rules_button.toggled.connect(self._rules.setVisible)
        self.length.picked.connect(self._offer)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self.entered)

    def _typed(self) -> None:
        self.grade.setText("")
        self.field.set_wrong(False)
        self._rest.start()
        self.changed.emit()

    def _ask_grade(self) -> None:
        self._asked += 1
        asked = self._asked
        secret = self.field.secret()
        if not secret:
            return

        def work() -> int:
            with wiped(secret):
                return self._api.strength(secret)

        def done(grade: int) -> None:
            if asked == self._asked and self.field.text():
                found = Grade(grade)
                self.grade.setText(self.tr("Strength: {grade}").format(grade=words_of(found)))
                self.grade.set_tone("secondary", "shield-check" if tone_of(found) == "ok" else "triangle-alert")

        self._tasks.run(lambda _work: work()).tell(self, done=done)
