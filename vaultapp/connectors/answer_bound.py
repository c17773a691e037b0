"""How long a target may take for one answer, and how large that may be: it may have been taken over."""

from __future__ import annotations

import time

ANSWER_LIMIT = 16 * 1024 * 1024
"""Bytes. What is asked of targets is lists of a few thousand lines at most."""
_WAITS = 6
"""An answer comes in pieces, and a busy server pauses between them."""


class AnswerRefused(OSError):
    """An answer took too long, or more came than is taken."""


class AnswerBound:
    """Counts what comes for one answer. The drivers bound each wait only: a byte now and then would hold us for ever.

    Args:
        timeout_s: For each wait; an answer may take six of them.
    """

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self.begin()

    def begin(self) -> None:
        """Let the next answer begin now."""
        self._until = time.monotonic() + _WAITS * self._timeout_s
        self._left = ANSWER_LIMIT

    def take(self, size: int) -> None:
        """Count so many bytes.

        Raises:
            AnswerRefused: They are too many, or come too late.
        """
        self._left -= size
        if self._left < 0:
            raise AnswerRefused("the answer is too large")
        if time.monotonic() > self._until:
            raise AnswerRefused("the answer takes too long")
