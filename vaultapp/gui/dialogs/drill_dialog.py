"""The recovery words, tried on a copy."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from vaultapp.contracts.vault import DrillOutcome, VaultApi
from vaultapp.core.errors import WordsMistyped, WordsOfAnotherVault
from vaultapp.core.work import WorkContext
from vaultapp.gui import messages, quantities
from vaultapp.gui.dialogs.working_form import WorkingForm
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.words_field import WordsField
from vaultapp.gui.wiping import wiped

translate = QCoreApplication.translate


class DrillDialog(WorkingForm):
    """Asks for the words and tells what they opened.

    Args:
        look: Colours and fonts.
        vault: Makes the drill; blocks.
        tasks: Runs the call.
    """

    passed = Signal()

    def __init__(self, look: Look, vault: VaultApi, tasks: TaskRunner, parent: QWidget) -> None:
        super().__init__(
            look,
            tasks,
            translate("DrillDialog", "Drill with the recovery words"),
            translate("DrillDialog", "Try the words"),
            parent,
        )
        self._vault = vault
        self.words = WordsField(look)
        self.told = MessageBar(look, "ok", " ")
        self.told.hide()
        line = translate(
            "DrillDialog",
            "Type them from the sheet. A copy of the vault is opened with nothing but these words and read whole; "
            "the vault itself is not touched.",
        )
        self.add(Text(look, line, tone="secondary", wrap=True), 4)
        self.add(Text(look, translate("DrillDialog", "Recovery words"), Style.STRONG), 16)
        self.add(self.words, 6)
        self.add(self.told, 8)
        self.words.changed.connect(self.sync)
        self.go_button.clicked.connect(self._go)
        self.sync()
        self.words.setFocus()

    def sync(self) -> None:
        """Let the button be pressed with 24 words."""
        self.go_button.setEnabled(not self.working and self.words.ready)

    def refuse(self, error: BaseException) -> None:
        """Say at the words when they are wrong."""
        if isinstance(error, WordsMistyped | WordsOfAnotherVault):
            self.words.refuse(messages.message_of(error))
            self.fit()
        else:
            self.show_problem(error)

    def _go(self) -> None:
        words = self.words.secret()

        def call(work: WorkContext[None]) -> DrillOutcome:
            with wiped(words):
                return self._vault.drill(words, work)

        self.told.hide()
        self.work(call, self._tell)

    def _tell(self, outcome: DrillOutcome) -> None:
        self.words.clear()
        self.words.setEnabled(False)
        read = translate("DrillDialog", "{keys} and {records} were read with them. Put the sheet back in its place.")
        keys = quantities.counted(outcome.keys, translate("DrillDialog", "1 key"), translate("DrillDialog", "{n} keys"))
        records = quantities.counted(
            outcome.rows, translate("DrillDialog", "1 record"), translate("DrillDialog", "{n} records")
        )
        self.told.say(translate("DrillDialog", "The words open this vault."), read.format(keys=keys, records=records))
        self.told.show()
        self.fit()
        self.go_button.hide()
        self.cancel_button.setText(translate("DrillDialog", "Close"))
        self.cancel_button.setAccessibleName(translate("DrillDialog", "Close"))
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()
        self.passed.emit()
