"""The clipboard of a Wayland compositor, by the programs of wl-clipboard."""

from __future__ import annotations

import os
import shutil
import subprocess

from vaultapp.gui.guarding.foreign_clipboard import FILLER

_COPY = "wl-copy"
_PASTE = "wl-paste"
_PATIENCE_S = 2
# What they say when they could ask, and nobody has copied a text. Their exit code is 1 for everything.
_NO_TEXT = (b"Nothing is copied", b"No selection", b"No suitable type", b"not available as requested type")


class WaylandClipboard:
    """A program without a window sees the clipboard only by the data-control protocols, which these tools speak.

    Where the compositor has none of them, they need the keyboard for a moment, which it may refuse; they would
    then wait for ever.
    """

    @staticmethod
    def is_there() -> bool:
        """True when both programs are installed."""
        return all(shutil.which(program) for program in (_COPY, _PASTE))

    def read(self) -> bytes | None:
        """Return the text as UTF-8; None where the compositor does not let it be read."""
        done = self._run(_PASTE, "--no-newline", "--type", "text")
        if done is None:
            return None
        if done.returncode == 0:
            return done.stdout
        return b"" if any(sentence in done.stderr for sentence in _NO_TEXT) else None

    def clear(self) -> None:
        """Take away what is there."""
        self._run(_COPY, "--clear")

    def overwrite(self) -> None:
        """Put the filler there; the program stays until somebody takes its place."""
        self._run(_COPY, "--", FILLER)

    @staticmethod
    def _run(*command: str) -> subprocess.CompletedProcess[bytes] | None:
        environment = {**os.environ, "LC_ALL": "C"}
        null = subprocess.DEVNULL
        # What copies stays in the background with our output: with a pipe its end would be waited for.
        output = subprocess.PIPE if command[0] == _PASTE else null
        try:
            return subprocess.run(
                command, stdin=null, stdout=output, stderr=output, env=environment, timeout=_PATIENCE_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
