"""Side panels and cards."""

from __future__ import annotations

from vaultapp.core.sentences import Sentence
from vaultapp.gui.gallery import samples
from vaultapp.gui.gallery.sheet import Sheet, fixed
from vaultapp.gui.gallery.states import checked
from vaultapp.gui.look import Look
from vaultapp.gui.models.log_rows import rows_of
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.details_panel import DetailsPanel
from vaultapp.gui.widgets.edited_text import EditedText
from vaultapp.gui.widgets.entry_panel import EntryPanel
from vaultapp.gui.widgets.key_rotation import KeyRotation
from vaultapp.gui.widgets.labels import Plate
from vaultapp.gui.widgets.setting_group import SettingGroup
from vaultapp.gui.widgets.setting_row import SettingRow
from vaultapp.gui.widgets.side_panel import SidePanel
from vaultapp.gui.widgets.switch import Switch

_WIDTH = 360


def panels(look: Look) -> Sheet:
    """Return the page."""
    sheet = Sheet(look, "Panels and cards")
    sheet.group(
        "Side panels",
        ("its pieces", fixed(_pieces(look), _WIDTH, 520)),
        ("a sealed file", fixed(_details(look), _WIDTH, 520)),
        ("a line of the log", fixed(_entry(look), _WIDTH, 520)),
        ("a file that cannot be read", fixed(_unreadable(look), _WIDTH, 220)),
    )
    still = SettingRow(
        look, "Reduce motion", "Panels and messages appear at once.", checked(Switch(look, "Reduce motion"))
    )
    told = SettingRow(look, "Check the vault", "", Button(look, "Check now"))
    told.say("1,042 records were read and all are whole.", "ok", "circle-check")
    failed = SettingRow(look, "Save a copy elsewhere", "", Button(look, "Save a copy…"))
    failed.say("The stick is full. Nothing was written.", "bad", "circle-x")
    sheet.wide(
        "A card of settings",
        ("a switch, what came of it, what went wrong", SettingGroup(look, "The vault", still, told, failed)),
    )
    return sheet


def _pieces(look: Look) -> SidePanel:
    key = samples.keys()[1]
    plate = Plate(look, key.name, key.hue, 36)
    panel = SidePanel(look, plate, key.name, str(key.key_id), "Key", more=True)
    rotation = KeyRotation(look)
    rotation.show_key(key, samples.NOW)
    panel.add_section("Automatic rotation", control=rotation.switch)
    panel.add(rotation)
    panel.add_section("Details", "made 200 days ago")
    panel.add_pair("Format", "AWS Encryption SDK, message format 2")
    panel.add_pair("Id", str(key.key_id), Style.IDENTIFIER)
    name = EditedText(look, "Name", "Rename")
    name.show_text(key.name)
    panel.add(name)
    panel.set_foot(Button(look, "Rotate now", "primary", "rotate-cw"), Button(look, "Disable"))
    return panel


def _hue_of(_key: str) -> str:
    return "petrol"


def _details(look: Look) -> DetailsPanel:
    told = samples.description()
    panel = DetailsPanel(look, told.source, _hue_of)
    panel.show_description(told, lambda _key: 9)
    return panel


def _unreadable(look: Look) -> DetailsPanel:
    panel = DetailsPanel(look, samples.description().source, _hue_of)
    panel.show_unreadable(Sentence("This is no sealed file.", "", "Choose one that ends in .sealed."))
    return panel


def _entry(look: Look) -> EntryPanel:
    return EntryPanel(look, rows_of(samples.entries(), "Mara")[1], "Mara", lambda _entry: "petrol")
