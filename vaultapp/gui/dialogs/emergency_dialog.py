"""The server was broken into: saying what will happen before it does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from vaultapp.core.printable import printable
from vaultapp.gui import joining, quantities
from vaultapp.gui.dialogs.form import Form
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.labels import Glyph, Text, breakable
from vaultapp.gui.widgets.layouts import row
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.side_panel import TOP

translate = QCoreApplication.translate
_NAMED = 5


class EmergencyDialog(Form):
    """Asks how much is rotated: this one, or everything at its target.

    Args:
        look: Colours and fonts.
        name: Of the credential.
        target: Where it is used; empty where that is not known.
        there: Names of all credentials used there, this one among them.
    """

    confirmed = Signal(bool)  # everything at the target

    def __init__(self, look: Look, name: str, target: str, there: Sequence[str], parent: QWidget) -> None:
        title = translate("EmergencyDialog", "The server was broken into")
        super().__init__(look, title, translate("EmergencyDialog", "Rotate now"), parent, "danger")
        self._names = (printable(name),), tuple(map(printable, there))
        self.scope = Chooser(look, self.tr("What is rotated"))
        self._choices = [Choice(False, self.tr("Only “{name}”").format(name=printable(name)))]
        if target and len(there) > 1:
            words = self.tr("All {n} at {target}").format(n=quantities.count(len(there)), target=printable(target))
            self._choices.append(Choice(True, words))
        self.names = Text(look, style=Style.CAPTION, tone="secondary", wrap=True)
        self.add_field(self.tr("What is rotated"), self.scope)
        self.add(self.names, 6)
        for line in (
            self.tr("Each gets a new value, and the old one is refused at once: there is no time in which both work."),
            self.tr("Sessions that are open there with the old values are ended."),
            self.tr("Then each point is tried at the target, and you see what was proved."),
        ):
            self.add(row((Glyph(look, "check", 16), TOP), (Text(look, line, wrap=True), 1)), 10)
        head = self.tr("Programs that hold an old connection are cut off.")
        body = self.tr("Those that ask the vault again go on by themselves.")
        self.add(MessageBar(look, "warn", head, body), 14)
        self.scope.picked.connect(self._offer)
        self.go_button.clicked.connect(self._go)
        self._offer(self._choices[-1].value)
        self.cancel_button.setFocus()

    def _offer(self, everything: bool) -> None:
        self.scope.offer(self._choices, everything)
        names = self._names[everything]
        shown = joining.names(list(map(breakable, names[:_NAMED])))
        left = len(names) - _NAMED
        if left > 0:
            shown = self.tr("{names} and {n} more").format(names=shown, n=quantities.count(left))
        self.names.setText(shown)

    def _go(self) -> None:
        chosen = self.scope.current
        self.confirmed.emit(bool(chosen is not None and chosen.value))
        self.accept()
