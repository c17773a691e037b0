"""What an export of credentials holds inside its sealed file: one JSON object, versions and attachments included.

Layout, version 1::

    {"format": "vaultapp-credentials", "version": 1, "exported": microseconds UTC, "credentials": [
       {"id": uuid, "description": {…}, "versions": [{"description": {…}, "fields": {name: text}}],
        "attachments": [{"name": text, "data": base64}], "rotations": [{"id": uuid, "description": {…}}]}]}

The descriptions are those of the vault's records, their ids as text. What means something in one vault only, the keyed
hash by which equal secrets are found, is left out.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from vaultapp.core.errors import Damaged, UnsupportedFormat

FORMAT = "vaultapp-credentials"
VERSION = 1


class ExportedVersion(Struct, frozen=True):
    """A version and its value."""

    description: dict[str, Any]
    fields: dict[str, str]

    def __repr__(self) -> str:
        """Show nothing of the value."""
        return "ExportedVersion()"


class ExportedAttachment(Struct, frozen=True):
    """A small file."""

    name: str
    data: bytes

    def __repr__(self) -> str:
        """Show the name only."""
        return f"ExportedAttachment({self.name})"


class ExportedRotation(Struct, frozen=True):
    """A rotation, which may not be finished."""

    id: UUID
    description: dict[str, Any]


class ExportedCredential(Struct, frozen=True):
    """A credential with everything that belongs to it."""

    id: UUID
    description: dict[str, Any]
    versions: tuple[ExportedVersion, ...]
    attachments: tuple[ExportedAttachment, ...] = ()
    rotations: tuple[ExportedRotation, ...] = ()


class CredentialExport(Struct, frozen=True):
    """The whole."""

    exported: int
    credentials: tuple[ExportedCredential, ...]
    format: str = FORMAT
    version: int = VERSION


class _Head(Struct, frozen=True):
    format: str
    version: int


def encode_export(export: CredentialExport) -> bytearray:
    """Return the JSON; whoever gets it overwrites it."""
    data = bytearray()
    msgspec.json.Encoder().encode_into(export, data)
    return data


def decode_export(data: bytes | bytearray | memoryview) -> CredentialExport:
    """Read the JSON.

    Raises:
        UnsupportedFormat: It is something else, or a newer vaultapp wrote it.
        Damaged: It is not as it should be.
    """
    try:
        head = msgspec.json.decode(data, type=_Head)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise UnsupportedFormat(found="credentials") from None
    if head.format != FORMAT:
        raise UnsupportedFormat(found="credentials")
    if head.version != VERSION:
        raise UnsupportedFormat(found=f"{FORMAT} {head.version}")
    try:
        return msgspec.json.decode(data, type=CredentialExport)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        # Not "from": what could not be read may be quoted there.
        raise Damaged(reason="export") from None
