"""What can be done with one thing now: a menu of that, and commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from vaultapp.gui.commands import Command
from vaultapp.gui.look import Look

Call = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done.

    Attributes:
        group: Those of one number stand together.
        icon: Name of its icon.
        words: What its own menu says.
        title: What is said where the key is not seen; holds ``{name}``.
        call: Does it, or asks first.
        keys: Its shortcut in the list; empty for none.
        allowed: It can be done now.
    """

    group: int
    icon: str
    words: str
    title: str
    call: Call
    keys: str = ""
    allowed: bool = True


def commands_of(deeds: Iterable[Deed], kind: str, name: str) -> Sequence[Command]:
    """Return what can be done now, for the command palette.

    Args:
        deeds: Of one thing.
        kind: What the palette calls them.
        name: Of the thing, fit to be shown.
    """
    return [Command(deed.title.format(name=name), kind, deed.call, deed.icon) for deed in deeds if deed.allowed]


def verbs_of(titles: Iterable[str]) -> frozenset[str]:
    """Return the words of titles but the names, case folded: how people ask for what can be done."""
    words = (word for title in titles for word in title.format(name="").casefold().split())
    return frozenset(word for word in words if word.isalpha())


class DeedMenu(QMenu):
    """The same by right click on a row and behind a panel's dots.

    Args:
        look: Colours and fonts.
        deeds: What can be done, in this order.
    """

    def __init__(self, look: Look, deeds: Sequence[Deed], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = deeds[0].group
        for deed in deeds:
            if deed.group != group:
                self.addSeparator()
                group = deed.group
            action = self.addAction(look.icons.icon(deed.icon), deed.words)
            action.setEnabled(deed.allowed)
            if deed.keys:
                # Shown only: the list itself listens to these keys.
                action.setShortcut(QKeySequence(deed.keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _on=False, deed=deed: deed.call())
