"""What a drop will do, in the words that are shown before it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.files import HEADER_DAMAGED, DropItem, DropVerb
from vaultapp.gui import joining, quantities
from vaultapp.gui.models.work_row import Order, shown_name
from vaultapp.gui.widgets.file_icons import SEALED_SUFFIX, icon_of

translate = QCoreApplication.translate

NOT_FILES = frozenset({"link", "device", "socket", "pipe"})
"""Reasons for which a path is refused that are kinds of things; others are error codes."""

_NAMED = 2
_FAN = 3


@dataclass(frozen=True, slots=True)
class DropPlan:
    """A drop, told. ``keep`` is a drop on a locked window.

    Attributes:
        sentences: One for each verb; the first may end with a key's name, shown with its plate.
        key_name: The key of the first sentence; empty when it has none.
        hue: Of its plate.
        names: A few of the files and their size.
        icons: Up to three.
        decrypts_only: Nothing is encrypted.
        where: Where results go; empty when there are none.
        originals: What becomes of them; empty when there are none.
        refused: What of the drop cannot be used, or not without being asked about; empty when all of it can.
    """

    sentences: tuple[str, ...]
    key_name: str
    hue: str
    names: str
    icons: tuple[str, ...]
    decrypts_only: bool
    where: str
    originals: str
    refused: str = ""


def guess(paths: Sequence[bytes]) -> tuple[DropItem, ...]:
    """Tell by names alone, until the agent has looked at the content."""
    return tuple(
        DropItem(path, DropVerb.OPEN if path.lower().endswith(SEALED_SUFFIX) else DropVerb.SEAL, 0, folder=False)
        for path in paths
    )


def plan(items: Sequence[DropItem], order: Order, hue: str) -> DropPlan:
    """Say what becomes of these items."""
    seals = [item for item in items if item.verb is DropVerb.SEAL]
    opens = [item for item in items if item.verb is DropVerb.OPEN]
    sentences = []
    with_key = bool(seals and order.key)
    if seals and with_key:
        sentences.append(translate("DropPlan", "Encrypt {files} with").format(files=files_text(seals)))
    elif seals:
        sentences.append(translate("DropPlan", "Encrypt {files} with a passphrase").format(files=files_text(seals)))
    if opens:
        sentences.append(translate("DropPlan", "Decrypt {files}").format(files=files_text(opens)))
    usable = [item for item in items if item.verb is not DropVerb.REFUSE]
    if not usable:
        sentences.append(translate("DropPlan", "Nothing here can be encrypted or decrypted"))
        where = ""
    elif order.folder is not None:
        where = translate("DropPlan", "Saved to {folder}").format(folder=shown_name(order.folder))
    else:
        where = (
            translate("DropPlan", "Saved next to the original")
            if len(usable) == 1
            else translate("DropPlan", "Saved next to the originals")
        )
    if not usable:
        originals = ""
    elif order.remove_originals and seals:
        originals = translate("DropPlan", "Originals are removed once verified")
    else:
        originals = translate("DropPlan", "Originals stay where they are")
    return DropPlan(
        sentences=tuple(sentences),
        key_name=order.key_name if with_key else "",
        hue=hue if with_key else "",
        names=_names(items),
        icons=tuple(icon_of(item.path, folder=item.folder) for item in items[:_FAN]),
        decrypts_only=bool(opens) and not seals,
        where=where,
        originals=originals,
        refused=_refused(items),
    )


def plan_locked(paths: Sequence[bytes]) -> DropPlan:
    """Say what becomes of a drop on a locked window."""
    items = guess(paths)
    return DropPlan(
        sentences=(translate("DropPlan", "Keep {files} until you unlock").format(files=files_text(items)),),
        key_name="",
        hue="",
        names=_names(items),
        icons=tuple(icon_of(path) for path in paths[:_FAN]),
        decrypts_only=False,
        where=translate("DropPlan", "Offered once the vault is open"),
        originals=translate("DropPlan", "Nothing is touched until then"),
    )


def names_of(paths: Sequence[bytes]) -> str:
    """Return a few of the names: a.pdf, b.zip and 3 more."""
    named = [shown_name(path) for path in paths[:_NAMED]]
    more = len(paths) - len(named)
    if more:
        return translate("DropPlan", "{names} and {n} more").format(
            names=joining.names(named), n=quantities.count(more)
        )
    return translate("DropPlan", " and ").join(named)


def files_text(items: Sequence[DropItem]) -> str:
    """Return what they are in words: 3 files and 1 folder."""
    folders = sum(item.folder for item in items)
    files = len(items) - folders
    words = []
    if files:
        words.append(quantities.counted(files, translate("DropPlan", "1 file"), translate("DropPlan", "{n} files")))
    if folders:
        words.append(
            quantities.counted(folders, translate("DropPlan", "1 folder"), translate("DropPlan", "{n} folders"))
        )
    return translate("DropPlan", " and ").join(words)


def _names(items: Sequence[DropItem]) -> str:
    names = names_of([item.path for item in items])
    size = sum(item.size for item in items if item.size > 0)
    folders = sum(item.folder for item in items)
    if not size:
        return names
    if not folders:
        return f"{names} · {quantities.size(size)}"
    # A folder is walked when it is worked on, not while it hovers.
    without = (
        translate("DropPlan", "{size} without what is in the folder")
        if folders == 1
        else translate("DropPlan", "{size} without what is in the folders")
    )
    return f"{names} · {without.format(size=quantities.size(size))}"


def _refused(items: Sequence[DropItem]) -> str:
    """Say what of a drop stays as it is, or does until it was asked about, and why."""
    refused = [item for item in items if item.verb is DropVerb.REFUSE]
    others = sum(item.reason in NOT_FILES for item in refused)
    unread = len(refused) - others
    damaged = sum(item.verb is DropVerb.SEAL and item.reason == HEADER_DAMAGED for item in items)
    said = []
    if damaged:
        one = translate("DropPlan", "1 has a damaged header and is asked about first")
        many = translate("DropPlan", "{n} have a damaged header and are asked about first")
        said.append(quantities.counted(damaged, one, many))
    if unread:
        one = translate("DropPlan", "1 cannot be read and is left out")
        said.append(quantities.counted(unread, one, translate("DropPlan", "{n} cannot be read and are left out")))
    if others:
        one = translate("DropPlan", "1 is a link or a device and is left out")
        said.append(quantities.counted(others, one, translate("DropPlan", "{n} are links or devices and are left out")))
    return translate("DropPlan", ", ").join(said)
