"""The names of the settings, known before the page that holds them is built: that takes a while."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from vaultapp import __version__
from vaultapp.contracts.locking import LockTrigger
from vaultapp.core.trigger_words import TRIGGERS

translate = QCoreApplication.translate


class NamedSetting(NamedTuple):
    """A line of the settings page.

    Attributes:
        title: What the line is called.
        icon: Of its section.
    """

    title: str
    icon: str


def named_settings() -> Sequence[NamedSetting]:
    """Return all lines in their order; what the vault holds, such as its copies, has no line of its own here."""
    locking = (translate("Triggers", TRIGGERS[trigger.value]) for trigger in LockTrigger)
    return tuple(
        NamedSetting(title, icon)
        for icon, titles in (
            (
                "lock",
                (
                    *locking,
                    translate("LockingSection", "When the window is minimised"),
                    translate("LockingSection", "Programs go on while the window is locked"),
                ),
            ),
            ("clipboard", (translate("ClipboardSection", "Clear what was copied after"),)),
            (
                "lock-open",
                (translate("UnlockSection", "Passphrase"), translate("UnlockSection", "Recovery words")),
            ),
            (
                "history",
                (
                    translate("BackupSection", "Automatic copies"),
                    translate("BackupSection", "Save a copy elsewhere"),
                    translate("BackupSection", "Restore from a file"),
                ),
            ),
            ("vault", (translate("VaultSection", "Vault file"), translate("VaultSection", "Check the vault"))),
            (
                "sun-moon",
                (
                    translate("AppearanceSection", "Theme"),
                    translate("AppearanceSection", "Language"),
                    translate("AppearanceSection", "Reduce motion"),
                ),
            ),
            (
                "app-window",
                (
                    translate("DesktopSection", "Keep in the tray when the window is closed"),
                    translate("DesktopSection", "Start at login"),
                ),
            ),
            (
                "info",
                (
                    translate("AboutSection", "vaultapp {version}").format(version=__version__),
                    translate("AboutSection", "Guide"),
                    translate("AboutSection", "Work of others"),
                ),
            ),
        )
        for title in titles
    )
