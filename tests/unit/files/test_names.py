from __future__ import annotations

from itertools import islice

import pytest

from vaultapp.core.errors import NameTooLong
from vaultapp.files.names import base_name, numbered, opened_name, part_name, sealed_name, tar_name


def test_a_sealed_name_is_the_name_with_a_suffix() -> None:
    assert sealed_name(b"report.pdf") == b"report.pdf.sealed"


def test_a_name_that_would_be_too_long_is_refused_before_any_work() -> None:
    assert len(sealed_name(b"n" * 248)) == 255
    with pytest.raises(NameTooLong):
        sealed_name(b"n" * 249)


@pytest.mark.parametrize(
    ("sealed", "opened"),
    [
        (b"report.pdf.sealed", b"report.pdf"),
        (b"report", b"report.opened"),
        (b".sealed", b".sealed.opened"),
        (b"..sealed", b"..sealed.opened"),
        (b"...sealed", b"...sealed.opened"),
    ],
)
def test_an_opened_name_loses_the_suffix_or_gets_one(sealed: bytes, opened: bytes) -> None:
    assert opened_name(sealed) == opened


def test_an_archive_that_is_not_unpacked_is_a_tar() -> None:
    assert tar_name(b"photos.sealed") == b"photos.tar"


@pytest.mark.parametrize(
    ("name", "second"),
    [
        (b"report.pdf", b"report (2).pdf"),
        (b"report.pdf.sealed", b"report (2).pdf.sealed"),
        (b"data.tar.gz", b"data (2).tar.gz"),
        (b"data.tar.gz.sealed", b"data (2).tar.gz.sealed"),
        (b"README", b"README (2)"),
        (b".bashrc", b".bashrc (2)"),
        (b"photos.sealed", b"photos (2).sealed"),
        (b"x.opened", b"x (2).opened"),
        (b".sealed", b".sealed (2)"),
    ],
)
def test_the_number_stands_before_the_extension(name: bytes, second: bytes) -> None:
    assert list(islice(numbered(name), 2)) == [name, second]


def test_numbers_go_on() -> None:
    assert list(islice(numbered(b"a.b"), 4))[2:] == [b"a (3).b", b"a (4).b"]


def test_a_part_is_hidden_and_fits_the_file_system() -> None:
    assert part_name(b"a.txt", b"\x01\x02\x03\x04") == b".a.txt.01020304.part"
    assert len(part_name(b"n" * 255, bytes(4))) == 255
    assert part_name(b"n" * 255, bytes(4)).endswith(b"n.00000000.part")


def test_the_base_name_of_a_folder_with_a_slash() -> None:
    assert base_name(b"/home/a/photos/") == b"photos"
