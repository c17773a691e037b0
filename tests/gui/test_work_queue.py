from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.gui.fake_clock import FakeClock
from tests.gui.fake_files import FakeFiles
from tests.gui.fake_keys import FakeKeys
from vaultapp.contracts.files import FileState, FileUpdate, Folders, OnExist
from vaultapp.core.errors import KeyDisabled
from vaultapp.gui.models.work_list import WorkList
from vaultapp.gui.models.work_row import Order, Question, RowState, Verb, WorkRow
from vaultapp.gui.paths import URI_LIST
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.work_queue import WorkQueue
from vaultapp.gui.work_sentences import amount_of, sentence_of

EXISTS = FileUpdate(0, FileState.EXISTS, output=b"/d/a.sealed")


@pytest.fixture
def keys() -> FakeKeys:
    return FakeKeys()


@pytest.fixture
def files(keys: FakeKeys) -> FakeFiles:
    return FakeFiles(keys)


@pytest.fixture
def order(keys: FakeKeys) -> Order:
    return Order(key=str(keys.keys[0].key_id), key_name="Personal")


@pytest.fixture
def queue(files: FakeFiles, tasks: TaskRunner, clock: FakeClock) -> WorkQueue:
    return WorkQueue(files, tasks, WorkList(), clock)


def rows_of(order: Order, *names: bytes, verb: Verb = Verb.SEAL) -> list[WorkRow]:
    return [WorkRow(b"/d/" + name, verb, order) for name in names]


def states(rows: Sequence[WorkRow]) -> list[str]:
    return [row.state.name for row in rows]


def idle(qtbot: QtBot, queue: WorkQueue) -> None:
    qtbot.waitUntil(lambda: not queue.busy)


def test_a_sealed_file_says_with_what_and_that_the_original_is_kept(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order
) -> None:
    (row,) = rows_of(order, b"a.pdf")
    queue.submit([row])
    idle(qtbot, queue)
    assert sentence_of(row) == "Encrypted with Personal, version 4. The original is kept."
    assert (row.name, row.output) == ("a.pdf.sealed", b"/d/a.pdf.sealed")
    assert files.seals[0].keys == (order.key,)
    assert files.seals[0].on_exist is OnExist.ASK


def test_the_request_is_what_was_chosen(qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order) -> None:
    from dataclasses import replace

    chosen = replace(order, folder=b"/out", folders=Folders.EACH, remove_originals=True)
    queue.submit(rows_of(chosen, b"a"))
    idle(qtbot, queue)
    request = files.seals[0]
    assert (request.folder, request.folders, request.remove_originals) == (b"/out", Folders.EACH, True)


def test_rows_of_one_drop_go_in_one_request_and_batches_run_one_after_the_other(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order
) -> None:
    files.gate.clear()
    first, second = rows_of(order, b"a", b"b"), rows_of(order, b"c")
    queue.submit(first)
    queue.submit(second)
    qtbot.waitUntil(files.begun.is_set)
    assert states(second) == ["WAITING"]
    files.gate.set()
    idle(qtbot, queue)
    assert [len(request.sources) for request in files.seals] == [2, 1]


def test_progress_is_shown_with_speed_and_time_left(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order, clock: FakeClock
) -> None:
    files.gate.clear()
    files.progress = {b"big": FileUpdate(0, FileState.RUNNING, done=5_000_000_000, total=21_600_000_000)}
    (row,) = rows_of(order, b"big")
    queue.submit([row])
    qtbot.waitUntil(lambda: row.state is RowState.RUNNING)
    assert amount_of(row) == ("5.0 of 21.6 GB", "")
    clock.time = 10
    queue._take(row, FileUpdate(0, FileState.RUNNING, done=9_120_000_000, total=21_600_000_000), queue._batch)
    assert amount_of(row) == ("9.1 of 21.6 GB", "412 MB/s · 30 s left")
    assert sentence_of(row) == "Encrypting"


def test_no_speed_is_told_from_news_that_came_together(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order, clock: FakeClock
) -> None:
    row = WorkRow(b"/d/a.bin", Verb.SEAL, order)

    def told(done: int) -> FileUpdate:
        return FileUpdate(0, FileState.RUNNING, source=row.source, done=done, total=4_000_000_000)

    clock.time = 10
    for now, done, rate in ((10.0, 0, 0), (10.004, 250_000_000, 0), (10.4, 300_000_000, 0), (11.0, 500_000_000, 5e8)):
        clock.time = now
        queue._progress(row, told(done))
        assert (row.done, row.rate) == (done, rate)


def test_a_taken_name_asks_and_keep_both_goes_on(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order
) -> None:
    files.script = {b"a": EXISTS}
    (row,) = rows_of(order, b"a")
    queue.submit([row])
    qtbot.waitUntil(lambda: row.state is RowState.ASKS)
    assert sentence_of(row) == "a.sealed is already there"
    queue.answer([row], OnExist.KEEP)
    idle(qtbot, queue)
    assert row.state is RowState.DONE
    assert [request.on_exist for request in files.seals] == [OnExist.ASK, OnExist.KEEP]


def test_skip_writes_nothing(qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order) -> None:
    files.script = {b"a": EXISTS}
    (row,) = rows_of(order, b"a")
    queue.submit([row])
    qtbot.waitUntil(lambda: row.state is RowState.ASKS)
    queue.answer([row], OnExist.SKIP)
    assert row.state is RowState.SKIPPED
    assert len(files.seals) == 1


def test_a_question_answered_while_its_batch_still_runs_is_done_once(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order
) -> None:
    files.script = {b"a": EXISTS}
    rows = rows_of(order, b"a", b"b")
    queue.submit(rows[:1])
    queue.submit(rows[1:])
    qtbot.waitUntil(lambda: rows[0].state is RowState.ASKS)
    files.gate.clear()
    queue.answer([rows[0]], OnExist.REPLACE)
    files.gate.set()
    idle(qtbot, queue)
    assert states(rows) == ["DONE", "DONE"]
    assert [request.on_exist for request in files.seals].count(OnExist.REPLACE) == 1


def test_one_answer_for_all(qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order) -> None:
    files.script = {b"a": EXISTS, b"b": EXISTS}
    rows = rows_of(order, b"a", b"b")
    queue.submit(rows)
    qtbot.waitUntil(lambda: states(rows) == ["ASKS", "ASKS"])
    queue.answer(rows, OnExist.REPLACE)
    idle(qtbot, queue)
    assert states(rows) == ["DONE", "DONE"]
    assert [request.on_exist for request in files.seals] == [OnExist.ASK, OnExist.REPLACE]


def test_cancelling_one_row_lets_the_others_of_its_batch_go_on(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order
) -> None:
    files.gate.clear()
    rows = rows_of(order, b"a", b"b", b"c")
    queue.submit(rows)
    qtbot.waitUntil(files.begun.is_set)
    queue.cancel(rows[1])
    qtbot.waitUntil(lambda: rows[1].state is RowState.CANCELLED)
    files.gate.set()
    idle(qtbot, queue)
    assert states(rows) == ["DONE", "CANCELLED", "DONE"]
    assert sentence_of(rows[1]) == "Cancelled. Nothing was written and the original is untouched."


def test_cancelling_a_row_that_waits_disturbs_nobody(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order
) -> None:
    files.gate.clear()
    running, waiting = rows_of(order, b"a"), rows_of(order, b"b")
    queue.submit(running)
    queue.submit(waiting)
    qtbot.waitUntil(files.begun.is_set)
    queue.cancel(waiting[0])
    assert waiting[0].state is RowState.CANCELLED
    files.gate.set()
    idle(qtbot, queue)
    assert states(running) == ["DONE"]
    assert len(files.seals) == 1


def test_cancel_all_tells_what_is_not_done(qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order) -> None:
    done = rows_of(order, b"done")
    queue.submit(done)
    idle(qtbot, queue)
    files.gate.clear()
    files.begun.clear()
    rows = rows_of(order, b"a", b"b")
    queue.submit(rows)
    qtbot.waitUntil(files.begun.is_set)
    assert sorted(queue.cancel_all().dropped) == [b"/d/a", b"/d/b"]
    idle(qtbot, queue)
    assert states(rows) == ["CANCELLED", "CANCELLED"]


def test_a_failed_row_says_what_is_on_disk_and_can_be_tried_again(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order
) -> None:
    failure = FileUpdate(0, FileState.FAILED, code="key_not_here", facts={"key": "Work laptop"})
    files.script = {b"x.sealed": failure}
    (row,) = rows_of(order, b"x.sealed", verb=Verb.OPEN)
    queue.submit([row])
    qtbot.waitUntil(lambda: row.state is RowState.FAILED)
    assert sentence_of(row) == "No key here opens this file. It needs “Work laptop”. Nothing was written."
    files.script = {}
    queue.retry([row])
    idle(qtbot, queue)
    assert sentence_of(row) == "Decrypted with Personal, version 4. The encrypted file is kept."


def test_when_the_whole_batch_is_refused_every_row_says_so(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order
) -> None:
    files.raises = KeyDisabled(key="Personal", version=0)
    rows = rows_of(order, b"a", b"b")
    queue.submit(rows)
    idle(qtbot, queue)
    assert states(rows) == ["FAILED", "FAILED"]
    assert sentence_of(rows[1]) == "“Personal” is disabled. Nothing was written."


def test_a_file_that_only_a_passphrase_opens_asks_for_it(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order
) -> None:
    files.opens_with = "right"
    (row,) = rows_of(order, b"x.sealed", verb=Verb.OPEN)
    queue.submit([row])
    qtbot.waitUntil(lambda: row.question is Question.PASSPHRASE)
    assert sentence_of(row) == "Only a passphrase opens this file"
    queue.answer_passphrase(row, bytearray(b"wrong"))
    qtbot.waitUntil(lambda: row.question is Question.PASSPHRASE and not queue.busy)
    assert "does not open the file" in sentence_of(row)
    queue.answer_passphrase(row, bytearray(b"right"))
    idle(qtbot, queue)
    assert row.state is RowState.DONE
    assert files.passphrases == ["wrong", "right"]


def test_the_agent_gets_copies_of_passphrases_that_it_may_overwrite(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles
) -> None:
    secret = bytearray(b"tide pool lamp oar")
    queue.submit(rows_of(Order(passphrases=(secret,)), b"a"))
    idle(qtbot, queue)
    files.seals[0].passphrases[0][:] = bytes(18)
    assert secret == b"tide pool lamp oar"


def test_questions_come_first_and_ended_rows_newest_first(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order
) -> None:
    files.script = {b"asks": EXISTS}
    for name in (b"one", b"two", b"asks"):
        queue.submit(rows_of(order, name))
    qtbot.waitUntil(lambda: not queue.busy)
    files.gate.clear()
    files.begun.clear()
    files.progress = {b"runs": FileUpdate(0, FileState.RUNNING, done=1, total=2)}
    queue.submit(rows_of(order, b"runs"))
    queue.submit(rows_of(order, b"waits"))
    qtbot.waitUntil(lambda: queue.rows.count(RowState.RUNNING) == 1)
    assert [row.source for row in queue.rows.rows] == [b"/d/asks", b"/d/runs", b"/d/waits", b"/d/two", b"/d/one"]
    assert queue.current_name == "runs"
    files.gate.set()
    idle(qtbot, queue)


def test_clear_takes_only_what_ended(qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order) -> None:
    files.script = {b"asks": EXISTS}
    queue.submit(rows_of(order, b"a", b"asks"))
    idle(qtbot, queue)
    queue.clear_ended()
    assert [row.source for row in queue.rows.rows] == [b"/d/asks"]
    assert queue.rows.count(RowState.DONE) == 0


def test_ten_thousand_files_are_shown_in_a_few_steps(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order
) -> None:
    changes: list[None] = []
    queue.rows.layoutChanged.connect(lambda: changes.append(None))
    rows = rows_of(order, *(b"%d" % n for n in range(10_000)))
    queue.submit(rows)
    idle(qtbot, queue)
    assert queue.rows.count(RowState.DONE) == 10_000
    assert len(changes) < 200


def test_the_model_keeps_qts_rules(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(queue.rows)
    files.script = {b"asks": EXISTS}
    queue.submit(rows_of(order, b"a", b"b", b"asks"))
    idle(qtbot, queue)
    queue.clear_ended()
    assert queue.rows.rowCount() == 1


def test_a_row_that_is_held_keeps_its_place_when_the_list_moves(
    qtbot: QtBot, queue: WorkQueue, files: FakeFiles, order: Order
) -> None:
    from PySide6.QtCore import QPersistentModelIndex

    queue.submit(rows_of(order, b"a"))
    idle(qtbot, queue)
    held = QPersistentModelIndex(queue.rows.index(0, 0))
    queue.submit(rows_of(order, b"b"))
    idle(qtbot, queue)
    assert held.row() == 1
    assert queue.rows.row(held).source == b"/d/a"


def test_results_leave_by_their_exact_bytes(qtbot: QtBot, queue: WorkQueue, order: Order) -> None:
    queue.submit(rows_of(order, b"caf\xe9 %41"))
    idle(qtbot, queue)
    data = queue.rows.mimeData([queue.rows.index(0, 0)])
    assert bytes(data.data(URI_LIST).data()) == b"file:///d/caf%E9%20%2541.sealed\r\n"


Told = Callable[[WorkRow], str]


@pytest.mark.parametrize(
    ("news", "verb", "sentence"),
    [
        (
            FileUpdate(0, FileState.DONE, keys=("Personal",), versions=(4,), removed=True),
            Verb.SEAL,
            "Encrypted with Personal, version 4. The original was removed after the encrypted copy was read back.",
        ),
        (FileUpdate(0, FileState.DONE), Verb.SEAL, "Encrypted with a passphrase. The original is kept."),
        (
            FileUpdate(0, FileState.DONE, keys=("A", "B"), versions=(1, 2), left_out=(b"x", b"y")),
            Verb.SEAL,
            (
                "Encrypted with A, version 1 and B, version 2. The original is kept. "
                "2 links and devices in it were left out."
            ),
        ),
        (
            FileUpdate(0, FileState.DONE, keys=("A",), versions=(2,)),
            Verb.REWRAP,
            "Re-wrapped with A, version 2. The content is as it was.",
        ),
        (
            FileUpdate(0, FileState.DONE, unchanged=True),
            Verb.REWRAP,
            "Opens with the newest version already. Nothing was changed.",
        ),
    ],
)
def test_every_end_is_one_plain_sentence(news: FileUpdate, verb: Verb, sentence: str) -> None:
    row = WorkRow(b"/d/a", verb, Order(), state=RowState.DONE, news=news)
    assert sentence_of(row) == sentence
