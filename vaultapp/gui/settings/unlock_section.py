"""The ways into the vault: its passphrase and its recovery words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog

from vaultapp.contracts.vault import SlotRecord
from vaultapp.contracts.vault_state import SlotKind
from vaultapp.core.printable import printable
from vaultapp.gui import moments, quantities
from vaultapp.gui.dialogs.change_passphrase_dialog import ChangePassphraseDialog
from vaultapp.gui.dialogs.drill_dialog import DrillDialog
from vaultapp.gui.dialogs.new_words_dialog import NewWordsDialog
from vaultapp.gui.dialogs.replace_words_dialog import ReplaceWordsDialog
from vaultapp.gui.look import Look
from vaultapp.gui.page import PageParts
from vaultapp.gui.settings.section import Section
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.setting_group import SettingGroup
from vaultapp.gui.widgets.setting_row import SettingRow


class UnlockSection(Section):
    """What a guess costs, when the words were made, and how to change both."""

    def __init__(self, look: Look, parts: PageParts) -> None:
        title = QCoreApplication.translate("UnlockSection", "Ways to unlock")
        super().__init__(look, parts, title, "lock-open")
        self._slots: dict[SlotKind, SlotRecord] = {}
        self._drilled = 0
        self.dialog: QDialog | None = None
        self.change_button = Button(look, self.tr("Change…"), size="sm")
        self.change_button.setAccessibleName(self.tr("Change the passphrase"))
        self.drill_button = Button(look, self.tr("Drill…"), size="sm")
        self.drill_button.setAccessibleName(self.tr("Drill with the recovery words"))
        self.replace_button = Button(look, self.tr("Replace…"), size="sm")
        self.replace_button.setAccessibleName(self.tr("Replace the recovery words"))
        self.passphrase = SettingRow(look, self.tr("Passphrase"), " ", self.change_button)
        self.words = SettingRow(look, self.tr("Recovery words"), " ", self.drill_button, self.replace_button)
        self.add(SettingGroup(look, title, self.passphrase, self.words))
        self.change_button.clicked.connect(self._change)
        self.drill_button.clicked.connect(self._drill)
        self.replace_button.clicked.connect(self._replace)
        for button in (self.change_button, self.drill_button, self.replace_button):
            button.setEnabled(False)

    def entered(self) -> None:
        """Look which ways there are."""
        vault = self.parts.session.vault
        task = self.parts.tasks.run(lambda _work: vault.slots())
        task.tell(self, done=self._take, failed=self.error_raised.emit)

    def _take(self, slots: Sequence[SlotRecord]) -> None:
        self._slots = {slot.kind: slot for slot in slots}
        passphrase, words = self._slots.get(SlotKind.PASSPHRASE), self._slots.get(SlotKind.RECOVERY_WORDS)
        self.change_button.setEnabled(passphrase is not None)
        self.drill_button.setVisible(words is not None)
        self.drill_button.setEnabled(words is not None)
        self.replace_button.setEnabled(True)
        if passphrase is None:
            self.passphrase.say(self.tr("This vault has none."))
        else:
            self.passphrase.say(self._told(passphrase))
        if words is None:
            self.replace_button.setText(self.tr("Make…"))
            self.replace_button.setAccessibleName(self.tr("Make recovery words"))
            none = self.tr("None were made. If the passphrase is forgotten, nothing opens the vault.")
            self.words.say(none, "warn", "triangle-alert")
        else:
            self.replace_button.setText(self.tr("Replace…"))
            self.replace_button.setAccessibleName(self.tr("Replace the recovery words"))
            made = self.tr("They open the vault without the passphrase. Made on {day}.")
            line = made.format(day=moments.date(words.created))
            if self._drilled > words.created:
                when = moments.ago(self._drilled, self.parts.clock.now())
                line += " " + self.tr("The last drill passed {when}.").format(when=when)
            self.words.say(line)

    def _told(self, slot: SlotRecord) -> str:
        day = moments.date(slot.created)
        if slot.cost is None:
            return self.tr("Set on {day}.").format(day=day)
        memory = quantities.memory(slot.cost.memory_kib)
        one = self.tr("Each try takes {memory} of memory and 1 pass over it. Set on {day}.")
        many = self.tr("Each try takes {memory} of memory and {n} passes over it. Set on {day}.")
        passes = slot.cost.passes
        return (one if passes == 1 else many).format(memory=memory, n=quantities.count(passes), day=day)

    def _change(self) -> None:
        parts = self.parts
        slot = self._slots.get(SlotKind.PASSPHRASE)
        cost = slot.cost if slot is not None else None
        name = parts.session.path.stem
        dialog = ChangePassphraseDialog(self.look, parts.session.vault, parts.tasks, name, cost, self)
        dialog.changed.connect(self._changed)
        self._ask(dialog)

    def _changed(self) -> None:
        self.parts.toasts.say(self.tr("The passphrase is changed. Copies made before open with the earlier one"))
        self.entered()

    def _drill(self) -> None:
        dialog = DrillDialog(self.look, self.parts.session.vault, self.parts.tasks, self)
        dialog.passed.connect(self._passed)
        self._ask(dialog)

    def _passed(self) -> None:
        self._drilled = self.parts.clock.now()
        self._take(tuple(self._slots.values()))

    def _replace(self) -> None:
        words = self._slots.get(SlotKind.RECOVERY_WORDS)
        if words is None:
            self._show_new()
            return
        dialog = ReplaceWordsDialog(self.look, moments.date(words.created), self)
        dialog.confirmed.connect(self._show_new)
        self._ask(dialog)

    def _show_new(self) -> None:
        parts, path = self.parts, self.parts.session.path
        first = SlotKind.RECOVERY_WORDS not in self._slots
        name, file = printable(path.stem), printable(path.name)
        dialog = NewWordsDialog(
            self.look, parts.session.vault, parts.tasks, name, file, parts.vault_id, self, first=first
        )
        dialog.replaced.connect(self._replaced)
        self._ask(dialog)

    def _replaced(self) -> None:
        self.parts.toasts.say(self.tr("The vault has new recovery words. Sheets printed before do not open it"))
        self.entered()

    def _ask(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()
