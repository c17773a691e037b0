"""A small window that asks for something and shows how the work on it goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from vaultapp.gui import messages
from vaultapp.gui.dialogs.form import Form
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskHandle, TaskRunner, Work
from vaultapp.gui.widgets.layouts import column
from vaultapp.gui.widgets.problem_bar import ProblemBar


class WorkingForm(Form):
    """Stays open while its call runs. What goes wrong is told in it, and everything typed stays.

    Args:
        look: Colours and fonts.
        tasks: Runs the call.
        title: Of the window, and its heading.
        go: What the main button says.
        kind: Of the main button.
    """

    def __init__(
        self, look: Look, tasks: TaskRunner, title: str, go: str, parent: QWidget, kind: str = "primary"
    ) -> None:
        super().__init__(look, title, go, parent, kind)
        self._tasks = tasks
        self._task: TaskHandle | None = None
        self.problem = ProblemBar(look)
        self._room = column(self.problem)
        self.add(self._room, 0)

    @property
    def working(self) -> bool:
        """True while the call runs."""
        return self._task is not None

    def work(self, call: Work, done: Callable[..., object]) -> None:
        """Run a call and show that it runs."""
        self.watch(self._tasks.run(call), done)

    def watch(self, task: TaskHandle, done: Callable[..., object]) -> None:
        """Show that a call runs.

        Args:
            task: Just begun.
            done: A method, called with its result.
        """
        self.show_problem(None)
        self._task = task
        self.go_button.set_busy(True)
        task.tell(self, done=done, failed=self.refuse, ended=self._ended)

    def refuse(self, error: BaseException) -> None:
        """Say what did not work; forms that know a field for it say it there."""
        self.show_problem(error)

    def sync(self) -> None:
        """See whether the main button can be pressed; nothing runs now."""

    def show_problem(self, error: BaseException | None) -> None:
        """Say what went wrong over the fields, or take it away."""
        self._room.setContentsMargins(0, 12 if error is not None else 0, 0, 0)
        if error is None:
            self.problem.solved()
        else:
            self.problem.tell(messages.message_of(error))
        self.fit()

    def fit(self) -> None:
        """Be as high as what it says now needs; wrapped lines are no part of a window's least size."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def reject(self) -> None:
        """Close; while the call runs, ask it to stop and wait for what comes of it."""
        if self._task is not None:
            self._task.cancel()
            self.cancel_button.setEnabled(False)
        else:
            super().reject()

    def _ended(self) -> None:
        self._task = None
        self.go_button.set_busy(False)
        if self.isVisible() and not self.cancel_button.isEnabled():
            super().reject()
        self.sync()
