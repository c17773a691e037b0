"""What is said of a drop, also of what cannot be used and of what is not known."""

from __future__ import annotations

import pytest

from vaultapp.contracts.files import HEADER_DAMAGED, DropItem, DropVerb
from vaultapp.gui.drop_plan import plan
from vaultapp.gui.models.work_row import Order

ORDER = Order(key="k", key_name="Personal")


def file(name: bytes, size: int = 1_000_000) -> DropItem:
    return DropItem(b"/d/" + name, DropVerb.SEAL, size, folder=False)


def folder(name: bytes) -> DropItem:
    return DropItem(b"/d/" + name, DropVerb.SEAL, -1, folder=True)


def damaged(name: bytes) -> DropItem:
    return DropItem(b"/d/" + name, DropVerb.SEAL, 1, folder=False, reason=HEADER_DAMAGED)


def refused(name: bytes, reason: str) -> DropItem:
    return DropItem(b"/d/" + name, DropVerb.REFUSE, 0, folder=False, reason=reason)


@pytest.mark.parametrize(
    ("items", "names"),
    [
        ((file(b"a"), file(b"b")), "a and b · 2.0 MB"),
        ((file(b"a"), folder(b"b")), "a and b · 1.0 MB without what is in the folder"),
        ((file(b"a"), folder(b"b"), folder(b"c")), "a, b and 1 more · 1.0 MB without what is in the folders"),
        ((folder(b"b"),), "b"),
    ],
)
def test_the_size_is_that_of_what_was_counted(items: tuple[DropItem, ...], names: str) -> None:
    assert plan(items, ORDER, "petrol").names == names


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((file(b"a"),), ""),
        ((file(b"a"), refused(b"b", "access_denied")), "1 cannot be read and is left out"),
        (
            (refused(b"a", "access_denied"), refused(b"b", "source_missing"), refused(b"c", "link")),
            "2 cannot be read and are left out, 1 is a link or a device and is left out",
        ),
        ((refused(b"a", "link"), refused(b"b", "pipe")), "2 are links or devices and are left out"),
        ((damaged(b"a.sealed"),), "1 has a damaged header and is asked about first"),
        (
            (damaged(b"a.sealed"), damaged(b"b.sealed"), refused(b"c", "link")),
            "2 have a damaged header and are asked about first, 1 is a link or a device and is left out",
        ),
    ],
)
def test_what_cannot_be_used_is_counted(items: tuple[DropItem, ...], said: str) -> None:
    assert plan(items, ORDER, "petrol").refused == said


def test_the_sentence_counts_only_what_is_worked_on() -> None:
    told = plan((file(b"a"), refused(b"b", "access_denied")), ORDER, "petrol")
    assert told.sentences == ("Encrypt 1 file with",)
    assert told.where == "Saved next to the original"


def test_where_nothing_can_be_used_nothing_is_said_of_results() -> None:
    told = plan((refused(b"b", "access_denied"),), ORDER, "petrol")
    assert told.sentences == ("Nothing here can be encrypted or decrypted",)
    assert (told.where, told.originals) == ("", "")
    assert not told.decrypts_only
