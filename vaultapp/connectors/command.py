"""Anything else: the user's own program changes the secret, told by JSON what to do.

It is started once a step, reads one JSON object from its standard input and writes one to its standard output.
Values are objects of texts::

    {"step": "propose", "current": …, "secret": "…", "known": […]}    → {"ok": true, "value": …}
    {"step": "set", "current": …, "pending": …, "keep": … or null}    → {"ok": true}
    {"step": "test", "value": …, "probe": true or false}              → {"ok": true}
    {"step": "retire", "current": …, "old": …}                        → {"ok": true}
    {"step": "end_sessions", "current": …, "old": …}                  → {"ok": true, "count": 2}

What does not work is ``{"ok": false, "error": "…", "message": "…"}``, the error one of ``unreachable``, ``busy``,
``denied``, ``refused`` (the value does not log in), ``policy``, ``locked``, ``unsupported`` (for steps that it does
not know) and ``other``. Each step may come twice and must find its work done then. What a newer vaultapp adds to
the objects is to be ignored.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from json import dumps
from typing import Any
from urllib.parse import quote

import msgspec
from msgspec import Struct

from vaultapp.connectors.program_run import Ended, OutOfTime, TooMuchOutput, run_program
from vaultapp.contracts.connectors import Connection, Connector, Fields, Trial
from vaultapp.contracts.credential_kinds import COMMAND
from vaultapp.core.errors import RemoteError
from vaultapp.core.printable import printable
from vaultapp.core.target_errors import (
    AccountLocked,
    LoginRefused,
    PasswordRefused,
    ProbeFailed,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetUnreachable,
)

MESSAGE_LENGTH = 200
_WAITS = 6
"""A program may wait on its network several times in one step."""
_SHORTEST_SECRET = 4
"""Shorter ones are in every sentence."""
_UNSUPPORTED, _REFUSED = "unsupported", "refused"


class Answer(Struct, frozen=True):
    """What a program says. Of ``repr`` nothing is shown: a value may be in it."""

    ok: bool
    error: str = ""
    message: str = ""
    value: dict[str, str] | None = None
    count: int = 0

    def __repr__(self) -> str:
        """Show only how it went."""
        return f"Answer({self.ok}, {self.error!r})"


class CommandTarget:
    """Whatever the user's program changes.

    Whether two values are valid at once is the program's affair: it is told which one to keep. There is no lock at
    the target; a program that needs one answers ``busy``.

    Args:
        connection: Settings, and the time for each wait; a step may take six of them.
        environment: Of this process; the program gets little of it.
    """

    def __init__(self, connection: Connection, environment: Mapping[str, str] | None = None) -> None:
        self._connection = connection
        self._environment = os.environ if environment is None else environment

    def propose(self, current: Fields, secret: str, known: Sequence[Fields]) -> dict[str, str]:
        """Ask for the next value; a program that leaves it to us gets the secret in the field ``password``."""
        given = {"current": dict(current), "secret": secret, "known": [dict(value) for value in known]}
        answer = self._ask("propose", current, given)
        own = {**current, COMMAND.secret: secret}
        if answer.error == _UNSUPPORTED:
            return own
        self._check(answer, current, given)
        return own if answer.value is None else answer.value

    def try_login(self, value: Fields) -> Trial:
        """Ask whether a value logs in."""
        given = {"value": dict(value), "probe": False}
        answer = self._ask("test", value, given)
        if answer.error == _REFUSED:
            return Trial.REFUSED
        self._check(answer, value, given)
        return Trial.ACCEPTED

    def exclusive(self, valid: Fields) -> AbstractContextManager[None]:  # noqa: ARG002 - the program's affair
        """Hold nothing; see the class."""
        return nullcontext()

    def set(self, valid: Fields, pending: Fields, *, keep: Fields | None) -> None:
        """Let the program set the pending value."""
        kept = None if keep is None else dict(keep)
        given = {"current": dict(valid), "pending": dict(pending), "keep": kept}
        self._check(self._ask("set", pending, given), pending, given)

    def probe(self, pending: Fields) -> None:
        """Let the program show that the value does its work."""
        given = {"value": dict(pending), "probe": True}
        answer = self._ask("test", pending, given)
        if answer.error in ("other", "denied"):
            raise ProbeFailed(target=self._target(pending), account=pending.get("username", ""))
        self._check(answer, pending, given)

    def retire(self, current: Fields, old: Fields) -> None:
        """Let the program take the old value away; one that has nothing to do there need not know the step."""
        given = {"current": dict(current), "old": dict(old)}
        answer = self._ask("retire", old, given)
        if answer.error != _UNSUPPORTED:
            self._check(answer, old, given)

    def end_sessions(self, current: Fields, old: Fields) -> int:
        """Let the program end what was opened with the old value; return how many it says there were."""
        given = {"current": dict(current), "old": dict(old)}
        answer = self._ask("end_sessions", old, given)
        if answer.error == _UNSUPPORTED:
            return 0
        self._check(answer, old, given)
        return max(0, answer.count)

    def close(self) -> None:
        """Let go of nothing: each step is a run of its own."""

    def _ask(self, step: str, value: Fields, given: Mapping[str, Any]) -> Answer:
        ended = self._run(self._argv(value), msgspec.json.encode({"step": step, **given}) + b"\n", value)
        try:
            answer = msgspec.json.decode(ended.output, type=Answer)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            # Not "from": what could not be read is quoted there.
            raise TargetFailed(target=self._target(value), number=ended.code, reason="no_answer") from None
        if answer.ok and ended.code:
            raise TargetFailed(target=self._target(value), number=ended.code)
        return answer

    def _run(self, argv: Sequence[str], given: bytes, value: Fields) -> Ended:
        target = self._target(value)
        try:
            return run_program(argv, given, _WAITS * self._connection.timeout_s, self._environment)
        except OutOfTime:
            raise TargetUnreachable(target=target) from None
        except TooMuchOutput:
            raise TargetFailed(target=target, number=0, reason="no_answer") from None
        except OSError:
            raise TargetFailed(target=target, number=0, reason="no_program") from None

    def _argv(self, value: Fields) -> list[str]:
        argv = self._words()
        if not argv:
            raise TargetFailed(target=self._target(value), number=0, reason="no_program")
        return argv

    def _check(self, answer: Answer, value: Fields, given: Mapping[str, Any]) -> None:
        if not answer.ok:
            raise self._error(answer, value, given)

    def _error(self, answer: Answer, value: Fields, given: Mapping[str, Any]) -> RemoteError:
        target, account = self._target(value), value.get("username", "")
        errors: dict[str, RemoteError] = {
            "unreachable": TargetUnreachable(target=target),
            "busy": TargetBusy(target=target),
            "denied": TargetDenied(target=target, account=account, number=0),
            _REFUSED: LoginRefused(target=target, account=account),
            "policy": PasswordRefused(target=target),
            "locked": AccountLocked(target=target, account=account),
        }
        if answer.error in errors:
            return errors[answer.error]
        message = told(answer.message, (given, answer.value))
        if message:
            return TargetFailed(target=target, number=0, reason="said", message=message)
        return TargetFailed(target=target, number=0)

    def _target(self, value: Fields) -> str:
        """Return what errors call it: the program's name."""
        argv = self._words()
        return os.path.basename(argv[0]) if argv else value.get("username", "")

    def _words(self) -> list[str]:
        """Return the settings' command word by word; nothing where its quotes do not match."""
        try:
            return shlex.split(self._connection.settings.get("command", ""))
        except ValueError:
            return []


def told(message: str, given: object) -> str:
    """Return a program's message as it may be told, cut, without control characters; empty when it quotes a secret.

    Args:
        message: The program's.
        given: All that it was given: no text of it but names of accounts may come back.
    """
    if any(secret in message for secret in _secrets(given)):
        return ""
    return printable(" ".join(message.split()))[:MESSAGE_LENGTH]


def _secrets(given: object) -> set[str]:
    """Return every text that counts as secret in what a program is given."""
    if isinstance(given, str):
        return _written(given) if len(given) >= _SHORTEST_SECRET else set()
    if isinstance(given, Mapping):
        return {found for name, part in given.items() if name != "username" for found in _secrets(part)}
    if isinstance(given, Sequence):
        return {found for part in given for found in _secrets(part)}
    return set()


def _written(secret: str) -> set[str]:
    """Return a secret as programs write it that quote what they were given: as JSON, in Python, in an address."""
    return {secret, dumps(secret)[1:-1], msgspec.json.encode(secret).decode()[1:-1], repr(secret)[1:-1], quote(secret)}


CONNECTOR = Connector(COMMAND, CommandTarget, lambda _settings: True)
