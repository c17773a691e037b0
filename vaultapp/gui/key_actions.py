"""What can be done with keys: asks the agent, tells the shelf, and says what was done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from vaultapp.contracts.keys import Key, KeysApi, KeyState, NewKey
from vaultapp.gui import key_words, moments
from vaultapp.gui.key_shelf import KeyShelf
from vaultapp.gui.tasks import TaskHandle, TaskRunner
from vaultapp.gui.widgets.toast import Toasts

Ask = Callable[[KeysApi], Key]
Done = Callable[[Key], object]
Refused = Callable[[BaseException], object]


class KeyActions(QObject):
    """Changes keys off the window's thread.

    Args:
        keys: Changes keys; blocks.
        shelf: Gets every answer.
        tasks: Runs the calls.
        toasts: Says what was done, with a way back.
    """

    failed = Signal(object)
    rotating_changed = Signal()

    def __init__(self, keys: KeysApi, shelf: KeyShelf, tasks: TaskRunner, toasts: Toasts, parent: QObject) -> None:
        super().__init__(parent)
        self._keys = keys
        self._shelf = shelf
        self._tasks = tasks
        self._toasts = toasts
        self._rotating: set[UUID] = set()

    def change(self, ask: Ask, done: Done | None = None, refused: Refused | None = None) -> None:
        """Ask for a change.

        Args:
            ask: The call.
            done: Gets the changed key, once the shelf has it.
            refused: Gets an error; without it the page says it.
        """

        def take(key: Key) -> None:
            self._shelf.take(key)
            if done is not None:
                done(key)

        task = self._tasks.run(lambda _work: ask(self._keys))
        task.tell(self, done=take, failed=refused if refused is not None else self.failed.emit)

    def look_at(self, key_id: UUID, then: Done) -> None:
        """Ask for a key with its known files counted. One that is gone is no news here."""
        self._tasks.run(lambda _work: self._keys.show(str(key_id))).tell(self, done=then)

    def make(self, new: NewKey) -> TaskHandle:
        """Make a key. The shelf has it before whoever asked is told."""
        task = self._tasks.run(lambda _work: self._keys.create(new))
        task.tell(self, done=self._shelf.take)
        return task

    def is_rotating(self, key: Key) -> bool:
        """Tell whether a new version is being made."""
        return key.key_id in self._rotating

    def rotate(self, key: Key) -> None:
        """Make a new primary version."""
        if self.is_rotating(key):
            return
        key_id = key.key_id
        self._rotating.add(key_id)
        self.rotating_changed.emit()

        def done(rotated: Key) -> None:
            self._shelf.take(rotated)
            text = self.tr("“{name}” encrypts with version {n} now. Older versions still decrypt")
            self._say(text, rotated, "rotate-cw", n=rotated.primary_number)

        def ended() -> None:
            self._rotating.discard(key_id)
            self.rotating_changed.emit()

        task = self._tasks.run(lambda _work: self._keys.rotate(str(key_id)))
        task.tell(self, done=done, failed=self.failed.emit, ended=ended)

    def turn(self, key: Key, *, on: bool, back: bool = False) -> None:
        """Allow or refuse the use of a key. Back: that is how it was, so nothing more is offered."""
        name = str(key.key_id)

        def done(changed: Key) -> None:
            text = self.tr("“{name}” is enabled") if on else self.tr("“{name}” is disabled. Nothing opens with it now")
            undo = None if back else partial(self.turn, changed, on=not on, back=True)
            self._say(text, changed, _icon(on=on), undo)

        self.change(lambda keys: keys.enable(name) if on else keys.disable(name), done)

    def turn_version(self, key: Key, version_id: bytes, *, on: bool, back: bool = False) -> None:
        """Allow or refuse the use of one version. Back: that is how it was, so nothing more is offered."""
        name, version = str(key.key_id), version_id.hex()
        number = next((v.number for v in key.versions if v.version_id == version_id), 0)

        def done(changed: Key) -> None:
            enabled = self.tr("Version {n} of “{name}” is enabled")
            disabled = self.tr("Version {n} of “{name}” is disabled")
            undo = None if back else partial(self.turn_version, changed, version_id, on=not on, back=True)
            self._say(enabled if on else disabled, changed, _icon(on=on), undo, n=number)

        self.change(lambda keys: keys.enable(name, version) if on else keys.disable(name, version), done)

    def schedule(self, key: Key, days: int | None) -> None:
        """Let a key rotate by itself, or stop that."""
        self.change(lambda keys: keys.schedule_rotation(str(key.key_id), days))

    def delete(self, key: Key, days: int) -> None:
        """Refuse a key's use from now on, and delete it after so many days."""
        enabled = key.state is KeyState.ENABLED

        def done(changed: Key) -> None:
            back = partial(self.take_back, changed, enable=enabled)
            day = moments.date(changed.deletes_at or 0)
            self._say(self.tr("“{name}” will be deleted on {day}"), changed, "trash-2", back, day=day)

        self.change(lambda keys: keys.delete(str(key.key_id), days), done)

    def take_back(self, key: Key, *, enable: bool) -> None:
        """Take a deletion back.

        Args:
            key: What waits for its deletion.
            enable: It was enabled before.
        """
        name = str(key.key_id)

        def ask(keys: KeysApi) -> Key:
            kept = keys.undelete(name)
            return keys.enable(name) if enable else kept

        def done(kept: Key) -> None:
            text = self.tr("“{name}” is kept") if enable else self.tr("“{name}” is kept. It is disabled")
            self._say(text, kept, "undo-2")

        self.change(ask, done)

    def drop_alias(self, key: Key, alias: str) -> None:
        """Remove an alias."""
        name = str(key.key_id)

        def done(changed: Key) -> None:
            text = self.tr("Alias {alias} of “{name}” is removed")
            back = partial(self.change, lambda keys: keys.alias(name, add=(alias,)))
            self._say(text, changed, "x", back, alias=key_words.short(alias))

        self.change(lambda keys: keys.alias(name, remove=(alias,)), done)

    def drop_tag(self, key: Key, tag: str) -> None:
        """Remove a tag."""
        name, value = str(key.key_id), key.tags.get(tag, "")

        def done(changed: Key) -> None:
            text = self.tr("Tag {tag} of “{name}” is removed")
            back = partial(self.change, lambda keys: keys.tag(name, {tag: value}))
            self._say(text, changed, "x", back, tag=key_words.short(tag))

        self.change(lambda keys: keys.tag(name, {}, (tag,)), done)

    def _say(
        self, text: str, key: Key, icon: str, back: Callable[[], object] | None = None, **facts: str | int
    ) -> None:
        words = text.format(name=key_words.short(key.name), **facts)
        self._toasts.say(words, icon, self.tr("Undo") if back is not None else "", back)


def _icon(*, on: bool) -> str:
    return "check" if on else "ban"
