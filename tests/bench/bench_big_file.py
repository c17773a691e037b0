"""One big file on tmpfs, where the kernel's copying is the limit: sealing and opening against the field, and memory."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.bench.our_vault import KEY, PeakMemory
from tests.bench.report import Program
from tests.bench.stage import GIB, Stage, clear, random_file

_SEAL_BARS = {"cp": 0.85, "age": 1.8, "openssl": 2, "aws-encryption-sdk": 3, "gpg": 5}
_OPEN_BARS = {"cp": 1.0, "age": 2.7, "gpg": 4}
_MEMORY_BAR = 80


def bench(stage: Stage) -> None:
    """Seal and open, each program with a target that is not there yet."""
    plain = random_file(stage.memory / "big", stage.big)
    size = f"{stage.big / GIB:g} GiB"
    sealed, opened = stage.memory / "sealed", stage.memory / "opened"
    ours = stage.memory / "ours"
    with stage.vault.unlocked() as agent:
        seal = stage.vault.command("encrypt", plain, "--key", KEY, "--to", ours)
        peers = stage.peers.seal(plain, sealed)
        with PeakMemory(agent) as memory:
            stage.report.compare(
                f"seal {size} on tmpfs",
                unit="GB/s",
                amount=stage.big / 1e9,
                ours=Program(seal, clear=partial(_fresh, ours)),
                peers={"cp": _copy(plain, sealed), **_each(peers, sealed)},
                bars=_SEAL_BARS,
                touched=stage.big,
            )
        for command in (seal, *peers.values()):
            stage.report.seconds(command)
        clear(plain)
        source = ours / "big.sealed"
        back = stage.memory / "back"
        with PeakMemory(agent) as opening:
            stage.report.compare(
                f"open {size} on tmpfs",
                unit="GB/s",
                amount=stage.big / 1e9,
                ours=Program(stage.vault.command("decrypt", source, "--to", back), clear=partial(_fresh, back)),
                peers={"cp": _copy(source, opened), **_each(stage.peers.open(sealed, opened), opened)},
                bars=_OPEN_BARS,
                touched=stage.big,
            )
        for name, watched in (("sealing", memory), ("opening", opening)):
            stage.report.figure(
                f"the agent's memory while {name} {size}, over its size after unlocking",
                unit="MiB",
                runs=[(watched.peak - watched.before) / 2**20],
                most=_MEMORY_BAR,
            )
    clear(*stage.memory.iterdir())


def _fresh(folder: Path) -> None:
    clear(folder)
    folder.mkdir()


def _copy(source: Path, target: Path) -> Program:
    copied = Path(f"{target}.cp")
    return Program(["cp", source, copied], clear=partial(clear, copied))


def _each(commands: dict[str, list[str]], target: Path) -> dict[str, Program]:
    return {name: Program(argv, clear=partial(clear, Path(f"{target}.{name}"))) for name, argv in commands.items()}
