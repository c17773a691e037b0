"""Where something may float over a page without covering what a person types in or presses."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from vaultapp.gui.widgets.page_head import PageHead
from vaultapp.gui.widgets.selection_bar import SelectionBar

_STEP = 8
_GAP = 4
_SMALL = (QLineEdit, QAbstractButton, SelectionBar)
_TEXTS = (QPlainTextEdit, QTextEdit)


def free_place(over: QWidget, box: QWidget, margin: int, covered: int = 0) -> QPoint:
    """Return the lowest place for a box, as near the middle as can be.

    Where all of the page is in use, it may cover a part of a text that is more than a line, and nothing else.

    Args:
        over: The page.
        box: Stands on the page.
        margin: From the edges, in pixels; less at the top where only the head has room.
        covered: Pixels at the right of the page that are under something else.
    """
    size, width = box.size(), over.width() - covered
    parts = [part for part in over.findChildren(QWidget) if part is not box and not box.isAncestorOf(part)]
    small = [place for part in parts if _in_use(part) and (place := _shown(part, over))]
    texts = [place for part in parts if isinstance(part, _TEXTS) and (place := _shown(part, over))]
    lowest = QPoint((width - 1) // 2 - size.width() // 2, over.rect().bottom() - size.height() - margin)
    found = _lowest(width, lowest, size, margin, [*small, *texts]) or _lowest(width, lowest, size, margin, small)
    return found if found is not None else lowest


def _in_use(part: QWidget) -> bool:
    """Tell whether a part is one that a person uses; of a head, its title and labels are kept free as well."""
    return isinstance(part, _SMALL) or isinstance(part.parentWidget(), PageHead)


def _shown(part: QWidget, over: QWidget) -> QRect | None:
    if not part.isVisibleTo(over):
        return None
    place, around = QRect(part.pos(), part.size()), part.parentWidget()
    while around is not None and around is not over:
        place = place.intersected(around.rect()).translated(around.pos())
        around = around.parentWidget()
    place = place.intersected(over.rect())
    return None if place.isEmpty() else place


def _lowest(width: int, lowest: QPoint, size: QSize, margin: int, taken: Iterable[QRect]) -> QPoint | None:
    places = [place.adjusted(-_GAP, -_GAP, _GAP, _GAP) for place in taken]
    for top in range(lowest.y(), _GAP - 1, -_STEP):
        band = QRect(0, top, width, size.height())
        beside = sorted((place.left(), place.right()) for place in places if place.intersects(band))
        left = _nearest(beside, lowest.x(), size.width(), margin, width - margin)
        if left is not None:
            return QPoint(left, top)
    return None


def _nearest(taken: Iterable[tuple[int, int]], wanted: int, width: int, begin: int, end: int) -> int | None:
    """Return where a box of a width has room between what is taken, as near as can be to where it is wanted."""
    gaps: list[tuple[int, int]] = []
    at = begin
    for left, right in taken:
        gaps.append((at, left))
        at = max(at, right + 1)
    gaps.append((at, end))
    rooms = [min(max(wanted, left), right - width) for left, right in gaps if right - left >= width]
    return min(rooms, key=lambda left: abs(left - wanted), default=None)
