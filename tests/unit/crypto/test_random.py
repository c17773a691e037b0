from __future__ import annotations

from vaultapp.crypto.random import SystemRandom


def test_gives_as_many_bytes_as_asked_and_never_the_same() -> None:
    random = SystemRandom()
    assert len(random.bytes(0)) == 0
    assert len({random.bytes(32) for _ in range(64)}) == 64
