"""Loads code behind what is shown already, so that a person does not wait for what is needed later."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject

from vaultapp.core.work import WorkContext
from vaultapp.gui.tasks import TaskHandle, TaskRunner


class Preload(QObject):
    """Modules that are loaded in a worker.

    Args:
        tasks: Has the worker.
        names: Of the modules.
    """

    def __init__(self, tasks: TaskRunner, names: tuple[str, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._names = names
        self._loading: TaskHandle | None = None
        self._loaded = False

    def begin(self) -> None:
        """Begin, if that was not done yet."""
        if self._loading is None and not self._loaded:
            self._loading = self._tasks.run(self._load)
            self._loading.tell(self, ended=self._end)

    def then(self, owner: QObject, call: Callable[[], object]) -> None:
        """Call when the modules are there: at once if they are.

        A module that cannot be loaded is called for all the same: who imports it says why.

        Args:
            owner: What the call belongs to; no call is made once that is gone.
            call: What to do.
        """
        self.begin()
        if self._loading is None:
            call()
        else:
            self._loading.tell(owner, ended=call)

    def _load(self, _work: WorkContext[Any]) -> None:
        for name in self._names:
            import_module(name)

    def _end(self) -> None:
        self._loading = None
        self._loaded = True
