"""Where passphrases and recovery words come from: a descriptor, a file, or the person."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from vaultapp.cli.terminal import Terminal
from vaultapp.core.errors import AccessDenied, HostError, InvalidValue, NotAFile, SourceMissing, VaultError

_LIMIT_BYTES = 4096
_END_BYTES = 2


def wipe(secret: bytearray) -> None:
    """Overwrite a secret."""
    secret[:] = bytes(len(secret))


class VaultPassphrase:
    """The vault's passphrase, as one command needs it; read once, then given as copies.

    Args:
        terminal: Asked when nothing else is given.
        file: A file to read it from; None for none.
        descriptor: An open descriptor to read it from; None for none.
    """

    def __init__(self, terminal: Terminal, file: Path | None = None, descriptor: int | None = None) -> None:
        self._terminal = terminal
        self._file = file
        self._descriptor = descriptor
        self._known: bytearray | None = None

    @property
    def given(self) -> bool:
        """True when it need not be asked for."""
        return self._file is not None or self._descriptor is not None

    def get(self, question: str = "Passphrase: ") -> bytearray:
        """Return the passphrase; asked again each time, unless it was kept.

        Raises:
            InvalidValue: There is nobody to ask, or it is too long.
            HostError: The file cannot be read.
        """
        if self._known is None:
            if not self.given:
                return ask_passphrase(self._terminal, question)
            self._known = self._read()
        return bytearray(self._known)

    def keep(self, right: bytearray) -> None:
        """Keep a copy of what has proved right, for the command's next need."""
        if self._known is None:
            self._known = bytearray(right)

    def forget(self) -> None:
        """Overwrite what was kept."""
        if self._known is not None:
            wipe(self._known)
            self._known = None

    def _read(self) -> bytearray:
        if self._descriptor is not None:
            return read_descriptor(self._descriptor)
        assert self._file is not None  # noqa: S101 - one of both is given
        return read_file(self._file)


def ask_passphrase(terminal: Terminal, question: str, field: str = "passphrase") -> bytearray:
    """Ask a person for a passphrase.

    Args:
        terminal: Asks.
        question: What for.
        field: What is missing when there is nobody to ask: ``passphrase``, ``new_passphrase``, ``file_passphrase``.

    Raises:
        InvalidValue: There is nobody to ask.
    """
    if not terminal.present:
        raise InvalidValue(field=field, reason="no_terminal")
    return terminal.ask_hidden(question)


def ask_new_passphrase(
    terminal: Terminal, question: str, known: Sequence[str] = (), field: str = "new_passphrase"
) -> bytearray:
    """Ask for a new passphrase twice, and tell between how strong it is; a weak one is taken nevertheless.

    Args:
        terminal: Asks.
        question: What for.
        known: Words that a guesser would try, such as the vault's name.
        field: As for :func:`ask_passphrase`.

    Raises:
        InvalidValue: There is nobody to ask, it is empty, or the two are not the same.
    """
    first = ask_passphrase(terminal, f"{question}: ", field)
    if not first:
        raise InvalidValue(field="passphrase", reason="empty")
    terminal.say(_strength(first, known))
    second = terminal.ask_hidden("Once more: ")
    same = first == second
    wipe(second)
    if not same:
        wipe(first)
        raise InvalidValue(field="passphrase", reason="not_repeated")
    return first


def _strength(passphrase: bytearray, known: Sequence[str]) -> str:
    # Here, because its word lists take a moment to load, and only who makes a passphrase needs them.
    from vaultapp.core.passphrase_strength import FOUND, GRADES, GUESSES, Grade, estimate

    found = estimate(passphrase.decode("utf-8", "replace"), known)
    told = [GUESSES.format(power=found.power), *([FOUND[found.found]] if found.found else [])]
    text = f"{GRADES[found.grade]}: {', '.join(told)}."
    return text if found.grade > Grade.WEAK else f"{text} Four or more unrelated words are better."


def read_file(path: Path) -> bytearray:
    """Read a secret from a file, without the one end of line that editors put there.

    Raises:
        SourceMissing, AccessDenied, NotAFile, InvalidValue: As they say.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as exc:
        raise _refused(exc, path) from exc
    try:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise NotAFile(path=str(path), kind="folder")
        return read_descriptor(descriptor)
    finally:
        os.close(descriptor)


def read_descriptor(descriptor: int) -> bytearray:
    """Read a secret from an open descriptor to its end; one trailing LF or CR LF is cut.

    Raises:
        InvalidValue: More than 4,096 bytes.
        HostError: It cannot be read.
    """
    buffer = bytearray(_LIMIT_BYTES + _END_BYTES + 1)
    view = memoryview(buffer)
    filled = 0
    try:
        while filled < len(buffer):
            got = os.readv(descriptor, [view[filled:]])
            if not got:
                break
            filled += got
        secret = bytearray(view[:filled])
    except OSError as exc:
        raise HostError(reason=exc.strerror or "unreadable") from exc
    finally:
        view[:] = bytes(len(buffer))
    if secret.endswith(b"\n"):
        del secret[-1:]
        if secret.endswith(b"\r"):
            del secret[-1:]
    if len(secret) > _LIMIT_BYTES:
        wipe(secret)
        raise InvalidValue(field="passphrase", reason="too_long")
    return secret


def _refused(exc: OSError, path: Path) -> VaultError:
    name = os.fsencode(path).decode("utf-8", "replace")
    if isinstance(exc, FileNotFoundError | NotADirectoryError):
        return SourceMissing(path=name)
    if isinstance(exc, PermissionError):
        return AccessDenied(path=name)
    return HostError(reason=exc.strerror or "unreadable", path=name)
