"""A field under its label."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.field_note import FieldNote
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import column


def labelled(look: Look, label: str, field: QWidget, problem: FieldNote | None = None) -> QWidget:
    """Return a field with its label over it, and under it what is wrong, once that is said."""
    if problem is not None:
        problem.hide()
    below = (problem,) if problem is not None else ()
    holder = QWidget()
    holder.setLayout(column(Text(look, label, Style.MEDIUM), field, *below, gap=5))
    return holder
