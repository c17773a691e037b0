"""How the last rotation of a credential goes, or went."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from vaultapp.contracts.credentials import Credential
from vaultapp.contracts.rotation import RotationOutcome
from vaultapp.core.clock import Clock
from vaultapp.gui.credentials import rotation_words as words
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Glyph, Text
from vaultapp.gui.widgets.layouts import column, empty, row
from vaultapp.gui.widgets.problem_bar import ProblemBar
from vaultapp.gui.widgets.side_panel import TOP
from vaultapp.gui.widgets.timeline import Timeline

_AGAIN = (RotationOutcome.FAILED, RotationOutcome.UNFINISHED, RotationOutcome.STUCK)


class RotationCard(QFrame):
    """Four steps, what stopped them, what was proved.

    Args:
        look: Colours and fonts.
        clock: For how long a step takes.
    """

    again_clicked = Signal()

    def __init__(self, look: Look, clock: Clock) -> None:
        super().__init__()
        self._look = look
        self._clock = clock
        self._credential: Credential | None = None
        self.setProperty("card", "1")
        self.title = Text(look, style=Style.STRONG)
        self.begun = Text(look, style=Style.CAPTION, tone="secondary", wrap=True)
        self.begun.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.timeline = Timeline(look)
        self.problem = ProblemBar(look)
        self.after = Text(look, style=Style.CAPTION, tone="secondary", wrap=True)
        self.again_button = Button(look, self.tr("Try again"), icon="rotate-cw", size="sm")
        self.again_button.clicked.connect(self.again_clicked)
        self._proof = QWidget()
        self._lines = QVBoxLayout(self._proof)
        self._lines.setContentsMargins(0, 0, 0, 4)
        self._lines.setSpacing(6)
        self._again = QWidget()
        self._again.setLayout(row(self.again_button, None, margins=(0, 2, 0, 4)))
        self.setLayout(
            column(
                row((self.title, TOP), (self.begun, 1)),
                self.timeline,
                self._proof,
                self.problem,
                self.after,
                self._again,
                gap=6,
                margins=(14, 12, 14, 8),
            )
        )
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self._show)

    def show_credential(self, credential: Credential) -> None:
        """Show how it stands; nothing where there is no news."""
        self._credential = credential
        self._show()

    def _show(self) -> None:
        credential, now = self._credential, self._clock.now()
        state = credential.rotation if credential is not None else None
        if credential is None or state is None or not words.is_news(credential, now):
            self._seconds.stop()
            self.hide()
            return
        self.title.setText(words.heading(state))
        self.begun.setText(words.begun(state, now))
        self.timeline.set_steps(words.steps(credential, state, now))
        problem = words.problem(state)
        if problem is None or state.outcome is RotationOutcome.SUCCEEDED:
            self.problem.solved()
        elif (problem.what, problem.rest) != (self.problem.head.text(), self.problem.body.text()):
            self.problem.tell(problem, "warn" if state.outcome is RotationOutcome.UNFINISHED else "bad")
        else:
            self.problem.show()
        after = words.after(credential, state, now)
        self.after.setText(after)
        self.after.setVisible(bool(after))
        self._show_proof([(words.proof_line(line), line.holds) for line in state.proof])
        again = self.tr("Try again") if state.outcome is not RotationOutcome.UNFINISHED else self.tr("Go on")
        self.again_button.setText(again)
        self.again_button.setAccessibleName(again)
        self._again.setVisible(state.outcome in _AGAIN)
        if state.outcome is RotationOutcome.RUNNING:
            self._seconds.start()
        else:
            self._seconds.stop()
        self.setAccessibleName(words.heading(state))
        self.show()

    def _show_proof(self, lines: list[tuple[str, bool]]) -> None:
        empty(self._lines)
        for text, holds in lines:
            line = QWidget()
            mark = Glyph(self._look, "circle-check" if holds else "circle-x", 16, "ok" if holds else "bad")
            line.setLayout(row((mark, TOP), (Text(self._look, text, Style.BODY, wrap=True), 1)))
            self._lines.addWidget(line)
        self._proof.setVisible(bool(lines))
