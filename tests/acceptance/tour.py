"""Walk through the app as a user does: a virtual screen, a real mouse, real keys, files dragged from another program.

Usage: ``python -m tests.acceptance.tour --to FOLDER [--pictures FOLDER]``. Pictures and a summary go into the folder;
the exit code is 1 when a step did not come out as it should. The README's pictures are renewed in the second one.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
import traceback
from pathlib import Path

from tests.acceptance.chapters import CHAPTERS
from tests.acceptance.screens import LIGHT
from tests.acceptance.story import Story
from tests.acceptance.walk import Walk
from tests.desktop.session import DesktopSession

_README = ("files", "keys", "credentials")


def main() -> int:
    """Walk every chapter; stop at the first that fails."""
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    folder = options.to.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    story = Story(folder)
    with DesktopSession() as session:
        walk = Walk(session, story)
        for title, chapter in CHAPTERS:
            begun = time.monotonic()
            story.chapter(title)
            try:
                chapter(walk)
            except Exception:  # noqa: BLE001 - the summary tells it, whatever it is
                story.fail(traceback.format_exc(), walk.last_look(), session.messages())
                break
            story.close(time.monotonic() - begun)
    print(f"\nThe summary is {story.write()}")
    if options.pictures and not story.failed:
        for name in _README:
            shutil.copy(story.shown(name, LIGHT), options.pictures / f"{name}.png")
    return 1 if story.failed else 0


if __name__ == "__main__":
    sys.exit(main())
