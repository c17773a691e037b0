"""An agent, a terminal and a user for tests of commands: they answer what a test says, and remember what was asked."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result
from msgspec.structs import replace

from vaultapp.cli.command_line import root
from vaultapp.cli.invocation import Invocation
from vaultapp.contracts.vault import VaultStatus
from vaultapp.contracts.vault_state import SlotKind, VaultState
from vaultapp.core.errors import WrongPassphrase
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext

RIGHT = b"correct horse"


class FakeSubject:
    """One contract. Only its own methods can be called, with arguments that it takes."""

    def __init__(self, agent: FakeAgent, interface: type, subject: str) -> None:
        self._agent = agent
        self._interface = interface
        self._subject = subject

    def __getattr__(self, method: str) -> Callable[..., Any]:
        signature = inspect.signature(inspect.getattr_static(self._interface, method))

        def call(*values: Any, **named: Any) -> Any:
            given = signature.bind(self, *values, **named).arguments
            given.pop("self")
            return self._agent.answer(f"{self._subject}.{method}", given)

        return call


@dataclass
class FakeAgent:
    """Answers by ``subject.method``: a value, an error to raise, or a function of the arguments."""

    status: VaultStatus
    answers: dict[str, Any] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    links: int = 0

    def __post_init__(self) -> None:
        self.answers.setdefault("vault.status", lambda: self.status)
        self.answers.setdefault("vault.unlock", self._unlock)
        self.answers.setdefault("recovery.check", None)
        self.answers.setdefault("lock.triggers", ())

    def answer(self, name: str, given: dict[str, Any]) -> Any:
        # Secrets are overwritten by whoever gets them, so what is remembered is a copy.
        shown = {key: bytes(value) if isinstance(value, bytearray) else value for key, value in given.items()}
        self.calls.append((name, {key: value for key, value in shown.items() if key != "work"}))
        found = self.answers[name]
        if isinstance(found, list):
            found = found.pop(0)
        if isinstance(found, BaseException):
            raise found
        return found(**given) if callable(found) else found

    def called(self, name: str) -> list[dict[str, Any]]:
        return [given for called, given in self.calls if called == name]

    def _unlock(self, passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False) -> VaultStatus:
        right = bytes(passphrase) == RIGHT
        passphrase[:] = bytes(len(passphrase))
        if not right:
            raise WrongPassphrase
        self.status = replace(self.status, state=VaultState.UNLOCKED, admitted=True)
        return self.status


class FakeLink:
    """A connection to a fake agent."""

    def __init__(self, agent: FakeAgent) -> None:
        self._agent = agent
        agent.links += 1

    def api(self, interface: type, subject: str) -> Any:
        return FakeSubject(self._agent, interface, subject)

    def on_event(self, call: Callable[[object], None]) -> None:
        pass

    def close(self) -> None:
        self._agent.links -= 1


@dataclass
class FakeAgents:
    """Which agents run, and which are started."""

    vault: FakeAgent
    vaultless: FakeAgent
    runs: bool = False
    started: list[str] = field(default_factory=list)

    def connect(self, vault: Path) -> FakeLink | None:
        return FakeLink(self.vault) if self.runs else None

    def start_private(self, vault: Path | None) -> FakeLink:
        self.started.append("private" if vault else "vaultless")
        return FakeLink(self.vault if vault else self.vaultless)

    def start_persistent(self, vault: Path) -> FakeLink:
        self.started.append("persistent")
        return FakeLink(self.vault)


@dataclass
class FakeTerminal:
    """A person who types these lines, in this order; none means that nobody is there."""

    lines: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    attended: bool = True
    on_wait: Callable[[], None] = lambda: None

    @property
    def present(self) -> bool:
        return self.attended

    def ask(self, question: str) -> str:
        self.asked.append(question)
        return self.lines.pop(0)

    def ask_hidden(self, question: str) -> bytearray:
        return bytearray(self.ask(question), "utf-8")

    def ask_shown(self, question: str) -> bytearray:
        self.shown.append(question)
        return bytearray(self.ask(question), "utf-8")

    def say(self, text: str) -> None:
        self.said.append(text)

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.on_wait()


class User:
    """Runs commands against a fake agent.

    Attributes:
        vault: The vault's path; a file is there unless a test removes it.
        home: The home folder, which is not there yet.
    """

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.vault = folder / "personal.vault"
        self.vault.touch()
        here = VaultStatus(
            VaultState.LOCKED, bytes(self.vault), "personal", "0.1.0", 7, slot_kinds=(SlotKind.PASSPHRASE,)
        )
        none = VaultStatus(VaultState.VAULTLESS, b"", "", "0.1.0", 8, admitted=True)
        self.agent = FakeAgent(here)
        self.vaultless = FakeAgent(none)
        self.agents = FakeAgents(self.agent, self.vaultless)
        self.terminal = FakeTerminal()
        self.environment: dict[str, str] = {}
        self.opened: list[tuple[Path, tuple[bytes, ...]]] = []
        self.opened_hidden = False
        self.places = Places(folder / "data", folder / "state", folder / "run")

    def unlocked(self, **answers: Any) -> User:
        """Let an agent run that this terminal may use, and that answers so (``keys_list`` for ``keys.list``)."""
        self.agents.runs = True
        self.agent.status = replace(self.agent.status, state=VaultState.UNLOCKED, admitted=True, persistent=True)
        return self.answering(**answers)

    def answering(self, **answers: Any) -> User:
        for name, value in answers.items():
            subject, _, method = name.partition("_")
            self.agent.answers[f"{subject}.{method}"] = value
            self.vaultless.answers[f"{subject}.{method}"] = value
        return self

    def invocation(self) -> Invocation:
        environment = {"VAULTAPP_VAULT": str(self.vault), "HOME": str(self.home), **self.environment}
        return Invocation(environment, self.places, self.agents, self.terminal, self._open_window)

    def run(self, *arguments: str, typed: bytes | str | None = None) -> Result:
        result = CliRunner().invoke(root, arguments, obj=self.invocation(), input=typed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert (self.agent.links, self.vaultless.links) == (0, 0), "a connection was left open"
        return result

    def json(self, *arguments: str, typed: bytes | str | None = None) -> Any:
        """Run with ``--json`` and return the object that was printed."""
        result = self.run(*arguments, "--json", typed=typed)
        assert result.stdout.count("\n") == 1
        assert result.stdout.isascii()
        return json.loads(result.stdout)

    def error(self, *arguments: str, typed: bytes | str | None = None) -> tuple[int, dict[str, Any]]:
        """Run with ``--json`` and return the exit code and the error that was printed; nothing else was."""
        result = self.run(*arguments, "--json", typed=typed)
        assert result.stdout == ""
        return result.exit_code, json.loads(result.stderr)["error"]

    def complete(self, line: str) -> list[str]:
        """Return what a shell offers for the last word of a line."""
        *words, last = line.split(" ")
        completion = ShellComplete(root, {"obj": self.invocation()}, "vaultapp", "_VAULTAPP_COMPLETE")
        return [item.value for item in completion.get_completions(words, last)]

    def _open_window(self, vault: Path, paths: tuple[bytes, ...], *, hidden: bool = False) -> int:
        self.opened.append((vault, paths))
        self.opened_hidden = hidden
        return 0
