"""The passphrase of the new vault, and what guessing it costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QMenu

from vaultapp.contracts.vault import KdfCost
from vaultapp.core.passphrase_strength import Grade
from vaultapp.core.work import WorkContext
from vaultapp.gui import joining, messages, quantities, strength
from vaultapp.gui.first_run.step import Step
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskHandle, TaskRunner
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.passphrase_pair import PassphrasePair

_FACTORS = (1, 2, 4)


class PassphraseStep(Step):
    """Two fields, a suggestion, and one line about the cost, measured here.

    Args:
        look: Colours and fonts.
        calibrate: Measures the cost; blocks.
        suggest: Returns 24 fresh words; blocks.
        tasks: Runs these calls.
    """

    def __init__(
        self,
        look: Look,
        calibrate: Callable[[WorkContext[None]], KdfCost],
        suggest: Callable[[], str],
        tasks: TaskRunner,
    ) -> None:
        super().__init__(look, QCoreApplication.translate("PassphraseStep", "Choose a passphrase"))
        self._calibrate = calibrate
        self._tasks = tasks
        self._measuring: TaskHandle | None = None
        self._measured: KdfCost | None = None
        self._problem: BaseException | None = None
        self._factor = 1
        self.pair = PassphrasePair(look, tasks, suggest)
        self.cost_bar = MessageBar(look, "info", " ", " ", "hourglass")
        self.change = self.cost_bar.add_action(self.tr("Change…"), self._open_costs)
        self.again = self.cost_bar.add_action(self.tr("Measure again"), self._measure)
        line = self.tr(
            "It is the only thing you need to remember. Four or more unrelated words are stronger and easier than "
            "symbols."
        )
        self.content.addSpacing(6)
        self.content.addWidget(Text(look, line, tone="secondary", wrap=True))
        self.content.addSpacing(22)
        self.content.addWidget(self.pair)
        self.content.addSpacing(22)
        self.content.addWidget(self.cost_bar)
        self.pair.changed.connect(self._sync)
        self._sync()

    @property
    def ready(self) -> bool:
        """True when both fields are the same, not very weak, and the cost is known."""
        return self.pair.ready and self.pair.strength.grade > Grade.VERY_WEAK and self.cost is not None

    @property
    def cost(self) -> KdfCost | None:
        """The chosen cost; None until it was measured."""
        if self._measured is None:
            return None
        return msgspec.structs.replace(
            self._measured,
            passes=self._measured.passes * self._factor,
            milliseconds=self._measured.milliseconds * self._factor,
        )

    def begin(self) -> None:
        """Begin with the field, and measure once."""
        self.pair.first.setFocus()
        if self._measured is None and self._measuring is None:
            self._measure()

    def _measure(self) -> None:
        self._problem = None
        self._measuring = self._tasks.run(self._calibrate)
        self._measuring.tell(self, done=self._take_cost, failed=self._no_cost)
        self._sync()

    def _take_cost(self, cost: KdfCost) -> None:
        self._measured = cost
        self._sync()

    def _no_cost(self, error: BaseException) -> None:
        self._measuring = None
        self._problem = error
        self._sync()

    def _sync(self) -> None:
        cost = self.cost
        self.change.setEnabled(cost is not None)
        self.change.setVisible(self._problem is None)
        self.again.setVisible(self._problem is not None)
        self.cost_bar.show_kind(*(("info", "hourglass") if self._problem is None else ("bad", "circle-x")))
        if self._problem is not None:
            told = messages.message_of(self._problem)
            self.cost_bar.say(told.what, told.todo)
        elif cost is None:
            self.cost_bar.say(
                self.tr("Measuring how long opening takes here…"),
                self.tr("Every guess will cost an attacker the same."),
            )
        else:
            head = self.tr("Opening the vault takes {time} and {memory} on this computer.").format(
                time=quantities.seconds(cost.milliseconds / 1000), memory=quantities.memory(cost.memory_kib)
            )
            body = self.tr("Every guess costs an attacker the same.")
            found = self.pair.strength
            if found.grade is not Grade.NONE:
                time = quantities.long_time(strength.attack_seconds(found, cost))
                yours = self.tr("With a hundred graphics cards, yours would take {time}.").format(time=time)
                body = joining.sentences((body, yours))
            self.cost_bar.say(head, body)
        self.changed.emit()

    def _open_costs(self) -> None:
        measured = self._measured
        if measured is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for factor in _FACTORS:
            time = quantities.seconds(measured.milliseconds * factor / 1000)
            text = self.tr("About {time}, as recommended") if factor == 1 else self.tr("About {time}")
            action = menu.addAction(text.format(time=time))
            action.setCheckable(True)
            action.setChecked(factor == self._factor)
            action.triggered.connect(lambda _on=False, factor=factor: self._set_factor(factor))
        menu.popup(self.change.mapToGlobal(QPoint(0, self.change.height() + 2)))

    def _set_factor(self, factor: Any) -> None:
        self._factor = int(factor)
        self._sync()
