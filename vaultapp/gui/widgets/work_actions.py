"""What can be done with a row of file work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from vaultapp.gui.models.work_row import Question, RowState, WorkRow

translate = QCoreApplication.translate


class Act(Enum):
    """One of the things that can be done."""

    KEEP_BOTH = auto()
    REPLACE = auto()
    SKIP = auto()
    PASSPHRASE = auto()
    ENCRYPT = auto()
    SHOW = auto()
    DETAILS = auto()
    RETRY = auto()
    CANCEL = auto()
    REMOVE = auto()


@dataclass(frozen=True, slots=True)
class Action:
    """How an act is shown: as a button with text, a link, or an icon alone.

    Attributes:
        text: Always, for screen readers and menus.
        icon: Shown in place of the text.
        link: Shown without an edge.
    """

    act: Act
    text: str
    icon: str = ""
    link: bool = False


def actions_of(row: WorkRow) -> tuple[Action, ...]:
    """Return what can be done with a row now, in the order shown."""
    cancel = Action(Act.CANCEL, translate("WorkActions", "Cancel"), "x")
    remove = Action(Act.REMOVE, translate("WorkActions", "Remove from the list"), "x")
    match row.state:
        case RowState.ASKS if row.question is Question.PASSPHRASE:
            return Action(Act.PASSPHRASE, translate("WorkActions", "Enter passphrase…")), cancel
        case RowState.ASKS if row.question is Question.DAMAGED:
            return Action(Act.ENCRYPT, translate("WorkActions", "Encrypt all the same")), cancel
        case RowState.ASKS:
            return (
                Action(Act.KEEP_BOTH, translate("WorkActions", "Keep both")),
                Action(Act.REPLACE, translate("WorkActions", "Replace")),
                Action(Act.SKIP, translate("WorkActions", "Skip")),
                cancel,
            )
        case RowState.RUNNING | RowState.WAITING:
            return (cancel,)
        case RowState.DONE:
            show = Action(Act.SHOW, translate("WorkActions", "Show in folder"), link=True)
            if not has_details(row):
                return show, remove
            return show, Action(Act.DETAILS, translate("WorkActions", "Details"), "info")
        case RowState.FAILED:
            retry = Action(Act.RETRY, translate("WorkActions", "Retry"), "rotate-cw")
            return Action(Act.DETAILS, translate("WorkActions", "Details"), link=True), retry, remove
        case RowState.CANCELLED:
            return Action(Act.RETRY, translate("WorkActions", "Retry"), "rotate-cw"), remove
        case RowState.SKIPPED:
            return (remove,)


def has_details(row: WorkRow) -> bool:
    """Tell whether the panel has something to say of a row."""
    left_out = row.news is not None and bool(row.news.left_out)
    return row.state is RowState.FAILED or bool(row.sealed_path) or left_out or bool(row.problems)
