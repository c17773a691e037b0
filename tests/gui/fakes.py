"""An agent in memory: what the window may ask, without processes or cryptography.

Time passes only when a test lets it: work waits at gates, so that no test sleeps.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from msgspec import structs

from vaultapp.contracts.events import Event
from vaultapp.contracts.files import (
    BatchReport,
    DropItem,
    DropVerb,
    FileDescription,
    FileState,
    FileUpdate,
    OnExist,
    OpenRequest,
    Place,
    Recipient,
    RewrapRequest,
    SealRequest,
    WaitingFiles,
)
from vaultapp.contracts.keys import ExportedMaterial, Key, KeyPage, KeyState, KeyVersion, NewKey
from vaultapp.contracts.vault import (
    BackupRecord,
    DrillOutcome,
    KdfCost,
    NewVault,
    RestoreReport,
    SlotKind,
    SlotRecord,
    VaultLocking,
    VaultState,
    VaultStatus,
    VerifyReport,
)
from vaultapp.core.clock import DAY
from vaultapp.core.errors import (
    NameTaken,
    NotFound,
    NotSealed,
    OperationCancelled,
    VaultError,
    VaultExists,
    WordsOfAnotherVault,
    WrongPassphrase,
)
from vaultapp.core.work import WorkContext

NOON = 1_795_521_600_000_000
WORDS = (
    "abandon ability able about above absent absorb abstract absurd abuse access accident "
    "account accuse achieve acid acoustic acquire across act action actor actress actual"
)
PASSPHRASE = "hazel quorum tin river"


class FakeClock:
    """Time that a test sets."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> int:
        return NOON + int(self.time * 1_000_000)

    def monotonic(self) -> float:
        return self.time


def key(name: str, hue: str, number: int = 4, state: KeyState = KeyState.ENABLED, key_id: UUID | None = None) -> Key:
    versions = tuple(
        KeyVersion(bytes([n] * 8), n, KeyState.ENABLED, NOON, "created", bytes(8)) for n in range(1, number + 1)
    )
    return Key(
        key_id=key_id or uuid4(),
        name=name,
        aliases=(),
        description="",
        tags={},
        kind="symmetric",
        state=state,
        created=NOON,
        primary=bytes([number] * 8),
        hue=hue,
        origin="created",
        versions=versions,
    )


@dataclass
class FakeVault:
    """The life of a vault."""

    path: Path
    state: VaultState = VaultState.LOCKED
    passphrase: str = PASSPHRASE
    words: str = WORDS
    ways: tuple[SlotKind, ...] = (SlotKind.PASSPHRASE, SlotKind.RECOVERY_WORDS)
    wait_after_wrong: float = 0
    fails_with: VaultError | None = None
    older: VaultError | None = None
    publish: Callable[[Event], None] = lambda _event: None
    waiting: Callable[[], int] = lambda: 0
    gate: threading.Event = field(default_factory=threading.Event)
    seen: list[str] = field(default_factory=list)
    made: NewVault | None = None
    vault_id: UUID = field(default_factory=uuid4)
    retry_after: float = 0
    cost: KdfCost = field(default_factory=lambda: KdfCost(256 * 1024, 3, 2))
    copies: list[BackupRecord] = field(default_factory=list)
    restores: list[tuple[bytes, str]] = field(default_factory=list)
    kept: bytes | None = None
    given: list[bytearray] = field(default_factory=list)
    calibrate_fails_with: VaultError | None = None

    def __post_init__(self) -> None:
        self.gate.set()

    def status(self) -> VaultStatus:
        return VaultStatus(
            state=self.state,
            path=os.fsencode(self.path),
            name=self.path.stem,
            version="0",
            pid=1,
            vault_id=self.vault_id,
            slot_kinds=self.ways,
            admitted=self.state is VaultState.UNLOCKED,
            retry_after=self.retry_after,
            waiting=self.waiting(),
        )

    def calibrate(self, work: WorkContext[None]) -> KdfCost:
        self.gate.wait(10)
        if self.calibrate_fails_with is not None:
            raise self.calibrate_fails_with
        return KdfCost(256 * 1024, 3, 2, 1000)

    def suggest_words(self) -> str:
        return self.words

    def create(self, new: NewVault, work: WorkContext[None]) -> VaultStatus:
        self.gate.wait(10)
        self.given += [new.passphrase, new.recovery_words or bytearray()]
        if self.fails_with is not None:
            raise self.fails_with
        if self.state is not VaultState.MISSING:
            raise VaultExists(path=str(self.path))
        self.made = NewVault(bytearray(new.passphrase), bytearray(new.recovery_words or b""), new.cost, new.first_key)
        self.state = VaultState.UNLOCKED
        return self.status()

    def unlock(self, passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False) -> VaultStatus:
        self.gate.wait(10)
        self.given.append(passphrase)
        self.seen.append(passphrase.decode())
        if self.fails_with is not None:
            raise self.fails_with
        if passphrase.decode() != self.passphrase:
            self.retry_after = self.wait_after_wrong
            raise WrongPassphrase
        if self.older is not None and not accept_older:
            raise self.older
        self.state = VaultState.UNLOCKED
        return self.status()

    def unlock_with_words(
        self, words: bytearray, new_passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False
    ) -> VaultStatus:
        self.gate.wait(10)
        self.given += [words, new_passphrase]
        if self.fails_with is not None:
            raise self.fails_with
        self.passphrase = new_passphrase.decode()
        self.state = VaultState.UNLOCKED
        return self.status()

    def lock(self, *, quit_agent: bool = False) -> None:
        if self.fails_with is not None:
            raise self.fails_with
        self.state = VaultState.LOCKED
        self.publish(VaultLocking("asked"))

    def slots(self) -> tuple[SlotRecord, ...]:
        costs = {SlotKind.PASSPHRASE: self.cost}
        return tuple(SlotRecord(uuid4(), kind, NOON - 30 * DAY, costs.get(kind)) for kind in self.ways)

    def change_passphrase(
        self, old: bytearray, new: bytearray, work: WorkContext[None], cost: KdfCost | None = None
    ) -> None:
        self.gate.wait(10)
        self.given += [old, new]
        if self.fails_with is not None:
            raise self.fails_with
        if old.decode() != self.passphrase:
            raise WrongPassphrase
        work.checkpoint()
        self.passphrase = new.decode()
        self.cost = cost or self.cost

    def new_words(self, words: bytearray | None = None) -> str:
        self.gate.wait(10)
        if self.fails_with is not None:
            raise self.fails_with
        given = words if words is not None else bytearray(self.words.encode())
        self.given.append(given)
        self.words = given.decode()
        self.ways = (SlotKind.PASSPHRASE, SlotKind.RECOVERY_WORDS)
        return self.words

    def drill(self, words: bytearray, work: WorkContext[None]) -> DrillOutcome:
        self.gate.wait(10)
        self.given.append(words)
        if self.fails_with is not None:
            raise self.fails_with
        if words.decode() != self.words:
            raise WordsOfAnotherVault
        return DrillOutcome(uuid4(), 2, 1042)

    def backup(self, work: WorkContext[None], target: bytes | None = None) -> BackupRecord:
        self.gate.wait(10)
        if self.fails_with is not None:
            raise self.fails_with
        kind, folder = ("daily", b"/backups") if target is None else ("copy", target)
        made = BackupRecord(folder + b"/made.vault", NOON, 49_152, kind)
        if target is None:
            self.copies.insert(0, made)
        return made

    def backups(self) -> tuple[BackupRecord, ...]:
        return tuple(self.copies)

    def restore(self, source: bytes, passphrase: bytearray, work: WorkContext[None]) -> RestoreReport:
        self.gate.wait(10)
        self.given.append(passphrase)
        if self.fails_with is not None:
            raise self.fails_with
        if passphrase.decode() != self.passphrase:
            raise WrongPassphrase
        self.restores.append((source, passphrase.decode()))
        self.state = VaultState.LOCKED
        self.publish(VaultLocking("restored"))
        return RestoreReport(os.fsencode(self.path), self.kept, 7)

    def verify(self, work: WorkContext[None]) -> VerifyReport:
        self.gate.wait(10)
        if self.fails_with is not None:
            raise self.fails_with
        return VerifyReport(1042, 2, 12_480, 311)


@dataclass
class FakeKeys:
    """A list of keys, changed by the calls that the window makes.

    Attributes:
        asked: Every change that was asked for, in order: name of the call and its arguments.
        refuses: Raised by the next change, once.
        gate: A change waits here before it is made.
        known: Known files by key name.
    """

    keys: list[Key] = field(default_factory=lambda: [key("Personal", "petrol"), key("Work", "indigo", 7)])
    asked: list[tuple[object, ...]] = field(default_factory=list)
    refuses: VaultError | None = None
    gate: threading.Event = field(default_factory=threading.Event)
    known: dict[str, int] = field(default_factory=dict)
    now: Callable[[], int] = lambda: NOON

    def __post_init__(self) -> None:
        self.gate.set()

    def list(self, offset: int = 0, limit: int = 5000) -> KeyPage:
        return KeyPage(tuple(self.keys[offset : offset + limit]), len(self.keys))

    def show(self, name: str) -> Key:
        found = self.keys[self._at(name)]
        return structs.replace(found, known_files=self.known.get(found.name, 0))

    def create(self, new: NewKey) -> Key:
        self._ask("create", new)
        if any(new.name.casefold() == old.name.casefold() for old in self.keys):
            raise NameTaken(name=new.name)
        made = key(new.name, "olive", 1)
        self.keys.append(
            structs.replace(
                made,
                description=new.description,
                tags=new.tags,
                rotation_days=new.rotation_days,
                next_rotation=new.rotation_days and self.now() + new.rotation_days * DAY,
            )
        )
        return self.keys[-1]

    def rotate(self, name: str) -> Key:
        found = self._found("rotate", name)
        number = len(found.versions) + 1
        made = KeyVersion(bytes([number] * 8), number, KeyState.ENABLED, self.now(), "created", bytes(8))
        return self._put(name, versions=(*found.versions, made), primary=made.version_id)

    def schedule_rotation(self, name: str, days: int | None) -> Key:
        self._found("schedule_rotation", name, days)
        return self._put(name, rotation_days=days, next_rotation=days and self.now() + days * DAY)

    def rename(self, name: str, new: str) -> Key:
        self._found("rename", name, new)
        return self._put(name, name=new)

    def describe(self, name: str, text: str) -> Key:
        self._found("describe", name, text)
        return self._put(name, description=text)

    def alias(self, name: str, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> Key:
        found = self._found("alias", name, add, remove)
        return self._put(name, aliases=(*(old for old in found.aliases if old not in remove), *add))

    def tag(self, name: str, put: dict[str, str], remove: tuple[str, ...] = ()) -> Key:
        found = self._found("tag", name, put, remove)
        return self._put(name, tags={tag: value for tag, value in found.tags.items() if tag not in remove} | put)

    def enable(self, name: str, version: str | None = None) -> Key:
        return self._turned("enable", name, version, KeyState.ENABLED)

    def disable(self, name: str, version: str | None = None) -> Key:
        return self._turned("disable", name, version, KeyState.DISABLED)

    def delete(self, name: str, days: int) -> Key:
        self._found("delete", name, days)
        return self._put(name, state=KeyState.PENDING_DELETION, deletes_at=self.now() + days * DAY)

    def undelete(self, name: str) -> Key:
        self._found("undelete", name)
        return self._put(name, state=KeyState.DISABLED, deletes_at=None)

    def export(self, name: str, version: str | None = None) -> ExportedMaterial:
        found = self._found("export", name, version)
        return ExportedMaterial(bytearray(range(32)), "vaultapp", f"{found.key_id}#{version}")

    def name_of(self, key_id: str) -> tuple[str, int]:
        return next((k.name, k.primary_number) for k in self.keys if str(k.key_id) == key_id)

    def _at(self, name: str) -> int:
        for at, found in enumerate(self.keys):
            if name in (found.name, str(found.key_id)):
                return at
        raise NotFound(kind="key", name=name)

    def _ask(self, *call: object) -> None:
        self.gate.wait(10)
        refuses, self.refuses = self.refuses, None
        if refuses is not None:
            raise refuses
        self.asked.append(call)

    def _found(self, call: str, name: str, *arguments: object) -> Key:
        found = self.keys[self._at(name)]
        self._ask(call, found.name, *arguments)
        return found

    def _put(self, name: str, /, **changes: object) -> Key:
        at = self._at(name)
        self.keys[at] = structs.replace(self.keys[at], **changes)
        return self.keys[at]

    def _turned(self, call: str, name: str, version: str | None, state: KeyState) -> Key:
        found = self._found(call, name, version)
        if version is None:
            return self._put(name, state=state)
        versions = tuple(
            structs.replace(v, state=state) if v.version_id.hex() == version else v for v in found.versions
        )
        return self._put(name, versions=versions)


@dataclass
class FakeFiles:
    """Answers by the file's name: see ``script``.

    Attributes:
        script: What becomes of a source, by its base name; DONE for all others.
        gate: A batch waits here before it works; set means open.
        progress: News that is emitted before the gate, by base name.
    """

    keys: FakeKeys
    publish: Callable[[Event], None] = lambda _event: None
    script: dict[bytes, FileUpdate] = field(default_factory=dict)
    progress: dict[bytes, FileUpdate] = field(default_factory=dict)
    refused: dict[bytes, str] = field(default_factory=dict)
    folders: set[bytes] = field(default_factory=set)
    sizes: dict[bytes, int] = field(default_factory=dict)
    gate: threading.Event = field(default_factory=threading.Event)
    look_gate: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    seals: list[SealRequest] = field(default_factory=list)
    descriptors: list[bytes] = field(default_factory=list)
    opens: list[OpenRequest] = field(default_factory=list)
    rewraps: list[RewrapRequest] = field(default_factory=list)
    passphrases: list[str] = field(default_factory=list)
    described: dict[bytes, FileDescription] = field(default_factory=dict)
    waiting: list[bytes] = field(default_factory=list)
    opens_with: str = ""
    raises: VaultError | None = None

    def __post_init__(self) -> None:
        self.gate.set()
        self.look_gate.set()

    def look(self, paths: tuple[bytes, ...]) -> tuple[DropItem, ...]:
        self.look_gate.wait(10)
        return tuple(self._look(path) for path in paths)

    def seal(self, request: SealRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        self.seals.append(request)
        self.descriptors += [os.pread(descriptor, 1 << 20, 0) for descriptor in work.descriptors]
        self.passphrases += [secret.decode() for secret in request.passphrases]
        name, number = self.keys.name_of(request.keys[0]) if request.keys else ("", 0)
        return self._run(request.sources, request.on_exist, work, b".sealed", name, number)

    def open(self, request: OpenRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        self.opens.append(request)
        given = [secret.decode() for secret in request.passphrases]
        self.passphrases += given
        if self.opens_with and self.opens_with not in given:
            code = "authentication_failed" if given else "passphrase_needed"
            for index, place in enumerate(request.sources):
                work.emit(FileUpdate(index, FileState.FAILED, place.path, code=code))
            return BatchReport(0, len(request.sources), 0, 0, 0, 0)
        return self._run(request.sources, request.on_exist, work, b"", "Personal", 4)

    def rewrap(self, request: RewrapRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        self.rewraps.append(request)
        return self._run(request.sources, OnExist.REPLACE, work, b"", "Personal", 4)

    def inspect(self, source: Place, work: WorkContext[None]) -> FileDescription:
        found = self.described.get(os.path.basename(source.path))
        if found is None:
            raise NotSealed(reason="other")
        return found

    def hand_over(self, paths: tuple[bytes, ...]) -> int:
        self.waiting += paths
        self.publish(WaitingFiles(tuple(self.waiting)))
        return len(self.waiting)

    def take_waiting(self) -> WaitingFiles:
        taken, self.waiting = tuple(self.waiting), []
        return WaitingFiles(taken)

    def _look(self, path: bytes) -> DropItem:
        name = os.path.basename(path)
        if name in self.refused:
            return DropItem(path, DropVerb.REFUSE, 0, False, self.refused[name])
        verb = DropVerb.OPEN if name.endswith(b".sealed") else DropVerb.SEAL
        folder = name in self.folders
        return DropItem(path, verb, -1 if folder else self.sizes.get(name, 1000), folder)

    def _run(
        self,
        sources: tuple[Place, ...],
        on_exist: OnExist,
        work: WorkContext[FileUpdate],
        suffix: bytes,
        key_name: str,
        number: int,
    ) -> BatchReport:
        if self.raises is not None:
            raise self.raises
        for index, place in enumerate(sources):
            name = os.path.basename(place.path)
            if name in self.progress:
                work.emit(_with(self.progress[name], index, place.path))
            self.begun.set()
            while not self.gate.wait(0.01):
                if work.cancelled:
                    break
            if work.cancelled:
                for late in range(index, len(sources)):
                    work.emit(FileUpdate(late, FileState.CANCELLED, sources[late].path))
                raise OperationCancelled
            scripted = self.script.get(name)
            if scripted is not None and not (scripted.state is FileState.EXISTS and on_exist is not OnExist.ASK):
                work.emit(_with(scripted, index, place.path))
                continue
            output = place.path + suffix if suffix else place.path.removesuffix(b".sealed")
            keys, versions = ((key_name,), (number,)) if key_name else ((), ())
            work.emit(
                FileUpdate(index, FileState.DONE, place.path, output=output, keys=keys, versions=versions, size=1000)
            )
        return BatchReport(len(sources), 0, 0, 0, 0, 0)


def _with(update: FileUpdate, index: int, source: bytes) -> FileUpdate:
    values = {name: getattr(update, name) for name in update.__struct_fields__}
    return FileUpdate(**{**values, "index": index, "source": source})


def description(name: bytes, keys: FakeKeys) -> FileDescription:
    first = keys.keys[0]
    return FileDescription(
        source=b"/home/mara/" + name,
        size=2_401_554,
        format="AWS Encryption SDK, message format 2",
        suite="0x0478 AES-256-GCM, HKDF-SHA512, key commitment",
        message_id=bytes(range(32)),
        context={"team": "infrastructure"},
        recipients=(
            Recipient("key", "vaultapp", str(first.key_id), first.name, "04" * 8, 4, True),
            Recipient("kms", "aws-kms", str(first.key_id), first.name, "04" * 8, 4, True),
            Recipient("passphrase", "vaultapp-passphrase"),
            Recipient("other", "aws-kms", "arn:aws:kms:eu-central-1:111122223333:key/8f41c2d0-77ab"),
        ),
        frame_length=256 * 1024,
        header_length=612,
        frames=10,
        content_length=2_400_000,
        signed=False,
        complete=True,
        folder=False,
    )
