"""Loads code behind what is shown already, so that a person does not wait for what is needed later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject
from shiboken6 import isValid

from vaultapp.core.collector import without_collector
from vaultapp.gui.when_idle import WhenIdle

_ALL = ".*"


class Preload(QObject):
    """Modules that are loaded one by one, each when the window has nothing else to do.

    Not in a worker: PySide makes a class when it is first named, and does not guard that against a second thread
    which names the same one. The process would end.

    Args:
        names: Of the modules, what others need first; ``package.*`` for each module of a package.
    """

    def __init__(self, names: tuple[str, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._names = names
        self._idle: WhenIdle | None = None
        self._loaded = False
        self._waiting: list[tuple[QObject, Callable[[], object]]] = []

    @property
    def begun(self) -> bool:
        """True once somebody wanted them."""
        return self._idle is not None

    def begin(self) -> None:
        """Begin, if that was not done yet."""
        if self._idle is None:
            self._idle = WhenIdle(self)
            for name in self._modules():
                self._idle.add(partial(self._load, name))
            self._idle.add(self._end)

    def then(self, owner: QObject, call: Callable[[], object]) -> None:
        """Call when the modules are there: at once if they are.

        A module that cannot be loaded is called for all the same: who imports it says why.

        Args:
            owner: What the call belongs to; no call is made once that is gone.
            call: What to do.
        """
        self.begin()
        if self._loaded:
            call()
        else:
            self._waiting.append((owner, call))

    def _modules(self) -> Iterator[str]:
        import pkgutil

        for name in self._names:
            if name.endswith(_ALL):
                package = name.removesuffix(_ALL)
                found = pkgutil.iter_modules(import_module(package).__path__, f"{package}.")
                yield from (module.name for module in found if not module.ispkg)
            else:
                yield name

    @staticmethod
    def _load(name: str) -> None:
        # What a module holds stays: otherwise the collector walks through all of it while the pages are built.
        with without_collector(), suppress(ImportError):
            import_module(name)

    def _end(self) -> None:
        self._loaded = True
        waiting, self._waiting = self._waiting, []
        for owner, call in waiting:
            if isValid(owner):
                call()
