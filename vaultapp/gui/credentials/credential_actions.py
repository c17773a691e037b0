"""What can be done with credentials: asks the agent, tells the shelf, and says what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from vaultapp.contracts.credentials import (
    Credential,
    CredentialChange,
    CredentialsApi,
    Label,
    NewCredential,
    SecretFields,
)
from vaultapp.gui import moments, quantities
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.credentials.credential_shelf import CredentialShelf
from vaultapp.gui.credentials.credential_words import short
from vaultapp.gui.tasks import TaskHandle, TaskRunner
from vaultapp.gui.widgets.toast import Toasts

Ask = Callable[[CredentialsApi], Credential]
Done = Callable[[Credential], object]
Refused = Callable[[BaseException], object]


class CredentialActions(QObject):
    """Changes credentials off the window's thread. Every change can be taken back but the last one, for good.

    Args:
        credentials: Changes them; blocks.
        shelf: Gets every answer.
        tasks: Runs the calls.
        toasts: Says what was done, with a way back.
        clipboard: For what is copied without being shown.
    """

    failed = Signal(object)
    copied = Signal(object)  # id of a credential whose secret was copied

    def __init__(
        self,
        credentials: CredentialsApi,
        shelf: CredentialShelf,
        tasks: TaskRunner,
        toasts: Toasts,
        clipboard: SecretClipboard,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._api = credentials
        self._shelf = shelf
        self._tasks = tasks
        self._toasts = toasts
        self._clipboard = clipboard
        # Of which copy it is to be said that it is there.
        self._copy = 0
        self._copied_name = ""
        clipboard.left.connect(self._is_copied)
        clipboard.refused.connect(self._not_copied)

    def change(self, ask: Ask, done: Done | None = None, refused: Refused | None = None) -> TaskHandle:
        """Ask for a change.

        Args:
            ask: The call.
            done: Gets the changed credential, once the shelf has it.
            refused: Gets an error; without it the page says it.
        """

        def take(credential: Credential) -> None:
            self._shelf.take(credential)
            if done is not None:
                done(credential)

        task = self._tasks.run(lambda _work: ask(self._api))
        task.tell(self, done=take, failed=refused if refused is not None else self.failed.emit)
        return task

    def look_at(self, credential: Credential) -> None:
        """Ask for a credential's versions and attachments. One that is gone is no news here."""
        self._shelf.note_changes((credential.credential_id,))

    def make(self, new: NewCredential) -> TaskHandle:
        """Make a credential. The shelf has it before whoever asked is told."""
        task = self._tasks.run(lambda _work: self._api.create(new))
        task.tell(self, done=self._shelf.take)
        return task

    def read(self, credential: Credential) -> TaskHandle:
        """Read the current value: the log holds that it was given out."""
        name = str(credential.credential_id)
        return self._tasks.run(lambda _work: self._api.read(name))

    def copy(self, credential: Credential, field: str = "") -> None:
        """Put a field of the current value on the clipboard, the secret where none is named, and say so."""
        wanted = field or self._shelf.kind(credential).secret

        def done(value: SecretFields) -> None:
            # The answer may come at once.
            self._copy, self._copied_name = self._clipboard.copies + 1, short(credential.name)
            self._clipboard.copy(value.fields.get(wanted, ""))
            self.copied.emit(credential.credential_id)

        self.read(credential).tell(self, done=done, failed=self.failed.emit)

    def edit(
        self,
        credential: Credential,
        change: CredentialChange,
        refused: Refused | None = None,
        then: Done | None = None,
    ) -> None:
        """Change what is said of a credential; the arguments are those of :meth:`change`."""
        name = str(credential.credential_id)

        def done(changed: Credential) -> None:
            if then is not None:
                then(changed)
            back = partial(self.change, lambda api: api.edit(name, _back(credential, change)))
            self._say(self.tr("“{name}” is changed"), changed, "pencil", back)

        self.change(lambda api: api.edit(name, change), done, refused)

    def say_written(self, credential: Credential, before: str) -> None:
        """Say that a new value was written. Before: the version that was current, which Undo makes current again."""
        back = partial(self._make_current, credential, before)
        self._say(self.tr("“{name}” has a new value"), credential, "check", back)

    def promote(self, credential: Credential, version_id: str) -> None:
        """Make another version current."""
        before = next((v.version_id for v in credential.versions if Label.CURRENT in v.labels), "")

        def done(changed: Credential) -> None:
            back = partial(self._make_current, changed, before) if before else None
            text = self.tr("An earlier value of “{name}” is current")
            if self._shelf.kind(changed).rotates:
                text = self.tr("An earlier value of “{name}” is current here; the target was not told")
            self._say(text, changed, "history", back)

        self.change(lambda api: api.promote(str(credential.credential_id), version_id), done)

    def turn_version(self, credential: Credential, version_id: str, *, on: bool) -> None:
        """Put a version out of use, or into it again."""
        name = str(credential.credential_id)

        def done(changed: Credential) -> None:
            text = self.tr("A version of “{name}” is enabled") if on else self.tr("A version of “{name}” is disabled")
            back = partial(self.change, lambda api: api.enable_version(name, version_id, enabled=not on))
            self._say(text, changed, "check" if on else "ban", back)

        self.change(lambda api: api.enable_version(name, version_id, enabled=on), done)

    def delete(self, credentials: Sequence[Credential]) -> None:
        """Move credentials to the bin."""
        names = [str(credential.credential_id) for credential in credentials]

        def ask(api: CredentialsApi) -> list[Credential]:
            return [api.delete(name) for name in names]

        def done(changed: list[Credential]) -> None:
            self._take_all(changed)
            text = self.tr("“{name}” moved to the bin").format(name=short(credentials[0].name))
            if len(names) > 1:
                text = self.tr("{n} credentials moved to the bin").format(n=quantities.count(len(names)))
            self._toasts.say(text, "trash-2", self.tr("Undo"), partial(self.restore, changed))

        task = self._tasks.run(lambda _work: ask(self._api))
        task.tell(self, done=done, failed=self.failed.emit)

    def restore(self, credentials: Sequence[Credential]) -> None:
        """Take credentials out of the bin."""
        names = [str(credential.credential_id) for credential in credentials]

        def done(changed: list[Credential]) -> None:
            self._take_all(changed)
            text = self.tr("“{name}” is back").format(name=short(changed[0].name))
            if len(names) > 1:
                text = self.tr("{n} credentials are back").format(n=quantities.count(len(names)))
            self._toasts.say(text, "undo-2")

        task = self._tasks.run(lambda _work: [self._api.restore(name) for name in names])
        task.tell(self, done=done, failed=self.failed.emit)

    def destroy(self, credential: Credential) -> None:
        """Delete a credential for good."""

        def done(_gone: Credential) -> None:
            self._shelf.note_changes((credential.credential_id,))
            self._say(self.tr("“{name}” is gone for good"), credential, "trash-2")

        name = str(credential.credential_id)
        task = self._tasks.run(lambda _work: self._api.delete(name, force=True))
        task.tell(self, done=done, failed=self.failed.emit)

    def remind(self, credential: Credential, at: int | None) -> None:
        """Set when the person is reminded of a credential; None: never."""
        change = CredentialChange(remind_at=at or 0)
        name = str(credential.credential_id)

        def done(changed: Credential) -> None:
            back = partial(self.change, lambda api: api.edit(name, _back(credential, change)))
            text = self.tr("No reminder of “{name}”")
            if at:
                text = self.tr("You are reminded of “{name}” on {day}")
            self._say(text, changed, "bell", back, day=moments.date(at or 0))

        self.change(lambda api: api.edit(name, change), done)

    def _make_current(self, credential: Credential, version_id: str) -> None:
        def done(changed: Credential) -> None:
            self._say(self.tr("“{name}” is as it was"), changed, "undo-2")

        self.change(lambda api: api.promote(str(credential.credential_id), version_id), done)

    def _take_all(self, changed: Sequence[Credential]) -> None:
        if len(changed) == 1:
            self._shelf.take(changed[0])
        else:
            self._shelf.note_changes([credential.credential_id for credential in changed])

    def _is_copied(self, seconds: int) -> None:
        if self._copy and self._copy == self._clipboard.copies and seconds > 0:
            self._copy = 0
            text = self.tr("The secret of “{name}” is copied. The clipboard clears in {left}")
            left = quantities.duration(seconds)
            self._toasts.say(text.format(name=self._copied_name, left=left), "copy")

    def _not_copied(self) -> None:
        if self._copy and self._copy == self._clipboard.copies:
            self._copy = 0
            self._toasts.say(self.tr("The clipboard did not take it"), "circle-x")

    def _say(
        self, text: str, credential: Credential, icon: str, back: Callable[[], object] | None = None, **facts: str
    ) -> None:
        words = text.format(name=short(credential.name), **facts)
        self._toasts.say(words, icon, self.tr("Undo") if back is not None else "", back)


def _back(credential: Credential, change: CredentialChange) -> CredentialChange:
    """Return the change that undoes one."""
    return CredentialChange(
        name=credential.name if change.name is not None else None,
        identifier=credential.identifier if change.identifier is not None else None,
        description=credential.description if change.description is not None else None,
        tags=dict(credential.tags) if change.tags is not None else None,
        settings=dict(credential.settings) if change.settings is not None else None,
        remind_at=(credential.remind_at or 0) if change.remind_at is not None else None,
    )
