"""One-time codes by time (RFC 6238)."""

from __future__ import annotations

import binascii
import hmac
import struct
from base64 import b32decode
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct

from vaultapp.contracts.credentials import OneTimeCode
from vaultapp.core.clock import MICROS
from vaultapp.core.errors import InvalidValue

TOTP_FIELD = "totp"
_HASHES = {"SHA1": "sha1", "SHA256": "sha256", "SHA512": "sha512"}
_DIGITS = range(6, 9)
_PERIODS = range(1, 3601)
_BASE32_GROUP = 8


class _Seed(Struct, frozen=True):
    """A seed with the way that codes are made from it; of all that is kept hidden, nothing is shown."""

    key: bytes
    digest: str = "sha1"
    digits: int = 6
    period: int = 30

    def __repr__(self) -> str:
        return f"_Seed({self.digest}, {self.digits} digits, {self.period} s)"


def one_time_code(seed: str, now: int) -> OneTimeCode:
    """Return the code of a moment.

    Args:
        seed: Base 32, blanks, hyphens and padding as one likes; or an ``otpauth://totp/`` address.
        now: Microseconds UTC.

    Raises:
        InvalidValue: It is neither, or asks for what RFC 6238 does not have.

    Source:
        RFC 6238, section 4; RFC 4226, section 5.3; key URI format of the google-authenticator wiki.
    """
    found = _address(seed.strip()) if seed.strip().lower().startswith("otpauth:") else _Seed(_key(seed))
    seconds = now // MICROS
    mac = hmac.digest(found.key, struct.pack(">Q", seconds // found.period), found.digest)
    at = mac[-1] & 0x0F
    number = struct.unpack_from(">I", mac, at)[0] & 0x7FFFFFFF
    return OneTimeCode(f"{number % 10**found.digits:0{found.digits}}", found.period - seconds % found.period)


def _address(text: str) -> _Seed:
    try:
        address = urlsplit(text)
        query = {name.lower(): values[0] for name, values in parse_qs(address.query).items()}
    except ValueError:
        raise InvalidValue(field=TOTP_FIELD, reason="seed") from None
    if address.netloc.lower() != "totp":
        raise InvalidValue(field=TOTP_FIELD, reason="not_by_time")
    digest = _HASHES.get(query.get("algorithm", "SHA1").upper().replace("-", ""))
    digits, period = _number(query.get("digits", "6")), _number(query.get("period", "30"))
    if digest is None or digits not in _DIGITS or period not in _PERIODS:
        raise InvalidValue(field=TOTP_FIELD, reason="parameters")
    return _Seed(_key(query.get("secret", "")), digest, digits, period)


def _key(text: str) -> bytes:
    packed = "".join(text.split()).replace("-", "").rstrip("=").upper()
    try:
        key = b32decode(packed + "=" * (-len(packed) % _BASE32_GROUP))
    except (binascii.Error, ValueError):
        raise InvalidValue(field=TOTP_FIELD, reason="seed") from None
    if not key:
        raise InvalidValue(field=TOTP_FIELD, reason="seed")
    return key


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else -1
