"""Records to fill the components with."""

from __future__ import annotations

from uuid import UUID

from vaultapp.contracts.activity import Actor, Entry
from vaultapp.contracts.files import (
    DropItem,
    DropVerb,
    FileDescription,
    FileState,
    FileUpdate,
    Recipient,
)
from vaultapp.contracts.keys import Key, KeyState, KeyVersion
from vaultapp.core.clock import DAY
from vaultapp.gui.models.work_row import Order, Question, RowState, Verb, WorkRow

NOW = 1_795_521_600_000_000
HUES = ("petrol", "plum", "olive", "rust", "slate", "indigo")
_YOU = Actor("window", "vaultapp", 71)
_ORDER = Order(key="1", key_name="Personal")
_FOLDER = b"/home/mara/Documents/"


def key(at: int, name: str, state: KeyState = KeyState.ENABLED, *, days: int | None = None, numbers: int = 3) -> Key:
    """Return a key; the number gives it its hue and id."""
    versions = tuple(
        KeyVersion(bytes([n] * 8), n, KeyState.ENABLED, NOW - (numbers - n) * 40 * DAY, "created", bytes(8))
        for n in range(1, numbers + 1)
    )
    return Key(
        key_id=UUID(int=0x8F41C2D0 << 96 | at),
        name=name,
        aliases=(),
        description="",
        tags={},
        kind="symmetric",
        state=state,
        created=NOW - 200 * DAY,
        primary=bytes([numbers] * 8),
        hue=HUES[at % len(HUES)],
        origin="created",
        versions=versions,
        deletes_at=NOW + 9 * DAY if state is KeyState.PENDING_DELETION else None,
        rotation_days=days,
        next_rotation=None if days is None else NOW + (days - 60) * DAY,
        last_used=NOW - at * DAY,
    )


def keys() -> tuple[Key, ...]:
    """Return keys in every state."""
    return (
        key(0, "Personal", days=90),
        key(1, "Work laptop of the infrastructure team, with a name that does not fit", days=30),
        key(2, "Archive", KeyState.DISABLED, days=365),
        key(3, "Old server", KeyState.PENDING_DELETION),
        key(4, "From a file", KeyState.PENDING_IMPORT),
    )


def entries() -> tuple[Entry, ...]:
    """Return lines of the log, newest first."""
    minute = 60_000_000
    return (
        Entry(6, NOW, _YOU, "key.rotate", "key", "Personal", facts={"version": 3}),
        Entry(5, NOW - 2 * minute, _YOU, "file.open", "file", "report.pdf.sealed", "authentication_failed"),
        Entry(4, NOW - 9 * minute, _YOU, "file.seal", "key", "Personal", facts={"version": 2}, count=3),
        Entry(3, NOW - 60 * minute, Actor("terminal", "deploy.py", 4200), "text.decrypt", "key", "Work laptop"),
        Entry(2, NOW - 24 * 60 * minute, Actor("agent"), "vault.unlock", "vault", "Mara"),
        Entry(1, NOW - 25 * 60 * minute, _YOU, "vault.create", "vault", "Mara"),
    )


def work_rows() -> list[WorkRow]:
    """Return a row of file work in every state."""
    asks = _row(b"backup-2026-11.tar", RowState.ASKS, question=Question.EXISTS)
    asks.news = FileUpdate(0, FileState.EXISTS, output=_FOLDER + b"backup-2026-11.tar.sealed")
    runs = _row(b"holiday.mov", RowState.RUNNING, done=9_100_000_000, total=21_600_000_000, rate=412e6)
    unknown = _row(b"mail", RowState.RUNNING, folder=True, members=1204)
    done = _row(b"report.pdf", RowState.DONE)
    done.news = FileUpdate(
        0, FileState.DONE, output=_FOLDER + b"report.pdf.sealed", size=3_000_000, keys=("Personal",), versions=(3,)
    )
    failed = _row(b"damaged.pdf.sealed", RowState.FAILED, verb=Verb.OPEN)
    failed.news = FileUpdate(0, FileState.FAILED, code="authentication_failed")
    return [
        asks,
        _row(b"letter.txt.sealed", RowState.ASKS, verb=Verb.OPEN, question=Question.PASSPHRASE),
        runs,
        unknown,
        _row(
            b"a name that is so long that it has to lose its middle, because the row is only so wide.tar",
            RowState.WAITING,
        ),
        done,
        failed,
        _row(b"photos", RowState.CANCELLED, folder=True),
        _row(b"notes.txt", RowState.SKIPPED),
    ]


def items(*names: bytes) -> tuple[DropItem, ...]:
    """Return what would be done with files of these names; one without a dot is a folder."""
    return tuple(
        DropItem(
            _FOLDER + name,
            DropVerb.OPEN if name.endswith(b".sealed") else DropVerb.SEAL,
            -1 if b"." not in name else 2_400_000,
            b"." not in name,
        )
        for name in names
    )


def description() -> FileDescription:
    """Return what a sealed file says of itself."""
    ours = keys()[0]
    return FileDescription(
        source=_FOLDER + b"report.pdf.sealed",
        size=2_401_554,
        format="AWS Encryption SDK, message format 2",
        suite="0x0478 AES-256-GCM, HKDF-SHA512, key commitment",
        message_id=bytes(range(32)),
        context={"team": "infrastructure"},
        recipients=(
            Recipient("key", "vaultapp", str(ours.key_id), ours.name, "03" * 8, 3, here=True),
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


def _row(
    name: bytes,
    state: RowState,
    *,
    verb: Verb = Verb.SEAL,
    question: Question | None = None,
    folder: bool = False,
    done: int = 0,
    total: int = 0,
    rate: float = 0,
    members: int = 0,
) -> WorkRow:
    return WorkRow(
        _FOLDER + name,
        verb,
        _ORDER,
        folder=folder,
        state=state,
        question=question,
        done=done,
        total=total,
        rate=rate,
        members=members,
    )
