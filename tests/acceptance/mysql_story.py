"""A MariaDB, a vault that rotates an account there, and a shop that is open meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pymysql

from tests.closes_on_leaving import ClosesOnLeaving
from tests.integration.shell import CHEAP, Shell
from tests.servers.mariadb import ADMIN, ADMIN_PASSWORD, MariaDbServer

SHOP = Path(__file__).parents[2] / "docs/samples/shop.py"
IDENTIFIER = "prod/mysql/app"
FIRST_PASSWORD = "the-first-password-of-the-shop"


class MysqlStory(ClosesOnLeaving):
    """Everything that the story needs, in a temporary folder; closed at the end.

    Attributes:
        server: The database server, real.
        shell: A user with a vault, whose agent stays.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="vaultapp-story-"))
        self._shop: subprocess.Popen[str] | None = None
        self._attacker: pymysql.Connection[Any] | None = None
        self.server = MariaDbServer()
        try:
            self.server.account("app", FIRST_PASSWORD)
            self.shell = Shell(self._folder)
            self.shell.environment["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
            self.shell.environment["SHOP_CA"] = str(self.server.ca)
            self.shell.run("init", *CHEAP)
            self.shell.run("unlock")
        except BaseException:
            self.server.close()
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def add_credentials(self) -> None:
        """Put the account and the one that may change it into the vault; no password is an argument."""
        self._add("Database rotator", "prod/mysql/rotator", ADMIN, ADMIN_PASSWORD)
        settings = ("strategy=dual", "grace_minutes=30", "admin=prod/mysql/rotator", f"tls_ca={self.server.ca}")
        self._add("Shop database", IDENTIFIER, "app", FIRST_PASSWORD, "dbname=shop", settings=settings)

    def open_shop(self) -> None:
        """Start the sample program, and wait until it takes orders."""
        self._shop = subprocess.Popen(
            [sys.executable, str(SHOP)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.shell.environment,
            start_new_session=True,
        )
        assert self._shop.stdout is not None
        assert self._shop.stdout.readline() == "open\n"

    def wait_for_orders(self, more: int) -> int:
        """Wait until so many more orders were taken; return how many there are."""
        wanted = self.orders() + more
        until = time.monotonic() + 60
        while (there := self.orders()) < wanted:
            assert time.monotonic() < until, f"{there} orders of {wanted}"
            time.sleep(0.02)
        return there

    def orders(self) -> int:
        """Return how many orders the database holds."""
        return int(self.server.run("SELECT COUNT(*) FROM shop.orders")[0][0])

    def close_shop(self) -> tuple[dict[str, int], str]:
        """Let the shop close; return how it went, and what it complained of."""
        shop = self._shop
        assert shop is not None
        out, complaints = shop.communicate("", timeout=60)
        assert shop.returncode == 0, complaints
        self._shop = None
        return json.loads(out), complaints

    def break_in(self) -> None:
        """Open a session with the password, as somebody would who has stolen it."""
        self._attacker = self.server.connect("app", FIRST_PASSWORD)
        assert self.attacker_reads()

    def attacker_reads(self) -> bool:
        """Tell whether the thief's session still works."""
        assert self._attacker is not None
        try:
            with self._attacker.cursor() as cursor:
                cursor.execute("SELECT COUNT(*) FROM shop.orders")
            return True
        except (pymysql.err.OperationalError, pymysql.err.InterfaceError):
            return False

    def password(self) -> str:
        """Return what the vault says now."""
        return self.shell.told("read", f"vault://{IDENTIFIER}").rstrip("\n")

    def close(self) -> None:
        """End everything that was started, and remove it."""
        if self._attacker is not None:
            self._attacker._force_close()  # type: ignore[attr-defined]
        if self._shop is not None:
            self._shop.kill()
            self._shop.communicate()
        try:
            self.shell.run("lock", "--quit")
        finally:
            self.server.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _add(
        self, name: str, identifier: str, account: str, password: str, *fields: str, settings: tuple[str, ...] = ()
    ) -> None:
        arguments = ["credentials", "add", name, "--kind", "mysql", "--identifier", identifier]
        for field in (f"host={self.server.host}", f"port={self.server.port}", f"username={account}", *fields):
            arguments += ["--field", field]
        for setting in settings:
            arguments += ["--setting", setting]
        self.shell.run(*arguments, "--field-file", "password=-", typed=password.encode())
