"""File work: where files are dropped, and what becomes of them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vaultapp.contracts.files import DropItem
from vaultapp.gui import drop_plan
from vaultapp.gui.gallery import samples
from vaultapp.gui.gallery.sheet import Sheet
from vaultapp.gui.gallery.states import when_shown
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_list import WorkList
from vaultapp.gui.models.work_row import Order
from vaultapp.gui.widgets.drop_overlay import DropOverlay
from vaultapp.gui.widgets.drop_zone import DropZone
from vaultapp.gui.widgets.work_view import WorkView

_LONG = "They are encrypted with Personal. Files ending in .sealed are decrypted."
_SHORT = "Encrypted with Personal. Files ending in .sealed are decrypted."
_REFUSAL = "That was no file from this computer. Save it to a folder first, then drop it here."


def work(look: Look) -> Sheet:
    """Return the page."""
    sheet = Sheet(look, "File work")
    sheet.wide("Rows of work", ("one in every state", _rows(look)))
    sheet.wide(
        "Drop zone",
        ("rest", _zone(look)),
        ("refused", _refused(_zone(look))),
        ("in a low window", _zone(look, short=True)),
        ("refused, in a low window", _refused(_zone(look, short=True))),
    )
    sheet.wide(
        "While files hover",
        ("encrypt", _overlay(look, samples.items(b"report.pdf"))),
        ("encrypt and decrypt", _overlay(look, samples.items(b"a.txt", b"photos", b"b.pdf.sealed", b"c.png"))),
        ("decrypt", _overlay(look, samples.items(b"report.pdf.sealed", b"letter.txt.sealed"))),
        ("a locked window", _overlay(look, ())),
    )
    return sheet


def _rows(look: Look) -> WorkView:
    rows = WorkList()
    view = WorkView(look, rows, lambda: "holiday.mov")
    rows.setParent(view)
    rows.append(samples.work_rows())
    rows.settle()
    view.setFixedHeight(view.sizeHint().height() + 4)
    return view


def _zone(look: Look, *, short: bool = False) -> DropZone:
    zone = DropZone(look)
    zone.set_short(short)
    zone.say(_LONG, _SHORT)
    return zone


def _refused(zone: DropZone) -> DropZone:
    # It calms down by itself after a while.
    when_shown(zone, lambda: zone.refuse(_REFUSAL))
    return zone


def _overlay(look: Look, items: tuple[DropItem, ...]) -> QWidget:
    covered = QWidget()
    covered.setFixedSize(760, 340)
    order = Order(key="1", key_name="Personal")
    told = drop_plan.plan(items, order, "petrol") if items else drop_plan.plan_locked((b"/home/mara/report.pdf",))
    DropOverlay(look, covered).tell(told)
    return covered
