"""Small texts in memory: what looks encrypted is only remembered."""

from __future__ import annotations

import os
import re
import threading
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.gui.fake_keys import FakeKeys
from tests.gui.gates import open_gate, pass_gate
from vaultapp.contracts.text import OpenedText, TextApi, TextDescription
from vaultapp.core.errors import AuthenticationFailed, KeyNotHere, NotSealed, VaultError

_BLOB = re.compile(r"vlt1[A-Za-z0-9+/]{60,}={0,2}")


@dataclass
class FakeText:
    """Texts under the keys of a list.

    Attributes:
        gate: Encrypting and decrypting wait here; set means open.
        raises: What the next calls answer with, by the call's name.
    """

    keys: FakeKeys
    gate: threading.Event = field(default_factory=open_gate)
    raises: dict[str, VaultError] = field(default_factory=dict)
    made: dict[str, tuple[str, bytes, dict[str, str]]] = field(default_factory=dict)
    inspected: list[str] = field(default_factory=list)

    def encrypt(self, key: str, plaintext: bytearray, context: dict[str, str]) -> str:
        pass_gate(self.gate)
        self._answer("encrypt")
        blob = self.blob(bytes(plaintext), key, context)
        plaintext[:] = bytes(len(plaintext))
        return blob

    def decrypt(self, text: str, context: dict[str, str]) -> OpenedText:
        pass_gate(self.gate)
        self._answer("decrypt")
        key, plaintext, bound = self._find(text)
        found = next((k for k in self.keys.keys if str(k.key_id) == key), None)
        if found is None:
            raise KeyNotHere(key=key[:8])
        if bound != context:
            raise AuthenticationFailed
        return OpenedText(bytearray(plaintext), found.key_id, found.name, found.primary_number)

    def inspect(self, text: str) -> TextDescription:
        self.inspected.append(text)
        self._answer("inspect")
        key, _, _ = self._find(text)
        found = next((k for k in self.keys.keys if str(k.key_id) == key), None)
        if found is None:
            return TextDescription(self.keys.keys[0].key_id, bytes(8))
        return TextDescription(found.key_id, found.primary, found.name, found.primary_number)

    def blob(self, plaintext: bytes, key: str = "", context: dict[str, str] | None = None) -> str:
        """Make an encrypted text; under the first key, if none is named."""
        body = b64encode(os.urandom(60 + len(plaintext))).decode()
        self.made[f"vlt1{body}"] = (key or str(self.keys.keys[0].key_id), plaintext, context or {})
        return f"vlt1{body}"

    def _find(self, text: str) -> tuple[str, bytes, dict[str, str]]:
        found = _BLOB.search(re.sub(r"[\s\"']", "", text[text.find("vlt1") :])) if "vlt1" in text else None
        for blob, made in self.made.items():
            if found is not None and found[0].startswith(blob):
                return made
        raise NotSealed(reason="other")

    def _answer(self, call: str) -> None:
        if call in self.raises:
            raise self.raises[call]


if TYPE_CHECKING:
    _: type[TextApi] = FakeText
