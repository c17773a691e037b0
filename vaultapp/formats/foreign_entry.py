"""One entry of another program's file, as a credential, with a word on every field that it had."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from vaultapp.contracts.credential_kinds import LOGIN, NOTE, TOKEN
from vaultapp.contracts.credential_transfer import LossReason, LostField, RenamedField

FIELD_NAME_LIMIT = 128
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f#{}]+")
USERNAME, PASSWORD, URL, TOTP, NOTES = "username", "password", "url", "totp", "notes"


@dataclass(frozen=True, slots=True)
class OlderValue:
    """A value that the other program kept. ``since`` is when it came into force, microseconds UTC; None: not told."""

    fields: Mapping[str, str] = field(repr=False)
    since: int | None


@dataclass(frozen=True, slots=True)
class ForeignAttachment:
    """A small file of an entry."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ForeignEntry:
    """What an entry would be here.

    Attributes:
        title: What it is called there, or what its address suggests.
        folder: Where it lies there, outermost first.
        kind: Of ours.
        fields: The value.
        older: Earlier values, oldest first.
        created, since, remind_at: Microseconds UTC; None where not told. ``since``: the value is in force.
        skipped: It is not to be taken, and why.
    """

    title: str
    folder: tuple[str, ...]
    kind: str
    fields: Mapping[str, str] = field(repr=False)
    tags: tuple[str, ...] = ()
    older: tuple[OlderValue, ...] = ()
    attachments: tuple[ForeignAttachment, ...] = ()
    created: int | None = None
    since: int | None = None
    remind_at: int | None = None
    kept: tuple[str, ...] = ()
    renamed: tuple[RenamedField, ...] = ()
    lost: tuple[LostField, ...] = ()
    skipped: LossReason | None = None


class EntryDraft:
    """Collects what a file tells of one entry, and decides at the end which kind it is.

    Args:
        title: What it is called there.
        folder: Where it lies there.
    """

    def __init__(self, title: str = "", folder: tuple[str, ...] = ()) -> None:
        self.title = title
        self.folder = folder
        self.tags: list[str] = []
        self.older: list[tuple[str, int | None]] = []
        self.older_values: list[OlderValue] = []
        self.attachments: list[ForeignAttachment] = []
        self.created: int | None = None
        self.since: int | None = None
        self.remind_at: int | None = None
        self.skipped: LossReason | None = None
        self._fields: dict[str, str] = {}
        # Our name of each field, by the file's.
        self._taken: dict[str, str] = {}
        self._lost: dict[LostField, None] = {}
        # The next number of a name that comes again; a file may have one a hundred thousand times.
        self._numbers: dict[str, int] = {}

    def take(self, source: str, target: str, value: str | None) -> None:
        """Keep a field under a name of ours; a second one gets a number. One with nothing in it is passed over."""
        if not value:
            return
        name = self._numbered(_field_name(target))
        self._fields[name] = value
        self._taken[source if source not in self._taken else name] = name

    def note(self, source: str, target: str) -> None:
        """Say that something is kept beside the value: its tags, where it lay."""
        self._taken[source] = target

    def lose(self, source: str, reason: LossReason = LossReason.NO_PLACE) -> None:
        """Say that a field is left out."""
        self._lost.setdefault(LostField(source, reason))

    def entry(self) -> ForeignEntry:
        """Return the entry: a login; a token where there is only a secret; else a note with fields."""
        fields = dict(self._fields)
        kind = LOGIN.name
        secret = PASSWORD
        if not fields.get(PASSWORD):
            kind, secret = NOTE.name, ""
            self._move(fields, NOTES, NOTE.secret)
            if not fields.get(NOTE.secret):
                fields[NOTE.secret] = self.title
        elif not fields.get(USERNAME):
            kind, secret = TOKEN.name, TOKEN.secret
            self._move(fields, PASSWORD, TOKEN.secret)
        older = [*self.older_values]
        if secret:
            older += [OlderValue(fields | {secret: value}, since) for value, since in self.older]
        skipped = self.skipped
        if not self._fields and not self.attachments and skipped is None:
            skipped = LossReason.EMPTY
        return ForeignEntry(
            title=self.title.strip() or _host(fields.get(URL, "")),
            folder=tuple(part for part in self.folder if part.strip()),
            kind=kind,
            fields=fields,
            tags=tuple(dict.fromkeys(tag.strip() for tag in self.tags if tag.strip())),
            older=tuple(older),
            attachments=tuple(self.attachments),
            created=self.created,
            since=self.since,
            remind_at=self.remind_at,
            kept=tuple(source for source, target in self._taken.items() if source == target),
            renamed=tuple(RenamedField(source, target) for source, target in self._taken.items() if source != target),
            lost=tuple(self._lost),
            skipped=skipped,
        )

    def _numbered(self, name: str) -> str:
        found = _free(name, self._fields, self._numbers.get(name, 2))
        if found != name:
            self._numbers[name] = int(found.rpartition("_")[2]) + 1
        return found

    def _move(self, fields: dict[str, str], old: str, new: str) -> None:
        if old not in fields:
            return
        value = fields.pop(old)
        if new in fields:
            other = _free(new, fields)
            fields[other] = fields[new]
            self._retarget(new, other)
        fields[new] = value
        self._retarget(old, new)

    def _retarget(self, old: str, new: str) -> None:
        for source, target in self._taken.items():
            if target == old:
                self._taken[source] = new
                return


def _field_name(text: str) -> str:
    """Return a name that a field may have here."""
    normal = unicodedata.normalize("NFC", _NOT_IN_NAMES.sub(" ", text)).strip()
    return normal[:FIELD_NAME_LIMIT].strip() or "field"


def _free(name: str, taken: Mapping[str, str], number: int = 2) -> str:
    if name not in taken:
        return name
    while f"{name[: FIELD_NAME_LIMIT - 8]}_{number}" in taken:
        number += 1
    return f"{name[: FIELD_NAME_LIMIT - 8]}_{number}"


def _host(url: str) -> str:
    try:
        return urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
