"""How long the window's own thread is busy at a time while much goes on: the gaps between its heartbeats."""

from __future__ import annotations

import array
import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.bench.bench_many_keys import fill
from tests.bench.our_vault import PASSPHRASE, OurVault
from tests.bench.report import tell
from tests.bench.stage import Stage, clear, random_file
from tests.desktop.drag import drop_files
from tests.desktop.hand import Hand, Window
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession

_KEYS = 100_000
_TITLE = "vaultapp$"
_USUAL_MS = 50.0
_LONGEST_MS = 150.0
_SHARE = 0.999
_PATIENCE_S = 300


@dataclass
class _Scene:
    """A window that beats, and when what was done with it."""

    stage: Stage
    desktop: DesktopSession
    hand: Hand
    vault: OurVault
    process: subprocess.Popen[bytes]
    beats: Path
    spans: dict[str, tuple[float, float]] = field(default_factory=dict)

    def window(self) -> Window:
        return self.hand.window(_TITLE)

    def act(self, name: str, begun: float) -> None:
        self.spans[name] = (begun, time.monotonic())
        tell(f"  heartbeat: {name}, {time.monotonic() - begun:.1f} s")


def bench(stage: Stage) -> None:
    """Open a vault of 100,000 keys in the real window, go through them, change one, choose one, and drop files."""
    vault = OurVault(stage.disk / "beating")
    fill(vault, _KEYS)
    big = random_file(stage.memory / "big.bin", stage.big)
    many = stage.disk / "dropped"
    many.mkdir()
    for number in range(stage.many):
        (many / f"{number:05}.bin").write_bytes(number.to_bytes(4, "big") * 1024)
    gaps: dict[str, list[float]] = {}
    for _ in range(stage.report.runs):
        for name, found in _run(stage, vault, big, sorted(many.iterdir())).items():
            gaps.setdefault(name, []).extend(found)
    clear(big, many)
    # Of one run a thousandth would be half a gap.
    for name, found in gaps.items():
        found.sort()
        usual = found[min(len(found) - 1, int(len(found) * _SHARE))]
        note = f"{len(found):,} beats"
        stage.report.figure(
            f"heartbeat, {name}: 99.9 % of the gaps", unit="ms", runs=[usual], most=_USUAL_MS, note=note
        )
        stage.report.figure(
            f"heartbeat, {name}: the longest gap", unit="ms", runs=[found[-1]], most=_LONGEST_MS, note=note
        )


def _run(stage: Stage, vault: OurVault, big: Path, many: list[Path]) -> dict[str, list[float]]:
    """Return the gaps between heartbeats in ms, by what was done."""
    beats = stage.disk / "beats"
    made = Path(f"{big}.sealed")
    all_made = [Path(f"{path}.sealed") for path in many]
    with DesktopSession(accessible=False) as desktop:
        desktop.environment |= {name: vault.environment[name] for name in vault.environment if name.startswith("XDG_")}
        process = desktop.start([sys.executable, "-m", "tests.bench.beating_window", beats, vault.path])
        scene = _Scene(stage, desktop, Hand(desktop), vault, process, beats)
        _open(scene)
        _look_through(scene)
        _change_one(scene)
        _choose(scene)
        _drop(scene, "seal the big file", [big], [made])
        _drop(scene, f"drop {stage.many:,} files", many, all_made)
        scene.hand.key("ctrl+1")
        desktop.end(process)
    vault.call("lock", "--quit")
    clear(made, *all_made, Path(f"{beats}.loaded"))
    return _gaps(scene)


def _open(scene: _Scene) -> None:
    scene.hand.settled(_TITLE)
    begun = time.monotonic()
    scene.hand.type(PASSPHRASE)
    scene.hand.key("Return")
    wait_until(lambda: _page(scene) is not None, "the vault to open", _PATIENCE_S)
    # The keys come in pages behind the first picture of the window.
    scene.hand.key("ctrl+4")
    wait_until(Path(f"{scene.beats}.loaded").exists, "the keys to be there", _PATIENCE_S)
    wait_until(lambda: _quiet(scene), "the keys to be shown", _PATIENCE_S)
    scene.act(f"open {_KEYS:,} keys", begun)


def _page(scene: _Scene) -> str | None:
    """Return the page that the window remembers; it does so for an open vault only."""
    try:
        saved = json.loads((scene.vault.home / "state/vaultapp/window.json").read_bytes())
    except (OSError, ValueError):
        return None
    return str(saved.get("page", "")) if saved.get("recent") else None


def _quiet(scene: _Scene) -> bool:
    """True when the window did next to nothing for half a second."""

    def spent() -> float:
        fields = Path(f"/proc/{scene.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100

    before = spent()
    time.sleep(0.5)
    return spent() - before < 0.1


def _look_through(scene: _Scene) -> None:
    begun = time.monotonic()
    for _ in range(3):
        scene.hand.key("ctrl+f")
        scene.hand.type("key 0430")
        wait_until(lambda: _quiet(scene), "the filter", _PATIENCE_S)
        scene.hand.key("ctrl+f", "Delete")
        wait_until(lambda: _quiet(scene), "the filter", _PATIENCE_S)
    scene.act(f"filter {_KEYS:,} keys as one types", begun)
    begun = time.monotonic()
    window = scene.window()
    for _ in range(3):
        for across in (0.3, 0.62, 0.8):
            scene.hand.click(*window.at(across, 0.1))
            wait_until(lambda: _quiet(scene), "the order", _PATIENCE_S)
    scene.act(f"sort {_KEYS:,} keys", begun)


def _change_one(scene: _Scene) -> None:
    """Change a key by the command line while the window shows all of them."""
    begun = time.monotonic()
    for number in range(3):
        scene.vault.call("keys", "rotate", f"Key {_KEYS // 2 + number:06}")
        wait_until(lambda: _quiet(scene), "the changed key", _PATIENCE_S)
    scene.act(f"one of {_KEYS:,} keys changes", begun)


def _choose(scene: _Scene) -> None:
    """Open the chooser of the text page, narrow its list and leave it."""
    scene.hand.key("ctrl+2")
    wait_until(lambda: _quiet(scene), "the text page", _PATIENCE_S)
    begun = time.monotonic()
    scene.hand.click(*scene.window().at(0.93, 0.04))
    wait_until(lambda: _quiet(scene), "the chooser", _PATIENCE_S)
    scene.hand.type("key 0430")
    wait_until(lambda: _quiet(scene), "the narrowed list", _PATIENCE_S)
    scene.hand.key("Escape")
    wait_until(lambda: _quiet(scene), "the chooser to close", _PATIENCE_S)
    scene.act(f"open the key chooser of {_KEYS:,} keys", begun)


def _drop(scene: _Scene, name: str, files: list[Path], made: list[Path]) -> None:
    begun = time.monotonic()
    action = drop_files(scene.desktop, scene.hand, files, *scene.window().at(0.5, 0.5))
    if action != "CopyAction":
        raise RuntimeError(f"{name}: the window took nothing, {action}")
    wait_until(lambda: all(path.exists() for path in reversed(made)), name, _PATIENCE_S)
    wait_until(lambda: _quiet(scene), name, _PATIENCE_S)
    scene.act(name, begun)


def _gaps(scene: _Scene) -> dict[str, list[float]]:
    beats = array.array("d")
    beats.frombytes(scene.beats.read_bytes())
    gaps = {}
    for name, (begun, ended) in scene.spans.items():
        times = [beat for beat in beats if begun <= beat <= ended]
        gaps[name] = [(after - before) * 1000 for before, after in pairwise(times)]
    return gaps
