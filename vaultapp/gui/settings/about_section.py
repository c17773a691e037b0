"""What this program is, and whose work is in it."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication

from vaultapp import __version__
from vaultapp.core import resources
from vaultapp.gui import joining
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import shown_path
from vaultapp.gui.page import PageParts
from vaultapp.gui.settings.section import Section
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.setting_group import SettingGroup
from vaultapp.gui.widgets.setting_row import SettingRow

# Name as people know it, distribution, licence (SPDX).
LIBRARIES = (
    ("Qt for Python", "PySide6-Essentials", "LGPL-3.0-only"),
    ("cryptography", "cryptography", "Apache-2.0 OR BSD-3-Clause"),
    ("argon2-cffi", "argon2-cffi", "MIT"),
    ("msgspec", "msgspec", "BSD-3-Clause"),
    ("sqlite-utils", "sqlite-utils", "Apache-2.0"),
    ("click", "click", "BSD-3-Clause"),
    ("rich", "rich", "MIT"),
    ("mnemonic", "mnemonic", "MIT"),
    ("jeepney", "jeepney", "MIT"),
    ("zxcvbn", "zxcvbn", "MIT"),
    ("PyMySQL", "PyMySQL", "MIT"),
    ("psycopg", "psycopg[binary]", "LGPL-3.0-only"),
    ("redis-py", "redis", "MIT"),
    ("boto3", "boto3", "Apache-2.0"),
)
_ICONS = ("Lucide", "ISC")


class AboutSection(Section):
    """Nothing to set."""

    def __init__(self, look: Look, parts: PageParts) -> None:
        title = QCoreApplication.translate("AboutSection", "About")
        super().__init__(look, parts, title, "info")
        guide = os.fsencode(resources.folder() / "guide")
        self.guide_button = Button(look, self.tr("Show in folder"), size="sm")
        self.guide_button.setAccessibleName(self.tr("Show the guide in its folder"))
        self.guide_button.clicked.connect(lambda: parts.shower.show(guide))
        licence = self.tr("Free software under the Apache License, version 2.0.")
        libraries = self.tr("{name} ({licence})")
        named = [libraries.format(name=name, licence=licence) for name, _, licence in LIBRARIES]
        icons = self.tr("icons of {name} ({licence})").format(name=_ICONS[0], licence=_ICONS[1])
        what = self.tr(
            "How vaults, sealed files, texts and recovery words are written, byte by byte. It lies at {path}"
        )
        self.add(
            SettingGroup(
                look,
                title,
                SettingRow(look, self.tr("vaultapp {version}").format(version=__version__), licence),
                SettingRow(look, self.tr("Guide"), what.format(path=shown_path(guide)), self.guide_button),
                SettingRow(look, self.tr("Work of others"), joining.ended(joining.names((*named, icons)))),
            )
        )
