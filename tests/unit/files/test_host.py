from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from vaultapp.core.errors import (
    AccessDenied,
    HostError,
    NameTooLong,
    NotAFile,
    NotFound,
    ReadOnly,
    SourceMissing,
    SpaceMissing,
    VaultError,
)
from vaultapp.files.host import host_errors, shown


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, SpaceMissing),
        (errno.EDQUOT, SpaceMissing),
        (errno.EROFS, ReadOnly),
        (errno.EACCES, AccessDenied),
        (errno.EPERM, AccessDenied),
        (errno.ENAMETOOLONG, NameTooLong),
        (errno.ENOENT, SourceMissing),
        (errno.ELOOP, NotAFile),
        (errno.EIO, HostError),
    ],
)
def test_the_systems_refusals_become_ours(number: int, kind: type[VaultError]) -> None:
    with pytest.raises(kind) as caught, host_errors(b"/tmp/\xfcx"):
        raise OSError(number, os.strerror(number))
    assert type(caught.value) is kind
    assert caught.value.facts["path"] == "/tmp/�x"


def test_a_missing_folder_of_an_output_is_no_missing_input() -> None:
    with pytest.raises(NotFound), host_errors(b"/x", writing=True):
        raise FileNotFoundError(errno.ENOENT, "")


def test_a_real_name_that_is_too_long(place: Path) -> None:
    with pytest.raises(NameTooLong), host_errors(b"x"):
        os.stat(place / ("n" * 256))


@pytest.mark.parametrize("character", ["a", "é", "密", "😀"])
def test_a_long_name_is_cut_for_facts(character: str) -> None:
    assert shown((character * 1000).encode()) == character * 1000
    assert shown((character * 1001).encode()) == character * 999 + "…"
    assert shown((character * 1_000_000).encode()) == character * 999 + "…"
    assert shown(b"\xff" * 1_000_000) == "\ufffd" * 999 + "…"


def test_other_exceptions_pass() -> None:
    with pytest.raises(KeyError), host_errors(b"x"):
        raise KeyError
