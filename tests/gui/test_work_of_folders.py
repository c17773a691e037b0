"""Rows of folders that are worked on file by file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.fake_clock import FakeClock
from tests.gui.fake_files import FakeFiles
from tests.gui.fake_keys import FakeKeys
from vaultapp.contracts.files import BatchReport, FileState, FileUpdate, Folders, OnExist, SealRequest
from vaultapp.core.work import WorkContext
from vaultapp.gui.models.work_list import WorkList
from vaultapp.gui.models.work_row import Order, Question, RowState, Verb, WorkRow
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.work_queue import WorkQueue
from vaultapp.gui.work_sentences import sentence_of

ORDER = Order(key="k", folders=Folders.EACH)
STAYS = "12 other files were encrypted; they stay."


class Scripted(FakeFiles):
    """Emits this news of every source, each with its index and, where it has none, its path."""

    news: tuple[FileUpdate, ...] = ()

    def seal(self, request: SealRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        self.seals.append(request)
        for index, place in enumerate(request.sources):
            for news in self.news:
                work.emit(
                    FileUpdate(
                        index,
                        news.state,
                        news.source or place.path,
                        members=news.members,
                        output=news.output,
                        code=news.code,
                        facts=news.facts,
                        keys=news.keys,
                    )
                )
        return BatchReport(1, 0, 0, 0, 0, 0)


@pytest.fixture
def files() -> Scripted:
    return Scripted(FakeKeys())


@pytest.fixture
def queue(files: Scripted, tasks: TaskRunner, clock: FakeClock) -> WorkQueue:
    return WorkQueue(files, tasks, WorkList(), clock)


def folder(name: bytes = b"tree", order: Order = ORDER) -> WorkRow:
    return WorkRow(b"/d/" + name, Verb.SEAL, order, folder=True)


def idle(qtbot: QtBot, queue: WorkQueue) -> None:
    qtbot.waitUntil(lambda: not queue.busy)


def test_news_of_a_file_is_not_the_folders_outcome(qtbot: QtBot, queue: WorkQueue, files: Scripted) -> None:
    files.news = (
        FileUpdate(0, FileState.FAILED, b"/d/tree/a", code="read_only", facts={"path": "/d/tree/a"}),
        FileUpdate(0, FileState.EXISTS, b"/d/tree/b", output=b"/d/tree/b.sealed"),
        FileUpdate(0, FileState.SKIPPED, b"/d/tree/c.sealed"),
        FileUpdate(0, FileState.RUNNING, members=3),
        FileUpdate(0, FileState.DONE, members=3, keys=("Personal",)),
    )
    row, ended = folder(), list[WorkRow]()
    queue.ended.connect(ended.append)
    queue.submit([row])
    idle(qtbot, queue)
    assert (row.state, ended) == (RowState.DONE, [row])
    assert sentence_of(row) == "3 files encrypted with Personal. The originals are kept."


@pytest.mark.parametrize("how", [OnExist.KEEP, OnExist.REPLACE, OnExist.SKIP])
def test_the_answer_goes_to_the_whole_folder(qtbot: QtBot, queue: WorkQueue, files: Scripted, how: OnExist) -> None:
    files.news = (FileUpdate(0, FileState.EXISTS, output=b"/d/tree/b.sealed"),)
    row = folder()
    queue.submit([row])
    idle(qtbot, queue)
    assert (row.state, row.question) == (RowState.ASKS, Question.EXISTS)
    assert sentence_of(row) == "b.sealed is already there"
    files.news = (FileUpdate(0, FileState.DONE, members=2, keys=("Personal",)),)
    queue.answer([row], how)
    idle(qtbot, queue)
    assert [request.on_exist for request in files.seals] == [OnExist.ASK, how]
    assert sentence_of(row) == "2 files encrypted with Personal. The originals are kept."


def test_skipping_an_archive_writes_nothing(qtbot: QtBot, queue: WorkQueue, files: Scripted) -> None:
    files.news = (FileUpdate(0, FileState.EXISTS, output=b"/d/tree.sealed"),)
    row = folder(order=replace(ORDER, folders=Folders.ARCHIVE))
    queue.submit([row])
    idle(qtbot, queue)
    queue.answer([row], OnExist.SKIP)
    assert (row.state, len(files.seals)) == (RowState.SKIPPED, 1)


def test_each_folder_has_a_request_of_its_own(qtbot: QtBot, queue: WorkQueue, files: Scripted) -> None:
    files.news = (FileUpdate(0, FileState.DONE, members=1),)
    rows = [folder(b"one"), WorkRow(b"/d/a", Verb.SEAL, ORDER), folder(b"two"), WorkRow(b"/d/b", Verb.SEAL, ORDER)]
    queue.submit(rows)
    idle(qtbot, queue)
    assert [[place.path for place in request.sources] for request in files.seals] == [
        [b"/d/one"],
        [b"/d/a", b"/d/b"],
        [b"/d/two"],
    ]


def test_a_cancelled_folder_says_what_is_there_now(qtbot: QtBot, queue: WorkQueue, files: Scripted) -> None:
    files.news = (FileUpdate(0, FileState.CANCELLED, members=12),)
    row = folder()
    queue.submit([row])
    queue.cancel(row)
    idle(qtbot, queue)
    assert row.state is RowState.CANCELLED
    assert sentence_of(row) == "Cancelled. 12 files were encrypted before that; they stay."


@pytest.mark.parametrize(
    ("state", "verb", "news", "sentence"),
    [
        (
            RowState.FAILED,
            Verb.SEAL,
            FileUpdate(0, FileState.FAILED, code="read_only", facts={"path": "/d/a"}, members=12),
            f"“/d/a” cannot be written: the place is read-only. {STAYS}",
        ),
        (
            RowState.FAILED,
            Verb.OPEN,
            FileUpdate(0, FileState.FAILED, code="authentication_failed", members=1),
            "This file was changed or cut short. 1 other file was decrypted; it stays.",
        ),
        (
            RowState.FAILED,
            Verb.SEAL,
            FileUpdate(0, FileState.FAILED, code="authentication_failed", members=2),
            "The encrypted copy is not on the disk as it was written. 2 other files were encrypted; they stay.",
        ),
        (
            RowState.FAILED,
            Verb.SEAL,
            FileUpdate(0, FileState.FAILED, code="authentication_failed"),
            "The encrypted copy is not on the disk as it was written. The original is kept.",
        ),
        (
            RowState.CANCELLED,
            Verb.OPEN,
            FileUpdate(0, FileState.CANCELLED, members=1),
            "Cancelled. 1 file was decrypted before that; it stays.",
        ),
        (
            RowState.CANCELLED,
            Verb.REWRAP,
            FileUpdate(0, FileState.CANCELLED, members=2),
            "Cancelled. 2 files were re-wrapped before that; they stay so.",
        ),
        (
            RowState.CANCELLED,
            Verb.SEAL,
            FileUpdate(0, FileState.CANCELLED),
            "Cancelled. Nothing was written and the original is untouched.",
        ),
        (
            RowState.DONE,
            Verb.SEAL,
            FileUpdate(0, FileState.DONE, members=12, keys=("A",), removed=True),
            "12 files encrypted with A. The originals were removed after the encrypted copies were read back.",
        ),
        (RowState.DONE, Verb.SEAL, FileUpdate(0, FileState.DONE), "No file in it needed encrypting."),
        (
            RowState.DONE,
            Verb.OPEN,
            FileUpdate(0, FileState.DONE, members=1),
            "1 file decrypted with a passphrase. The encrypted files are kept.",
        ),
    ],
)
def test_every_end_says_what_is_on_disk(state: RowState, verb: Verb, news: FileUpdate, sentence: str) -> None:
    row = WorkRow(b"/d/tree", verb, ORDER, folder=True, state=state, news=news)
    assert sentence_of(row) == sentence


def test_an_output_that_came_meanwhile_is_asked_about_with_what_was_done() -> None:
    news = FileUpdate(0, FileState.EXISTS, output=b"/d/tree/b.sealed", members=12)
    row = WorkRow(b"/d/tree", Verb.SEAL, ORDER, folder=True, state=RowState.ASKS, question=Question.EXISTS, news=news)
    assert sentence_of(row) == f"b.sealed is already there. {STAYS}"


def test_originals_that_stayed_are_not_called_removed() -> None:
    news = FileUpdate(0, FileState.DONE, members=2, keys=("A",))
    order = replace(ORDER, remove_originals=True)
    row = WorkRow(b"/d/tree", Verb.SEAL, order, folder=True, state=RowState.DONE, news=news)
    assert sentence_of(row) == "2 files encrypted with A. Not every original was removed."
