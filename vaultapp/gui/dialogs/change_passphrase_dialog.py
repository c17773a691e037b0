"""Another passphrase for the vault."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from vaultapp.contracts.vault import KdfCost, VaultApi
from vaultapp.core.errors import TooManyAttempts, WrongPassphrase
from vaultapp.core.passphrase_strength import Grade
from vaultapp.core.work import WorkContext
from vaultapp.gui import messages, quantities
from vaultapp.gui.caps_lock import CapsLock
from vaultapp.gui.dialogs.working_form import WorkingForm
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskHandle, TaskRunner
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.check import Check
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.passphrase_field import PassphraseField
from vaultapp.gui.widgets.passphrase_pair import PassphrasePair
from vaultapp.gui.wiping import wiped

translate = QCoreApplication.translate

_WIDTH = 560


class ChangePassphraseDialog(WorkingForm):
    """Asks for the current passphrase, for the new one twice, and whether a guess is to cost the same.

    Args:
        look: Colours and fonts.
        vault: Changes, measures and suggests; blocks.
        tasks: Runs its calls.
        name: The vault's name, which a guesser would try.
        cost: What a guess costs now; None when that is not known.
    """

    changed = Signal()

    def __init__(
        self, look: Look, vault: VaultApi, tasks: TaskRunner, name: str, cost: KdfCost | None, parent: QWidget
    ) -> None:
        super().__init__(
            look,
            tasks,
            translate("ChangePassphraseDialog", "Change the passphrase"),
            translate("ChangePassphraseDialog", "Change it"),
            parent,
        )
        self._vault = vault
        self._kept = cost
        self._measured: KdfCost | None = None
        self._measuring: TaskHandle | None = None
        self.old = PassphraseField(
            look, translate("ChangePassphraseDialog", "Current passphrase"), caps_lock=CapsLock()
        )
        self.under = Text(look, " ", Style.CAPTION, "bad", wrap=True)
        self.pair = PassphrasePair(
            look, tasks, vault.suggest_words, (name,), translate("ChangePassphraseDialog", "New passphrase")
        )
        self.anew = Check(look, translate("ChangePassphraseDialog", "Measure anew what a guess costs on this computer"))
        self.cost = Text(look, "", Style.CAPTION, "secondary", wrap=True)
        line = translate(
            "ChangePassphraseDialog",
            "The vault opens with the new one from then on. Copies made before still open with the earlier one.",
        )
        self.add(Text(look, line, tone="secondary", wrap=True), 4)
        self.add(Text(look, translate("ChangePassphraseDialog", "Current passphrase"), Style.STRONG), 16)
        self.add(self.old, 6)
        self.add(self.under, 4)
        self.add(self.pair, 8)
        self.add(self.anew, 12)
        self.add(self.cost, 4)
        self.setFixedWidth(look.px(_WIDTH))
        self.old.textChanged.connect(self._typed)
        self.pair.changed.connect(self.sync)
        self.anew.toggled.connect(self._choose_cost)
        self.go_button.clicked.connect(self._go)
        self._say_cost()
        self.sync()
        self.old.setFocus()

    def sync(self) -> None:
        """Let the button be pressed when everything is there."""
        known = not self.anew.isChecked() or self._measured is not None
        good = self.pair.ready and self.pair.strength.grade > Grade.VERY_WEAK
        self.go_button.setEnabled(not self.working and bool(self.old.text()) and good and known)

    def refuse(self, error: BaseException) -> None:
        """Say at the field when it is the current passphrase that is wrong."""
        told = messages.message_of(error)
        if isinstance(error, WrongPassphrase):
            self._say_wrong(
                translate("ChangePassphraseDialog", "This is not the current passphrase. Nothing was changed.")
            )
        elif isinstance(error, TooManyAttempts):
            self._say_wrong(told.brief)
        else:
            self.show_problem(error)

    def _go(self) -> None:
        old, new = self.old.secret(), self.pair.secret()
        cost = self._measured if self.anew.isChecked() else None

        def call(work: WorkContext[None]) -> None:
            with wiped(old, new):
                self._vault.change_passphrase(old, new, work, cost)

        self.work(call, self._changed)

    def _changed(self, _none: object) -> None:
        self.old.clear()
        self.pair.clear()
        self.changed.emit()
        self.accept()

    def _typed(self) -> None:
        self.old.set_wrong(False)
        self.under.setText(" ")
        self.sync()

    def _say_wrong(self, text: str) -> None:
        self.under.setText(text)
        self.fit()
        self.old.set_wrong(True)
        self.old.selectAll()
        self.old.setFocus()

    def _choose_cost(self, anew: bool) -> None:
        if anew and self._measured is None and self._measuring is None:
            self._measuring = self._tasks.run(self._vault.calibrate)
            self._measuring.tell(self, done=self._take_cost, failed=self._not_measured, ended=self._end_measuring)
        self._say_cost()
        self.sync()

    def _take_cost(self, cost: KdfCost) -> None:
        self._measured = cost

    def _not_measured(self, error: BaseException) -> None:
        self.anew.setChecked(False)
        self.show_problem(error)

    def _end_measuring(self) -> None:
        self._measuring = None
        self._say_cost()
        self.sync()

    def _say_cost(self) -> None:
        if self.anew.isChecked() and self._measured is None:
            self.cost.setText(translate("ChangePassphraseDialog", "Measuring how long opening takes here…"))
            return
        cost = self._measured if self.anew.isChecked() else self._kept
        if cost is None:
            self.cost.setText(translate("ChangePassphraseDialog", "A guess costs what it costs now."))
        elif cost.milliseconds:
            text = translate(
                "ChangePassphraseDialog",
                "Opening takes {time} and {memory} here. Every guess costs an attacker the same.",
            )
            time = quantities.seconds(cost.milliseconds / 1000)
            self.cost.setText(text.format(time=time, memory=quantities.memory(cost.memory_kib)))
        else:
            one = translate("ChangePassphraseDialog", "As now, a guess takes {memory} of memory and 1 pass over it.")
            many = translate(
                "ChangePassphraseDialog", "As now, a guess takes {memory} of memory and {n} passes over it."
            )
            text = one if cost.passes == 1 else many
            self.cost.setText(text.format(memory=quantities.memory(cost.memory_kib), n=quantities.count(cost.passes)))
        self.fit()
