"""Keys from passphrases: Argon2id within bounds, and what counts as a passphrase."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from argon2.exceptions import Argon2Error
from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

from vaultapp.core.clock import Clock
from vaultapp.core.errors import InvalidValue, MemoryMissing, OutOfBounds
from vaultapp.crypto.available_memory import available_memory_kib
from vaultapp.crypto.hkdf import hkdf, hkdf_expand, hkdf_extract
from vaultapp.crypto.random import Random

__all__ = [
    "FLOOR",
    "Argon2Parameters",
    "argon2id",
    "calibrate",
    "check_bounds",
    "check_work",
    "hkdf",
    "hkdf_expand",
    "hkdf_extract",
    "passphrase_bytes",
]

SALT_BYTES = 16
OUTPUT_BYTES = 32
PASSPHRASE_LIMIT = 4096
KIB_PER_MIB = 1024

MEMORY_FLOOR_KIB = 64 * KIB_PER_MIB
MEMORY_CEILING_KIB = 4 * 1024 * KIB_PER_MIB
PASSES_CEILING = 64
LANES_CEILING = 16
WORK_CEILING_KIB = 64 * 1024 * KIB_PER_MIB

CALIBRATION_MEMORY_KIB = 256 * KIB_PER_MIB
_TARGET_MS = 1000
_DEFAULT_LANES = 4


@dataclass(frozen=True, slots=True)
class Argon2Parameters:
    """One Argon2id setting: memory in KiB, passes, lanes, 16 bytes of salt."""

    memory_kib: int
    passes: int
    lanes: int
    salt: bytes


FLOOR = (MEMORY_FLOOR_KIB, 1)
"""The weakest setting that is accepted: memory in KiB, passes."""


def check_bounds(parameters: Argon2Parameters, memory_ceiling_kib: int = MEMORY_CEILING_KIB) -> None:
    """Refuse what is too weak to be ours or too costly to be honest, before any memory is taken.

    Raises:
        OutOfBounds: Under 64 MiB or one pass; over the memory ceiling, 64 passes, 16 lanes, or 64 GiB x passes.
    """
    work = parameters.memory_kib * parameters.passes
    for field, value, floor, ceiling in (
        ("memory", parameters.memory_kib, MEMORY_FLOOR_KIB, memory_ceiling_kib),
        ("passes", parameters.passes, 1, PASSES_CEILING),
        ("lanes", parameters.lanes, 1, LANES_CEILING),
        ("work", work, MEMORY_FLOOR_KIB, WORK_CEILING_KIB),
        ("salt", len(parameters.salt), SALT_BYTES, SALT_BYTES),
    ):
        if not floor <= value <= ceiling:
            raise OutOfBounds(field=f"kdf_{field}", value=value, limit=floor if value < floor else ceiling)


def check_work(tried: Iterable[Argon2Parameters]) -> None:
    """Refuse settings that are tried one after another where all of them cost more than one alone may.

    Raises:
        OutOfBounds: Over 64 GiB x passes.
    """
    work = sum(parameters.memory_kib * parameters.passes for parameters in tried)
    if work > WORK_CEILING_KIB:
        raise OutOfBounds(field="kdf_work", value=work, limit=WORK_CEILING_KIB)


def argon2id(
    passphrase: bytearray | bytes,
    parameters: Argon2Parameters,
    memory_ceiling_kib: int = MEMORY_CEILING_KIB,
    available: Callable[[], int] = available_memory_kib,
) -> bytearray:
    """Derive 32 bytes.

    Args:
        passphrase: As :func:`passphrase_bytes` returns it.
        parameters: Bounds are checked first.
        memory_ceiling_kib: Lower for passphrases of sealed files.
        available: Returns the machine's available memory in KiB.

    Raises:
        OutOfBounds: See :func:`check_bounds`.
        MemoryMissing: The machine has not that much memory to give.

    Source:
        RFC 9106; version 0x13.
    """
    check_bounds(parameters, memory_ceiling_kib)
    if parameters.memory_kib > available():
        raise MemoryMissing(needed=parameters.memory_kib // KIB_PER_MIB)
    try:
        return bytearray(
            hash_secret_raw(
                bytes(passphrase),
                parameters.salt,
                parameters.passes,
                parameters.memory_kib,
                parameters.lanes,
                OUTPUT_BYTES,
                Type.ID,
                ARGON2_VERSION,
            )
        )
    except (Argon2Error, MemoryError) as exc:
        raise MemoryMissing(needed=parameters.memory_kib // KIB_PER_MIB) from exc


def calibrate(
    clock: Clock,
    random: Random,
    *,
    derive: Callable[[bytes, Argon2Parameters], object] = argon2id,
    cores: int | None = None,
    available: Callable[[], int] = available_memory_kib,
) -> tuple[Argon2Parameters, int]:
    """Find a setting that takes about a second here: memory first, up to 256 MiB, then passes.

    A vault must open on small machines too, so memory is at most half of what is available.

    Returns:
        Parameters with a fresh salt, and the milliseconds that one derivation takes with them.

    Raises:
        MemoryMissing: Not even the floor of 64 MiB is to be had.
    """
    lanes = max(1, min(_DEFAULT_LANES, cores or os.cpu_count() or 1))
    room = min(CALIBRATION_MEMORY_KIB, available() // 2)
    parameters = Argon2Parameters(MEMORY_FLOOR_KIB, 1, lanes, random.bytes(SALT_BYTES))
    taken = _measure(clock, derive, parameters)
    # Twice the memory takes twice as long: stop where that would leave the target further away.
    while 3 * taken <= 2 * _TARGET_MS and 2 * parameters.memory_kib <= room:
        parameters = replace(parameters, memory_kib=2 * parameters.memory_kib)
        taken = _measure(clock, derive, parameters)
    # The first pass pays for touching the memory, so a second estimate comes closer than the first one.
    for _ in range(2):
        passes = max(1, min(PASSES_CEILING, round(parameters.passes * _TARGET_MS / max(1, taken))))
        if passes <= parameters.passes:
            break
        parameters = replace(parameters, passes=passes)
        taken = _measure(clock, derive, parameters)
    return parameters, taken


def passphrase_bytes(raw: bytearray, *, from_file: bool) -> bytearray:
    """Return a passphrase's bytes: NFC, UTF-8. Both buffers are the caller's to overwrite.

    Args:
        raw: UTF-8 as typed or read.
        from_file: One trailing LF or CR LF is not part of it.

    Raises:
        InvalidValue: Empty, over 4,096 bytes, or not UTF-8.
    """
    end = len(raw)
    if from_file and raw.endswith(b"\n"):
        end -= 2 if raw.endswith(b"\r\n") else 1
    if end == 0:
        raise InvalidValue(field="passphrase", reason="empty")
    # NFC makes a text at most three times shorter; ordering a long run of marks takes quadratic time.
    if end > 3 * PASSPHRASE_LIMIT:
        raise InvalidValue(field="passphrase", reason="too_long")
    try:
        with memoryview(raw)[:end] as view:
            text = str(view, "utf-8")
    except UnicodeDecodeError:
        raise InvalidValue(field="passphrase", reason="not_utf8") from None
    normal = bytearray(unicodedata.normalize("NFC", text), "utf-8")
    if len(normal) > PASSPHRASE_LIMIT:
        raise InvalidValue(field="passphrase", reason="too_long")
    return normal


def _measure(clock: Clock, derive: Callable[[bytes, Argon2Parameters], object], parameters: Argon2Parameters) -> int:
    begun = clock.monotonic()
    derive(b"calibration", parameters)
    return round((clock.monotonic() - begun) * 1000)
