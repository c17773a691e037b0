"""AWS access keys: the second key comes, the first one is turned off, then it goes."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from vaultapp.connectors.aws_errors import NO_SUCH_ENTITY, error_of
from vaultapp.connectors.trusted_roots import own_roots
from vaultapp.contracts.connectors import Connection, Connector, Fields, Trial
from vaultapp.contracts.credential_kinds import AWS
from vaultapp.core.target_errors import LoginRefused, TargetBusy, TargetFailed, TargetUntrusted

_MOST_KEYS = 2
"""Of one user: IAM's quota, which cannot be raised."""
_ON, _OFF = "Active", "Inactive"
_POLL_S = 0.5
# At DEBUG these log whole answers, a new secret among them.
_LOUD = ("botocore", "boto3", "urllib3")


class AwsAccessKeyTarget:
    """The access keys of one IAM user. Tried against moto 5.2, an emulator, and not against AWS.

    AWS makes the secret, so the next value comes from there (:meth:`propose`). A user has two keys at most: a second
    one that nobody here knows is removed only when AWS says that it was never used, which is the key of an answer that
    was lost. One that is in use belongs to somebody, and the person has to decide.

    AWS has no lock; two vaults that rotate the same user meet at the limit of two keys, and the second one stops.
    Nor can it end what was begun: requests are single, and refused as soon as a key is off. Temporary credentials
    that were made with a key (GetSessionToken, AssumeRole) outlive it until they expire, 36 hours at most; a policy
    on ``aws:TokenIssueTime`` is what ends those.

    The account needs ``iam:ListAccessKeys``, ``CreateAccessKey``, ``UpdateAccessKey``, ``DeleteAccessKey`` and
    ``GetAccessKeyLastUsed`` on the user.

    Args:
        connection: Settings, admin, and the time for each wait.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._endpoint = connection.settings.get("endpoint", "").strip()
        for name in _LOUD:
            logging.getLogger(name).setLevel(logging.WARNING)

    def propose(self, current: Fields, secret: str, known: Sequence[Fields]) -> dict[str, str]:  # noqa: ARG002
        """Make the user's second key; what is in its place and of no use any more goes first."""
        here, mine = {value.get("access_key_id", "") for value in known}, current.get("access_key_id", "")
        with self._iam(current) as iam:
            keys = iam.ids()
            others = [key for key in keys if key != mine]
            for key in others if len(keys) >= _MOST_KEYS else ():
                if key not in here and iam.was_used(key):
                    raise TargetFailed(target=self._target(current), number=0, reason="second_key")
                iam.remove(key)
            made = iam.create()
        return {**current, "access_key_id": made["AccessKeyId"], "secret_access_key": made["SecretAccessKey"]}

    def try_login(self, value: Fields) -> Trial:
        """Ask who one is (``sts:GetCallerIdentity``), which needs no permission."""
        try:
            with self._client("sts", value, value) as client:
                _call(client.get_caller_identity, self._target(value), value)
        except LoginRefused:
            return Trial.REFUSED
        return Trial.ACCEPTED

    @contextmanager
    def exclusive(self, valid: Fields) -> Iterator[None]:
        """Hold nothing, see the class; look that the user's keys may be seen at all."""
        with self._iam(valid) as iam:
            iam.ids()
        yield

    def set(self, valid: Fields, pending: Fields, *, keep: Fields | None) -> None:
        """Turn the pending key on, and every other one off where none is to be kept."""
        with self._iam(valid) as iam:
            iam.switch(pending["access_key_id"], _ON)
        self._wait_for(pending)
        if keep is None:
            # Not signed by a key that is turned off on the way.
            with self._iam(pending) as iam:
                for key in iam.ids():
                    if key != pending["access_key_id"]:
                        iam.switch(key, _OFF)

    def probe(self, pending: Fields) -> None:
        """Ask who one is; what the user may do does not depend on the key."""
        if self.try_login(pending) is not Trial.ACCEPTED:
            raise LoginRefused(target=self._target(pending), account=pending.get("access_key_id", ""))

    def retire(self, current: Fields, old: Fields) -> None:
        """Turn the old key off, then delete it."""
        if old.get("access_key_id") == current.get("access_key_id"):
            return
        with self._iam(current) as iam:
            iam.remove(old.get("access_key_id", ""))

    def end_sessions(self, current: Fields, old: Fields) -> int:  # noqa: ARG002 - AWS has none
        """Return 0: there are no sessions; see the class for temporary credentials."""
        return 0

    def close(self) -> None:
        """Let go of nothing: each call closes its own connections."""

    def _wait_for(self, pending: Fields) -> None:
        """Wait until a key that was just made is known everywhere: IAM is consistent after some seconds only."""
        until = time.monotonic() + self._connection.timeout_s
        while self.try_login(pending) is not Trial.ACCEPTED:
            if time.monotonic() > until:
                raise TargetBusy(target=self._target(pending), reason="not_yet")
            time.sleep(_POLL_S)

    @contextmanager
    def _iam(self, value: Fields) -> Iterator[_UserKeys]:
        signer = self._connection.admin or value
        with self._client("iam", signer, value) as client:
            yield _UserKeys(client, value.get("username", ""), self._target(value), signer)

    @contextmanager
    def _client(self, service: str, signer: Fields, value: Fields) -> Iterator[Any]:
        target = self._target(value)
        self._check_endpoint(target)
        wait = self._connection.timeout_s
        if not (signer.get("access_key_id") and signer.get("secret_access_key")):
            # boto3 would look for others, in this process's environment and on this machine.
            raise LoginRefused(target=target, account=signer.get("access_key_id", ""))
        config = Config(
            connect_timeout=wait,
            read_timeout=wait,
            retries={"total_max_attempts": 1},
            # Only what the settings of the credential say.
            ignore_configured_endpoint_urls=True,
        )
        try:
            session = Session(
                aws_access_key_id=signer["access_key_id"],
                aws_secret_access_key=signer["secret_access_key"],
                region_name=value.get("region") or "us-east-1",
            )
            client = session.client(
                service,
                endpoint_url=self._endpoint or None,
                verify=own_roots(self._connection.settings, target) or True,
                config=config,
            )
        except (BotoCoreError, ValueError):
            # A region or an endpoint that is none.
            raise TargetFailed(target=target, number=0, reason="endpoint") from None
        try:
            yield client
        finally:
            client.close()

    def _check_endpoint(self, target: str) -> None:
        """A new secret comes in the answer: without TLS from this machine only."""
        if not self._endpoint or self._endpoint.startswith("https://"):
            return
        try:
            host = urlsplit(self._endpoint).hostname or ""
            loopback = host == "localhost" or ip_address(host).is_loopback
        except ValueError:
            loopback = False
        if not loopback:
            raise TargetUntrusted(target=target)

    def _target(self, value: Fields) -> str:
        return f"AWS user {value.get('username', '')}"


class _UserKeys:
    """IAM's calls about the keys of one user; each finds its work done the second time."""

    def __init__(self, client: Any, user: str, target: str, signer: Fields) -> None:
        self._client = client
        self._user = user
        self._target = target
        self._signer = signer

    def ids(self) -> Sequence[str]:
        """Return the ids of all."""
        found = self._call(self._client.list_access_keys, UserName=self._user)
        return [str(key["AccessKeyId"]) for key in found["AccessKeyMetadata"]]

    def create(self) -> Mapping[str, str]:
        """Make one."""
        made: Mapping[str, str] = self._call(self._client.create_access_key, UserName=self._user)["AccessKey"]
        return made

    def was_used(self, key: str) -> bool:
        """True when it ever signed a request."""
        found = self._call(self._client.get_access_key_last_used, AccessKeyId=key)
        return found.get("AccessKeyLastUsed", {}).get("LastUsedDate") is not None

    def switch(self, key: str, state: str) -> None:
        """Turn one on or off."""
        self._call(self._client.update_access_key, UserName=self._user, AccessKeyId=key, Status=state)

    def remove(self, key: str) -> None:
        """Turn one off, then delete it; one that is not there is gone already."""
        try:
            self.switch(key, _OFF)
            self._call(self._client.delete_access_key, UserName=self._user, AccessKeyId=key)
        except TargetFailed as exc:
            if exc.facts.get("reason") != NO_SUCH_ENTITY:
                raise

    def _call(self, call: Any, **given: str) -> Any:
        return _call(call, self._target, self._signer, **given)


def _call(call: Any, target: str, signer: Fields, **given: str) -> Any:
    """Ask AWS; the one place where what boto3 raises becomes ours."""
    try:
        return call(**given)
    except (ClientError, BotoCoreError) as exc:
        raise error_of(exc, target, signer.get("access_key_id", "")) from None


CONNECTOR = Connector(AWS, AwsAccessKeyTarget, lambda _settings: True)
