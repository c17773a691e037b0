"""Making a vault."""

from __future__ import annotations

import re

from tests.acceptance.walk import AGENT, PASSPHRASE, Walk, is_field

_WORD = re.compile(r"Word (\d+)")


def welcome(walk: Walk) -> None:
    """The window opens by itself and offers a new vault."""
    walk.eyes.find("Make a new vault", seconds=60)
    walk.picture("welcome", "The first start")
    if not walk.session.running(AGENT):
        raise AssertionError("the window has no agent, or it cannot be told by its command line")
    walk.press("Make a new vault")
    walk.press("Continue")
    walk.story.say("The vault is to lie where it was proposed.")


def passphrase(walk: Walk) -> None:
    """Type a passphrase twice; the page goes on only when both are the same."""
    walk.write("Passphrase", PASSPHRASE)
    walk.write("Passphrase once more", PASSPHRASE[:-1] + "x")
    walk.eyes.reads("They differ")
    walk.hand.key("BackSpace")
    walk.hand.type(PASSPHRASE[-1])
    walk.eyes.reads("Both are the same")
    told = walk.eyes.reads("Opening the vault takes", 60)
    walk.story.say(f"A passphrase was typed twice. The window says: “{told}”")
    walk.picture("passphrase", "What a guess costs")
    walk.press("Continue")


def words(walk: Walk) -> None:
    """Read the 24 words from the sheet and type three back."""
    sheet = walk.eyes.match(lambda seen: seen.name == "Recovery kit" and seen.description != "", "the words")
    shown = dict(re.findall(r"(\d+) (\w+)", sheet.description))
    if len(shown) != 24:
        raise AssertionError(f"the sheet has {len(shown)} words")
    asked = [seen for seen in walk.eyes.everything() if is_field(seen) and _WORD.fullmatch(seen.name)]
    for field in asked:
        found = _WORD.fullmatch(field.name)
        if found:
            walk.hand.click(*field.middle)
            walk.hand.type(shown[found[1]])
    walk.story.say(f"{len(shown)} words were shown and {len(asked)} of them typed back.")
    walk.picture("recovery-kit", "The recovery kit; these words are of a vault that is gone with the tour")
    walk.press("Make the vault")
    walk.eyes.find("Lock", seconds=60)
    walk.press("Files")
    walk.picture("files-empty", "The new vault, with its first key")
    folder = walk.session.home / ".local/share/vaultapp"
    vaults = sorted(folder.rglob("*.vault"))
    for path in vaults:
        if path.stat().st_mode & 0o077:
            raise AssertionError(f"{path} is open to others")
    walk.story.say(f"The vault file is there: {vaults[0].stat().st_size:,} bytes, readable by its owner only.")


def another(walk: Walk) -> None:
    """Make a second vault from the first one's window, in the theme of now."""
    walk.press("Vault personal, unlocked")
    # The last entry of the menu: screen readers are told of menus only while they move in them.
    walk.hand.key("Up", "Return")
    welcome(walk)
    passphrase(walk)
    words(walk)
