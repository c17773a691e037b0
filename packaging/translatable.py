"""Collect everything in the window that can be translated into a TS file for Qt Linguist.

Usage: ``python packaging/translatable.py --to FOLDER``. Qt's lupdate reads the sources; words that stand in tables,
where it sees no call, are written to a list that it reads too.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from vaultapp.core.sentence_table import TABLE, UNKNOWN
from vaultapp.gui.activity_sentences import ACTIONS, FACTS, VALUES
from vaultapp.gui.quantities import LONG_TIMES

_GUI = Path(__file__).resolve().parents[1] / "vaultapp/gui"


def tables() -> Iterator[tuple[str, str]]:
    """Return context and source of every word that stands in a table."""
    for case in (UNKNOWN, *(case for cases in TABLE.values() for case in cases)):
        yield from (("Errors", part) for part in (case.what, case.safe, case.todo))
    for action in ACTIONS.values():
        yield from (("Activity", part) for part in (action.done, action.tried, action.many, action.tried_many))
    yield from (("Activity", word) for word in (*FACTS.values(), *VALUES.values()))
    for _, _, one, many in LONG_TIMES:
        yield from (("Quantities", one), ("Quantities", many))


def main() -> int:
    """Write ``tables.py`` and ``vaultapp.ts``."""
    parser = argparse.ArgumentParser(prog="translatable")
    parser.add_argument("--to", type=Path, required=True)
    folder = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    listed = folder / "tables.py"
    words = dict.fromkeys(pair for pair in tables() if pair[1])
    listed.write_text("".join(f"QT_TRANSLATE_NOOP({_quoted(it)}, {_quoted(word)})\n" for it, word in words))
    target = folder / "vaultapp.ts"
    target.unlink(missing_ok=True)
    # Nobody but developers reads the gallery.
    sources = [path for path in sorted(_GUI.rglob("*.py")) if _GUI / "gallery" not in path.parents]
    program = Path(sys.executable).with_name("pyside6-lupdate")
    return subprocess.run([program, *sources, listed, "-ts", target], check=False).returncode


def _quoted(text: str) -> str:
    """Return a literal that lupdate reads: it knows no other quotes, and takes UTF-8 as it is."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


if __name__ == "__main__":
    sys.exit(main())
