"""What is typed into and chosen from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vaultapp.core.sentences import Sentence
from vaultapp.gui.gallery import samples
from vaultapp.gui.gallery.sheet import Sheet, fixed, held
from vaultapp.gui.gallery.states import checked, disabled, field, hovered
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.check import Check
from vaultapp.gui.widgets.choice_popup import Choice, ChoicePopup
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.context_card import ContextCard
from vaultapp.gui.widgets.drop_options import DropOptions
from vaultapp.gui.widgets.edit_field import EditField
from vaultapp.gui.widgets.edited_text import EditedText
from vaultapp.gui.widgets.layouts import column
from vaultapp.gui.widgets.page_head import FilterField
from vaultapp.gui.widgets.segments import Segments
from vaultapp.gui.widgets.switch import Switch
from vaultapp.gui.widgets.word_list import WordList

_TAKEN = Sentence("A key is called Personal already.", "", "Choose another name.")


def inputs(look: Look) -> Sheet:
    """Return the page."""
    sheet = Sheet(look, "Inputs")
    focused = field("With the focus", "Mara")
    sheet.group(
        "Fields",
        ("rest", field("At rest", "Mara")),
        ("empty", field("Empty")),
        ("with the focus", focused),
        ("wrong", field("Wrong", "Personal", "bad")),
        ("disabled", disabled(field("Disabled", "Mara"))),
        ("large", field("Large", "Mara", size="lg")),
        ("filter", fixed(FilterField(look, "Filter keys"), 180)),
    )
    sheet.focused = focused
    sheet.group(
        "Edited in place",
        ("shown", fixed(_edited(look, "Mara’s own"), 250)),
        ("empty", fixed(_edited(look, ""), 250)),
        ("being changed", fixed(_begun(look), 250)),
        ("refused", fixed(_refused(look), 250)),
        ("words", fixed(_words(look), 250)),
    )
    sheet.group(
        "Check",
        ("off", Check(look, "Remove originals")),
        ("on", checked(Check(look, "Remove originals"))),
        ("disabled", disabled(Check(look, "Remove originals"))),
        ("on, disabled", disabled(checked(Check(look, "Remove originals")))),
    )
    sheet.group(
        "Switch",
        ("off", Switch(look, "Off")),
        ("on", checked(Switch(look, "On"))),
        ("disabled", disabled(Switch(look, "Disabled"))),
        ("on, disabled", disabled(checked(Switch(look, "On and disabled")))),
    )
    segments = Segments(look, "Theme", (("", "Desktop"), ("light", "Light"), ("dark", "Dark")))
    hovered(segments.buttons["dark"])
    sheet.group("Segments", ("the first one on, the pointer over the last", segments))
    sheet.group(
        "Choosers",
        ("a key", fixed(_chooser(look, 0), 200)),
        ("a long name", fixed(_chooser(look, 1), 200)),
        ("hover", fixed(hovered(_chooser(look, 0)), 200)),
        ("with an icon", fixed(_chooser(look, 3), 200)),
        ("disabled", fixed(disabled(_chooser(look, 0)), 200)),
        ("nothing chosen", fixed(_chooser(look, -1), 200)),
        ("its list", fixed(_list_of(look), 260, 190)),
    )
    sheet.group("How files are dropped", ("a card", fixed(_options(look), 300)))
    sheet.wide("A context", ("two pairs, one of them without a name", _context(look)))
    return sheet


def _edited(look: Look, text: str) -> EditedText:
    edited = EditedText(look, "Description", "Change the description", "None")
    edited.show_text(text)
    return edited


def _begun(look: Look) -> EditedText:
    edited = _edited(look, "Mara’s own")
    edited.begin()
    return edited


def _refused(look: Look) -> QWidget:
    edit = EditField(look, "Name", "Save")
    holder = held(edit)
    edit.begin("Personal")
    edit.refuse(_TAKEN)
    return holder


def _words(look: Look) -> WordList:
    words = WordList(look, "Alias", "alias", "None", Button(look, "Add", "link"))
    words.show_words([("1", "reports"), ("2", "a word that is longer than the panel is wide"), ("3", "team=web")])
    return words


def _choices() -> list[Choice]:
    choices = [Choice(at, key.name, hue=key.hue) for at, key in enumerate(samples.keys()[:3])]
    return [*choices, Choice(3, "A passphrase", icon="rectangle-ellipsis", ruled=True)]


def _chooser(look: Look, value: int) -> Chooser:
    chooser = Chooser(look, "Encrypt with")
    chooser.offer(_choices(), value)
    return chooser


def _list_of(look: Look) -> QWidget:
    holder = QWidget()
    popup = ChoicePopup(look, _choices(), 0, "Encrypt with", "Filter", holder)
    # In a window of its own it would close at the next click.
    popup.setWindowFlags(Qt.WindowType.Widget)
    holder.setLayout(column(popup))
    return holder


def _options(look: Look) -> DropOptions:
    options = DropOptions(look)
    options.set_keys(_choices()[:2])
    return options


def _context(look: Look) -> ContextCard:
    card = ContextCard(look)
    for name, value in (("purpose", "reports"), ("", "without a name")):
        card.add()
        card.rows[-1].name.setText(name)
        card.rows[-1].value.setText(value)
    return card
