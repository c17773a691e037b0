"""What is only looked at: text, badges, plates, rings."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vaultapp.contracts.activity import ChainReport
from vaultapp.core.passphrase_strength import Grade
from vaultapp.gui.gallery import samples
from vaultapp.gui.gallery.sheet import Sheet, fixed
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.chain_state import ChainState
from vaultapp.gui.widgets.countdown import Countdown
from vaultapp.gui.widgets.key_cap import KeyCap
from vaultapp.gui.widgets.labels import AppMark, Badge, Elided, Glyph, Plate, Text
from vaultapp.gui.widgets.layouts import row
from vaultapp.gui.widgets.passphrase_pair import StrengthBars
from vaultapp.gui.widgets.timeline import Mark, Step, Timeline

_BADGES = (
    ("Enabled", "ok", "check"),
    ("Primary", "info", "star"),
    ("Pending", "warn", "clock"),
    ("Failed", "bad", "x"),
    ("Deletes in 9 days", "bad", "trash-2"),
    ("Disabled", "mute", "ban"),
    ("Without an icon", "mute", ""),
)
_TONES = ("", "secondary", "hint", "ok", "warn", "bad")
_ICONS = ("key-round", "lock", "lock-open", "file-lock", "letter-text", "activity", "settings-2")


def marks(look: Look) -> Sheet:
    """Return the page."""
    sheet = Sheet(look, "Text and marks")
    sheet.group("Type", *[(style.name.lower(), Text(look, "Keys of 2026", style)) for style in Style])
    sheet.group("Tones", *[(tone or "text", Text(look, "Nothing was written.", tone=tone)) for tone in _TONES])
    long = "/home/mara/Documents/a folder with a name/report of the year 2026.pdf"
    sheet.group(
        "Cut where there is no room", ("the middle goes; the whole is the tooltip", fixed(Elided(look, long), 260))
    )
    sheet.group("Badges", *[(kind, Badge(look, text, kind, icon)) for text, kind, icon in _BADGES])
    sheet.group(
        "Plates",
        *[(hue, Plate(look, name, hue, 36)) for hue, name in zip(samples.HUES, "PWAOFS", strict=True)],
        ("24", Plate(look, "Personal", "petrol", 24)),
        ("18", Plate(look, "Personal", "petrol", 18)),
        ("no letter to show", Plate(look, "—", "slate", 36)),
    )
    sheet.group("Icons", *[(name, Glyph(look, name, 20)) for name in _ICONS], ("the app", AppMark(look, 44)))
    sheet.group("Key caps", ("one key", KeyCap(look, "Esc")), ("two", KeyCap(look, "Ctrl K")))
    sheet.group("Countdown", *[(f"{left} of 30 s", _ring(look, left)) for left in (30, 20, 7, 0)])
    sheet.group("Strength", *[(grade.name.lower(), fixed(_bars(look, grade), 150)) for grade in Grade])
    sheet.group("The log’s chain", ("not checked", _chain(look)), ("checked", _chain(look, whole=True)))
    sheet.wide("Timeline", ("a key’s versions: primary, older ones, one that is disabled", _timeline(look)))
    return sheet


def _ring(look: Look, left: int) -> QWidget:
    ring = Countdown(look)
    ring.tell(left, 30)
    return ring


def _bars(look: Look, grade: Grade) -> QWidget:
    bars = StrengthBars(look)
    bars.show_grade(grade)
    holder = QWidget()
    holder.setLayout(row((bars, 1)))
    return holder


def _chain(look: Look, *, whole: bool = False) -> ChainState:
    chain = ChainState(look)
    chain.tell(1204)
    if whole:
        chain.found_whole(ChainReport(1204, 1, 1204, None), "09:41")
    return chain


def _timeline(look: Look) -> Timeline:
    line = Timeline(look)
    line.set_steps(
        (
            Step(3, Mark.CURRENT, "Version 3", "Encrypts and decrypts · since 12 Nov 2026", badge="Primary"),
            Step(2, Mark.PREVIOUS, "Version 2", "Decrypts · made 3 Oct 2026", action="Disable"),
            Step(1, Mark.DISABLED, "Version 1", "Disabled: what it encrypted stays closed", action="Enable"),
            *(Step(-n, Mark.PREVIOUS, f"Version 0.{n}", "Decrypts") for n in range(1, 6)),
        )
    )
    return line
