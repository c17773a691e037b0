"""The one-time code of a login."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from vaultapp.contracts.credentials import Credential, CredentialsApi, OneTimeCode
from vaultapp.core.errors import NotFound
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.copy_note import CopyNote
from vaultapp.gui.widgets.countdown import Countdown
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.panel_section import PanelSection

_PERIOD_S = 30
# Then it hides itself, as a revealed secret does.
_ROUNDS = 3


class CodeSection(PanelSection):
    """Shown when asked for, with a ring that empties until the next one.

    Args:
        look: Colours and fonts.
        credentials: Makes codes; blocks.
        tasks: Runs the calls.
        clipboard: For what is copied.
    """

    failed = Signal(object)

    def __init__(self, look: Look, credentials: CredentialsApi, tasks: TaskRunner, clipboard: SecretClipboard) -> None:
        super().__init__(look)
        self.show_button = Button(look, " ", "link")
        self.begin(self.tr("One-time code"), self.show_button)
        self._api = credentials
        self._tasks = tasks
        self._credential: Credential | None = None
        self._code = ""
        self._left = self._rounds = 0
        self.digits = Text(look, style=Style.TITLE)
        self.ring = Countdown(look)
        self.copy_button = Button(look, kind="ghost", icon="copy", name=self.tr("Copy the one-time code"))
        self.note = CopyNote(look, clipboard)
        self.line = Text(look, style=Style.CAPTION, tone="hint", wrap=True)
        self._shown = QWidget()
        self._shown.setLayout(row(self.digits, self.ring, None, self.copy_button))
        self.add(column(self._shown, self.note, self.line, gap=4), 6)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self.show_button.clicked.connect(self._turn)
        self.copy_button.clicked.connect(lambda: self.note.copy_secret(self._code))
        self.hide_code()

    def show_credential(self, credential: Credential) -> None:
        """Show a credential; its code is hidden."""
        if self._credential is None or credential.credential_id != self._credential.credential_id:
            self.hide_code()
            self.note.calm()
        self._credential = credential

    def hide_code(self) -> None:
        """Show no code."""
        self._timer.stop()
        self._code = ""
        self.digits.setText("")
        self._shown.hide()
        self._say(self.tr("Show"), "")

    def _turn(self) -> None:
        if self._code:
            self.hide_code()
        else:
            self._rounds = _ROUNDS
            self._ask()

    def _ask(self) -> None:
        credential = self._credential
        if credential is None:
            return
        name = str(credential.credential_id)

        def done(code: OneTimeCode) -> None:
            if self._credential is not None and str(self._credential.credential_id) == name:
                self._show(code)

        task = self._tasks.run(lambda _work: self._api.code(name))
        task.tell(self, done=done, failed=self._refused)

    def _show(self, code: OneTimeCode) -> None:
        self._code, self._left = code.code, code.seconds
        half = (len(code.code) + 1) // 2
        self.digits.setText(f"{code.code[:half]} {code.code[half:]}")
        self.digits.setAccessibleName(" ".join(code.code))
        self.ring.tell(self._left, _PERIOD_S)
        self._shown.show()
        self._say(self.tr("Hide"), "")
        self._timer.start()

    def _refused(self, error: BaseException) -> None:
        self.hide_code()
        if isinstance(error, NotFound):
            self._say(self.tr("Show"), self.tr("No seed is kept with this login. Edit it to add one."))
        else:
            self.failed.emit(error)

    def _tick(self) -> None:
        self._left -= 1
        self.ring.tell(max(0, self._left), _PERIOD_S)
        if self._left > 0:
            return
        self._rounds -= 1
        self._timer.stop()
        if self._rounds > 0:
            self._ask()
        else:
            self.hide_code()

    def _say(self, action: str, line: str) -> None:
        self.show_button.setText(action)
        self.show_button.setAccessibleName(self.tr("{action}: one-time code").format(action=action))
        self.line.setText(line)
        self.line.setVisible(bool(line))
