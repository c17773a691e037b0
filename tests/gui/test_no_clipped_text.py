"""No text is cut off, on any screen, in either theme, at any scale, nor in a language with longer words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Bench, FakeDesktop
from pseudo import Pseudo, is_pseudo
from PySide6.QtWidgets import QApplication
from scenes import all_scenes
from unclipped import Cut, paint_all, texts_of, without_room

from tests.gui.samples import WORDS
from tests.gui.scene_stage import LONG
from vaultapp.gui.theme import Appearance

# That the themes differ in nothing but their colours is tried in test_theme.py: each is walked in one of the sizes.
SIZES = ((860, 560), (1180, 760))
THEMES = (Appearance.LIGHT, Appearance.DARK)

# What comes from outside and is the same in every language: names, paths, numbers and codes.
_OUTSIDE = re.compile(
    "|".join(
        (
            r"zzz-[\w…\u200b-]+-zzz(?:\.pdf)?",
            "vaultapp|AWS Encryption SDK, message format 2|0x0478 .* commitment|aws-kms.*",
            r"(?:Ctrl|Shift|Enter|Del|Esc|F\d+)\b|\d+ [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d",
            r"MySQL 5\.7\+",
            r"infrastructure|English|\b(?:[kMG]B|[KM]iB)\b",
            r"[0-9a-f]{8}-[0-9a-f]{4}-…[0-9a-f-]+",
            "Mara’s vault|Personal|Old laptop|photos|home|infra|team|Family files|purpose|reports|without a name",
            r"(?:vault|https)://\S+",
            r"Shop database|Registrar|mara\.k|shop_app|MySQL|PostgreSQL|Redis|us-east-1|postgres|default",
            r"\b(?:ask-)?ids\b",  # a trigger and its command
            r"[\w .’…-]*/[\w/ .’:…-]+",  # a path
            r"[\w-]+\.(?:sealed|pdf|py|txt|tar|mov|png|vault)",
            r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8,}",
            *(rf"\b{word}\b" for word in WORDS.split()),
        )
    )
)

_HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def in_pseudo(qapp: QApplication) -> Iterator[None]:
    translator = Pseudo()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def _said_here(text: str) -> bool:
    """Whether there are words in it that do not come from outside."""
    return bool(re.search("[A-Za-z]{2}", _OUTSIDE.sub("", text)))


def _problems(
    bench: Bench,
    cut: Cut,
    size: tuple[int, int],
    *,
    shortened: bool = False,
    translated: Callable[[str], object] = lambda text: True,
) -> Iterator[str]:
    """Play all scenes once: what is cut off in them, and what is told or shown in other words than the language's."""
    for name, shown in all_scenes(bench, size):
        found: list[str] = []
        # A layout that changes the width of a text may change its height too, and that another layout.
        for wait in (0, 0, 20, 60):
            QApplication.processEvents()
            bench.qtbot.wait(wait)
            cut.texts.clear()
            paint_all(shown)
            painted = [f"painted {text}" for text in cut.texts if LONG not in text]
            found = list(dict.fromkeys([*without_room(shown, shortened=shortened), *painted]))
            if not found:
                break
        yield from (f"{name}: {problem}" for problem in found)
        past = {text for text in texts_of(shown) if _said_here(text) and not translated(text)}
        yield from (f"{name}: {text!r} did not go through the translation" for text in sorted(past))


@pytest.mark.parametrize(("size", "theme"), list(zip(SIZES, THEMES, strict=True)))
def test_nothing_is_cut_off(
    bench: Bench, desktop: FakeDesktop, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], theme: Appearance
) -> None:
    desktop.ask_for(theme)
    assert list(_problems(bench, Cut(monkeypatch), size)) == []


@pytest.mark.parametrize(("size", "theme"), list(zip(SIZES, reversed(THEMES), strict=True)))
def test_nothing_is_cut_off_in_longer_words(
    in_pseudo: None,
    bench: Bench,
    desktop: FakeDesktop,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    theme: Appearance,
) -> None:
    desktop.ask_for(theme)
    assert list(_problems(bench, Cut(monkeypatch), size, shortened=True, translated=is_pseudo)) == []


@pytest.mark.parametrize(("size", "theme"), list(zip(SIZES, reversed(THEMES), strict=True)))
def test_nothing_is_cut_off_nor_english_in_chinese(
    bench: Bench, desktop: FakeDesktop, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], theme: Appearance
) -> None:
    desktop.ask_for(theme)
    # What the catalogue has under another context than the window asks for would be English here.
    bench.languages.choose("zh_CN")
    assert list(_problems(bench, Cut(monkeypatch), size, translated=_HAN.search)) == []


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_nothing_is_cut_off_on_a_finer_screen(scale: float, tmp_path: Path) -> None:
    """The scale of the screen is set once a process."""
    chosen = [f"{__file__}::{name}" for name in (test_nothing_is_cut_off.__name__, _LONGER.__name__)]
    # A place of its own: where pytest chooses one it takes time to remove those of earlier runs.
    own = ["-p", "no:cacheprovider", f"--basetemp={tmp_path / 'inner'}"]
    command = [sys.executable, "-m", "pytest", "-q", *own, "-k", "size0", *chosen]
    environment = {**os.environ, "QT_SCALE_FACTOR": str(scale)}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=280, check=False)
    assert told.returncode == 0, told.stdout[-6000:]


_LONGER = test_nothing_is_cut_off_in_longer_words
