"""The walk itself: each chapter does something with mouse and keys, and looks at what came of it on screen and disk."""

from __future__ import annotations

import os
import re
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.acceptance.story import Story
from tests.desktop.drag import Drag
from tests.desktop.eyes import Eyes, Seen
from tests.desktop.hand import Hand, Window
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession

_PASSPHRASE = "four unrelated words: kite marble tundra oboe"
_TITLE = "vaultapp$"
_AGENT = "vaultapp.app.agent"
_SEALED_BEGINS = (bytes.fromhex("020478"), bytes.fromhex("020578"))
_WORD = re.compile(r"Word (\d+)")


class Walk:
    """A person at the desktop: hand, eyes, and what they remember.

    Args:
        session: The desktop.
        story: Is told everything.
    """

    def __init__(self, session: DesktopSession, story: Story) -> None:
        self._session = session
        self._story = story
        self._hand = Hand(session)
        self._app = session.start([Path(sys.executable).with_name("vaultapp")])
        self._eyes = Eyes(session, "vaultapp", self._app)
        self._files = session.home / "Documents"
        self._contents: dict[Path, bytes] = {}

    def last_look(self) -> Path | None:
        """Take a picture of the whole screen for a failure; None when even that does not work."""
        try:
            return self._hand.picture(self._story.folder / "failure.png")
        except RuntimeError:
            return None

    def welcome(self) -> None:
        """The window opens by itself and offers a new vault."""
        self._eyes.find("Make a new vault", seconds=60)
        self._picture("welcome", "The first start")
        if not self._session.running(_AGENT):
            raise AssertionError("the window has no agent, or it cannot be told by its command line")
        self._press("Make a new vault")
        self._press("Continue")
        self._story.say("The vault is to lie where it was proposed.")

    def passphrase(self) -> None:
        """Type a passphrase twice; the page goes on only when both are the same."""
        self._write("Passphrase", _PASSPHRASE)
        self._write("Passphrase once more", _PASSPHRASE[:-1] + "x")
        self._eyes.reads("They differ")
        self._hand.key("BackSpace")
        self._hand.type(_PASSPHRASE[-1])
        self._eyes.reads("Both are the same")
        told = self._eyes.reads("Opening the vault takes", 60)
        self._story.say(f"A passphrase was typed twice. The window says: “{told}”")
        self._picture("passphrase", "What a guess costs")
        self._press("Continue")

    def words(self) -> None:
        """Read the 24 words from the sheet and type three back."""
        sheet = self._eyes.match(lambda seen: seen.name == "Recovery kit" and seen.description != "", "the words")
        words = dict(re.findall(r"(\d+) (\w+)", sheet.description))
        if len(words) != 24:
            raise AssertionError(f"the sheet has {len(words)} words")
        asked = [seen for seen in self._eyes.everything() if _is_field(seen) and _WORD.fullmatch(seen.name)]
        for field in asked:
            found = _WORD.fullmatch(field.name)
            if found:
                self._hand.click(*field.middle)
                self._hand.type(words[found[1]])
        self._story.say(f"{len(words)} words were shown and {len(asked)} of them typed back.")
        self._picture("recovery-kit", "The recovery kit; these words are of a vault that is gone with the tour")
        self._press("Make the vault")
        self._eyes.find("Lock", seconds=60)
        self._picture("empty", "The new vault, with its first key")
        vault = self._session.home / ".local/share/vaultapp/personal.vault"
        for path in (vault, *vault.parent.rglob("*.vault")):
            if path.stat().st_mode & 0o077:
                raise AssertionError(f"{path} is open to others")
        self._story.say(f"The vault file is there: {vault.stat().st_size:,} bytes, readable by its owner only.")

    def seal(self) -> None:
        """Drag files and a folder from another program onto the window."""
        for name, content in _documents().items():
            path = self._files / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            self._contents[path] = content
        dragged = [self._files / "Größen & Maße.txt", self._files / "report.pdf", self._files / "photos"]
        self._drag(dragged, "drop", "While files hover, the window says what will happen")
        self._wait_for([Path(f"{path}.sealed") for path in dragged])
        self._eyes.reads("Encrypted with Personal")
        self._picture("files", "Two files and a folder were sealed")
        for path in dragged:
            sealed = Path(f"{path}.sealed").read_bytes()
            if sealed[:3] not in _SEALED_BEGINS or any(
                content and content[:64] in sealed for content in self._contents.values()
            ):
                raise AssertionError(f"{path}.sealed is not sealed")
        self._story.say(f"{len(dragged)} sealed outputs lie beside the originals, which are as they were.")
        self._compare()

    def open(self) -> None:
        """Move the originals away and drag what was sealed back onto the window."""
        for name in ("Größen & Maße.txt", "report.pdf", "photos"):
            (self._files / name).rename(self._session.home / f"away {name}")
        sealed = sorted(self._files.glob("*.sealed"))
        self._drag(sealed, "drop-sealed", "Sealed files are told by their content")
        self._wait_for(list(self._contents))
        self._eyes.reads("Decrypted with Personal")
        self._picture("opened", "They were opened again")
        self._compare()
        self._story.say("Every byte is back, in files and in the folder.")

    def damage(self) -> None:
        """Drag a sealed file of which one bit is wrong."""
        good = self._files / "report.pdf.sealed"
        bad = self._files / "damaged.pdf.sealed"
        content = bytearray(good.read_bytes())
        content[-100] ^= 1
        bad.write_bytes(content)
        self._drag([bad], "", "")
        told = self._eyes.reads("Nothing was written.", 30)
        if (self._files / "damaged.pdf").exists():
            raise AssertionError("a damaged file left an output")
        self._story.say(f"One wrong bit: “{told}”")
        self._picture("damaged", "One bit of a sealed file was changed")

    def lock(self) -> None:
        """Lock by keyboard, try a wrong passphrase, then the right one."""
        before = self._app.pid
        self._hand.key("ctrl+l")
        self._eyes.find("Unlock", seconds=30)
        self._picture("locked", "Locked: window and agent are fresh processes")
        if self._app.poll() is not None or self._app.pid != before:
            raise AssertionError("the window did not stay")
        self._write("Passphrase", "not the passphrase")
        self._hand.key("Return")
        self._eyes.reads("This passphrase does not open the vault.", 60)
        self._picture("wrong-passphrase", "A wrong passphrase")
        self._write("Passphrase", _PASSPHRASE)
        self._unlock()
        self._story.say("A wrong passphrase was refused and the right one taken.")
        self._picture("unlocked", "Open again")

    def command_line(self) -> None:
        """Look at a sealed file from a terminal, while the window has the vault."""
        vaultapp = Path(sys.executable).with_name("vaultapp")
        told = self._session.ask(vaultapp, "inspect", self._files / "report.pdf.sealed")
        if "AES-256-GCM" not in told:
            raise AssertionError(f"inspect told {told!r}")
        self._story.say("`vaultapp inspect report.pdf.sealed` in a terminal:")
        self._story.block(told)

    def leave(self) -> None:
        """Close the window; nothing of it stays behind."""
        self._window()
        self._hand.key("alt+F4")
        ended = wait_until(lambda: None if self._app.poll() is None else [self._app.returncode], "the app to end", 30)
        code = ended[0]
        self._story.say(f"The window was closed and the app ended with {code}.")
        wait_until(lambda: not self._session.running(_AGENT), "the agent to end", 15)
        self._story.say("No process of it is left.")
        if code:
            raise AssertionError(f"the app ended with {code}")
        if said := self._messages():
            raise AssertionError(f"the app wrote to standard error: {said}")

    def _unlock(self) -> None:
        """Press Enter once the form takes a passphrase again."""

        def open_now() -> bool:
            self._hand.key("Return")
            return any(seen.name == "Lock" for seen in self._eyes.everything())

        wait_until(open_now, "the vault to open", 60)

    def _drag(self, files: list[Path], picture: str, caption: str) -> None:
        drag = Drag(self._session, self._hand, files)
        try:
            drag.pick_up()
            action = drag.hover(*self._window().at(0.6, 0.45))
            if picture:
                self._picture(picture, caption)
            done = drag.drop()
        finally:
            drag.close()
        if (action, done) != ("CopyAction", "CopyAction"):
            raise AssertionError(f"the window offered {action} and did {done}")
        names = ", ".join(f"`{file.name}`" for file in files)
        self._story.say(f"Dragged from another program: {names}.")

    def _press(self, name: str, seconds: float = 30) -> None:
        self._hand.click(*self._eyes.find(name, seconds=seconds).middle)

    def _write(self, field: str, text: str) -> None:
        found = self._eyes.match(lambda seen: seen.name == field and _is_field(seen), f"the field {field!r}")
        self._hand.click(*found.middle)
        self._hand.key("ctrl+a")
        self._hand.type(text)

    def _window(self) -> Window:
        return self._hand.settled(_TITLE)

    def _picture(self, name: str, caption: str) -> None:
        self._hand.picture(self._story.picture(name, caption), self._window())

    def _wait_for(self, paths: list[Path]) -> None:
        wait_until(lambda: all(path.exists() for path in paths) or None, f"{[path.name for path in paths]}", 60)

    def _compare(self) -> None:
        for path, content in self._contents.items():
            if path.read_bytes() != content:
                raise AssertionError(f"{path} is not what it was")

    def _messages(self) -> str:
        log = self._session.logs / "vaultapp.log"
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        # Qt says this of every program on a bus of its own.
        return "\n".join(line for line in lines if not line.startswith("qt.accessibility.atspi"))


CHAPTERS: tuple[tuple[str, Callable[[Walk], None]], ...] = (
    ("A new vault", Walk.welcome),
    ("A passphrase", Walk.passphrase),
    ("Recovery words", Walk.words),
    ("Files sealed by a drag", Walk.seal),
    ("Files opened by a drag", Walk.open),
    ("A damaged file", Walk.damage),
    ("Locked and unlocked", Walk.lock),
    ("From a terminal", Walk.command_line),
    ("The end", Walk.leave),
)


def _is_field(seen: Seen) -> bool:
    return "editable" in seen.states


def _documents() -> dict[str, bytes]:
    """Return files of several kinds and sizes, by their paths."""
    return {
        "Größen & Maße.txt": "Länge 3 m, Breite 2 m\n".encode() * 40,
        "report.pdf": b"%PDF-1.7\n" + os.urandom(3_000_000),
        "photos/one.png": _png(320, 200),
        "photos/sub folder/two.png": _png(64, 64),
        "photos/empty": b"",
    }


def _png(width: int, height: int) -> bytes:
    """Return a picture of a slope of grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    rows = b"".join(b"\0" + bytes((x + y) % 256 for x in range(width)) for y in range(height))
    header = width.to_bytes(4) + height.to_bytes(4) + b"\x08\0\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
