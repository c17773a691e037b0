"""A key's material in a file, as the command line prints it."""

from __future__ import annotations

from base64 import b64encode

from vaultapp.contracts.keys import Key, KeysApi
from vaultapp.gui.private_file import write_private

# Characters that a file system or a shell makes something else of.
_NOT_IN_NAMES = '/\\:*?"<>|'


def export_to(keys: KeysApi, key: Key, version: bytes, path: bytes) -> None:
    """Write one version's material to a file of its owner: one JSON object, as of ``vaultapp keys export --json``.

    Blocks. Nothing of it is shown or kept.

    Raises:
        VaultError: The agent or the file system refused; nothing was written.
    """
    exported = keys.export(str(key.key_id), version.hex())
    material = exported.material
    encoded = bytearray(b64encode(material))
    text = bytearray(b'{"material": "')
    text += encoded
    text += f'", "key_namespace": "{exported.key_namespace}", "key_name": "{exported.key_name}"'.encode("ascii")
    text += f', "key": "{key.key_id}"}}\n'.encode("ascii")
    try:
        write_private(path, text)
    finally:
        for secret in (material, encoded, text):
            secret[:] = bytes(len(secret))


def file_name(key: Key, number: int) -> str:
    """Return the name that is proposed: Personal version 4.key.json."""
    name = "".join("_" if letter in _NOT_IN_NAMES else letter for letter in key.name).lstrip(".")
    return f"{name[:80]} version {number}.key.json"
