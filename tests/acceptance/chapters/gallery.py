"""Every component in every state, as the gallery shows them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.acceptance.screens import THEMES
from tests.acceptance.walk import Walk


def every_part(walk: Walk) -> None:
    """Have the gallery save its pages in both themes."""
    folder = walk.session.home / "gallery"
    told = walk.session.ask(Path(sys.executable), "-m", "vaultapp.gui.gallery", "--to", folder, seconds=60)
    pages = sorted({path.stem.rpartition("-")[0] for path in folder.glob("*.png")})
    if not pages:
        raise AssertionError(f"the gallery saved nothing: {told}")
    for page in pages:
        for theme in THEMES:
            name = f"{page}-{theme}"
            shutil.copy(folder / f"{name}.png", walk.story.picture("gallery", f"The gallery: {page}", theme))
    walk.story.say(f"{len(pages)} pages of components, in both themes.")
