"""Secrets in memory that is kept out of swap and overwritten."""

from __future__ import annotations

import ctypes
import mmap

from vaultapp.core.errors import VaultLocked

ROOT_KEY_BYTES = 32
_PAGE = mmap.PAGESIZE


def wipe(*secrets: bytearray | None) -> None:
    """Overwrite secrets in place."""
    for secret in secrets:
        if secret is not None:
            secret[:] = bytes(len(secret))


class SecretPage:
    """32 bytes in one page that is locked into memory and left out of core dumps.

    Only this page is locked: mlockall would turn large allocations into errors for ordinary users.

    Args:
        secret: 32 bytes; overwritten once it is copied.
    """

    def __init__(self, secret: bytearray) -> None:
        if len(secret) != ROOT_KEY_BYTES:
            raise ValueError(f"a root key of {len(secret)} bytes")
        self._page = mmap.mmap(-1, _PAGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        self._page.madvise(mmap.MADV_DONTDUMP)
        self._page.madvise(mmap.MADV_DONTFORK)
        address = ctypes.addressof(ctypes.c_char.from_buffer(self._page))
        # A user without any memlock allowance still gets the page, only not pinned; the default allows it.
        self.locked = ctypes.CDLL(None).mlock(ctypes.c_void_p(address), ctypes.c_size_t(_PAGE)) == 0
        self._page[:ROOT_KEY_BYTES] = bytes(secret)
        self._wiped = False
        wipe(secret)

    def read(self) -> bytes:
        """Return a copy, which the caller drops at once.

        Raises:
            VaultLocked: It was wiped; zeros must never serve as a key.
        """
        if self._wiped:
            raise VaultLocked
        return self._page[:ROOT_KEY_BYTES]

    def wipe(self) -> None:
        """Overwrite the secret."""
        self._wiped = True
        self._page[:ROOT_KEY_BYTES] = bytes(ROOT_KEY_BYTES)

    def __repr__(self) -> str:
        """Show nothing."""
        return "SecretPage(…)"
