"""What outside the vault rotates credentials, as the window asks for it and shows it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs
from PySide6.QtCore import QObject, Signal

from vaultapp.contracts.credentials import Credential
from vaultapp.contracts.rotation import RotationApi, WatchedTrigger
from vaultapp.gui.credentials.credential_words import short
from vaultapp.gui.models.work_row import shown_name
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.toast import Toasts

Call = Callable[[RotationApi], None]


class CredentialWatches(QObject):
    """Asks for the triggers, and changes which credentials they rotate. No event tells of them.

    Args:
        rotation: Keeps them; blocks.
        tasks: Runs the calls.
        toasts: Says what was done, with a way back.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, rotation: RotationApi, tasks: TaskRunner, toasts: Toasts, parent: QObject) -> None:
        super().__init__(parent)
        self._api = rotation
        self._tasks = tasks
        self._toasts = toasts
        self._triggers: tuple[WatchedTrigger, ...] = ()

    def of(self, credential: Credential) -> tuple[WatchedTrigger, ...]:
        """Return those that rotate a credential, as they were told last."""
        return tuple(each for each in self._triggers if credential.credential_id in each.credentials)

    def ask(self) -> None:
        """Ask for all of them; ``changed`` follows."""
        self._tasks.run(lambda _work: self._api.triggers()).tell(self, done=self._take, failed=self.failed.emit)

    def watch_file(self, credential: Credential, path: bytes) -> None:
        """Have a credential rotated when a file appears or changes; one that is watched already rotates it too."""
        own = credential.credential_id
        back: list[Call] = []

        def call(api: RotationApi) -> None:
            known = api.triggers()
            there = next((each for each in known if each.path == path), None)
            if there is None:
                made = WatchedTrigger(_free_name(shown_name(path), known), (own,), path)
                back.append(lambda api: api.unwatch(made.name))
                api.watch(made)
            elif own not in there.credentials:
                back.append(lambda api: api.watch(there))
                api.watch(structs.replace(there, credentials=(*there.credentials, own)))

        said = self.tr("“{name}” rotates when {file} changes")
        self._change(call, said.format(name=short(credential.name), file=shown_name(path)), back)

    def set_emergency(self, trigger: WatchedTrigger, *, emergency: bool) -> None:
        """Let a trigger rotate without grace and end sessions, or not."""
        self._change(lambda api: api.watch(structs.replace(trigger, emergency=emergency)))

    def leave(self, credential: Credential, trigger: WatchedTrigger) -> None:
        """Let a trigger no more rotate a credential; one that rotates nothing else is removed."""
        others = tuple(each for each in trigger.credentials if each != credential.credential_id)

        def call(api: RotationApi) -> None:
            if others:
                api.watch(structs.replace(trigger, credentials=others))
            else:
                api.unwatch(trigger.name)

        said = self.tr("“{watch}” no longer rotates “{name}”")
        words = said.format(watch=short(trigger.name), name=short(credential.name))
        self._change(call, words, [lambda api: api.watch(trigger)])

    def _change(self, call: Call, said: str = "", back: list[Call] | None = None) -> None:
        """Make a change, and ask anew. Back: takes it back; filled by the call at the latest."""

        def work() -> tuple[WatchedTrigger, ...]:
            call(self._api)
            return self._api.triggers()

        def done(triggers: tuple[WatchedTrigger, ...]) -> None:
            self._take(triggers)
            if said:
                undo = (lambda: self._change(back[0])) if back else None
                self._toasts.say(said, "siren", self.tr("Undo") if undo is not None else "", undo)

        self._tasks.run(lambda _work: work()).tell(self, done=done, failed=self._not_changed)

    def _not_changed(self, error: BaseException) -> None:
        self.failed.emit(error)
        self.ask()

    def _take(self, triggers: tuple[WatchedTrigger, ...]) -> None:
        self._triggers = triggers
        self.changed.emit()


def _free_name(name: str, known: tuple[WatchedTrigger, ...]) -> str:
    """Return a name that no other trigger has: one of the same name would be replaced."""
    taken = {each.name.casefold() for each in known}
    wanted, number = name, 1
    while wanted.casefold() in taken:
        number += 1
        wanted = f"{name} ({number})"
    return wanted
