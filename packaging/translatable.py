"""Collect everything in the window that can be translated into TS files for Qt Linguist.

Usage: ``python packaging/translatable.py --to FOLDER`` writes one without translations; ``--update FOLDER`` brings
the catalogues that lie there up to date, keeps what is translated in them, says what is not, and compiles them. Qt's
lupdate reads the sources; words that stand in tables, where it sees no call, are written to a list that it reads too.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from vaultapp.core.activity_words import ACTIONS, FACTS, PHRASES, VALUES
from vaultapp.core.passphrase_strength import DRAWN, FOUND, GRADES, GUESSES
from vaultapp.core.sentence_table import TABLE, UNKNOWN
from vaultapp.core.trigger_words import NOTES, TRIGGERS
from vaultapp.gui.quantities import LONG_TIMES

_GUI = Path(__file__).resolve().parents[1] / "vaultapp/gui"


def tables() -> Iterator[tuple[str, str]]:
    """Return context and source of every word that stands in a table."""
    for case in (UNKNOWN, *(case for cases in TABLE.values() for case in cases)):
        yield from (("Errors", part) for part in (case.what, case.safe, case.todo))
    for action in ACTIONS.values():
        yield from (("Activity", part) for part in action)
    yield from (("Activity", word) for word in (*PHRASES.values(), *FACTS.values(), *VALUES.values()))
    yield from (("Strength", word) for word in (GUESSES, DRAWN, *GRADES.values(), *FOUND.values()))
    yield from (("Triggers", words) for words in (*TRIGGERS.values(), *NOTES.values()))
    for _, _, one, many in LONG_TIMES:
        yield from (("Quantities", one), ("Quantities", many))


def main() -> int:
    """Write ``vaultapp.ts``, or update and compile each ``vaultapp_LANGUAGE.ts``."""
    parser = argparse.ArgumentParser(prog="translatable")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--to", type=Path)
    where.add_argument("--update", type=Path)
    options = parser.parse_args()
    if options.update is not None:
        return max(map(_update, sorted(options.update.glob("vaultapp_*.ts"))), default=1)
    options.to.mkdir(parents=True, exist_ok=True)
    target = options.to / "vaultapp.ts"
    target.unlink(missing_ok=True)
    return _collect(target)


def unfinished(catalogue: Path) -> Sequence[tuple[str, str]]:
    """Return context and source of every message of a TS file that has no finished translation."""
    return [
        (context.findtext("name", ""), message.findtext("source", ""))
        for context in ElementTree.parse(catalogue).iter("context")  # noqa: S314 - our own file
        for message in context.iter("message")
        if (told := message.find("translation")) is None or told.get("type") or not told.text
    ]


def _update(catalogue: Path) -> int:
    """Bring a catalogue up to date, and compile it."""
    code = _collect(catalogue, "-no-obsolete", "-disable-heuristic", "similartext")
    if code:
        return code
    left = unfinished(catalogue)
    sys.stdout.writelines(f"{context}: {source}\n" for context, source in left)
    sys.stdout.write(f"{catalogue.name}: {len(left)} without a finished translation\n")
    sys.stdout.flush()
    return _run("lrelease", "-silent", catalogue, "-qm", catalogue.with_suffix(".qm"))


def _collect(target: Path, *options: str) -> int:
    """Have lupdate write what it finds into a TS file."""
    words = dict.fromkeys(pair for pair in tables() if pair[1])
    # Nobody but developers reads the gallery.
    sources = [path for path in sorted(_GUI.rglob("*.py")) if _GUI / "gallery" not in path.parents]
    with TemporaryDirectory() as folder:
        listed = Path(folder) / "tables.py"
        listed.write_text("".join(f"QT_TRANSLATE_NOOP({_quoted(it)}, {_quoted(word)})\n" for it, word in words))
        return _run("lupdate", *sources, listed, "-locations", "none", *options, "-ts", target)


def _run(tool: str, *arguments: str | Path) -> int:
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    return subprocess.run([program, *arguments], check=False).returncode


def _quoted(text: str) -> str:
    """Return a literal that lupdate reads: it knows no other quotes, and takes UTF-8 as it is."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


if __name__ == "__main__":
    sys.exit(main())
