"""What did not work, where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultapp.gui.look import Look
from vaultapp.gui.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from vaultapp.core.sentences import Sentence


class ProblemBar(MessageBar):
    """An error in its sentences: what happened, and under it what is still true and what to do.

    Args:
        look: Colours and fonts.
        sentence: Told at once; without one it is hidden until something is told.
        kind: As of a message bar.
        closable: With a cross.
    """

    def __init__(
        self, look: Look, sentence: Sentence | None = None, kind: str = "bad", *, closable: bool = False
    ) -> None:
        what, rest = (sentence.what, sentence.rest) if sentence is not None else ("", "")
        super().__init__(look, kind, what, rest, closable=closable)
        if sentence is None:
            self.hide()

    def tell(self, sentence: Sentence, kind: str = "bad") -> None:
        """Show another one; it has no buttons yet."""
        self.remove_actions()
        self.show_kind(kind)
        self.say(sentence.what, sentence.rest)
        self.show()

    def solved(self) -> None:
        """Show nothing any more."""
        self.remove_actions()
        self.hide()
