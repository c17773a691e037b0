"""Encrypt and decrypt small texts."""

from __future__ import annotations

from vaultapp.contracts.text import TEXT_LIMIT, OpenedText, TextDescription
from vaultapp.core.errors import KeyNotHere, TextTooLong
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe
from vaultapp.crypto.xaes import XAES_NONCE_BYTES
from vaultapp.formats.encryption_context import check_from_person, serialise
from vaultapp.formats.text_blob import encode_text, find_text, parse_blob
from vaultapp.services.key_ring import KeyMaterial, Ring
from vaultapp.services.recorder import Recorder

_ID_HEAD = 8


class TextService:
    """Texts under the keys of an open vault, for one client. Thread safe.

    Args:
        ring: Where materials come from.
        recorder: The client's pen.
        random: Source of nonces.
        reserved_names: The client is a program on the local API, whose contexts may hold the names that the official
            SDK writes (``aws-crypto-…``); people's may not.
    """

    def __init__(self, ring: Ring, recorder: Recorder, random: Random, *, reserved_names: bool = False) -> None:
        self._ring = ring
        self._recorder = recorder
        self._random = random
        self._reserved_names = reserved_names

    def encrypt(self, key: str, plaintext: bytearray, context: dict[str, str]) -> str:
        """Return a text that begins with ``vlt1``; the plaintext, at most 4,096 bytes, is overwritten.

        Raises:
            TextTooLong: The limit counts bytes of UTF-8, not characters.
            ContextReserved, InvalidValue: The context is not acceptable.
            NotFound, KeyDisabled, KeyPendingDeletion: The key may not be used.
        """
        try:
            if len(plaintext) > TEXT_LIMIT:
                raise TextTooLong(size=len(plaintext), limit=TEXT_LIMIT)
            if not self._reserved_names:
                check_from_person(context)
            bound = serialise(context)
            with self._recorder.failures("text.encrypt", "key", key):
                found = self._ring.primary(key, 0)
            blob = found.blob.seal(plaintext, bound, self._random.bytes(XAES_NONCE_BYTES))
            self._recorder.use("text.encrypt", "key", found.name, "ok", **_facts(found, context))
            return encode_text(blob)
        finally:
            wipe(plaintext)

    def decrypt(self, text: str, context: dict[str, str]) -> OpenedText:
        """Find the blob in a text and open it.

        Raises:
            NotSealed, UnsupportedFormat, Damaged: There is none that can be read.
            KeyNotHere, KeyDisabled, KeyPendingDeletion: Its key can't be used.
            AuthenticationFailed: Changed, or bound to another context.
        """
        blob = find_text(text)
        header = parse_blob(blob)
        bound = serialise(context)
        known = self._ring.label(header.key_id, header.version_id)
        subject = known[0] if known else str(header.key_id)[:_ID_HEAD]
        with self._recorder.failures("text.decrypt", "key", subject, key=str(header.key_id)):
            found = self._ring.find(header.key_id, header.version_id)
            if found is None:
                raise KeyNotHere(key=subject)
            plaintext = bytearray(found.blob.open(blob, bound))
        self._recorder.use("text.decrypt", "key", found.name, "ok", **_facts(found, context))
        return OpenedText(plaintext, found.key_id, found.name, found.number)

    def inspect(self, text: str) -> TextDescription:
        """Say which key a text needs; it is not opened.

        Raises:
            NotSealed, UnsupportedFormat, Damaged: There is none that can be read.
        """
        header = parse_blob(find_text(text))
        name, number = self._ring.label(header.key_id, header.version_id) or ("", 0)
        return TextDescription(header.key_id, header.version_id, name, number)


def _facts(found: KeyMaterial, context: dict[str, str]) -> dict[str, str | int]:
    """Return what the log tells of a use: a context's names, never its values."""
    facts: dict[str, str | int] = {"version": found.number, "key": str(found.key_id)}
    if context:
        facts["context"] = ", ".join(sorted(context))
    return facts
