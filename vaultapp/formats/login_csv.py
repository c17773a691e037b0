"""Tables of logins, as browsers and password managers export them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from vaultapp.contracts.credential_transfer import LossReason
from vaultapp.core.clock import MICROS
from vaultapp.core.errors import Damaged, UnsupportedFormat
from vaultapp.formats.foreign_entry import NOTES, PASSWORD, TOTP, URL, USERNAME, EntryDraft, ForeignEntry

_TITLE, _FOLDER, _TAGS, _CREATED, _SINCE, _CUSTOM, _DROPPED = (
    "title",
    "folder",
    "tags",
    "created",
    "since",
    "custom",
    "dropped",
)
# Heads of columns, lower case, without blanks and underscores, and what they hold. Who writes them so: Chrome, Edge,
# Brave, Safari, Firefox, 1Password, KeePassXC, Bitwarden, LastPass, Dashlane.
_COLUMNS = {
    _TITLE: ("title", "name", "account"),
    URL: ("url", "website", "loginuri", "loginurl", "web site"),
    USERNAME: ("username", "login", "loginusername", "user", "email", "loginname"),
    PASSWORD: ("password", "loginpassword"),
    NOTES: ("notes", "note", "extra", "comments", "comment"),
    TOTP: ("totp", "otpauth", "logintotp", "otp", "otpurl", "otpsecret", "onetimepassword"),
    _FOLDER: ("folder", "group", "grouping", "category", "vault"),
    _TAGS: ("tags", "tag", "labels"),
    _CREATED: ("created", "timecreated", "createdat"),
    _SINCE: ("lastmodified", "timepasswordchanged", "modified", "updatedat"),
    _CUSTOM: ("fields",),
    _DROPPED: (
        "favorite", "fav", "archived", "icon", "reprompt", "httprealm", "formactionorigin", "guid", "timelastused",
        "type", "autofill", "uuid", "matchurl",
    ),
}  # fmt: skip
_HEADS = {head: column for column, heads in _COLUMNS.items() for head in heads}
_SECRETS = frozenset({PASSWORD, TOTP, NOTES})
_NOTHING = frozenset({"", "0", "false", "no", "login"})
_MILLISECONDS_FROM = 10**11


def parse_csv(data: bytes) -> list[ForeignEntry]:
    """Return the entries of a table whose first line names its columns.

    What a column is, its head tells; one that is not known is kept as a field of that name.

    Raises:
        UnsupportedFormat: Not text, or no column holds a secret or a name.
        Damaged: A quoted field has no end, or a line has more fields than there are columns.
    """
    rows = _rows(_text(data))
    heads = [head.strip() for head in next(rows, [])]
    columns = [_HEADS.get(_folded(head), "") for head in heads]
    if not (_SECRETS & set(columns) and {_TITLE, URL, USERNAME} & set(columns)):
        raise UnsupportedFormat(found="csv_columns")
    entries = []
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(heads):
            raise Damaged(reason="table")
        entries.append(_entry(heads, columns, row))
    return entries


def _entry(heads: list[str], columns: list[str], row: list[str]) -> ForeignEntry:
    draft = EntryDraft()
    for head, column, cell in zip(heads, columns, row, strict=False):
        if not cell.strip():
            continue
        _take(draft, head, column, cell)
    return draft.entry()


def _take(draft: EntryDraft, head: str, column: str, cell: str) -> None:
    if column == _TITLE and not draft.title:
        draft.title = cell
        draft.note(head, "name")
    elif column == _FOLDER and not draft.folder:
        draft.folder = tuple(cell.replace("\\", "/").split("/"))
        draft.note(head, "tag folder")
    elif column == _TAGS:
        draft.tags += cell.replace(";", ",").split(",")
        draft.note(head, "tags")
    elif column in (_CREATED, _SINCE):
        when = _time(cell)
        if when is None:
            draft.lose(head, LossReason.INVALID)
        else:
            setattr(draft, column, when)
            draft.note(head, "created")
    elif column == _CUSTOM:
        # Bitwarden: one "name: value" a line.
        for number, line in enumerate(cell.splitlines(), 1):
            name, sign, value = line.partition(": ")
            draft.take(f"{head}/{name}" if sign else f"{head}/{number}", name if sign else head, value or line)
    elif column == _DROPPED:
        if _folded(cell) not in _NOTHING:
            draft.lose(head)
    else:
        draft.take(head, column if column and column not in (_TITLE, _FOLDER) else head, cell)


def _rows(text: str) -> Iterator[list[str]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            # Not "from": what could not be read may be quoted there.
            raise Damaged(reason="table") from None


def _text(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise UnsupportedFormat(found="credentials") from None
    if "\0" in text:
        raise UnsupportedFormat(found="credentials")
    return text


def _folded(head: str) -> str:
    return head.strip().casefold().replace(" ", "").replace("_", "").replace("-", "")


def _time(text: str) -> int | None:
    """Return microseconds UTC of a number of (milli)seconds or a time as ISO 8601 writes it; None for others."""
    text = text.strip()
    readers: tuple[Callable[[str], float], ...] = (float, lambda given: _iso(given).timestamp())
    for read in readers:
        try:
            seconds = read(text)
            if read is float and seconds >= _MILLISECONDS_FROM:
                seconds /= 1000
            return int(seconds * MICROS) if 0 <= seconds < 2**36 else None
        except (ValueError, OverflowError):
            continue
    return None


def _iso(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
