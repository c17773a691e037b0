"""Recovery words at the terminal."""

from __future__ import annotations

from pathlib import Path

from vaultapp.cli import failures
from vaultapp.cli.passphrases import read_file, wipe
from vaultapp.cli.terminal import Terminal
from vaultapp.contracts.recovery import RecoveryApi
from vaultapp.core.errors import InvalidValue, WordsMistyped, WordsOfAnotherVault

_COLUMNS = 4
_TRIES = 3


def ask_words(terminal: Terminal, file: Path | None, recovery: RecoveryApi) -> bytearray:
    """Return recovery words that are this vault's, from a file or typed; whoever gets them overwrites them.

    Typed ones that are not may be typed again, up to three times.

    Raises:
        WordsMistyped, WordsOfAnotherVault, NoSuchSlot: They are not this vault's.
        InvalidValue: There is nobody to ask.
        SourceMissing, AccessDenied, HostError: The file.
        VaultError: The vault cannot say.
    """
    if file is not None:
        return _checked(read_file(file), recovery)
    if not terminal.present:
        raise InvalidValue(field="words", reason="no_terminal")
    terminal.say("The recovery words are shown while you type them: 24 words, with blanks between.")
    for left in range(_TRIES - 1, -1, -1):
        try:
            return _checked(terminal.ask_shown("Recovery words: "), recovery)
        except (WordsMistyped, WordsOfAnotherVault) as exc:
            if not left:
                raise
            terminal.say(failures.message(exc.code, exc.facts, safe=""))
    raise WordsMistyped


def _checked(words: bytearray, recovery: RecoveryApi) -> bytearray:
    given = bytearray(words)
    try:
        recovery.check(given)
    except BaseException:
        wipe(words)
        raise
    finally:
        wipe(given)
    return words


def shown_words(words: str) -> list[str]:
    """Return words as numbered lines, to be copied by hand."""
    each = words.split()
    rows = -(-len(each) // _COLUMNS)
    width = max(map(len, each)) + 5
    return [
        "  " + "".join(f"{at + 1:>2}. {each[at]}".ljust(width) for at in range(row, len(each), rows)).rstrip()
        for row in range(rows)
    ]
