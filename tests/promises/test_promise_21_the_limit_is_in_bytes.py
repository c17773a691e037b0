"""4,096 bytes of UTF-8 are the most: not characters, not UTF-16; in the window, by command and by a call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desktop.eyes import Eyes
from tests.desktop.vault_desk import PASSPHRASE, WINDOW, VaultDesk
from tests.promises.guarded_agent import GuardedAgent
from vaultapp.contracts.text import TEXT_LIMIT
from vaultapp.core.errors import TextTooLong

# Of one, two, three and four bytes a character.
_LETTERS = ("a", "ä", "鎖", "🔑")


@pytest.fixture(scope="module")
def desk() -> Iterator[VaultDesk]:
    with VaultDesk.on_own_desktop() as desk:
        yield desk


@pytest.mark.parametrize("letter", _LETTERS)
def test_promise_21_the_most_goes_and_one_byte_more_does_not(letter: str) -> None:
    agent = GuardedAgent(role="persistent")
    most = letter * (TEXT_LIMIT // len(letter.encode()))
    most += "a" * (TEXT_LIMIT - len(most.encode()))
    assert len(most.encode()) == TEXT_LIMIT
    sealed = agent.text.encrypt("Personal", bytearray(most.encode()), {})
    assert agent.text.decrypt(sealed, {}).plaintext.decode() == most
    with pytest.raises(TextTooLong) as refused:
        agent.text.encrypt("Personal", bytearray(most.encode() + b"a"), {})
    assert refused.value.facts == {"size": TEXT_LIMIT + 1, "limit": TEXT_LIMIT}
    print(f"{letter}: {len(most):,} characters are {TEXT_LIMIT:,} bytes, and one byte more is refused")
    agent.close()


def test_promise_21_the_window_counts_bytes(desk: VaultDesk) -> None:
    process = desk.start()
    eyes = Eyes(desk.session, "vaultapp", process)
    desk.hand.settled(WINDOW)
    desk.hand.type(PASSPHRASE)
    desk.hand.key("Return")
    desk.hand.click(*eyes.find("Text").middle)
    for text, count in (("鎖🔑", "7 of 4,096 bytes"), ("鎖" * 1366, "4,098 of 4,096 bytes")):
        desk.copy(text)
        desk.hand.click(*eyes.find("Paste: Plain text").middle)
        print("shown:", eyes.reads(count))
        desk.hand.click(*eyes.find("Clear: Plain text").middle)
    desk.session.end(process)
