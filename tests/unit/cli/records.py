"""Records for tests of commands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec.structs import replace

from vaultapp.contracts.keys import Key, KeyState, KeyVersion

KEY_ID = UUID("00000000-0000-4000-8000-00000000000a")
DAY = 86_400_000_000
# 2026-11-24T06:00:00Z
NOON = 1_795_500_000_000_000


def version(number: int, **changes: Any) -> KeyVersion:
    made = KeyVersion(bytes([number]) * 8, number, KeyState.ENABLED, NOON, "created", bytes([0x10 + number]) * 8, 1024)
    return replace(made, **changes)


def key(name: str = "Personal", versions: int = 2, **changes: Any) -> Key:
    all_versions = tuple(version(number) for number in range(1, versions + 1))
    made = Key(
        KEY_ID, name, ("alias/a",), "for letters", {"team": "x"}, "symmetric", KeyState.ENABLED, NOON,
        all_versions[-1].version_id, "petrol", "created", all_versions,
    )  # fmt: skip
    return replace(made, **changes)
