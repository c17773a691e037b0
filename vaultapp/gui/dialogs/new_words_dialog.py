"""Other recovery words for the vault: shown, kept, and typed back before they count."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from vaultapp.contracts.vault import VaultApi
from vaultapp.gui.first_run.kit_step import KitStep, picked_words
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.button import dialog_button
from vaultapp.gui.widgets.labels import rule
from vaultapp.gui.widgets.layouts import row
from vaultapp.gui.wiping import wiped

_SIZE = QSize(900, 640)


class NewWordsDialog(QDialog):
    """The sheet of the first run over the window. Nothing is changed before three of its words were typed back.

    Args:
        look: Colours and fonts.
        vault: Makes the words and takes them; blocks.
        tasks: Runs its calls.
        name: The vault's name, printable.
        file: The vault's file name, printable.
        vault_id: The vault's id.
        first: The vault has no recovery words yet.
        pick: Which words are asked for.
    """

    replaced = Signal()

    def __init__(
        self,
        look: Look,
        vault: VaultApi,
        tasks: TaskRunner,
        name: str,
        file: str,
        vault_id: str,
        parent: QWidget,
        *,
        first: bool,
        pick: Callable[[Sequence[int], int], list[int]] = picked_words,
    ) -> None:
        super().__init__(parent.window())
        self._vault = vault
        self._tasks = tasks
        self._working = False
        self.setWindowTitle(self.tr("Recovery words"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kit = KitStep(look, vault.suggest_words, tasks, pick)
        self.kit.prepare(name, file, vault_id)
        self.cancel = dialog_button(look, self.tr("Cancel"))
        text = self.tr("Use these words") if first else self.tr("Replace the words")
        self.go_button = dialog_button(look, text, "primary", default=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.kit, 1)
        layout.addWidget(rule())
        layout.addLayout(row(None, self.cancel, self.go_button, margins=(24, 14, 24, 14)))
        self.resize(_SIZE.boundedTo(parent.window().size() - QSize(24, 24)))
        self.kit.changed.connect(self._sync)
        self.cancel.clicked.connect(self.reject)
        self.go_button.clicked.connect(self._go)
        self.kit.begin()
        self._sync()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the sheet over the rest where there is no room beside."""
        super().resizeEvent(event)
        self.kit.arrange(self.width())

    def reject(self) -> None:
        """Close, unless the words are just being taken."""
        if not self._working:
            super().reject()

    def _sync(self) -> None:
        if not self._working:
            self.go_button.setEnabled(self.kit.ready)

    def _go(self) -> None:
        words = self.kit.secret_words()

        def call() -> None:
            with wiped(words):
                self._vault.new_words(words)

        self.kit.show_problem(None)
        self._set_working(True)
        task = self._tasks.run(lambda _work: call())
        task.tell(self, done=self._replaced, failed=self._failed)

    def _replaced(self, _none: object) -> None:
        self._set_working(False)
        self.replaced.emit()
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._set_working(False)
        self.kit.show_problem(error)

    def _set_working(self, working: bool) -> None:
        self._working = working
        self.go_button.set_busy(working)
        self.cancel.setEnabled(not working)
        self._sync()
