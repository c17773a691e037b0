"""The peers of the field, each at its best: no compression, keys at hand where it takes keys."""

from __future__ import annotations

import secrets
import subprocess
import sys
from importlib import metadata
from pathlib import Path

_SDK = Path(__file__).with_name("sdk_program.py")


class Peers:
    """Command lines of other programs that seal and open files.

    Args:
        folder: For their keys.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, exist_ok=True)
        self._identity = folder / "age.key"
        subprocess.run(["age-keygen", "-o", str(self._identity)], check=True, capture_output=True)
        told = self._identity.read_text()
        self._recipient = next(line.split()[-1] for line in told.splitlines() if line.startswith("# public key"))
        self._passphrase = folder / "gpg.pass"
        self._passphrase.write_text("a passphrase for measuring only")
        self._gpg = folder / "gnupg"
        self._gpg.mkdir(mode=0o700, exist_ok=True)
        self._key = folder / "aes.key"
        self._key.write_bytes(secrets.token_bytes(32))

    @staticmethod
    def versions() -> dict[str, str]:
        """Return what the peers say they are."""
        asked = {"age": ["age", "--version"], "openssl": ["openssl", "version"], "gpg": ["gpg", "--version"]}
        told = {
            name: subprocess.run(argv, capture_output=True, check=True).stdout.decode().splitlines()[0]
            for name, argv in asked.items()
        }
        return told | {"aws-encryption-sdk": metadata.version("aws-encryption-sdk")}

    def seal(self, source: Path, target: Path) -> dict[str, list[str]]:
        """Return how each peer seals a file; the targets carry the peer's name."""
        return {
            "age": ["age", "-r", self._recipient, "-o", f"{target}.age", str(source)],
            "openssl": self._openssl("-e", source, Path(f"{target}.openssl")),
            "gpg": [*self._gpg_base(), "-o", f"{target}.gpg", "-c", str(source)],
            "aws-encryption-sdk": self._sdk("encrypt", source, Path(f"{target}.aws-encryption-sdk")),
        }

    def open(self, sealed: Path, target: Path) -> dict[str, list[str]]:
        """Return how each peer opens what it sealed as ``sealed``."""
        return {
            "age": ["age", "-d", "-i", str(self._identity), "-o", f"{target}.age", f"{sealed}.age"],
            "openssl": self._openssl("-d", Path(f"{sealed}.openssl"), Path(f"{target}.openssl")),
            "gpg": [*self._gpg_base(), "-o", f"{target}.gpg", "-d", f"{sealed}.gpg"],
            "aws-encryption-sdk": self._sdk(
                "decrypt", Path(f"{sealed}.aws-encryption-sdk"), Path(f"{target}.aws-encryption-sdk")
            ),
        }

    def age_each(self, sources: list[Path], folder: Path) -> list[str]:
        """Return one shell that seals each of these files with an age of its own, as age takes one file a call."""
        listed = self._folder / "files"
        listed.write_text("".join(f"{source}\n" for source in sources))
        loop = 'while IFS= read -r file; do age -r "$0" -o "$1/${file##*/}.age" "$file"; done <"$2"'
        return ["sh", "-c", loop, self._recipient, str(folder), str(listed)]

    def _openssl(self, way: str, source: Path, target: Path) -> list[str]:
        key, iv = self._key.read_bytes().hex(), bytes(16).hex()
        return ["openssl", "enc", "-aes-256-ctr", way, "-K", key, "-iv", iv, "-in", str(source), "-out", str(target)]

    def _gpg_base(self) -> list[str]:
        loopback = ["--pinentry-mode", "loopback", "--passphrase-file", str(self._passphrase)]
        plain = ["--cipher-algo", "AES256", "--compress-algo", "none"]
        return [
            "gpg",
            "--homedir",
            str(self._gpg),
            "--batch",
            "--yes",
            "--quiet",
            "--no-symkey-cache",
            *loopback,
            *plain,
        ]

    def _sdk(self, verb: str, source: Path, target: Path) -> list[str]:
        return [sys.executable, str(_SDK), verb, str(self._key), str(source), str(target)]
