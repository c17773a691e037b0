"""Promise 25: every release opens the golden files of all earlier ones.

``tests/vectors/releases`` has a folder for each release, made once by that release (``tests/golden_release.py``): a
vault with its passphrase and words, and what its keys sealed, with digests of what went in. The vault in
``tests/vectors/vaults`` is one of the store alone: its slot wraps nothing, so no passphrase opens it, and the tests of
the store read it.
"""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.golden_release import digest_of, listing
from tests.integration.shell import Shell
from vaultapp import __version__

RELEASES = Path(__file__).parents[1] / "vectors" / "releases"
VERSIONS = sorted(path.name for path in RELEASES.iterdir())


class Golden(Shell):
    """A home in which a release's vault and sealed files lie.

    Attributes:
        told: What the release noted.
    """

    def __init__(self, home: Path, release: Path) -> None:
        super().__init__(home)
        self.release = release
        self.told: dict[str, Any] = json.loads((release / "golden.json").read_text())
        self.vault.parent.mkdir(mode=0o700)
        shutil.copyfile(release / "personal.vault", self.vault)
        self.vault.chmod(0o600)
        for sealed in release.glob("*.sealed"):
            shutil.copyfile(sealed, self.here / sealed.name)
        # Recorded with combining marks, typed with single letters.
        typed = unicodedata.normalize("NFC", self.told["passphrase"])
        assert typed != self.told["passphrase"]
        self.passphrase_file.write_text(typed)

    def decrypted(self, *noted: dict[str, Any]) -> list[dict[str, dict[str, Any]]]:
        """Open sealed files by one command, and tell what came out of each."""
        (self.here.parent / "secret").write_text(self.told["file_passphrase"])
        options = []
        for one in noted:
            options += [word for pair in one.get("context", {}).items() for word in ("--context", "=".join(pair))]
            if one.get("passphrase"):
                options += ["--recipient-passphrase-file", str(self.here.parent / "secret")]
        self.run("decrypt", *(one["sealed"] for one in noted), *options)
        return [listing(self.here / one["opens_to"]) for one in noted]


@pytest.fixture(params=VERSIONS)
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Golden]:
    shell = Golden(tmp_path, RELEASES / request.param)
    yield shell
    shell.close()


def test_this_release_has_golden_files_and_none_were_made_anew() -> None:
    assert __version__ in VERSIONS, f"python -m tests.golden_release {RELEASES}/{__version__}"
    for version in VERSIONS:
        folder = RELEASES / version
        told = json.loads((folder / "golden.json").read_text())
        noted = {one["sealed"]: one["sealed_sha256"] for one in told["files"]} | {
            "personal.vault": told["vault_sha256"]
        }
        assert {path.name: digest_of(path) for path in folder.iterdir() if path.name != "golden.json"} == noted
        print(version, sorted(noted))


def test_the_vault_opens_by_its_passphrase_and_holds_its_keys(golden: Golden) -> None:
    keys = golden.json("keys", "list")["keys"]
    assert [
        {name: key[name] for name in ("name", "aliases", "tags", "description")}
        | {"checks": [version["check"] for version in key["versions"]]}
        for key in keys
    ] == golden.told["keys"]
    assert golden.json("verify")["keys"] == len(keys)
    log = golden.json("activity", "--check")
    assert log["entries"] == log["last"] - log["first"] + 1
    print(f"{len(keys)} keys, {log['entries']} entries")


def test_the_vault_opens_by_its_recovery_words(golden: Golden) -> None:
    golden.write("words", golden.told["recovery_words"].encode())
    golden.write("new", b"a passphrase of today\n")
    assert golden.json("recovery", "drill", "--words-file", "words")["keys"] == len(golden.told["keys"])
    golden.run("unlock", "--words-file", "words", "--new-passphrase-file", "new")
    golden.run("lock")
    assert len(golden.json("keys", "list", "--passphrase-file", "new")["keys"]) == len(golden.told["keys"])


def test_every_sealed_file_opens_to_what_was_sealed(golden: Golden) -> None:
    golden.run("unlock")
    files = golden.told["files"]
    bound = [noted for noted in files if noted.get("context") or noted.get("passphrase")]
    at_once = [noted for noted in files if noted not in bound]
    assert golden.decrypted(*at_once) == [noted["listing"] for noted in at_once]
    for noted in bound:
        assert golden.decrypted(noted) == [noted["listing"]]
    inspected = golden.json("inspect", *(noted["sealed"] for noted in files))["files"]
    for noted, found in zip(files, inspected, strict=True):
        assert found["complete"]
        assert noted.get("context", {}).items() <= found["context"].items()
        print(f"{noted['sealed']}: {found['frames']} frames, {len(found['recipients'])} recipients")


def test_what_passphrases_sealed_opens_without_the_vault(golden: Golden) -> None:
    golden.vault.unlink()
    del golden.environment["VAULTAPP_PASSPHRASE_FILE"]
    alone = [noted for noted in golden.told["files"] if noted.get("passphrase")]
    assert alone
    assert golden.decrypted(*alone) == [noted["listing"] for noted in alone]


def test_every_text_opens_in_its_context(golden: Golden) -> None:
    golden.run("unlock")
    for noted in golden.told["texts"]:
        pairs = [word for name, value in noted["context"].items() for word in ("--context", f"{name}={value}")]
        assert golden.json("text", "decrypt", noted["sealed"], *pairs)["text"] == noted["text"]
        if pairs:
            golden.refused(3, "text", "decrypt", noted["sealed"])


def test_sealing_and_wrapping_go_on_with_the_old_vault(golden: Golden) -> None:
    golden.run("unlock")
    name = golden.told["keys"][0]["name"]
    noted = next(noted for noted in golden.told["files"] if noted["sealed"] == "plain.bin.sealed")
    golden.run("keys", "rotate", name)
    golden.run("rewrap", noted["sealed"])
    assert golden.decrypted(noted) == [noted["listing"]]
    source = golden.write("new.bin", b"of today")
    golden.run("encrypt", source, "--key", name, "--remove-originals")
    golden.run("lock")
    golden.run("decrypt", "new.bin.sealed")
    assert source.read_bytes() == b"of today"
