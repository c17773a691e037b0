"""The whole walk, as `make run` takes it where there is no display."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.chapters import CHAPTERS
from tests.acceptance.story import Story
from tests.acceptance.walk import Walk
from tests.desktop.session import DesktopSession


def test_a_person_can_use_every_screen_in_both_themes(tmp_path: Path) -> None:
    story = Story(tmp_path)
    with DesktopSession() as session:
        walk = Walk(session, story)
        for title, chapter in CHAPTERS:
            story.chapter(title)
            chapter(walk)
            story.close(0)
    assert story.missing == []
    pictures = sorted(path.name for path in tmp_path.glob("*.png"))
    summary = story.write().read_text()
    assert all(name in summary for name in pictures)
