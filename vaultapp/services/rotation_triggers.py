"""Files and commands outside the vault that rotate credentials, as when a server reports a break-in."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from uuid import UUID

from msgspec import Struct, structs

from vaultapp.contracts.rotation import RotationReason, WatchedTrigger
from vaultapp.core.clock import Clock
from vaultapp.core.credential_errors import RotationUnderWay
from vaultapp.core.errors import InvalidValue, NotFound, VaultDamaged, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import Random
from vaultapp.services.descriptions import SETTING, decode, encode
from vaultapp.services.key_store import new_id
from vaultapp.services.names import checked_name, folded
from vaultapp.services.recorder import Recorder
from vaultapp.services.rotation_runner import RotationRunner
from vaultapp.services.setting_records import settings_named
from vaultapp.services.unlocked import UnlockedVault

EVERY_S = range(5, 24 * 60 * 60 + 1)
FILE_EVERY_S = 2.0
_TICK_S = 2.0
_SETTING = "rotation_trigger"
_FREE_WITHIN_S = 30.0
_NO_FILE = b""
_CALLS = b"calls"

# Runs a program with its arguments; returns True when it exits with 0 within so many seconds.
RunCommand = Callable[[tuple[str, ...], float], bool]


class TriggerDescription(Struct, frozen=True, gc=False):
    """A trigger as it is kept; of all settings those of this name.

    Attributes:
        title: The trigger's name.
        seen: What was found when it was last looked at; another finding is what rotates.
    """

    name: str
    title: str
    credentials: tuple[UUID, ...]
    path: bytes
    command: tuple[str, ...]
    every_s: int
    emergency: bool
    seen: bytes = b""

    def as_contract(self) -> WatchedTrigger:
        """Return what callers see."""
        return WatchedTrigger(self.title, self.credentials, self.path, self.command, self.every_s, self.emergency)


class RotationTriggers:
    """Keeps what is watched, and watches in a thread of its own while the vault is open.

    A file that changed while the vault was locked is found after the unlock.

    Args:
        unlocked: The open vault.
        runner: Rotates.
        clock: Source of time.
        random: For ids of records.
        run_command: Tries a command.
        tick_s: Seconds between two looks.
    """

    def __init__(
        self,
        unlocked: UnlockedVault,
        runner: RotationRunner,
        clock: Clock,
        random: Random,
        run_command: RunCommand,
        *,
        tick_s: float = _TICK_S,
    ) -> None:
        self._unlocked = unlocked
        self._runner = runner
        self._clock = clock
        self._random = random
        self._run_command = run_command
        self._tick_s = tick_s
        self._changing = threading.Lock()
        # By the record's id: when it was last looked at, and whom it could not rotate yet.
        self._looked: dict[UUID, float] = {}
        self._left: dict[UUID, tuple[UUID, ...]] = {}
        # As the vault has them; None when they are to be read.
        self._kept: list[tuple[UUID, TriggerDescription]] | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rotation-triggers", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no more; what rotates just now is stopped by the runner."""
        self._stopped.set()

    def watched(self) -> tuple[WatchedTrigger, ...]:
        """Return what is watched."""
        return tuple(found.as_contract() for _, found in self._all())

    def add(self, trigger: WatchedTrigger, recorder: Recorder) -> None:
        """Add a trigger, or replace the one of that name. What is there already rotates nothing.

        Raises:
            InvalidValue: It watches nothing, or both a file and a command, or rotates nothing.
            HostError: It was not kept.
        """
        kept = _checked(trigger)
        kept = structs.replace(kept, seen=_seen(kept.path) if kept.path else _NO_FILE)
        entry = recorder.entry("trigger.watch", "trigger", kept.title, "ok", credentials=len(kept.credentials))
        with self._changing:
            before = self._find(kept.title)
            with self._unlocked.vault.transaction() as transaction:
                if before is None:
                    transaction.insert(new_id(self._random), SETTING, None, encode(kept), None)
                else:
                    transaction.update(before, encode(kept))
                    self._left.pop(before, None)
                transaction.record(entry)
            self._kept = None

    def remove(self, name: str, recorder: Recorder) -> None:
        """Remove a trigger.

        Raises:
            NotFound: There is none of this name.
            HostError: It stays.
        """
        with self._changing:
            found = self._find(name)
            if found is None:
                raise NotFound(kind="trigger", name=name)
            with self._unlocked.vault.transaction() as transaction:
                transaction.delete(found)
                transaction.record(recorder.entry("trigger.unwatch", "trigger", name))
            self._left.pop(found, None)
            self._kept = None

    def look(self) -> None:
        """Look at everything whose time has come, in the calling thread, and rotate what it calls for."""
        for row_id, trigger in self._all():
            if self._stopped.is_set() or self._runner.leaving:
                return
            every = FILE_EVERY_S if trigger.path else float(trigger.every_s)
            looked = self._looked.get(row_id)
            if looked is None or self._clock.monotonic() - looked >= every:
                self._looked[row_id] = self._clock.monotonic()
                with suppress(VaultError):
                    self._look_at(row_id, trigger)

    def _run(self) -> None:
        while not self._stopped.is_set():
            # A vault that is being closed ends the thread with it.
            with suppress(VaultError):
                self.look()
            self._stopped.wait(self._tick_s)

    def _look_at(self, row_id: UUID, trigger: TriggerDescription) -> None:
        if trigger.path:
            found = _seen(trigger.path)
        else:
            found = _CALLS if self._run_command(trigger.command, float(trigger.every_s)) else b""
        if found != trigger.seen and found and row_id not in self._left:
            self._left[row_id] = trigger.credentials
            self._unlocked.recorder.use("trigger.call", "trigger", trigger.title, credentials=len(trigger.credentials))
        waiting = self._left.get(row_id, ())
        left = tuple(one for one in waiting if not self._rotate(one, emergency=trigger.emergency))
        if left:
            self._left[row_id] = left
            return
        self._left.pop(row_id, None)
        # Last: whoever is killed before looks again, and rather rotates twice than never.
        if found != trigger.seen:
            self._write_seen(row_id, found)

    def _rotate(self, credential_id: UUID, *, emergency: bool) -> bool:
        """Rotate one; False when that has to be tried again."""
        found = self._unlocked.credentials.get(credential_id)
        if found is None or found.deletes_at is not None:
            return True
        try:
            if self._runner.is_under_way(credential_id):
                # What is under way may bring a value that is known to the intruder's session: rotate after it.
                self._runner.settle(credential_id, _FREE_WITHIN_S)
            reason = RotationReason.TRIGGER
            self._runner.rotate(credential_id, reason, self._unlocked.recorder, WorkContext(), emergency=emergency)
        except RotationUnderWay:
            return False
        except NotFound:
            return True
        return not self._runner.leaving

    def _write_seen(self, row_id: UUID, seen: bytes) -> None:
        with self._changing, suppress(NotFound):
            record = self._unlocked.vault.records.get(row_id)
            changed = structs.replace(decode(TriggerDescription, record.description), seen=seen)
            with self._unlocked.vault.transaction() as transaction:
                transaction.update(row_id, encode(changed, record.description))
            self._kept = None

    def _all(self) -> list[tuple[UUID, TriggerDescription]]:
        kept = self._kept
        if kept is None:
            kept = self._kept = list(self._read())
        return kept

    def _read(self) -> Iterator[tuple[UUID, TriggerDescription]]:
        for row_id, description in settings_named(self._unlocked.vault, _SETTING):
            # One that cannot be read keeps no other from being watched.
            with suppress(VaultDamaged):
                yield row_id, decode(TriggerDescription, description)

    def _find(self, name: str) -> UUID | None:
        return next((row_id for row_id, found in self._all() if folded(found.title) == folded(name)), None)


def _checked(trigger: WatchedTrigger) -> TriggerDescription:
    if bool(trigger.path) == bool(trigger.command):
        raise InvalidValue(field="trigger", reason="file_or_command")
    if trigger.path and not os.path.isabs(trigger.path):
        raise InvalidValue(field="trigger", reason="relative")
    if not trigger.credentials:
        raise InvalidValue(field="trigger", reason="no_credentials")
    if trigger.every_s not in EVERY_S:
        raise InvalidValue(field="every_s", reason="bounds")
    return TriggerDescription(
        name=_SETTING,
        title=checked_name(trigger.name),
        credentials=tuple(dict.fromkeys(trigger.credentials)),
        path=trigger.path,
        command=trigger.command,
        every_s=trigger.every_s,
        emergency=trigger.emergency,
    )


def _seen(path: bytes) -> bytes:
    """Return what changes with a file; nothing when there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return _NO_FILE
    return f"{found.st_dev}:{found.st_ino}:{found.st_size}:{found.st_mtime_ns}".encode()
