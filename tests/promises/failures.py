"""Runs that must fail, each over whatever has the name of its output."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.file_room import FileRoom, places
from tests.promises.outputs import Surroundings, Way
from vaultapp.contracts.files import OnExist, OpenRequest, SealRequest
from vaultapp.core.errors import OperationCancelled
from vaultapp.core.work import WorkContext


def failing(
    room: FileRoom, other: FileRoom, way: Way, at: Surroundings, source: Path
) -> dict[str, Callable[[], object]]:
    """Return runs that must fail, each over whatever has the name."""
    replacing: dict[str, Any] = {"folder": at.out, "on_exist": OnExist.REPLACE}

    def cancelled() -> None:
        work: WorkContext[Any] = WorkContext(on_item=room.updates.append)
        work.cancel()
        sources, folder, over = places((source,)), os.fsencode(at.out), OnExist.REPLACE
        sealing = SealRequest(sources, ("Personal",), folder=folder, on_exist=over)
        opening = OpenRequest(sources, folder=folder, on_exist=over)
        with pytest.raises(OperationCancelled):
            _ = room.service.seal(sealing, work) if way.sealing else room.service.open(opening, work)

    found: dict[str, Callable[[], object]] = {"cancelled": cancelled}
    if not way.sealing:
        data = source.read_bytes()
        for what, damaged in {"bit": flip_last(data), "cut": data[:-1], "behind": data + b"\0"}.items():
            wrong = at.desk / what / source.name
            wrong.parent.mkdir()
            wrong.write_bytes(damaged)
            found[f"damaged, {what}"] = lambda wrong=wrong: room.open(wrong, **replacing)  # type: ignore[misc]
        found["another vault"] = lambda: other.open(source, **replacing)
        found["a wrong passphrase"] = lambda: other.open(source, passphrases=("wrong",), **replacing)
        found["another context"] = lambda: room.open(source, context={"purpose": "other"}, **replacing)
    else:
        found["a source that is gone"] = lambda: room.seal(at.desk / "gone" / source.name, **replacing)
        found["a link"] = lambda: room.seal(linked(at, source), **replacing)
    return found


def flip_last(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def linked(at: Surroundings, source: Path) -> Path:
    path = at.desk / "links" / source.name
    path.parent.mkdir(exist_ok=True)
    if not path.is_symlink():
        path.symlink_to(source)
    return path


def flipped_header(data: bytes) -> bytes:
    return data[:50] + bytes([data[50] ^ 1]) + data[51:]
