"""A screen that another one stands over."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from vaultapp.gui.drops import DropTaker
from vaultapp.gui.languages import Language
from vaultapp.gui.screen import Screen
from vaultapp.gui.session import Session


class CoveredScreen(NamedTuple):
    """What is shown again when the person goes back.

    Attributes:
        screen: Still alive, and kept up to date.
        drop_taker: Takes the drops there.
        session: The agent that it speaks with.
        again: Returns one like it, in the language of then.
        language: What it is written in.
    """

    screen: Screen
    drop_taker: DropTaker | None
    session: Session
    again: Callable[[], Screen] | None
    language: Language
