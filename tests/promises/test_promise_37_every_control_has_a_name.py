"""What a screen reader hears of the real window: every control by its name, passwords as passwords.

That Tab comes to each of them, and that nothing is clipped, is tried on every screen in tests/gui.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desktop.eyes import Eyes, Seen
from tests.desktop.processes import wait_until
from tests.desktop.vault_desk import PASSPHRASE, WINDOW, VaultDesk

_PAGES = ("Text", "Keys", "Activity", "Settings", "Files")
_GROUNDS = ("scroll pane", "filler")


@pytest.fixture(scope="module")
def desk() -> Iterator[VaultDesk]:
    with VaultDesk.on_own_desktop() as desk:
        yield desk


def nameless(seen: list[Seen]) -> list[Seen]:
    # What only scrolls, or takes the focus off everything when it is clicked, is no control.
    return [one for one in seen if "focusable" in one.states and not one.name.strip() and one.role not in _GROUNDS]


def test_promise_37_every_control_has_a_name_and_a_password_is_one(desk: VaultDesk) -> None:
    process = desk.start()
    eyes = Eyes(desk.session, "vaultapp", process)
    desk.hand.settled(WINDOW)
    field = eyes.match(lambda seen: seen.role == "password text", "the passphrase's field")
    assert field.name
    assert "focused" in field.states
    assert nameless(eyes.everything()) == []
    desk.hand.type(PASSPHRASE)
    hidden = eyes.match(
        lambda seen: seen.role == "password text" and len(seen.text) == len(PASSPHRASE), "what was typed"
    )
    assert set(hidden.text).isdisjoint(PASSPHRASE)
    desk.hand.key("Return")
    eyes.find("Choose files…")
    heard = [len(turned_to(desk, eyes, page)) for page in _PAGES]
    assert sum(heard) > 30
    desk.session.end(process)


def turned_to(desk: VaultDesk, eyes: Eyes, page: str) -> list[Seen]:
    """Turn to a page and return its controls."""
    before = {one.name for one in eyes.everything()}
    desk.hand.click(*eyes.find(page).middle)
    wait_until(lambda: {one.name for one in eyes.everything()} != before, page)
    shown = eyes.everything()
    assert nameless(shown) == []
    controls = [one for one in shown if "focusable" in one.states]
    print(f"{page}: {len(controls)} controls, among them {', '.join(one.name for one in controls[:6])}")
    return controls
