"""What is read of a sealed file for a small window, and how much of it comes into memory at most."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from msgspec import structs

from tests.gui.fake_files import FakeFiles
from tests.gui.fake_keys import FakeKeys
from tests.gui.samples import description
from vaultapp.contracts.files import BatchReport, FileDescription, FileState, FileUpdate, OpenRequest, Place
from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import AccessDenied, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.files.meter import Meter
from vaultapp.files.streams import StreamWriter
from vaultapp.gui.tray.sealed_file import SHOWN_BYTES, NotShown, Short, read_short

NAME = b"note.txt.sealed"


class Given(FakeFiles):
    """Writes as the agent does.

    Attributes:
        says: How long the content is, at one look after the other; the last one stays.
        memory: What the content was written to.
    """

    content = b""
    says: tuple[int, ...] = ()
    memory = -1

    def inspect(self, source: Place, work: WorkContext[None]) -> FileDescription:
        length, *later = self.says
        self.says = tuple(later) or self.says
        self.described[NAME] = structs.replace(description(NAME, self.keys), content_length=length)
        return super().inspect(source, work)

    def open(self, request: OpenRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        self.memory = os.dup(work.descriptors[0])
        state, code = FileState.DONE, ""
        try:
            StreamWriter(work.descriptors[0], Meter(WorkContext(), SystemClock())).write(self.content)
        except VaultError as error:
            state, code = FileState.FAILED, error.code
        work.emit(FileUpdate(0, state, keys=("Personal",), versions=(4,), code=code))
        return BatchReport(int(not code), int(bool(code)), 0, 0, 0, 0)


@pytest.fixture
def files() -> Iterator[Given]:
    given = Given(FakeKeys())
    yield given
    os.close(given.memory)


def read(files: Given, content: bytes, *says: int) -> Short | NotShown:
    files.content, files.says = content, says
    return read_short(files, b"/home/mara/" + NAME, WorkContext())


@pytest.mark.parametrize("length", [0, 1, SHOWN_BYTES - 1, SHOWN_BYTES])
def test_what_is_short_is_read_to_its_end(files: Given, length: int) -> None:
    assert read(files, b"a" * length, length) == Short("a" * length, "Personal v4")


def test_a_file_that_grew_since_it_was_looked_at_fills_no_memory(files: Given) -> None:
    grown = 40 * SHOWN_BYTES
    assert read(files, b"a" * grown, 5, grown) == NotShown("long")
    assert os.fstat(files.memory).st_size <= SHOWN_BYTES


def test_one_that_does_not_say_how_long_it_is_fills_no_memory(files: Given) -> None:
    with pytest.raises(AccessDenied):
        read(files, b"a" * (SHOWN_BYTES + 1), 5)
    assert os.fstat(files.memory).st_size <= SHOWN_BYTES
