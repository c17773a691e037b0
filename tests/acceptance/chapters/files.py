"""Files dragged from another program onto the window."""

from __future__ import annotations

import os
import zlib

from tests.acceptance.walk import Walk

_SEALED_BEGINS = (bytes.fromhex("020478"), bytes.fromhex("020578"))
_NAMES = ("Größen & Maße.txt", "report.pdf", "photos")


def seal(walk: Walk) -> None:
    """Drag files and a folder."""
    for name, content in _documents().items():
        path = walk.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        walk.contents[path] = content
    dragged = [walk.files / name for name in _NAMES]
    walk.drag(dragged, "drop", "While files hover, the window says what will happen")
    walk.wait_for([walk.files / f"{name}.sealed" for name in _NAMES])
    walk.eyes.reads("Encrypted with Personal")
    walk.picture("files", "Two files and a folder were sealed")
    for path in dragged:
        sealed = path.with_name(f"{path.name}.sealed").read_bytes()
        if sealed[:3] not in _SEALED_BEGINS or any(
            content and content[:64] in sealed for content in walk.contents.values()
        ):
            raise AssertionError(f"{path}.sealed is not sealed")
    walk.story.say(f"{len(dragged)} sealed outputs lie beside the originals, which are as they were.")
    walk.compare()


def reopen(walk: Walk) -> None:
    """Move the originals away and drag what was sealed back onto the window."""
    for name in _NAMES:
        (walk.files / name).rename(walk.session.home / f"away {name}")
    walk.drag(sorted(walk.files.glob("*.sealed")))
    walk.wait_for(list(walk.contents))
    walk.eyes.reads("Decrypted with Personal")
    walk.moment("opened", "They were opened again")
    walk.compare()
    walk.story.say("Every byte is back, in files and in the folder.")


def damage(walk: Walk) -> None:
    """Drag a sealed file of which one bit is wrong."""
    content = bytearray((walk.files / "report.pdf.sealed").read_bytes())
    content[-100] ^= 1
    bad = walk.files / "damaged.pdf.sealed"
    bad.write_bytes(content)
    walk.drag([bad])
    told = walk.eyes.reads("Nothing was written.", 30)
    if (walk.files / "damaged.pdf").exists():
        raise AssertionError("a damaged file left an output")
    walk.story.say(f"One wrong bit: “{told}”")
    walk.moment("damaged", "One bit of a sealed file was changed")


def mixed(walk: Walk) -> None:
    """Carry plain and sealed files over the window, and away again."""
    files = [walk.files / "report.pdf", walk.files / "photos.sealed", walk.files / "Größen & Maße.txt.sealed"]
    walk.drag(files, "drop-mixed", "Sealed files are told by their content", drop=False)


def hover(walk: Walk) -> None:
    """Carry plain files over the window, and away again."""
    files = [walk.files / name for name in _NAMES]
    walk.drag(files, "drop", "While files hover, the window says what will happen", drop=False)


def show(walk: Walk) -> None:
    """Look at the list of work."""
    walk.press("Files")
    walk.picture("files", "Files that were sealed, opened, and one that is damaged")


def least(walk: Walk) -> None:
    """Make the window as small as it may be, and as large as it was."""
    walk.press("Files")
    before = walk.window()
    walk.resize(860, 560)
    walk.picture("files-860x560", "The least window")
    walk.resize(before.width, before.height)


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
