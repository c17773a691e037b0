"""What a credential's value and its connection's settings must be, and what is shown of a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from vaultapp.contracts.credential_kinds import GRACE, CredentialKind, Field
from vaultapp.contracts.credentials import VALUE_LIMIT
from vaultapp.core.errors import InvalidValue

GRACE_LIMIT = 30 * 24 * 60
"""Minutes. Whoever needs the old password for longer needs two credentials."""
_SHOWN_LIMIT = 256
_PORT = "port"
_PORTS = range(1, 1 << 16)
_FIELD_NAME = re.compile(r"[^\x00-\x1f\x7f#]{1,128}")


def checked_value(kind: CredentialKind, given: Mapping[str, str]) -> dict[str, str]:
    """Return a value with the defaults of its kind filled in: its fields in their order, then what it has besides.

    What is refused is named by its field, never quoted.

    Raises:
        InvalidValue: A field is missing or not one of its choices, a field's name cannot be one, a server's port is no
            number of one, or the value has more than 64 KiB as JSON.
    """
    if not all(_FIELD_NAME.fullmatch(name) for name in given):
        raise InvalidValue(field="field", reason="name")
    filled = _filled(kind.fields, given)
    value = {field.name: filled[field.name] for field in kind.fields if field.name in filled}
    if _PORT in value and not _is_port(value[_PORT]):
        raise InvalidValue(field=_PORT, reason="port")
    value |= {name: text for name, text in given.items() if name not in value}
    if len(msgspec.json.encode(value)) > VALUE_LIMIT:
        raise InvalidValue(field="value", reason="too_large")
    return value


def checked_settings(kind: CredentialKind, given: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a connection as they are kept: what was given, without what is empty.

    Defaults are filled in when they are used (:func:`filled_settings`), so that a better one reaches all.

    Raises:
        InvalidValue: Not a setting of this kind, not one of its choices, missing, or no number of minutes.
    """
    known = {field.name for field in kind.settings}
    for name in given:
        if name not in known:
            raise InvalidValue(field=name, reason="unknown_setting")
    filled_settings(kind, given)
    grace = given.get(GRACE.name, "")
    if grace and not (grace.isascii() and grace.isdecimal() and int(grace[:9]) <= GRACE_LIMIT):
        raise InvalidValue(field=GRACE.name, reason="minutes")
    return {name: text for name, text in given.items() if text}


def filled_settings(kind: CredentialKind, given: Mapping[str, str]) -> dict[str, str]:
    """Return every setting of a kind that has a value, defaults filled in.

    Raises:
        InvalidValue: One is missing or not one of its choices.
    """
    return _filled(kind.settings, given)


def account_of(kind: CredentialKind, value: Mapping[str, str]) -> str:
    """Return the account that lists show; empty when there is none."""
    return value.get(kind.account, "")[:_SHOWN_LIMIT] if kind.account else ""


def target_of(kind: CredentialKind, value: Mapping[str, str]) -> str:
    """Return the target that lists show, e.g. ``db.example:3306``; empty when there is none."""
    return ":".join(filter(None, (value.get(name, "") for name in kind.target)))[:_SHOWN_LIMIT]


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdecimal() and int(text[:9]) in _PORTS


def _filled(fields: Iterable[Field], given: Mapping[str, str]) -> dict[str, str]:
    filled: dict[str, str] = {}
    for field in fields:
        text = given.get(field.name, "") or field.default
        if field.required and not text:
            raise InvalidValue(field=field.name, reason="missing")
        if field.choices and text and text not in field.choices:
            raise InvalidValue(field=field.name, reason="choice")
        if text or field.name in given:
            filled[field.name] = text
    return filled
