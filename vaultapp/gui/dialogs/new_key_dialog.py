"""Making a key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vaultapp.contracts.keys import Key, NewKey
from vaultapp.core.errors import VaultError
from vaultapp.gui import key_words
from vaultapp.gui.dialogs.working_form import WorkingForm
from vaultapp.gui.key_actions import KeyActions
from vaultapp.gui.look import Look
from vaultapp.gui.messages import message_of
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.theme import set_state
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.field_note import FieldNote
from vaultapp.gui.widgets.labels import Text

translate = QCoreApplication.translate


class NewKeyDialog(WorkingForm):
    """Asks for a name, and for what may wait. Stays open until the key is made.

    Args:
        look: Colours and fonts.
        actions: Makes the key.
        tasks: Runs the call.
    """

    made = Signal(object)  # Key

    def __init__(self, look: Look, actions: KeyActions, tasks: TaskRunner, parent: QWidget) -> None:
        title, go = translate("NewKeyDialog", "New key"), translate("NewKeyDialog", "Make the key")
        super().__init__(look, tasks, title, go, parent)
        self._actions = actions
        self.name = self._line(self.tr("Name"))
        self.description = self._line(self.tr("Description"), self.tr("Optional: what it is for"))
        self.tags = self._line(self.tr("Tags"), self.tr("Optional: team=infrastructure, stage=test"))
        self._fields = {"name": self.name, "description": self.description, "tags": self.tags}
        self.problems = {field: FieldNote(look, tone="bad") for field in self._fields}
        self.rotation = Chooser(look, self.tr("Automatic rotation"))
        self.rotation.picked.connect(self._offer)
        line = self.tr("A key encrypts files and texts. Its material is made here and stays in the vault.")
        self.add(Text(look, line, tone="secondary", wrap=True), 4)
        for name, field in self._fields.items():
            self.add_field(field.accessibleName(), field)
            self.add(self.problems[name], 4)
            self.problems[name].hide()
            field.textChanged.connect(self._typed)
        self.add_field(self.tr("Automatic rotation"), self.rotation)
        self.go_button.clicked.connect(self._go)
        self._offer(None)
        self._typed()
        self.name.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Say what is wrong where it is, and let it be changed."""
        about = str(error.facts.get("field", "")) if isinstance(error, VaultError) else ""
        name = about if about in self._fields else "name"
        field, problem = self._fields[name], self.problems[name]
        sentence = message_of(error)
        problem.setText(sentence.brief)
        problem.show()
        field.setAccessibleDescription(problem.text())
        set_state(field, "state", "bad")
        field.setFocus()

    @staticmethod
    def _line(name: str, hint: str = "") -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setAcceptDrops(False)
        return field

    def _offer(self, days: int | None) -> None:
        off = Choice(None, self.tr("Off: rotate only when asked"))
        self.rotation.offer([off, *(Choice(n, key_words.period(n)) for n in key_words.PERIODS)], days)

    def _typed(self) -> None:
        for name, field in self._fields.items():
            self.problems[name].hide()
            field.setAccessibleDescription("")
            set_state(field, "state", "")
        self.sync()

    def sync(self) -> None:
        """A key has a name."""
        if not self.working:
            self.go_button.setEnabled(bool(self.name.text().strip()))

    def _made(self, key: Key) -> None:
        self.accept()
        self.made.emit(key)

    def _go(self) -> None:
        chosen = self.rotation.current
        # A comma of a Chinese keyboard separates as well.
        tags = self.tags.text().replace("，", ",").split(",")
        new = NewKey(
            name=self.name.text(),
            description=self.description.text().strip(),
            tags=dict(key_words.tag_of(part) for part in tags if part.strip()),
            rotation_days=chosen.value if chosen is not None else None,
        )
        self.watch(self._actions.make(new), self._made)
