"""A text that was typed and one that was decrypted, in the window and by command: neither is ever in a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.eyes import Eyes
from tests.desktop.vault_desk import PASSPHRASE, WINDOW, VaultDesk

_TYPED = "heron at noon typed"
_OPENED = "heron at dusk opened"


@pytest.fixture(scope="module")
def desk() -> Iterator[VaultDesk]:
    with VaultDesk.on_own_desktop() as desk:
        yield desk


def files_with(text: str, *folders: Path) -> list[str]:
    """Return the files that hold a text, in the encodings that Qt, X and Python write."""
    wanted = [text.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")]
    found = []
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in names:
                path = Path(place, name)
                if path.is_file() and any(part in path.read_bytes() for part in wanted):
                    found.append(str(path))
    return found


def test_promise_20_neither_typed_nor_decrypted_text_is_in_any_file(desk: VaultDesk) -> None:
    session = desk.session
    places = [
        session.home,
        *(Path(session.environment[name]) for name in ("XDG_RUNTIME_DIR", "TMPDIR") if name in session.environment),
    ]
    blob = desk.vaultapp("text", "encrypt", "--key", "Personal", _OPENED).strip()
    assert desk.vaultapp("text", "decrypt", blob).strip() == _OPENED
    process = desk.start()
    eyes = Eyes(session, "vaultapp", process)
    desk.hand.settled(WINDOW)
    desk.hand.type(PASSPHRASE)
    desk.hand.key("Return")
    desk.hand.click(*eyes.find("Text").middle)
    desk.hand.click(*eyes.match(lambda seen: "editable" in seen.states, "the field", name="Plain text").middle)
    desk.hand.type(_TYPED)
    eyes.reads(_TYPED)
    desk.hand.click(*eyes.find("Encrypt").middle)
    eyes.match(lambda seen: seen.text.startswith("vlt1"), "the encrypted text")
    desk.copy(blob)
    desk.hand.click(*eyes.find("Clear: Plain text").middle)
    desk.hand.click(*eyes.find("Clear: Encrypted text").middle)
    desk.hand.click(*eyes.find("Paste: Encrypted text").middle)
    desk.hand.click(*eyes.find("Decrypt").middle)
    eyes.reads(_OPENED)
    while_shown = [files_with(text, *places) for text in (_TYPED, _OPENED)]
    session.end(process)
    afterwards = [files_with(text, *places) for text in (_TYPED, _OPENED)]
    looked = sum(len(names) for place in places for _, _, names in os.walk(place))
    print(f"looked into {looked} files below {', '.join(map(str, places))}")
    assert (while_shown, afterwards) == ([[], []], [[], []])
    # The search finds what is there.
    (session.home / "note").write_text(_OPENED)
    assert files_with(_OPENED, session.home) == [str(session.home / "note")]
