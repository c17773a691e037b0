"""MariaDB's ``ed25519`` way to log in: Ed25519 with a password of any length for the secret.

No library takes such a secret, so the curve is computed here, once a login. That is not done in constant time; whoever
could measure it would have to be in this process.
"""

from __future__ import annotations

import base64
import hashlib

ED25519 = "ed25519"

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_BASE_Y = 4 * pow(5, -1, _P) % _P
_BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202

_Point = tuple[int, int, int, int]
"""Extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, x*y = T/Z."""
_NEUTRAL: _Point = (0, 1, 1, 0)
_BASE: _Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % _P)


def ed25519_kept(password: str) -> str:
    """Return what the server keeps of a password: the public key in base64, 43 characters without padding.

    Source:
        MariaDB, "Authentication Plugin - ed25519"; RFC 8032, section 5.1.
    """
    scalar, _ = _secret(password.encode())
    return base64.b64encode(_encode(_times(scalar))).decode().rstrip("=")


def ed25519_answer(password: bytes, challenge: bytes) -> bytes:
    """Sign a server's challenge of 32 bytes.

    Returns:
        64 bytes, a signature as RFC 8032, section 5.1.6, has it.
    """
    scalar, prefix = _secret(password)
    public = _encode(_times(scalar))
    nonce = _number(prefix, challenge)
    commitment = _encode(_times(nonce))
    proof = (nonce + _number(commitment, public, challenge) * scalar) % _ORDER
    return commitment + proof.to_bytes(32, "little")


def _secret(password: bytes) -> tuple[int, bytes]:
    digest = hashlib.sha512(password).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | (1 << 254)
    return scalar, digest[32:]


def _number(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % _ORDER


def _add(left: _Point, right: _Point) -> _Point:
    a = (left[1] - left[0]) * (right[1] - right[0])
    b = (left[1] + left[0]) * (right[1] + right[0])
    c = 2 * left[3] * right[3] * _D
    d = 2 * left[2] * right[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int) -> _Point:
    result, power = _NEUTRAL, _BASE
    while scalar:
        if scalar & 1:
            result = _add(result, power)
        power = _add(power, power)
        scalar >>= 1
    return result


def _encode(point: _Point) -> bytes:
    inverse = pow(point[2], -1, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")
