"""KeePass databases, by pykeepass where that is installed: it is GPL, and so no dependency of ours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from vaultapp.contracts.credential_transfer import LossReason
from vaultapp.core.clock import MICROS
from vaultapp.core.credential_errors import ExtraMissing
from vaultapp.core.errors import AuthenticationFailed, Damaged, OutOfBounds, PassphraseNeeded
from vaultapp.crypto.aes_kdf import aes_kdf
from vaultapp.formats.foreign_entry import (
    NOTES,
    PASSWORD,
    TOTP,
    URL,
    USERNAME,
    EntryDraft,
    ForeignAttachment,
    ForeignEntry,
    OlderValue,
)

SIGNATURE = b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5"
MEMORY_LIMIT_KIB = 1024 * 1024
PASSES_LIMIT = 10_000
ROUNDS_LIMIT = 500_000_000
_WITH_PARAMETERS = 4

# Name there, and here. KeePass 2 keeps seeds of one-time codes in fields of its own.
_STANDARD = (
    ("UserName", "username", USERNAME),
    ("Password", "password", PASSWORD),
    ("URL", "url", URL),
    ("otp", "otp", TOTP),
    ("Notes", "notes", NOTES),
)
_TOTP_FIELDS = frozenset({"TimeOtp-Secret-Base32", "TOTP Seed"})
_NO_ICON = frozenset({None, "", "0"})


def parse_kdbx(data: bytes, passphrase: bytearray | None, key_file: bytes | None) -> list[ForeignEntry]:
    """Return the entries; groups become the beginning of identifiers, their history earlier versions.

    The library keeps the passphrase as text, of which copies stay in memory until the vault is locked.

    Args:
        data: The file.
        passphrase: UTF-8, as it was typed; None without one.
        key_file: Content of the key file; None without one.

    Raises:
        ExtraMissing: pykeepass is not installed.
        PassphraseNeeded: Neither was given.
        AuthenticationFailed: They do not open it.
        OutOfBounds: Its key derivation takes more than 1 GiB, 10,000 passes or 500 million rounds.
        Damaged: It is cut short or malformed.
    """
    try:
        import pykeepass
        from pykeepass.exceptions import CredentialsError
    except ImportError:
        raise ExtraMissing(extra="kdbx") from None
    if passphrase is None and key_file is None:
        raise PassphraseNeeded
    try:
        kdf = _kdf_of(pykeepass.PyKeePass(io.BytesIO(data), decrypt=False).kdbx.header.value)
        password = None if passphrase is None else passphrase.decode()
        transformed = None if kdf is None else aes_kdf(*kdf, _composite(password, key_file))
        opened = pykeepass.PyKeePass(
            io.BytesIO(data),
            password=password,
            keyfile=None if key_file is None else io.BytesIO(key_file),
            transformed_key=transformed,
        )
        deleted = _deleted(opened)
        return [_entry(entry, entry.uuid in deleted) for entry in opened.entries]
    except (OutOfBounds, Damaged):
        raise
    except CredentialsError:
        raise AuthenticationFailed from None
    except Exception:  # noqa: BLE001 - the library lets through whatever its parsers raise
        # Not "from": what could not be read may be quoted there.
        raise Damaged(reason="kdbx") from None


def _kdf_of(header: Any) -> tuple[bytes, int] | None:
    """Return seed and rounds where AES derives the key, which the library takes minutes for; None for Argon2.

    Raises:
        OutOfBounds: It asks for too much.
    """
    fields = header.dynamic_header
    if header.major_version < _WITH_PARAMETERS:
        seed, rounds = fields.transform_seed.data, fields.transform_rounds.data
    else:
        given = {name: one.value for name, one in fields.kdf_parameters.data.dict.items()}
        if "M" in given:
            _bound("kdf_memory", given["M"] // 1024, MEMORY_LIMIT_KIB)
            _bound("kdf_passes", given["I"], PASSES_LIMIT)
            return None
        seed, rounds = given["S"], given["R"]
    _bound("kdf_rounds", rounds, ROUNDS_LIMIT)
    return bytes(seed), int(rounds)


def _composite(password: str | None, key_file: bytes | None) -> bytes:
    from pykeepass.kdbx_parsing.common import compute_key_composite

    made: bytes = compute_key_composite(password, None if key_file is None else io.BytesIO(key_file))
    return made


def _bound(name: str, value: int, limit: int) -> None:
    if value > limit:
        raise OutOfBounds(field=name, value=value, limit=limit)


def _deleted(opened: Any) -> frozenset[Any]:
    try:
        bin_group = opened.recyclebin_group
    except (AttributeError, TypeError, ValueError):
        bin_group = None
    if bin_group is None:
        return frozenset()
    return frozenset(entry.uuid for entry in opened.find_entries(group=bin_group, path=None, recursive=True))


def _entry(entry: Any, deleted: bool) -> ForeignEntry:
    draft = EntryDraft(entry.deref("title") or "", tuple((entry.path or [])[:-1]))
    draft.note("Title", "name")
    if draft.folder:
        draft.note("Group", "tag folder")
    for source, attribute, target in _STANDARD:
        draft.take(source, target, entry.deref(attribute))
    for name, value in entry.custom_properties.items():
        draft.take(name, TOTP if name in _TOTP_FIELDS else name, value)
    draft.tags += entry.tags
    if entry.tags:
        draft.note("Tags", "tags")
    for attachment in entry.attachments:
        draft.attachments.append(ForeignAttachment(attachment.filename or "file", bytes(attachment.data)))
        draft.note(f"attachment {attachment.filename}", "attachments")
    draft.created, draft.since = _time(entry.ctime), _time(entry.mtime)
    if entry.expires:
        # What has expired there can be used there; so it can here, with a reminder.
        draft.remind_at = _time(entry.expiry_time)
        draft.note("Expires", "reminder")
    draft.older_values += _history(entry)
    if draft.older_values:
        draft.note("History", "versions")
    for name in _lost(entry):
        draft.lose(name)
    if deleted:
        draft.skipped = LossReason.DELETED
    return draft.entry()


def _history(entry: Any) -> Iterator[OlderValue]:
    """Give earlier values, oldest first; saves in which only something beside the value changed are none."""
    before: dict[str, str] | None = None
    now = _value(entry)
    for old in entry.history:
        value = _value(old)
        if value not in (before, now) and value:
            yield OlderValue(value, _time(old.mtime))
        before = value


def _value(entry: Any) -> dict[str, str]:
    draft = EntryDraft(entry.title or "")
    for source, attribute, target in _STANDARD:
        draft.take(source, target, getattr(entry, attribute))
    for name, value in entry.custom_properties.items():
        draft.take(name, TOTP if name in _TOTP_FIELDS else name, value)
    return dict(draft.entry().fields)


def _lost(entry: Any) -> Iterator[str]:
    if entry.icon not in _NO_ICON:
        yield "icon"
    if entry.autotype_sequence or entry.autotype_window:
        yield "auto-type"


def _time(when: datetime | None) -> int | None:
    return None if when is None else int(when.timestamp() * MICROS)
