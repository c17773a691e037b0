"""Cut the power after every call of two changes, with all, some or none of what was not yet synced on the disk.

Runs with failing_disk.so preloaded: ``python power_cut.py FOLDER ROWS STEP``. A forked process makes the changes and
records what it does to files; this one replays it up to each moment, opens what the disk then holds, and judges.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.promises.failing_disk.scenarios import FIRST, SECOND, Tries, outcomes, shim

HEAD = struct.Struct("=cIQI")
SEEDS = 3


@dataclass(frozen=True)
class Call:
    """W(rite), T(runcate), S(ync), C(reate), U(nlink), or M: the change before was acknowledged."""

    kind: str
    path: str
    at: int
    data: bytes


def recorded(tries: Tries) -> list[Call]:
    log = tries.folder.with_name(tries.folder.name + ".log")
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    child = os.fork()
    if child == 0:
        shim.record(os.fsencode(tries.folder), descriptor)
        vault = tries.open()
        for new in (FIRST, SECOND):
            tries.change(vault, new)
            shim.mark()
        vault.close()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    os.close(descriptor)
    assert status == 0, status
    data, calls, at = log.read_bytes(), [], 0
    while at < len(data):
        kind, path_length, where, data_length = HEAD.unpack_from(data, at)
        at += HEAD.size
        path = os.fsdecode(data[at : at + path_length])
        at += path_length
        calls.append(Call(kind.decode(), path, where, data[at : at + data_length]))
        at += data_length
    return calls


def applied(content: bytearray, call: Call) -> None:
    if call.kind == "W":
        content.extend(bytes(max(0, call.at - len(content))))
        content[call.at : call.at + len(call.data)] = call.data
    else:
        del content[call.at :]
        content.extend(bytes(call.at - len(content)))


class Disk:
    """What a disk holds: synced contents, and calls that came after."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.synced = {str(path): bytearray(path.read_bytes()) for path in folder.iterdir()}
        self.later: dict[str, list[Call]] = {path: [] for path in self.synced}
        # A new file is found again once it, or the folder, was synced.
        self.unnamed: set[str] = set()

    def take(self, call: Call) -> None:
        path = call.path
        if call.kind == "C":
            self.synced[path], self.later[path] = bytearray(), []
            self.unnamed.add(path)
        elif call.kind == "U":
            self.synced.pop(path, None)
        elif call.kind in "WT":
            self.later[path].append(call)
        elif call.kind == "S" and path == str(self.folder):
            self.unnamed.clear()
        elif call.kind == "S":
            self.unnamed.discard(path)
            for earlier in self.later.pop(path):
                applied(self.synced[path], earlier)
            self.later[path] = []

    def cut(self, chance: float, dice: random.Random) -> dict[str, bytes]:
        """Return the files after a power cut that each call not yet synced survives with a chance."""
        found = {}
        for path, synced in self.synced.items():
            if path in self.unnamed and dice.random() >= chance:
                continue
            content = bytearray(synced)
            for call in self.later[path]:
                if dice.random() < chance:
                    applied(content, call)
            found[path] = bytes(content)
        return found


def main() -> None:
    folder, rows, step = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    tries = Tries(folder, rows)
    tries.prepare()
    allowed = outcomes(tries, "transaction")
    order = [allowed["before"], allowed["first"], allowed["both"]]
    tries.fresh()
    disk = Disk(folder)
    calls = recorded(tries)
    acknowledged = cuts = 0
    states = [0, 0, 0]
    for number, call in enumerate(calls):
        if call.kind == "M":
            acknowledged += 1
        else:
            disk.take(call)
        if number % step and call.kind != "M":
            continue
        for seed, chance in enumerate((0.0, 1.0, *([0.5] * SEEDS))):
            shutil.rmtree(folder)
            folder.mkdir(mode=0o700)
            for path, content in disk.cut(chance, random.Random(number * 100 + seed)).items():
                Path(path).write_bytes(content)
            found = tries.look()
            assert found in order, f"cut {number}, chance {chance}: neither before nor after"
            assert order.index(found) >= acknowledged, f"cut {number}: an acknowledged change is lost"
            states[order.index(found)] += 1
            cuts += 1
    print(json.dumps({"calls": len(calls), "cuts": cuts, "states": states}))


if __name__ == "__main__":
    main()
