"""The recovery words, which lead on to a new passphrase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.contracts.vault import VaultApi, VaultStatus
from vaultapp.core.errors import VaultMissing, VaultOlder, WordsMistyped, WordsOfAnotherVault
from vaultapp.core.work import WorkContext
from vaultapp.gui import messages
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import row
from vaultapp.gui.widgets.passphrase_pair import PassphrasePair
from vaultapp.gui.widgets.problem_bar import ProblemBar
from vaultapp.gui.widgets.words_field import WordsField
from vaultapp.gui.wiping import wiped


class RecoveryForm(QWidget):
    """Words, new passphrase, and the button.

    Args:
        look: Colours and fonts.
        vault: Opens; blocks for a second.
        tasks: Runs the call.
        name: The vault's name, which a guesser would try.
    """

    unlocked = Signal(object)  # VaultStatus
    missing = Signal()  # the vault's file is gone
    back = Signal()

    def __init__(self, look: Look, vault: VaultApi, tasks: TaskRunner, name: str) -> None:
        super().__init__()
        self._look = look
        self._vault = vault
        self._tasks = tasks
        self.words = WordsField(look)
        self.pair = PassphrasePair(look, tasks, vault.suggest_words, (name,))
        self.button = Button(look, self.tr("Unlock with the recovery words"), "primary", size="lg").wide()
        self.back_button = Button(look, self.tr("Back to the passphrase"), "link")
        self.problem = ProblemBar(look)
        self._running = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.problem)
        self._layout.addWidget(Text(look, self.tr("Recovery words"), Style.STRONG))
        self._layout.addSpacing(6)
        self._layout.addWidget(self.words)
        self._layout.addSpacing(14)
        self._layout.addWidget(Text(look, self.tr("New passphrase"), Style.HEADING))
        self._layout.addSpacing(2)
        self._layout.addWidget(Text(look, self.tr("It takes the place of the forgotten one."), tone="secondary"))
        self._layout.addSpacing(12)
        self._layout.addWidget(self.pair)
        self._layout.addSpacing(14)
        self._layout.addWidget(self.button)
        self._layout.addSpacing(8)
        self._layout.addLayout(row(None, self.back_button, None))
        self.words.changed.connect(self._sync)
        self.pair.changed.connect(self._sync)
        self.button.clicked.connect(lambda: self._try(accept_older=False))
        for field in (self.pair.first, self.pair.again):
            field.returnPressed.connect(self._entered)
        self.back_button.clicked.connect(self.back)
        self._sync()

    @property
    def busy(self) -> bool:
        """True while words are being tried."""
        return self._running

    def clear(self) -> None:
        """Forget what was typed."""
        self.words.clear()
        self.pair.clear()
        self.problem.solved()

    def _sync(self) -> None:
        if not self._running:
            self.button.setEnabled(self.words.ready and self.pair.ready)

    def _entered(self) -> None:
        if not self._running:
            self.button.click()  # Which does nothing while something is missing.

    def _try(self, *, accept_older: bool) -> None:
        words = self.words.secret()
        passphrase = self.pair.secret()
        self.problem.solved()
        self._running = True
        self.button.set_busy(True)

        def call(work: WorkContext[None]) -> VaultStatus:
            with wiped(words, passphrase):
                return self._vault.unlock_with_words(words, passphrase, work, accept_older=accept_older)

        self._tasks.run(call).tell(self, done=self._opened, failed=self._failed, ended=self._ended)

    def _opened(self, status: VaultStatus) -> None:
        self.clear()
        self.unlocked.emit(status)

    def _ended(self) -> None:
        self._running = False
        self.button.set_busy(False)
        self._sync()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, WordsMistyped | WordsOfAnotherVault):
            self.words.refuse(messages.message_of(error))
        elif isinstance(error, VaultMissing):
            self.missing.emit()
        else:
            older = isinstance(error, VaultOlder)
            self.problem.tell(messages.message_of(error), "warn" if older else "bad")
            if older:
                self.problem.add_action(self.tr("Open this copy"), lambda: self._try(accept_older=True))
