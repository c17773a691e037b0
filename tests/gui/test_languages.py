"""Which language is shown, and what follows it: words of ours and of Qt, numbers, dates, type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Bench
from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from tests.gui.samples import NOON
from vaultapp.core import resources
from vaultapp.core.errors import VaultBusy
from vaultapp.gui import languages as languages_module
from vaultapp.gui import messages, moments, quantities
from vaultapp.gui.languages import Language, Languages, spoken
from vaultapp.gui.look import Look
from vaultapp.gui.settings.appearance_section import AppearanceSection
from vaultapp.gui.typography import Style
from vaultapp.gui.window_settings import WindowSettings


@pytest.fixture
def chinese(languages: Languages) -> Iterator[Languages]:
    languages.choose("zh_CN")
    yield languages
    languages.choose("")


def lock() -> str:
    return QCoreApplication.translate("Workspace", "Lock")


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (("zh-Hans-CN", "zh-CN", "zh-Hans", "zh"), Language.CHINESE),
        (("zh",), Language.CHINESE),
        (("zh-SG",), Language.CHINESE),
        (("en-GB", "zh-CN"), Language.ENGLISH),
        (("de-DE", "zh-CN", "en"), Language.CHINESE),
        (("zh-Hant-TW", "zh-TW", "zh-Hant", "en"), Language.ENGLISH),
        (("de-DE",), Language.ENGLISH),
        (("C",), Language.ENGLISH),
        ((), Language.ENGLISH),
    ],
)
def test_the_first_language_of_the_desktop_that_there_is_is_shown(wanted: tuple[str, ...], shown: Language) -> None:
    assert spoken(wanted) is shown


def test_nothing_chosen_follows_the_desktop(qapp: QApplication, look: Look) -> None:
    languages = Languages(qapp, look, lambda: ("zh-Hans-CN",))
    languages.choose("")
    assert (languages.shown, lock()) == (Language.CHINESE, "锁定")
    languages.choose("en")
    assert (languages.shown, lock()) == (Language.ENGLISH, "Lock")
    languages.choose("no language")
    assert languages.shown is Language.CHINESE
    languages.choose("en")


def test_a_change_is_told_once_and_only_if_it_is_one(languages: Languages) -> None:
    seen: list[Language] = []
    languages.changed.connect(lambda: seen.append(languages.shown))
    for value in ("zh_CN", "zh_CN", "en", ""):
        languages.choose(value)
    assert seen == [Language.CHINESE, Language.ENGLISH]


def test_words_of_qt_follow(chinese: Languages) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    chinese.choose("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_nothing_is_read_for_english(languages: Languages, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(languages_module.QTranslator, "load", lambda _self, name, _folder: read.append(name))
    languages.choose("en")
    assert read == []
    languages.choose("zh_CN")
    assert read == ["qtbase_zh_CN", "vaultapp_zh_CN"]


def test_a_catalogue_that_is_not_there_leaves_english(
    languages: Languages, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(resources, "folder", lambda: tmp_path)
    languages.choose("zh_CN")
    assert lock() == "Lock"


def test_numbers_and_dates_are_written_as_in_chinese(chinese: Languages) -> None:
    assert QLocale().name() == "zh_CN"
    assert quantities.count(1284) == "1,284"
    assert quantities.size(9_100_000_000) == "9.1 GB"
    assert quantities.size_of(9_100_000_000, 21_600_000_000) == "9.1 / 21.6 GB"
    assert quantities.duration(31) == "31 秒"
    assert quantities.duration(7800) == "2 小时 10 分钟"
    assert quantities.seconds(1.0) == "1.0 秒"
    assert quantities.long_time(3000 * 365.25 * 86400) == "约 3,000 年"
    assert quantities.day(QDate(2026, 11, 24)) == "2026年11月24日"
    assert quantities.clock_time(NOON - 40 * 86_400_000_000).startswith(moments.date(NOON - 40 * 86_400_000_000)[5:])


def test_days_are_named_in_chinese(chinese: Languages) -> None:
    assert moments.ago(NOON, NOON) == "刚刚"
    assert moments.at(NOON, NOON).startswith("今天")
    assert moments.ago(NOON - 86_400_000_000, NOON) == "昨天"
    assert moments.days(1) == "1 天"


def test_english_again_is_english_again(languages: Languages) -> None:
    before = quantities.day(QDate(2026, 11, 24)), quantities.duration(31)
    languages.choose("zh_CN")
    languages.choose("")
    assert (quantities.day(QDate(2026, 11, 24)), quantities.duration(31)) == before


def test_errors_are_told_in_chinese(chinese: Languages) -> None:
    told = messages.message_of(VaultBusy(path="/home/mara/a.vault"))
    assert "保险库" in told.what
    assert "{" not in told.what + told.rest


def test_chinese_is_set_in_the_two_weights_that_its_fonts_have(look: Look, languages: Languages) -> None:
    weights = {style: look.font(style).weight() for style in Style}
    high = look.type.line(Style.CAPTION)
    languages.choose("zh_CN")
    assert {look.font(style).weight() for style in Style} == {400, 700}
    assert look.type.line(Style.CAPTION) == high + 2
    sheet = QApplication.instance().styleSheet()  # type: ignore[union-attr]
    assert "font-weight:500" not in sheet
    assert "font-weight:700" in sheet
    languages.choose("en")
    assert {style: look.font(style).weight() for style in Style} == weights
    assert "font-weight:500" in QApplication.instance().styleSheet()  # type: ignore[union-attr]


def _section(bench: Bench) -> AppearanceSection:
    return bench.workspace("settings").settings.appearance


def test_the_languages_are_offered_by_their_own_names(bench: Bench) -> None:
    section = _section(bench)
    assert [choice.text for choice in section.language.choices] == ["Desktop", "English", "简体中文"]
    assert section.language.text() == "Desktop"


def test_a_chosen_language_is_remembered(bench: Bench) -> None:
    section = _section(bench)
    section.language.picked.emit("zh_CN")
    assert bench.languages.shown is Language.CHINESE
    assert WindowSettings(bench.settings._path).choices.language == "zh_CN"


def test_where_there_is_no_chinese_font_that_is_said_and_the_language_offered(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    section = _section(bench)
    assert "no font for Chinese" in section.language_row.line.text()
    assert len(section.language.choices) == 3


def test_with_a_font_nothing_is_said_of_fonts(bench: Bench) -> None:
    assert QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    assert "font" not in _section(bench).language_row.line.text()
