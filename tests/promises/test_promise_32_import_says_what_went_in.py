"""Promise 32: import says what went in and what came out, field by field; export and import again is the identity."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.shell import CHEAP, Shell

CSV = """\
Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes,Pet
Shop,https://shop.example,mara,pw-of-shop,otpauth://totp/x?secret=JBSWY3DPEHPK3PXP,true,false,work,"two
lines",cat
Shop,https://shop.example,ben,pw-of-ben,,false,false,,,
Wi-Fi,,,pw-of-wifi,,false,false,home,upstairs,
"""


@pytest.fixture
def vaults(tmp_path: Path) -> Iterator[Callable[[str], Shell]]:
    """Make users with a vault each, whose agent stays until the test has ended."""
    made: list[Shell] = []

    def make(name: str) -> Shell:
        home = tmp_path / name
        home.mkdir()
        found = Shell(home)
        found.run("init", *CHEAP)
        made.append(found)
        found.run("unlock")
        return found

    yield make
    for shell in made:
        shell.run("lock", "--quit")


def everything(shell: Shell, folder: Path) -> dict[str, Any]:
    """Return all that a vault holds of its credentials, by what people and programs can ask of it."""
    found = {}
    listed = (
        shell.json("credentials", "list")["credentials"] + shell.json("credentials", "list", "--bin")["credentials"]
    )
    for one in listed:
        identifier = one["identifier"]
        shown = shell.json("credentials", "show", identifier)["credential"]
        values = {}
        files = {}
        if one["deletes_at"] is None:
            for version in shown["versions"]:
                values[version["id"]] = shell.json("read", f"vault://{identifier}", "--version", version["id"])
            for attachment in shown["attachments"]:
                to = folder / f"attachment-{len(os.listdir(folder))}"
                shell.run("credentials", "attachment", identifier, attachment["name"], "--to", str(to))
                files[attachment["name"]] = base64.b64encode(to.read_bytes()).decode()
        found[identifier] = [shown, values, files]
    return found


def test_promise_32_an_import_says_field_by_field_what_becomes_of_it(vaults: Callable[[str], Shell]) -> None:
    shell = vaults("first")
    file = shell.here / "logins.csv"
    file.write_text(CSV)
    before = shell.vault.read_bytes()
    told = shell.told("credentials", "import", str(file), "--dry-run")
    print(told)
    entries = {
        entry["identifier"]: entry
        for entry in shell.json("credentials", "import", str(file), "--dry-run")["plan"]["entries"]
    }
    assert shell.json("credentials", "list")["credentials"] == []
    heads = set(CSV.split("\n", 1)[0].split(","))
    shop = entries["Shop"]
    # Every cell of the line is in one of the three, by its column.
    assert set(shop["kept"]) | set(shop["renamed"]) | set(shop["lost"]) == heads - {"Archived"}
    assert shop["lost"] == {"Favorite": "no_place"}
    assert "Favorite (nothing here does that)" in told
    shell.run("credentials", "import", str(file), "--yes")
    assert shell.json("read", "vault://Shop") == {
        "username": "mara",
        "password": "pw-of-shop",
        "url": "https://shop.example",
        "totp": "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP",
        "notes": "two\nlines",
        "Pet": "cat",
    }
    assert shell.told("read", "vault://Shop-2") == "pw-of-ben\n"
    assert shell.told("read", "vault://Wi-Fi") == "pw-of-wifi\n"
    assert before != shell.vault.read_bytes()


def test_promise_32_export_and_import_again_is_the_identity(vaults: Callable[[str], Shell], tmp_path: Path) -> None:
    shell, other = vaults("first"), vaults("second")
    file = shell.here / "logins.csv"
    file.write_text(CSV)
    shell.run("credentials", "import", str(file), "--yes")
    secret = tmp_path / "secret"
    secret.write_text("s3cond-value-of-the-database\n")
    shell.run(
        "credentials", "add", "Database", "--kind", "mysql", "--identifier", "prod/mysql/app", "--field",
        "host=db.example", "--field", "username=app", "--generate", "--setting", "strategy=single",
        "--tag", "team=shop",
    )  # fmt: skip
    shell.run("credentials", "edit", "prod/mysql/app", "--field-file", f"password={secret}")
    attachment = tmp_path / "ca.pem"
    attachment.write_bytes(bytes(range(256)))
    shell.run("credentials", "attach", "prod/mysql/app", str(attachment))
    shell.run("credentials", "remove", "Wi-Fi", "--in", "7")
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("the passphrase of the file\n")
    sealed = tmp_path / "all.sealed"
    shell.run("credentials", "export", "--to", str(sealed), "--recipient-passphrase-file", str(passphrase))
    assert b"pw-of-shop" not in sealed.read_bytes()
    assert list(tmp_path.glob("**/*.part")) == []
    plan = other.json("credentials", "import", str(sealed), "--yes", "--recipient-passphrase-file", str(passphrase))[
        "plan"
    ]
    assert (plan["taken"], plan["lost_fields"], plan["refused"], plan["skipped"]) == (4, 0, 0, 0)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    mine, theirs = everything(shell, scratch), everything(other, scratch)
    print(json.dumps(sorted(mine)))
    assert theirs == mine
    assert len(mine["prod/mysql/app"][1]) == 2, "both versions"
    # And once more, from the copy: nothing was lost on the way that only a second journey would show.
    again = tmp_path / "again.sealed"
    other.run("credentials", "export", "--to", str(again), "--recipient-passphrase-file", str(passphrase))
    third = vaults("third")
    third.run("credentials", "import", str(again), "--yes", "--recipient-passphrase-file", str(passphrase))
    assert everything(third, scratch) == mine
