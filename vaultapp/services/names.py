"""What keys and credentials may be called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from uuid import UUID

from vaultapp.core.errors import InvalidValue

NAME_LIMIT = 256
DESCRIPTION_LIMIT = 8192
TAG_LIMIT = 50
TAG_NAME_LIMIT = 128
TAG_VALUE_LIMIT = 256
# Without an empty part: neither a slash at an end nor two in a row.
_IDENTIFIER = re.compile(r"(?!/)(?!.*//)[a-zA-Z0-9/_+=.@-]{1,512}(?<!/)")
# Controls, surrogates, what Unicode has not given out; and direction marks and the like (Cf), which make one name look
# like another.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_ALIAS = re.compile(r"[a-zA-Z0-9/_-]{1,250}")


def checked_name(name: str) -> str:
    """Return a name in NFC without surrounding blanks.

    Raises:
        InvalidValue: Empty, over 256 characters, with control characters, or an id.
    """
    normal = unicodedata.normalize("NFC", name).strip()
    if not normal:
        raise InvalidValue(field="name", reason="empty")
    if len(normal) > NAME_LIMIT:
        raise InvalidValue(field="name", reason="too_long")
    if any(map(is_unseen, normal)):
        raise InvalidValue(field="name", reason="control_characters")
    if as_id(normal) is not None:
        raise InvalidValue(field="name", reason="looks_like_id")
    return normal


def checked_alias(alias: str) -> str:
    """Return an alias.

    Raises:
        InvalidValue: Other characters than letters, digits, ``/_-``, over 250, of AWS, or an id.
    """
    if not _ALIAS.fullmatch(alias) or alias.startswith("aws/") or as_id(alias) is not None:
        raise InvalidValue(field="alias", reason="characters")
    return alias


def checked_identifier(identifier: str) -> str:
    """Return what programs hold of a credential, without ``vault://``; the characters are AWS Secrets Manager's.

    Raises:
        InvalidValue: Other characters than letters, digits and ``/_+=.@-``, over 512, an empty part, or an id.
    """
    if not _IDENTIFIER.fullmatch(identifier):
        raise InvalidValue(field="identifier", reason="characters")
    if as_id(identifier) is not None:
        raise InvalidValue(field="identifier", reason="looks_like_id")
    return identifier


def checked_description(description: str) -> str:
    """Return a description of at most 8,192 characters."""
    if len(description) > DESCRIPTION_LIMIT:
        raise InvalidValue(field="description", reason="too_long")
    return description


def checked_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Return tags: at most 50, names of 1-128 and values of up to 256 characters, as AWS KMS has them."""
    if len(tags) > TAG_LIMIT:
        raise InvalidValue(field="tags", reason="too_many")
    for name, value in tags.items():
        if not 1 <= len(name) <= TAG_NAME_LIMIT or len(value) > TAG_VALUE_LIMIT:
            raise InvalidValue(field="tags", reason="too_long")
    return dict(tags)


def is_unseen(character: str) -> bool:
    """Tell whether a character has no place in a name, because nobody sees it."""
    return unicodedata.category(character) in _UNSEEN


def folded(name: str) -> str:
    """Return what names are compared by."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def as_id(text: str) -> UUID | None:
    """Return the id that a text is, in its one usual form; None when it is something else."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None
