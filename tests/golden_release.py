"""Make the golden files of a release: a vault, and what its keys have sealed, with digests of what was sealed.

``python -m tests.golden_release tests/vectors/releases/VERSION``, once for each release, by that release. What is there
is never made again: later releases must open it as it is.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from tests.integration.shell import Shell
from vaultapp.contracts.files import FilesApi, Place, SealRequest
from vaultapp.contracts.vault import VaultApi
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.ipc import launch

# Written with combining marks; whoever types it may send single letters.
PASSPHRASE = unicodedata.normalize("NFD", "Zwölf Boxkämpfer jagen Viktor")
FILE_PASSPHRASE = "quer über den großen Sylter Deich"
MADE_AT = 1_700_000_000
CONTEXT = {"purpose": "archive", "\U0001f511": "\U0001f5dd beyond the plane", "empty": ""}


def listing(top: Path) -> dict[str, dict[str, Any]]:
    """Return what a file or a folder holds: digests of contents, and below a folder rights, times, targets of links.

    A sealed file's own rights and times do not survive a checkout, those inside an archive do.
    """
    if top.is_file():
        return {".": content_of(top)}
    found: dict[str, dict[str, Any]] = {}
    for path in (top, *sorted(top.rglob("*"))):
        told, name = path.lstat(), str(path.relative_to(top))
        mode = f"{stat.S_IMODE(told.st_mode):04o}"
        if path.is_symlink():
            found[name] = {"link": os.readlink(path)}
        elif path.is_dir():
            found[name] = {"folder": mode}
        else:
            found[name] = content_of(path) | {"mode": mode, "mtime": int(told.st_mtime)}
    return found


def content_of(path: Path) -> dict[str, Any]:
    return {"size": path.stat().st_size, "sha256": digest_of(path)}


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Release:
    """Seals one thing after the other, and notes what it was."""

    def __init__(self, shell: Shell, to: Path) -> None:
        self.shell = shell
        self.to = to
        self.noted: list[dict[str, Any]] = []
        self.texts: list[dict[str, Any]] = []

    def file(self, name: str, size: int, mode: int = 0o640) -> Path:
        path = self.shell.write(name, hashlib.shake_256(os.fsencode(name)).digest(size))
        path.chmod(mode)
        os.utime(path, (MADE_AT, MADE_AT))
        return path

    def take(self, source: Path, **more: Any) -> None:
        """Keep the sealed copy of a source, and note what the source was."""
        sealed = shutil.copyfile(f"{source}.sealed", self.to / f"{source.name}.sealed")
        found = listing(source)
        noted = {"sealed": sealed.name, "sealed_sha256": digest_of(sealed), "opens_to": source.name, **more}
        self.noted.append(noted | {"listing": found})

    def sealed(self, source: Path, *options: str, **more: Any) -> None:
        self.shell.run("encrypt", source, *options)
        self.take(source, **more)

    def framed(self, source: Path, frame_length: int) -> None:
        """Seal with short frames, so that many of them make a small file."""
        places = Places.of_user(self.shell.environment)
        client = launch.connect(places, places.default_vault)
        assert client is not None
        client.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE.encode()), WorkContext())
        request = SealRequest((Place(os.fsencode(source)),), keys=("Personal",), frame_length=frame_length)
        assert client.api(FilesApi, "files").seal(request, WorkContext()).done == 1
        client.close()
        self.take(source, frame_length=frame_length)

    def text(self, plaintext: str, key: str = "Personal", **context: str) -> None:
        pairs = [word for name, value in context.items() for word in ("--context", f"{name}={value}")]
        sealed = self.shell.told("text", "encrypt", "--key", key, *pairs, typed=plaintext.encode()).strip()
        self.texts.append({"sealed": sealed, "context": context, "text": plaintext})


def make(to: Path, home: Path) -> None:
    shell = Shell(home)
    shell.passphrase_file.write_bytes(PASSPHRASE.encode() + b"\n")
    words = shell.json("init", "--kdf-memory", "64", "--kdf-passes", "1", "--recovery-words")["recovery_words"]
    shell.run("keys", "create", "Personal", "--alias", "letters/own", "--tag", "team=x")
    shell.run("keys", "describe", "Personal", "What is ours")
    shell.run("keys", "create", "Work – Büro")
    shell.run("unlock")
    release = Release(shell, to)
    release.sealed(release.file("plain.bin", 5000), "--key", "Personal")
    release.sealed(release.file("empty.bin", 0), "--key", "Personal")
    release.framed(release.file("several frames.bin", 20_000), 4096)
    release.framed(release.file("full last frame.bin", 8192), 4096)
    context = [word for name, value in CONTEXT.items() for word in ("--context", f"{name}={value}")]
    release.sealed(release.file("with context.bin", 300), "--key", "Personal", *context, context=CONTEXT)
    release.sealed(release.file("two keys.bin", 300), "--key", "Work – Büro", "--key", "letters/own")
    secret = str(shell.write("secret", FILE_PASSPHRASE.encode()))
    alone = ("--recipient-passphrase-file", secret)
    release.sealed(release.file("passphrase.bin", 300), *alone, passphrase=True)
    release.file("folder/b/run.sh", 70, 0o755)
    release.file("folder/a.bin", 3000)
    release.file(f"folder/{'long name ' * 20}.txt", 10)
    release.file(os.fsdecode(b"folder/not \xff UTF-8"), 10)
    (shell.here / "folder/nothing").mkdir(mode=0o700)
    (shell.here / "folder/link").symlink_to("b/run.sh")
    for folder in ("folder", "folder/b"):
        (shell.here / folder).chmod(0o750)
    release.sealed(shell.here / "folder", "--key", "Personal")
    release.text("hunter2")
    release.text("hunter3 ünd more", purpose="database")
    older = release.file("wrapped again.bin", 300)
    shell.run("encrypt", older, "--key", "Personal")
    shell.run("keys", "rotate", "Personal")
    shell.run("rewrap", f"{older}.sealed")
    release.take(older)
    release.sealed(release.file("second version.bin", 300), "--key", "Personal")
    release.text("of the second version")
    keys = shell.json("keys", "list")["keys"]
    shell.close()
    golden = shutil.copyfile(shell.vault, to / "personal.vault")
    told = {
        "passphrase": PASSPHRASE,
        "recovery_words": words,
        "file_passphrase": FILE_PASSPHRASE,
        "vault_sha256": digest_of(golden),
        "keys": [
            {
                "name": key["name"],
                "aliases": key["aliases"],
                "tags": key["tags"],
                "description": key["description"],
                "checks": [version["check"] for version in key["versions"]],
            }
            for key in keys
        ],
        "files": release.noted,
        "texts": release.texts,
    }
    (to / "golden.json").write_text(json.dumps(told, indent=1) + "\n")


def main() -> None:
    to = Path(sys.argv[1])
    to.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as home:
        make(to, Path(home))


if __name__ == "__main__":
    main()
