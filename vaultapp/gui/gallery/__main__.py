"""Show the gallery, or save it: ``python -m vaultapp.gui.gallery [--to FOLDER]``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def main() -> int:
    """Open the gallery's window; with ``--to`` save every page in both themes and end."""
    parser = argparse.ArgumentParser(prog="python -m vaultapp.gui.gallery", description=__doc__)
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="save PNG files there and end")
    folder: Path | None = parser.parse_args().to
    if folder is not None:
        # Pictures are the same wherever they are made, and need no display.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from vaultapp.gui.gallery.photographer import Photographer
    from vaultapp.gui.gallery.window import GalleryWindow
    from vaultapp.gui.look import STYLE_ARGUMENTS, Look
    from vaultapp.gui.tasks import TaskRunner

    app = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    tasks = TaskRunner()
    window = GalleryWindow(Look.of(app), tasks)
    window.show()
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        photographer = Photographer(window, folder)
        photographer.finished.connect(app.quit)
        photographer.begin()
    code = app.exec()
    window.close()
    tasks.shutdown()
    return code


if __name__ == "__main__":
    sys.exit(main())
