"""Bitwarden's JSON export, not encrypted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from vaultapp.contracts.credential_transfer import LossReason
from vaultapp.core.clock import MICROS
from vaultapp.core.errors import Damaged, UnsupportedFormat
from vaultapp.formats.foreign_entry import NOTES, PASSWORD, TOTP, URL, USERNAME, EntryDraft, ForeignEntry

# Type of an item, and the part of it that is its own.
_PARTS = {1: "login", 2: "secureNote", 3: "card", 4: "identity", 5: "sshKey"}
_BOOLEAN, _LINKED = 2, 3
# What an item is told apart by there; it means nothing elsewhere.
_MEANINGLESS = frozenset({"id", "object", "type", "key", "edit", "viewPassword", "revisionDate", "permissions"})
_HANDLED = frozenset({"name", "notes", "fields", "folderId", "passwordHistory", "creationDate", "deletedDate"})
_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")


def parse_bitwarden(data: bytes) -> list[ForeignEntry]:
    """Return the entries.

    Logins, notes, cards, identities and keys; folders become the beginning of identifiers, earlier passwords earlier
    versions. Attachments are not in such files.

    Raises:
        UnsupportedFormat: It is encrypted, or no such file.
        Damaged: It is, and yet not as Bitwarden writes it.
    """
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise UnsupportedFormat(found="credentials") from None
    if not isinstance(found, dict) or not ("items" in found or "encrypted" in found):
        raise UnsupportedFormat(found="credentials")
    if found.get("encrypted"):
        raise UnsupportedFormat(found="bitwarden_encrypted")
    try:
        folders = {one["id"]: str(one["name"]) for one in found.get("folders") or ()}
        return [_entry(item, folders) for item in found["items"]]
    except (KeyError, TypeError, AttributeError, ValueError):
        # Not "from": what could not be read may be quoted there.
        raise Damaged(reason="bitwarden") from None


def _entry(item: Mapping[str, Any], folders: Mapping[str, str]) -> ForeignEntry:
    draft = EntryDraft(title=str(item["name"] or ""))
    draft.note("name", "name")
    folder = folders.get(item.get("folderId") or "")
    if folder:
        draft.folder = tuple(folder.split("/"))
        draft.note("folder", "tag folder")
    part = _PARTS.get(item["type"])
    if part is None:
        draft.lose("type", LossReason.UNKNOWN_TYPE)
        draft.skipped = LossReason.UNKNOWN_TYPE
    elif item["type"] == 1:
        _login(draft, item.get("login") or {})
    else:
        _record(draft, item.get(part) or {})
    draft.take("notes", NOTES, item.get("notes"))
    for field in item.get("fields") or ():
        _custom(draft, field)
    draft.created = _time(item.get("creationDate"))
    history = item.get("passwordHistory") or ()
    if history:
        _history(draft, history)
    if item.get("deletedDate"):
        draft.skipped = LossReason.DELETED
    for name, value in item.items():
        if name not in _HANDLED and name not in _MEANINGLESS and name != part and value:
            draft.lose(name)
    return draft.entry()


def _login(draft: EntryDraft, login: Mapping[str, Any]) -> None:
    draft.take("username", USERNAME, login.get("username"))
    draft.take("password", PASSWORD, login.get("password"))
    draft.take("totp", TOTP, login.get("totp"))
    draft.since = _time(login.get("passwordRevisionDate"))
    for number, uri in enumerate(login.get("uris") or (), 1):
        draft.take(f"uri {number}" if number > 1 else "uri", URL, uri.get("uri"))
        if uri.get("match") is not None:
            draft.lose("uri match")
    if login.get("fido2Credentials"):
        draft.lose("passkey")
    known = {"username", "password", "totp", "uris", "uri", "passwordRevisionDate", "fido2Credentials"}
    for name, value in login.items():
        if name not in known and value:
            draft.lose(name)


def _record(draft: EntryDraft, record: Mapping[str, Any]) -> None:
    """Take a card, an identity, a key: each of its fields under its name, as ours are written."""
    for name, value in record.items():
        if value and name != "type":
            draft.take(name, _CAPITAL.sub(r"_\1", name).lower(), str(value))


def _custom(draft: EntryDraft, field: Mapping[str, Any]) -> None:
    name = str(field.get("name") or "") or "field"
    if field.get("type") == _LINKED:
        draft.lose(name)
        return
    value = field.get("value")
    if field.get("type") == _BOOLEAN and value is not None:
        value = str(value).lower()
    draft.take(name, name, None if value is None else str(value))


def _history(draft: EntryDraft, history: Any) -> None:
    """Take earlier passwords as earlier versions; the file tells when each was last in use, newest first."""
    since: int | None = draft.created
    for one in sorted(history, key=lambda found: _time(found.get("lastUsedDate")) or 0):
        if one.get("password"):
            draft.older.append((str(one["password"]), since))
            since = _time(one.get("lastUsedDate"))
    draft.note("passwordHistory", "versions")


def _time(text: Any) -> int | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp() * MICROS)
