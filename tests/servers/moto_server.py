"""moto's stand-in for AWS on loopback, with IAM's permissions enforced; an emulator, so no proof for AWS itself."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

import boto3
from botocore.config import Config

from tests.closes_on_leaving import ClosesOnLeaving
from tests.ordinary_user import OrdinaryUser
from tests.servers.free_port import free_port

START_S = 60
_ROOT_ACTIONS = 3
_ALL = ("iam:*AccessKey*", "sts:*")


class MotoServer(ClosesOnLeaving):
    """Runs as an ordinary user. The user ``root-admin`` may do all; keys that are off are refused, as AWS does.

    Attributes:
        endpoint: Its address.
    """

    def __init__(self) -> None:
        self._user = OrdinaryUser.with_home()
        port = free_port()
        self.endpoint = f"http://127.0.0.1:{port}"
        program = self._user.home / "moto_program.py"
        program.write_text(_PROGRAM)
        self._user.own(self._user.home)
        # The first actions are nobody's: they make the one who may do all.
        environment = {"INITIAL_NO_AUTH_ACTION_COUNT": str(_ROOT_ACTIONS)}
        python = self._user.python if self._user.uid else sys.executable
        argv = [python, "-B", program, "-H", "127.0.0.1", "-p", str(port)]
        self._log = (self._user.home / "log").open("wb")
        self._process = self._user.start(argv, env=environment, stdout=self._log, stderr=subprocess.STDOUT)
        try:
            self._wait(port)
            self._root = self._first_admin()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End it, and remove its folder."""
        self._process.kill()
        self._process.wait()
        self._log.close()
        self._user.close()

    def user(self, name: str, actions: Sequence[str] = _ALL) -> dict[str, str]:
        """Make a user with one access key and these permissions; return its value."""
        iam = self.iam(self._root)
        try:
            iam.create_user(UserName=name)
            iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=_policy(actions))
            return _value(name, iam.create_access_key(UserName=name)["AccessKey"])
        finally:
            iam.close()

    def another_key(self, name: str) -> dict[str, str]:
        """Make a second key of a user, as somebody else would; return its value."""
        iam = self.iam(self._root)
        try:
            return _value(name, iam.create_access_key(UserName=name)["AccessKey"])
        finally:
            iam.close()

    def keys(self, name: str) -> dict[str, str]:
        """Return the state of each key of a user, by its id."""
        iam = self.iam(self._root)
        try:
            found = iam.list_access_keys(UserName=name)["AccessKeyMetadata"]
        finally:
            iam.close()
        return {key["AccessKeyId"]: key["Status"] for key in found}

    def iam(self, value: dict[str, str]) -> Any:
        """Return boto3's client of IAM for a value; the caller closes it."""
        return boto3.Session(value["access_key_id"], value["secret_access_key"], region_name="us-east-1").client(
            "iam", endpoint_url=self.endpoint, config=Config(retries={"total_max_attempts": 1})
        )

    def settings(self, **changed: str) -> dict[str, str]:
        """Return the settings of a connection."""
        return {"grace_minutes": "30", "endpoint": self.endpoint, "tls_ca": "", **changed}

    def _first_admin(self) -> dict[str, str]:
        nobody = self.iam({"access_key_id": "nobody", "secret_access_key": "nothing"})
        try:
            nobody.create_user(UserName="root-admin")
            nobody.put_user_policy(UserName="root-admin", PolicyName="all", PolicyDocument=_policy(("*",)))
            return _value("root-admin", nobody.create_access_key(UserName="root-admin")["AccessKey"])
        finally:
            nobody.close()

    def _wait(self, port: int) -> None:
        until = time.monotonic() + START_S
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            assert self._process.poll() is None, (self._user.home / "log").read_text()
            assert time.monotonic() < until, (self._user.home / "log").read_text()
            time.sleep(0.05)


def _policy(actions: Sequence[str]) -> str:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _value(name: str, key: dict[str, str]) -> dict[str, str]:
    return {
        "username": name,
        "access_key_id": key["AccessKeyId"],
        "secret_access_key": key["SecretAccessKey"],
        "region": "us-east-1",
    }


# moto 5.2 takes signatures of keys that are off, which AWS answers with InvalidClientTokenId.
_PROGRAM = """
import sys
from moto.iam import access_control
from moto.server import main

made = access_control.IAMUserAccessKey.__init__

def checked(self, *given, **named):
    made(self, *given, **named)
    for user in self.backend.list_users("/", None, None):
        for key in user.access_keys:
            if key.access_key_id == self._access_key_id and key.status == "Inactive":
                raise access_control.CreateAccessKeyFailure(reason="InvalidId")

access_control.IAMUserAccessKey.__init__ = checked
main(sys.argv[1:])
"""
