"""Locking, and the two ways to try to come back."""

from __future__ import annotations

from tests.acceptance.walk import PASSPHRASE, Walk
from tests.desktop.processes import wait_until


def lock(walk: Walk) -> None:
    """Lock by keyboard, try a wrong passphrase, then the right one."""
    before = walk.app.pid
    walk.hand.key("ctrl+l")
    walk.eyes.find("Unlock", seconds=30)
    walk.wait_for_theme(walk.theme)
    walk.picture("lock", "Locked: window and agent are fresh processes")
    if walk.app.poll() is not None or walk.app.pid != before:
        raise AssertionError("the window did not stay")
    walk.write("Passphrase", "not the passphrase")
    walk.hand.key("Return")
    walk.eyes.reads("This passphrase does not open the vault.", 60)
    walk.picture("wrong-passphrase", "A wrong passphrase")
    walk.write("Passphrase", PASSPHRASE)
    _unlock(walk)
    walk.story.say("A wrong passphrase was refused and the right one taken.")


def _unlock(walk: Walk) -> None:
    """Press Enter once the form takes a passphrase again."""

    def open_now() -> bool:
        walk.hand.key("Return")
        return bool(walk.eyes.everything("Lock"))

    wait_until(open_now, "the vault to open", 60)
