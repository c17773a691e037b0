"""A stand-in for a clipboard manager that does not spare passwords.

Usage: ``python clipboard_manager.py KIND``:

- ``eager`` takes over whatever is copied, so that it outlives who copied it;
- ``keeper`` gives back once what was there when the clipboard becomes empty, as when its owner died;
- ``refiller`` gives it back whenever the clipboard is empty;
- ``mule`` gives it back whatever else is there.

It asks again and again, as many managers do, and prints ``keeps`` whenever it keeps something, ``gives`` when it
gives that back.
"""

from __future__ import annotations

import subprocess
import sys
import time

_POLL_S = 0.05
_TIMES = {"keeper": 1, "refiller": 1000, "mule": 1000}
_CLIPBOARD = ["xclip", "-selection", "clipboard"]


def main(kind: str) -> int:
    """Manage until it is ended."""
    kept = ""
    times = _TIMES.get(kind, 0)
    print("ready", flush=True)
    while True:
        text = read()
        if text and text != kept and not (kind == "mule" and kept):
            kept = text
            print("keeps", flush=True)
            if kind == "eager":
                own(kept)
        elif kept and times and (not text or (kind == "mule" and text != kept)):
            times -= 1
            own(kept)
            print("gives", flush=True)
        time.sleep(_POLL_S)


def read() -> str:
    """Return the text that is there."""
    try:
        done = subprocess.run(
            [*_CLIPBOARD, "-o", "-t", "UTF8_STRING"], capture_output=True, text=True, timeout=1, check=False
        )
    except subprocess.TimeoutExpired:
        # The owner ended while it was asked.
        return ""
    return done.stdout


def own(text: str) -> None:
    """Put a text there; a process in the background goes on holding it."""
    subprocess.run([*_CLIPBOARD, "-i"], input=text, text=True, stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
