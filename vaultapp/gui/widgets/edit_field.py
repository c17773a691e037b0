"""A field that stands in a panel while something is changed there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from vaultapp.core.sentences import Sentence
from vaultapp.gui.look import Look
from vaultapp.gui.theme import set_state
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.field_note import FieldNote
from vaultapp.gui.widgets.layouts import column, row

_LINES = 4


class EditField(QWidget):
    """A field, its two buttons, and under it what is wrong. Hidden until ``begin``.

    Enter saves, with Ctrl where there are several lines; Escape leaves.

    Args:
        look: Colours and fonts.
        name: For screen readers.
        save: What its button says.
        hint: Placeholder.
        lines: Take several lines.
    """

    entered = Signal(str)
    left = Signal()  # given up or done: the focus is to go elsewhere

    def __init__(self, look: Look, name: str, save: str, hint: str = "", *, lines: bool = False) -> None:
        super().__init__()
        self.edit: QLineEdit | QPlainTextEdit = QPlainTextEdit() if lines else QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(hint)
        if isinstance(self.edit, QPlainTextEdit):
            self.edit.setTabChangesFocus(True)
            self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * _LINES + 26)
        self.problem = FieldNote(look, tone="bad")
        self.problem.hide()
        self.save_button = Button(look, save, size="sm")
        cancel = Button(look, self.tr("Cancel"), "ghost", size="sm")
        self.setLayout(column(self.edit, self.problem, row(self.save_button, cancel, None), gap=6))
        self.edit.textChanged.connect(lambda: self._say(""))
        self.edit.setAcceptDrops(False)
        self.edit.installEventFilter(self)
        self.save_button.clicked.connect(self._enter)
        cancel.clicked.connect(self.finish)
        self.hide()

    @property
    def text(self) -> str:
        """What was typed."""
        return self.edit.toPlainText() if isinstance(self.edit, QPlainTextEdit) else self.edit.text()

    def begin(self, text: str = "") -> None:
        """Show the field with a text that can be changed."""
        if isinstance(self.edit, QPlainTextEdit):
            self.edit.setPlainText(text)
        else:
            self.edit.setText(text)
        self._say("")
        self.save_button.setEnabled(True)
        self.show()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def refuse(self, sentence: Sentence) -> None:
        """Say what is wrong with what was entered, and let it be changed."""
        self.save_button.setEnabled(True)
        self._say(sentence.brief)
        self.edit.setFocus()

    def finish(self) -> None:
        """Put the field away."""
        if not self.isHidden():
            held = self.isAncestorOf(self.window().focusWidget() or self.window())
            self.hide()
            if held:
                self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save or leave by keyboard."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        escape = event.key() == Qt.Key.Key_Escape
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        enter = enter and (control or isinstance(self.edit, QLineEdit))
        if not (escape or enter):
            return super().eventFilter(watched, event)
        if kind == QEvent.Type.ShortcutOverride:
            # Taken here, so that the window's own Escape does not close the panel.
            event.accept()
        elif escape:
            self.finish()
        else:
            self._enter()
        return True

    def _enter(self) -> None:
        if self.save_button.isEnabled():
            self.save_button.setEnabled(False)
            self.entered.emit(self.text)

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.edit.setAccessibleDescription(problem)
        set_state(self.edit, "state", "bad" if problem else "")
        self.save_button.setEnabled(True)
