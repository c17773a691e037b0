"""What a page for files hands to the one that takes its place."""

from __future__ import annotations

from dataclasses import dataclass

from vaultapp.gui.pages.drop_intake import DropIntake
from vaultapp.gui.unfinished import Unfinished
from vaultapp.gui.work_queue import WorkQueue


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """Goes on while the page is built anew.

    Attributes:
        queue: With all work that runs, waits, asks and has ended.
        intake: With what was dropped and is no work yet.
        offered: What waits for the person's yes.
    """

    queue: WorkQueue
    intake: DropIntake
    offered: Unfinished
