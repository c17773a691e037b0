"""Composition root of a reader: writes what the X server's clipboard holds to standard output. It loads no Qt."""

from __future__ import annotations

import resource
import sys

from vaultapp.gui.guarding.x_selection import XSelection


def main() -> int:
    """Write the text as UTF-8. Exit code 1 without a server. Who started it ends it when that takes too long."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        text = XSelection().read()
    except OSError:
        return 1
    sys.stdout.buffer.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
