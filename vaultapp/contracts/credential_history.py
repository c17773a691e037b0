"""What the activity log says of one credential."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from vaultapp.contracts.activity import ActivityApi, Entry
from vaultapp.contracts.activity_lines import A_PAGE
from vaultapp.contracts.credentials import Credential


def entries_of(log: ActivityApi, credential: Credential, pages: int | None = None) -> Iterator[Entry]:
    """Give the entries about a credential, whatever it was called then, newest first, back to its making. Blocks.

    Args:
        log: Is read page by page.
        credential: Whose entries.
        pages: Look no further back than so many; None for all.
    """
    wanted = str(credential.credential_id)
    before: int | None = None
    for number in count():
        if number == pages:
            return
        page = log.list(before, A_PAGE).entries
        yield from (entry for entry in page if entry.facts.get("credential") == wanted)
        if not page or page[-1].time < credential.created:
            return
        before = page[-1].sequence
