"""Change a vault without end from several threads, telling each change that was acknowledged; to be killed.

``python writer.py FOLDER``: prints ``row ID`` and ``entry NAME`` lines, each in one write.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from uuid import uuid4

from tests.promises.failing_disk.scenarios import Tries
from vaultapp.contracts.activity import Actor, Entry


def main() -> None:
    vault = Tries(Path(sys.argv[1]), 0).open()

    def rows() -> None:
        while True:
            new = uuid4()
            with vault.transaction() as transaction:
                transaction.insert(new, "key", None, b"\x80", bytes(3000))
            os.write(1, f"row {new}\n".encode())

    def entries(thread: int) -> None:
        number = 0
        while True:
            number += 1
            vault.activity.record(Entry(0, 1, Actor("window"), f"{thread}.{number}"))
            os.write(1, f"entry {thread}.{number}\n".encode())

    os.write(1, b"begun\n")
    for thread in range(3):
        threading.Thread(target=entries, args=(thread,)).start()
    rows()


if __name__ == "__main__":
    main()
