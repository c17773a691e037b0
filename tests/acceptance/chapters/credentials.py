"""A database's password: put into the vault, rotated live, and rotated at once when the server was broken into."""

from __future__ import annotations

import sys
from pathlib import Path

import pymysql

from tests.acceptance.walk import PASSPHRASE, Walk
from tests.servers.mariadb import ADMIN, ADMIN_PASSWORD, MariaDbServer

_SHOP, _ACCOUNT, _STOLEN = "Shop database", "shop_app", "stolen-from-a-backup-41"
_REFERENCE = "vault://prod/mysql/shop"
_OTHERS = (
    ("Registrar", "web/registrar", "login", ("username=mara.k", "url=https://registrar.example")),
    ("Weather service", "dev/weather/token", "token", ("username=team",)),
)


def make(walk: Walk) -> None:
    """Put an account of a real MariaDB into the vault by the window, and others from a terminal."""
    walk.press("Credentials")
    walk.eyes.reads("No credentials yet")
    walk.moment("credentials-empty", "No credentials yet")
    walk.press("New credential")
    walk.press("MySQL")
    with _database(walk) as server:
        for field, text in (("Name", _SHOP), ("Server", server.host), ("Port", str(server.port)), ("User", _ACCOUNT)):
            walk.write(field, text)
        walk.write("Identifier", _REFERENCE.removeprefix("vault://"))
        walk.write("Password", _STOLEN)
        walk.moment("credentials-new", "A database account is added")
        walk.press("Save")
        walk.eyes.reads(_REFERENCE)
        _add(walk, "Database root", "prod/mysql/root", "mysql", _fields(server, ADMIN), ADMIN_PASSWORD)
        for name, identifier, kind, fields in _OTHERS:
            _add(walk, name, identifier, kind, fields)
        proves = ("--setting", f"tls_ca={server.ca}")
        _vaultapp(walk, "credentials", "edit", "Database root", *proves)
        _vaultapp(walk, "credentials", "edit", _SHOP, *proves, "--setting", "admin=prod/mysql/root")
        walk.story.say(f"{_SHOP} was added in the window, {1 + len(_OTHERS)} more from a terminal.")
        _rotate(walk)
        _break_in(walk, server)


def _rotate(walk: Walk) -> None:
    before = _vaultapp(walk, "read", _REFERENCE)
    _open(walk, _SHOP)
    walk.press("Rotate now")
    walk.story.say(f"Rotate now: {walk.eyes.reads('is rotated', seconds=60)}.")
    after = _vaultapp(walk, "read", _REFERENCE)
    if before == after:
        raise AssertionError("the program got the old password")
    walk.moment("credentials-rotated", "Rotated: four steps, and both passwords work for a while")


def _break_in(walk: Walk, server: MariaDbServer) -> None:
    thief = server.connect(_ACCOUNT, _STOLEN)
    walk.hand.key("ctrl+k")
    walk.hand.type("broken shop")
    walk.eyes.reads(f"The server of {_SHOP} was broken into…")
    walk.hand.key("Return")
    walk.eyes.reads("Sessions that are open there")
    walk.moment("credentials-broken-into", "What will happen is said first")
    # The one of the panel lies behind the dialog.
    walk.hand.click(*walk.eyes.everything("Rotate now")[-1].middle)
    told = [walk.eyes.reads(part, seconds=60) for part in ("The old one is refused", "session", "The new one logs in")]
    walk.story.say(f"The server was broken into. {' '.join(told)}")
    walk.moment("credentials-proof", "The proof: each point was tried at the server")
    try:
        thief.ping(reconnect=False)
    except pymysql.err.Error:
        walk.story.say("The thief's session is dead, and the stolen password is refused.")
    else:
        raise AssertionError("the thief's session lives")
    finally:
        thief._force_close()  # type: ignore[attr-defined]
    if server.logs_in(_ACCOUNT, _STOLEN):
        raise AssertionError("the stolen password logs in")


def show(walk: Walk) -> None:
    """Look at a credential in the panel, and at several that are selected."""
    walk.press("Credentials")
    _open(walk, _SHOP)
    walk.picture("credentials", "The credentials, one of them in the panel")
    walk.hand.key("Escape")
    walk.hand.key("ctrl+a")
    walk.eyes.reads("selected")
    walk.picture("credentials-selection", "Several are rotated at once")
    walk.hand.key("Escape")


def least(walk: Walk) -> None:
    """Make the window as small as it may be, with the panel open."""
    walk.press("Credentials")
    _open(walk, _SHOP)
    before = walk.window()
    walk.resize(860, 560)
    walk.picture("credentials-860x560", "The credentials in the least window")
    walk.resize(before.width, before.height)
    walk.hand.key("Escape")


def _database(walk: Walk) -> MariaDbServer:
    server = MariaDbServer()
    server.account(_ACCOUNT, _STOLEN)
    walk.story.say(f"A MariaDB of its own listens on {server.host}:{server.port}.")
    return server


def _fields(server: MariaDbServer, account: str) -> tuple[str, ...]:
    return f"host={server.host}", f"port={server.port}", f"username={account}"


def _add(
    walk: Walk, name: str, identifier: str, kind: str, fields: tuple[str, ...], password: str | None = None
) -> None:
    told = [part for field in fields for part in ("--field", field)]
    if password is None:
        told.append("--generate")
    else:
        place = walk.session.home / "a-password"
        place.write_text(password)
        told += ["--field-file", f"password={place}"]
    _vaultapp(walk, "credentials", "add", name, "--kind", kind, "--identifier", identifier, *told)


def _vaultapp(walk: Walk, *arguments: str) -> str:
    place = walk.session.home / "passphrase"
    place.write_text(PASSPHRASE)
    vaultapp = Path(sys.executable).with_name("vaultapp")
    return walk.session.ask(vaultapp, *arguments, "--passphrase-file", place)


def _open(walk: Walk, name: str) -> None:
    row = walk.eyes.match(lambda seen: seen.name.startswith(name) and "cell" in seen.role, f"the row of {name}")
    walk.hand.click(*row.middle)
    walk.eyes.reads(_REFERENCE)
