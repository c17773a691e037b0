"""The story of the README, told as it happens: a shop, a thief in its database, and a rotation that throws him out."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from tests.acceptance.mysql_story import FIRST_PASSWORD, IDENTIFIER, SHOP, MysqlStory


class Proof:
    """What was tried and whether it held, line by line."""

    def __init__(self) -> None:
        self.lines = 0
        self.held = 0

    def show(self, text: str, *, holds: bool) -> None:
        """Print a line of the proof."""
        self.lines += 1
        self.held += holds
        say(f"   {'yes' if holds else 'NO '}  {text}")


def main() -> int:
    """Tell the story; return 0 when everything held."""
    started = time.monotonic()
    proof = Proof()
    say("1  A MariaDB of its own is started, with an account “app” for a shop.")
    with MysqlStory() as story:
        say(f"   It listens on {story.server.host}:{story.server.port}; binary log, general log and TLS are on.")
        say(f"2  The account goes into a vault, as vault://{IDENTIFIER}.")
        story.add_credentials()
        say(f"3  The shop opens. {SHOP.name} holds the reference only, and a pool of connections.")
        story.open_shop()
        say(f"   {story.wait_for_orders(200):,} orders are taken.")
        say("4  Somebody has stolen the password, and reads the orders in a session of his own.")
        story.break_in()
        say("5  vaultapp rotate prod/mysql/app --emergency")
        began = time.monotonic()
        for line in story.shell.told("rotate", IDENTIFIER, "--emergency").splitlines():
            say(f"   {line}")
        took = time.monotonic() - began
        say("6  The proof, tried from outside:")
        new = story.password()
        tries: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("the thief's session is dead", lambda: not story.attacker_reads()),
            ("the stolen password is refused", lambda: not story.server.logs_in("app", FIRST_PASSWORD)),
            ("the new password logs in", lambda: story.server.logs_in("app", new)),
            ("the new password is in no log and no file of the server", lambda: not story.server.leaks(new)),
            ("the shop goes on taking orders", lambda: story.wait_for_orders(200) > 0),
        )
        for text, holds in tries:
            proof.show(text, holds=holds())
        told, complaints = story.close_shop()
        orders = story.orders()
        answered = told["served"] + told["at the second try"]
        proof.show(
            f"{orders:,} orders, {told['at the second try']} of them at the second try, {told['failed']} failed",
            holds=told["failed"] == 0 and answered == orders and not complaints,
        )
    seconds = time.monotonic() - started
    say(
        f"{proof.held} of {proof.lines} held: the break-in ended {took:.1f} s after it was reported, and the shop lost "
        f"{told['failed']} of {orders:,} orders. All of it took {seconds:.0f} s."
    )
    return 0 if proof.held == proof.lines else 1


def say(text: str) -> None:
    """Print a line now."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
