"""Buttons of all kinds and sizes, in every state."""

from __future__ import annotations

from vaultapp.gui.gallery.sheet import Sheet
from vaultapp.gui.gallery.states import disabled, hovered, pressed
from vaultapp.gui.look import Look, Motion
from vaultapp.gui.widgets.button import Button, dialog_button
from vaultapp.gui.widgets.stoppable_button import StoppableButton

_KINDS = (
    ("Primary", "primary", "lock"),
    ("Second", "", "copy"),
    ("Ghost", "ghost", "scan-search"),
    ("Link", "link", ""),
    ("Danger, before it is confirmed", "danger-quiet", "trash-2"),
    ("Danger, in a confirmation", "danger", ""),
    ("Of a message bar", "bar", ""),
)


def buttons(look: Look) -> Sheet:
    """Return the page."""
    sheet = Sheet(look, "Buttons")
    still = Look(look.theme, look.type, look.icons, Motion(still=True))
    for title, kind, icon in _KINDS:

        def made(of: Look = look, kind: str = kind, icon: str = icon) -> Button:
            return Button(of, "Encrypt", kind, icon)

        first = made()
        sheet.group(
            title,
            ("rest", first),
            ("hover", hovered(made())),
            ("pressed", pressed(made())),
            ("disabled", disabled(made())),
            ("busy", _busy(made())),
            ("busy, reduced motion", _busy(made(still))),
        )
        sheet.focused = sheet.focused or first
    sheet.group(
        "Sizes",
        ("large", Button(look, "Unlock", "primary", size="lg")),
        ("usual", Button(look, "Unlock", "primary")),
        ("small", Button(look, "Unlock", "primary", size="sm")),
        ("icon alone", Button(look, kind="ghost", icon="x", name="Close")),
        ("icon alone, small", Button(look, kind="ghost", icon="pencil", size="sm", name="Rename")),
        ("compact", _compact(Button(look, "Choose files…", icon="file-plus"))),
        ("a dialog's own, Enter presses it", dialog_button(look, "Make the key", "primary", default=True)),
    )
    sheet.group(
        "That can be stopped",
        ("rest", _stoppable(look)),
        ("running", _running(_stoppable(look), 0)),
        ("at 42 %", _running(_stoppable(look), 42)),
    )
    return sheet


def _busy(button: Button) -> Button:
    button.set_busy(True)
    return button


def _compact(button: Button) -> Button:
    button.set_compact(True)
    return button


def _stoppable(look: Look) -> StoppableButton:
    return StoppableButton(look, "Check the chain", "Checking… {percent} %", "Stop checking", "ghost", "link-2")


def _running(button: StoppableButton, percent: int) -> StoppableButton:
    button.start()
    button.tell(percent, 100)
    return button
