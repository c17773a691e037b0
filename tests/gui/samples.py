"""Records as an agent would answer them, and what people would type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from msgspec import structs

from vaultapp.contracts.activity import Actor, Entry
from vaultapp.contracts.files import FileDescription, Recipient
from vaultapp.contracts.keys import Key, KeyState, KeyVersion
from vaultapp.gui.gallery import samples

if TYPE_CHECKING:
    from tests.gui.fake_keys import FakeKeys

NOON = 1_795_521_600_000_000
WORDS = (
    "abandon ability able about above absent absorb abstract absurd abuse access accident "
    "account accuse achieve acid acoustic acquire across act action actor actress actual"
)
PASSPHRASE = "hazel quorum tin river"

YOU = Actor("window", "vaultapp", 71)
DEPLOY = Actor("terminal", "deploy.py", 4200)
ITSELF = Actor("agent")
MINUTE = 60_000_000


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


def entry(action: str, minutes_ago: float = 0, **changes: Any) -> Entry:
    """Return an entry without its number; the facts are given as a dictionary."""
    values = {"sequence": 0, "time": NOON - int(minutes_ago * MINUTE), "actor": YOU, "action": action, **changes}
    return Entry(**values)


def description(name: bytes, keys: FakeKeys) -> FileDescription:
    """Return what a file says that the first key opens; also with a system of keys, a passphrase, and another key."""
    first = keys.keys[0]
    found = samples.description()
    ours = (
        Recipient("key", "vaultapp", str(first.key_id), first.name, "04" * 8, 4, True),
        Recipient("kms", "aws-kms", str(first.key_id), first.name, "04" * 8, 4, True),
    )
    others = tuple(recipient for recipient in found.recipients if not recipient.here)
    return structs.replace(found, source=b"/home/mara/" + name, recipients=(*ours, *others))
