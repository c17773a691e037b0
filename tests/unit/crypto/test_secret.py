from __future__ import annotations

import ctypes
import re
from pathlib import Path

import pytest

from vaultapp.core.errors import VaultLocked
from vaultapp.crypto.secret import SecretPage, wipe

KEY = bytes(range(100, 132))


def flags_of_page(page: SecretPage) -> set[str]:
    """Return what the kernel says of the mapping that holds the secret (proc(5), VmFlags)."""
    address = ctypes.addressof(ctypes.c_char.from_buffer(page._page))
    found: set[str] | None = None
    inside = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        head = re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line)
        if head:
            inside = int(head[1], 16) <= address < int(head[2], 16)
        elif inside and line.startswith("VmFlags:"):
            found = set(line.split()[1:])
    assert found is not None
    return found


def test_keeps_the_secret_and_overwrites_where_it_came_from() -> None:
    given = bytearray(KEY)
    page = SecretPage(given)
    assert page.read() == KEY
    assert given == bytes(32)


def test_the_page_is_locked_and_left_out_of_core_dumps_and_children() -> None:
    page = SecretPage(bytearray(KEY))
    assert page.locked
    assert {"lo", "dd", "dc"} <= flags_of_page(page)


def test_a_wiped_page_says_locked_instead_of_giving_zeros() -> None:
    page = SecretPage(bytearray(KEY))
    page.wipe()
    with pytest.raises(VaultLocked):
        page.read()
    assert page._page[:32] == bytes(32)
    page.wipe()


def test_shows_nothing_of_the_secret() -> None:
    page = SecretPage(bytearray(b"s" * 32))
    assert "sss" not in repr(page) + str(page)


def test_another_length_is_the_callers_bug() -> None:
    with pytest.raises(ValueError, match="root key"):
        SecretPage(bytearray(31))


def test_wipe_overwrites_in_place() -> None:
    secret = bytearray(b"secret")
    alias = memoryview(secret)
    wipe(secret)
    assert bytes(alias) == bytes(6)
    wipe(None)
