"""What leads elsewhere: sidebar, heads, everything by its name."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vaultapp.gui.commands import Command
from vaultapp.gui.gallery.messages import _nothing
from vaultapp.gui.gallery.sheet import Sheet, fixed
from vaultapp.gui.gallery.states import checked, hovered, pressed
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.command_palette import CommandPalette
from vaultapp.gui.widgets.find_box import FindBox
from vaultapp.gui.widgets.nav_item import NavItem
from vaultapp.gui.widgets.page_head import PageHead
from vaultapp.gui.widgets.section_item import SectionItem
from vaultapp.gui.widgets.sidebar import Entry, Sidebar
from vaultapp.gui.widgets.vault_switcher import VaultSwitcher

_ENTRIES = (
    Entry("files", "Files", "file-lock", "Ctrl+1"),
    Entry("text", "Text", "letter-text", "Ctrl+2"),
    Entry("credentials", "Credentials", "rectangle-ellipsis", "Ctrl+3"),
    Entry("keys", "Keys", "key-round", "Ctrl+4"),
    Entry("settings", "Settings", "settings-2", "Ctrl+,", foot=True),
)
_COMMANDS = (
    Command("Files", "Page", _nothing, "file-lock", keys="Ctrl+1"),
    Command("Personal", "Key", _nothing, hue="petrol"),
    Command(
        "A key with a name that is longer than the palette is wide, so that it has to be cut",
        "Key",
        _nothing,
        hue="plum",
    ),
    Command("Lock", "Action", _nothing, "lock", keys="Ctrl+L"),
)


def navigation(look: Look) -> Sheet:
    """Return the page."""
    sheet = Sheet(look, "Navigation")
    sheet.group(
        "Entries of the sidebar",
        ("rest", fixed(_item(look), 192)),
        ("hover", fixed(hovered(_item(look)), 192)),
        ("pressed", fixed(pressed(_item(look)), 192)),
        ("current", fixed(checked(_item(look)), 192)),
        ("in a rail", fixed(_rail(checked(_item(look))), 39)),
    )
    sheet.group(
        "Sections of a page",
        ("rest", fixed(SectionItem(look, "Backups", "history"), 192)),
        ("hover", fixed(hovered(SectionItem(look, "Backups", "history")), 192)),
        ("current", fixed(checked(SectionItem(look, "Backups", "history")), 192)),
    )
    sheet.group(
        "Vault and search",
        ("the vault", fixed(VaultSwitcher(look, "Mara’s vault"), 192)),
        ("hover", fixed(hovered(VaultSwitcher(look, "Mara’s vault")), 192)),
        ("a long name", fixed(VaultSwitcher(look, "The vault of the infrastructure team"), 192)),
        ("everything by its name", fixed(FindBox(look), 192)),
        ("hover", fixed(hovered(FindBox(look)), 192)),
    )
    full, rail = Sidebar(look, "Mara’s vault", _ENTRIES), Sidebar(look, "Mara’s vault", _ENTRIES)
    for sidebar in (full, rail):
        sidebar.show_page("keys")
        sidebar.setFixedHeight(360)
    rail.set_rail(True)
    sheet.group(
        "Sidebar",
        ("wide", full),
        ("a rail", rail),
    )
    sheet.group(
        "Everything by its name", ("what fits", _palette(look, "")), ("nothing of that name", _palette(look, "tundra"))
    )
    head = PageHead(look, "Keys", "Filter keys")
    head.count.setText("38 keys")
    head.add(Button(look, "New key", "primary", "plus"))
    sheet.wide("Head of a page", ("title, count, filter, main button", head))
    return sheet


def _item(look: Look) -> NavItem:
    item = NavItem(look, "Keys", "key-round", "Ctrl+4")
    item.setAutoExclusive(False)
    return item


def _rail(item: NavItem) -> NavItem:
    item.set_rail(True)
    return item


def _palette(look: Look, typed: str) -> QWidget:
    covered = QWidget()
    covered.setFixedSize(450, 360)
    palette = CommandPalette(look, _COMMANDS, covered)
    palette.field.setText(typed)
    return covered
