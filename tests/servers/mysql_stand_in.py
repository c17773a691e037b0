"""Speaks as MySQL 8 would by its documentation, and keeps the statements: there is no such server to be had here."""

from __future__ import annotations

import hashlib
import re
import secrets
import socket
import ssl
import struct
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.closes_on_leaving import ClosesOnLeaving
from tests.servers.authority import Authority

Cell = str | int
_TLS, _DATABASE = 0x800, 0x8
# Long password, found rows, long flag, database, 4.1 protocol, TLS, transactions, 4.1 logins, plug-ins, lengths.
_CAPABILITIES = 0x1 | 0x2 | 0x4 | _DATABASE | 0x200 | _TLS | 0x2000 | 0x8000 | 0x80000 | 0x200000
_OK = b"\0\0\0\2\0\0\0"
_END = b"\xfe\0\0\2\0"
_TEXT, _INTEGER = 0xFD, 0x08


@dataclass
class FakeAccount:
    """What MySQL has of an account: one password, and perhaps the one before."""

    password: str
    retained: str | None = None
    rights: set[str] = field(default_factory=set)
    grants: list[str] = field(default_factory=list)
    bound: str = "REQUIRE NONE PASSWORD EXPIRE DEFAULT ACCOUNT UNLOCK PASSWORD HISTORY DEFAULT"
    roles: str = ""


class Refused(Exception):
    """An error packet: number and text."""


class MySqlStandIn(ClosesOnLeaving):
    """Accounts by name, all for any host; ``caching_sha2_password``, TLS by an authority of its own.

    Args:
        asks_for: Another way to log in, to which it switches whoever comes.

    Attributes:
        answers: What it was answered then.
        statements: With the account that sent each, in order; what every session begins with is left out.
        accounts: As the statements left them.
    """

    host = "127.0.0.1"

    def __init__(
        self, version: str = "8.0.40", accounts: dict[str, FakeAccount] | None = None, *, asks_for: str = ""
    ) -> None:
        self.version = version
        self.answers: list[bytes] = []
        self._asks_for = asks_for
        self.accounts = accounts or {}
        self.statements: list[tuple[str, str]] = []
        self._folder = tempfile.TemporaryDirectory(prefix="vaultapp-mysql-")
        made = Authority(Path(self._folder.name))
        self.ca = made.ca
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(made.certificate, made.key)
        self._listener = socket.create_server((self.host, 0))
        self.port = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def close(self) -> None:
        """Let go of everything."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self._listener.close()
        for thread in self._threads:
            thread.join()
        self._folder.cleanup()

    def value(self, name: str, password: str) -> dict[str, str]:
        """Return what a credential for this server consists of."""
        return {"host": self.host, "port": str(self.port), "username": name, "password": password}

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(line, len(self._threads) + 1))
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket, number: int) -> None:
        with _Wire(line) as wire:
            try:
                name = self._greet(wire, number)
            except ssl.SSLError:
                # It does not trust us.
                return
            while name and (packet := wire.read()) is not None and packet[0] == 3:
                text = packet[1:].decode()
                try:
                    rows = self._answer(name, text, number)
                except Refused as exc:
                    wire.write(b"\xff" + struct.pack("<H", exc.args[0]) + b"#HY000" + exc.args[1].encode())
                else:
                    wire.rows(rows)

    def _greet(self, wire: _Wire, number: int) -> str:
        challenge = secrets.token_hex(10).encode()
        low, high = _CAPABILITIES & 0xFFFF, _CAPABILITIES >> 16
        wire.write(
            b"\x0a%b\0" % self.version.encode()
            + struct.pack("<I8sBHBHHB10s", number, challenge[:8], 0, low, 255, 2, high, 21, b"")
            + challenge[8:]
            + b"\0caching_sha2_password\0"
        )
        asked = wire.read() or b""
        if struct.unpack("<I", asked[:4])[0] & _TLS:
            wire.encrypt(self._tls)
            asked = wire.read() or b""
        if self._asks_for:
            wire.write(b"\xfe" + self._asks_for.encode() + b"\0" + challenge + b"\0")
            self.answers.append(wire.read() or b"")
            return ""
        name, _, rest = asked[32:].partition(b"\0")
        proof = rest[1 : 1 + rest[0]]
        account = self.accounts.get(name.decode())
        if account is None or proof not in (_proof(known, challenge) for known in (account.password, account.retained)):
            wire.write(b"\xff" + struct.pack("<H", 1045) + b"#28000Access denied")
            return ""
        wire.write(b"\1\3")
        wire.write(_OK)
        return name.decode()

    def _answer(self, name: str, text: str, number: int) -> list[list[Cell]]:
        for pattern, answer in _BEFORE.items():
            if re.match(pattern, text):
                return answer(self, name, number)
        self.statements.append((name, text))
        for pattern, change in _CHANGES.items():
            if found := re.fullmatch(pattern, text):
                change(self, name, *found.groups())
                return []
        if not text.startswith(("GRANT ", "REVOKE ", "SET DEFAULT ROLE ")):
            raise Refused(1064, f"You have an error in your SQL syntax near '{text}'")
        return []

    def set_own(self, name: str, password: str, present: str | None, retain: str) -> None:
        """ALTER USER USER() IDENTIFIED BY … [REPLACE …] [RETAIN CURRENT PASSWORD]."""
        if present is not None and present not in (self.accounts[name].password, self.accounts[name].retained):
            raise Refused(3892, "Incorrect current password")
        if retain and "APPLICATION_PASSWORD_ADMIN" not in self.accounts[name].rights:
            raise Refused(1227, "you need the APPLICATION_PASSWORD_ADMIN privilege")
        self._take(name, password, retain)

    def set_of(self, name: str, other: str, password: str, retain: str) -> None:
        """ALTER USER … IDENTIFIED BY … [RETAIN CURRENT PASSWORD]."""
        self._must_manage(name)
        self._take(other, password, retain)

    def discard_own(self, name: str) -> None:
        """ALTER USER USER() DISCARD OLD PASSWORD."""
        if "APPLICATION_PASSWORD_ADMIN" not in self.accounts[name].rights:
            raise Refused(1227, "you need the APPLICATION_PASSWORD_ADMIN privilege")
        self.accounts[name].retained = None

    def discard_of(self, name: str, other: str) -> None:
        """ALTER USER … DISCARD OLD PASSWORD."""
        self._must_manage(name)
        self.accounts[other].retained = None

    def make(self, name: str, other: str, password: str) -> None:
        """CREATE USER IF NOT EXISTS … IDENTIFIED BY …."""
        self._must_manage(name)
        self.accounts.setdefault(other, FakeAccount(password))

    def bind(self, name: str, other: str, bound: str) -> None:
        """ALTER USER … REQUIRE …."""
        self._must_manage(name)
        self.accounts[other].bound = bound

    def choose(self, name: str, other: str, roles: str) -> None:
        """ALTER USER … DEFAULT ROLE …."""
        self._must_manage(name)
        self.accounts[other].roles = "" if roles == "NONE" else roles

    def _take(self, name: str, password: str, retain: str) -> None:
        account = self.accounts[name]
        # Without the clause the retained one stays as it is.
        account.retained = account.password if retain else account.retained
        account.password = password

    def _must_manage(self, name: str) -> None:
        if "CREATE USER" not in self.accounts[name].rights:
            raise Refused(1227, "you need the CREATE USER privilege")

    def grants(self, name: str) -> list[list[Cell]]:
        """SHOW GRANTS FOR CURRENT_USER()."""
        return [[f"GRANT USAGE ON *.* TO `{name}`@`%`"], *([grant] for grant in self.accounts[name].grants)]

    def row(self, name: str) -> list[list[Cell]]:
        """SHOW CREATE USER CURRENT_USER()."""
        kept = r"'caching_sha2_password' AS '$A$005$\r|@%,''kept'"
        account = self.accounts[name]
        roles = f"DEFAULT ROLE {account.roles} " if account.roles else ""
        return [[f"CREATE USER `{name}`@`%` IDENTIFIED WITH {kept} {roles}{account.bound}"]]


_Answer = Callable[[MySqlStandIn, str, int], list[list[Cell]]]
_BEFORE: dict[str, _Answer] = {
    r"SET (NAMES|AUTOCOMMIT|SESSION)": lambda *_: [],
    r"SELECT 1$": lambda *_: [[1]],
    r"SELECT VERSION\(\)": lambda server, _, __: [[server.version]],
    r"SELECT CURRENT_USER\(\)": lambda _, name, __: [[f"{name}@%"]],
    r"SELECT @@GLOBAL.read_only": lambda *_: [[0]],
    r"SELECT GET_LOCK|SELECT IS_USED_LOCK": lambda *_: [[1]],
    r"SHOW GRANTS FOR CURRENT_USER\(\)": lambda server, name, _: server.grants(name),
    r"SHOW CREATE USER CURRENT_USER\(\)": lambda server, name, _: server.row(name),
}
_USER = r"'(\w+)'@'%'"
_WORD = r"'([^']*)'"
_RETAIN = r"( RETAIN CURRENT PASSWORD)?"
_CHANGES: dict[str, Callable[..., None]] = {
    rf"ALTER USER USER\(\) IDENTIFIED BY {_WORD}(?: REPLACE {_WORD})?{_RETAIN}": MySqlStandIn.set_own,
    rf"ALTER USER {_USER} IDENTIFIED BY {_WORD}{_RETAIN}": MySqlStandIn.set_of,
    r"ALTER USER USER\(\) DISCARD OLD PASSWORD": MySqlStandIn.discard_own,
    rf"ALTER USER {_USER} DISCARD OLD PASSWORD": MySqlStandIn.discard_of,
    rf"CREATE USER IF NOT EXISTS {_USER} IDENTIFIED BY {_WORD}": MySqlStandIn.make,
    rf"ALTER USER {_USER} (REQUIRE .*)": MySqlStandIn.bind,
    rf"ALTER USER {_USER} DEFAULT ROLE (.*)": MySqlStandIn.choose,
}


class _Wire(ClosesOnLeaving):
    """Packets: three bytes of length, one of sequence, the rest."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._sequence = 0

    def read(self) -> bytes | None:
        head = self._exactly(4)
        if head is None:
            return None
        self._sequence = head[3] + 1
        return self._exactly(int.from_bytes(head[:3], "little"))

    def write(self, payload: bytes) -> None:
        self._line.sendall(len(payload).to_bytes(3, "little") + bytes([self._sequence % 256]) + payload)
        self._sequence += 1

    def rows(self, rows: list[list[Cell]]) -> None:
        if not rows:
            self.write(_OK)
            return
        self.write(bytes([len(rows[0])]))
        for cell in rows[0]:
            kind = _INTEGER if isinstance(cell, int) else _TEXT
            names = _text("def") + _text("") * 3 + _text("column") + _text("")
            self.write(names + struct.pack("<BHIBHBH", 12, 255, 1024, kind, 0, 0, 0))
        self.write(_END)
        for row in rows:
            self.write(b"".join(_text(str(cell)) for cell in row))
        self.write(_END)

    def encrypt(self, context: ssl.SSLContext) -> None:
        self._line = context.wrap_socket(self._line, server_side=True)

    def close(self) -> None:
        self._line.close()

    def _exactly(self, size: int) -> bytes | None:
        got = b""
        while len(got) < size:
            try:
                more = self._line.recv(size - len(got))
            except OSError:
                return None
            if not more:
                return None
            got += more
        return got


def _text(text: str) -> bytes:
    data = text.encode()
    return (bytes([len(data)]) if len(data) < 251 else b"\xfc" + struct.pack("<H", len(data))) + data


def _proof(password: str | None, challenge: bytes) -> bytes | None:
    """SHA256(password) XOR SHA256(SHA256(SHA256(password)) + challenge)."""
    if password is None:
        return None
    once = hashlib.sha256(password.encode()).digest()
    mask = hashlib.sha256(hashlib.sha256(once).digest() + challenge).digest()
    return bytes(left ^ right for left, right in zip(once, mask, strict=True))
