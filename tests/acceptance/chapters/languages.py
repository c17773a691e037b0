"""The window in Chinese and back, with everything in it staying where it is."""

from __future__ import annotations

from tests.acceptance.walk import PASSPHRASE, Walk

_PAGES = (("文件", "files"), ("文本", "text"), ("凭据", "credentials"), ("密钥", "keys"), ("活动", "activity"))


def chinese(walk: Walk) -> None:
    """Choose Chinese in the settings, look at every page, and choose English again."""
    _choose_chinese(walk, "Desktop", "Down", "Down")
    walk.moment("settings-zh", "The settings, in Chinese from one moment to the next")
    for word, name in _PAGES:
        walk.press(word)
        if name == "files":
            walk.eyes.reads("report.pdf")
        if name == "text":
            walk.eyes.reads("Reports database")
        walk.moment(f"{name}-zh", f"{word}: the same page in Chinese")
    _choose_english(walk)
    walk.story.say("Settings → Appearance → Language → 简体中文: the list of work and both texts were still there.")


def locked(walk: Walk) -> None:
    """Lock and unlock in Chinese: the process that takes the window's place speaks it too."""
    _choose_chinese(walk, "English", "Down")
    walk.hand.key("ctrl+l")
    walk.eyes.find("解锁", seconds=30)
    walk.wait_for_theme(walk.theme)
    walk.moment("lock-zh", "Locked, in Chinese")
    walk.write("口令", PASSPHRASE)
    walk.hand.key("Return")
    walk.eyes.find("锁定", seconds=60)
    _choose_english(walk)
    walk.story.say("The language outlives the process.")


def _choose_chinese(walk: Walk, shown: str, *keys: str) -> None:
    walk.press("Settings")
    walk.press("Appearance")
    walk.press(f"Language: {shown}")
    walk.hand.key(*keys, "Return")
    walk.eyes.find("语言: 简体中文")


def _choose_english(walk: Walk) -> None:
    walk.press("设置")
    walk.press("外观")
    walk.press("语言: 简体中文")
    walk.hand.key("Up", "Return")
    walk.eyes.find("Language: English")
