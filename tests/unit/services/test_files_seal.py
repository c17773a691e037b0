from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from tests.file_room import FileRoom, made
from vaultapp.contracts.files import FileState, FileUpdate, Folders, OnExist, Place, SealRequest
from vaultapp.contracts.keys import NewKey
from vaultapp.core.errors import ContextReserved, InvalidValue, KeyDisabled, NotFound, OperationCancelled
from vaultapp.core.work import WorkContext
from vaultapp.files import publish
from vaultapp.files.batch import FILES_PER_SYNC
from vaultapp.files.publish import Destination
from vaultapp.formats.message_header import parse_header
from vaultapp.formats.recipients import RecipientKind, parse_recipient


def test_a_file_is_sealed_beside_itself_and_opens_again(room: FileRoom, desk: Path) -> None:
    source = made(desk / "report.pdf")
    report = room.seal(source)
    assert (report.done, report.bytes_out) == (1, (desk / "report.pdf.sealed").stat().st_size)
    outcome = room.outcome()
    assert (outcome.state, outcome.output) == (FileState.DONE, os.fsencode(desk / "report.pdf.sealed"))
    assert (outcome.keys, outcome.versions) == (("Personal",), (1,))
    assert source.read_bytes() == b"content"
    source.unlink()
    assert room.open(desk / "report.pdf.sealed").done == 1
    assert source.read_bytes() == b"content"


def test_mode_and_time_are_kept_without_setuid(room: FileRoom, desk: Path) -> None:
    source = made(desk / "tool")
    source.chmod(0o4751)
    os.utime(source, ns=(1, 1_500_000_000_000_000_123))
    room.seal(source, folder=desk)
    found = (desk / "tool.sealed").stat()
    assert (stat.S_IMODE(found.st_mode), found.st_mtime_ns) == (0o751, 1_500_000_000_000_000_123)


def test_every_key_has_two_recipients_and_duplicates_are_one(room: FileRoom, desk: Path) -> None:
    other = room.keys.create(NewKey("Work"))
    keys = ("Personal", str(room.personal.key_id), "Work", "personal")
    room.seal(made(desk / "a"), keys=keys, passphrases=("one", "two", "one"))
    header = parse_header((desk / "a.sealed").read_bytes())
    names = [parse_recipient(edk) for edk in header.edks]
    assert [(name.kind, name.key_id) for name in names] == [
        (RecipientKind.KEY, room.personal.key_id),
        (RecipientKind.KMS, room.personal.key_id),
        (RecipientKind.KEY, other.key_id),
        (RecipientKind.KMS, other.key_id),
        (RecipientKind.PASSPHRASE, None),
        (RecipientKind.PASSPHRASE, None),
    ]
    assert room.outcome().keys == ("Personal", "Work")


def test_the_passphrases_are_overwritten(room: FileRoom, desk: Path) -> None:
    passphrase = bytearray(b"secret")
    request = SealRequest((Place(os.fsencode(made(desk / "a"))),), passphrases=(passphrase,))
    room.service.seal(request, room.work())
    assert passphrase == bytes(6)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"keys": ()}, InvalidValue),
        ({"keys": ("Nobody",)}, NotFound),
        ({"context": {"aws-crypto-x": ""}}, ContextReserved),
        ({"context": {"vaultapp-content": "folder"}}, ContextReserved),
        ({"frame_length": 0}, InvalidValue),
        ({"frame_length": 64 * 1024 * 1024 + 1}, InvalidValue),
        ({"passphrases": ("a", "b", "c", "d", "e")}, InvalidValue),
        ({"passphrases": ("",)}, InvalidValue),
        ({"output": Place(descriptor=0)}, InvalidValue),
    ],
)
def test_what_concerns_the_whole_batch_is_raised_before_any_work(
    room: FileRoom, desk: Path, more: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        room.seal(made(desk / "a"), **({"keys": ("Personal",)} | more))  # type: ignore[arg-type]
    assert os.listdir(desk) == ["a"]
    assert room.updates == []


def test_a_disabled_key_seals_nothing(room: FileRoom, desk: Path) -> None:
    room.keys.disable("Personal")
    with pytest.raises(KeyDisabled):
        room.seal(made(desk / "a"))
    assert os.listdir(desk) == ["a"]


def test_sources_must_be_named_and_absolute(room: FileRoom) -> None:
    for sources in ((), (Place(b"relative"),), (Place(b"/x\0y"),), (Place(descriptor=0),)):
        with pytest.raises(InvalidValue):
            room.service.seal(SealRequest(sources, keys=("Personal",)), room.work())


def test_one_sources_failure_is_its_own_outcome(room: FileRoom, desk: Path) -> None:
    (desk / "link").symlink_to("good")
    report = room.seal(desk / "missing", made(desk / "good"), desk / "link", Path("/dev/null"))
    assert (report.done, report.failed) == (1, 3)
    assert room.refusal(0) == ("source_missing", {"path": str(desk / "missing")})
    assert room.outcome(1).state is FileState.DONE
    assert room.refusal(2) == ("not_a_file", {"path": str(desk / "link"), "kind": "link"})
    assert room.refusal(3) == ("not_a_file", {"path": "/dev/null", "kind": "device"})
    assert [problem.index for problem in report.problems] == [0, 2, 3]
    assert sorted(os.listdir(desk)) == ["good", "good.sealed", "link"]


@pytest.mark.parametrize(
    ("on_exist", "state", "names"),
    [
        (OnExist.KEEP, FileState.DONE, ["a.txt", "a.txt.sealed", "a (2).txt.sealed"]),
        (OnExist.REPLACE, FileState.DONE, ["a.txt", "a.txt.sealed"]),
        (OnExist.SKIP, FileState.SKIPPED, ["a.txt", "a.txt.sealed"]),
        (OnExist.ASK, FileState.EXISTS, ["a.txt", "a.txt.sealed"]),
    ],
)
@pytest.mark.parametrize("size", [10, 700_000])
def test_what_has_the_name_already(
    room: FileRoom, desk: Path, on_exist: OnExist, state: FileState, names: list[str], size: int
) -> None:
    made(desk / "a.txt.sealed", b"old")
    room.seal(made(desk / "a.txt", bytes(size)), on_exist=on_exist)
    assert room.outcome().state is state
    assert sorted(os.listdir(desk)) == sorted(names)
    replaced = (desk / "a.txt.sealed").read_bytes() != b"old"
    assert replaced is (on_exist is OnExist.REPLACE)
    if state in (FileState.SKIPPED, FileState.EXISTS):
        assert room.outcome().output == os.fsencode(desk / "a.txt.sealed")


def test_an_output_never_replaces_an_input(room: FileRoom, desk: Path) -> None:
    made(desk / "a"), made(desk / "a.sealed", b"another input")
    report = room.seal(desk / "a", desk / "a.sealed", on_exist=OnExist.REPLACE)
    assert (report.done, report.failed) == (1, 1)
    assert room.refusal(0) == ("source_is_target", {"path": str(desk / "a.sealed")})
    assert (desk / "a.sealed").read_bytes() == b"another input"


def test_an_output_inside_its_own_folder_is_refused(room: FileRoom, desk: Path) -> None:
    (desk / "tree/inner").mkdir(parents=True)
    room.seal(desk / "tree", folder=desk / "tree/inner")
    assert room.refusal()[0] == "source_is_target"
    assert list((desk / "tree/inner").iterdir()) == []


def test_a_large_file_goes_through_the_workers(room: FileRoom, desk: Path) -> None:
    content = os.urandom(6_000_001)
    room.seal(made(desk / "big", content), frame_length=100_000, context={"purpose": "test"})
    (desk / "big").unlink()
    assert room.open(desk / "big.sealed", context={"purpose": "test"}).done == 1
    assert (desk / "big").read_bytes() == content


def test_a_batch_of_small_files_is_published_together(
    room: FileRoom, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vaultapp.files import batch

    synced: list[int] = []
    monkeypatch.setattr(batch, "sync_file_system", synced.append)
    sources = [made(desk / f"{number:03}", b"%d" % number) for number in range(FILES_PER_SYNC + 10)]
    assert room.seal(*sources).done == len(sources)
    assert len(synced) == 2
    assert [room.outcome(index).state for index in range(len(sources))] == [FileState.DONE] * len(sources)
    out = desk / "out"
    out.mkdir()
    assert room.open(*(path.with_name(path.name + ".sealed") for path in sources), folder=out).done == len(sources)
    assert [(out / path.name).read_bytes() for path in sources] == [path.read_bytes() for path in sources]


def test_a_batch_is_one_line_a_key_and_one_transaction(room: FileRoom, desk: Path) -> None:
    room.keys.create(NewKey("Work"))
    before = len(room.log())
    sources = [made(desk / f"{number}") for number in range(5)]
    room.seal(*sources, desk / "missing", keys=("Personal", "Work"))
    lines = room.log()[before:]
    assert [(line.action, line.subject_kind, line.subject, line.outcome, line.count) for line in lines] == [
        ("file.seal", "key", "Personal", "ok", 5),
        ("file.seal", "key", "Work", "ok", 5),
        ("file.seal", "file", "", "source_missing", 1),
    ]
    assert lines[0].facts == {"version": 1, "key": str(room.personal.key_id)}
    assert lines[0].actor.role == "window"


def test_long_work_is_written_down_before_it_begins(room: FileRoom, desk: Path) -> None:
    with (desk / "sparse").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    room.seal(desk / "sparse")
    lines = [line for line in room.log() if line.action == "file.seal"]
    assert [line.outcome for line in lines] == ["begun", "ok"]
    assert lines[0].facts == {"files": 1, "bytes": 65 * 1024 * 1024}


def test_known_files_name_path_message_and_versions(room: FileRoom, desk: Path) -> None:
    room.seal(made(desk / "a"))
    header = parse_header((desk / "a.sealed").read_bytes())
    (known,) = room.known()
    assert known.path == os.fsencode(desk / "a.sealed")
    assert known.message_id == header.message_id
    assert known.keys == (room.personal.key_id,)
    assert known.versions == (room.personal.primary,)
    (desk / "a.sealed").rename(desk / "moved.sealed")
    room.open(desk / "moved.sealed", folder=desk)
    (known,) = room.known()
    assert known.path == os.fsencode(desk / "moved.sealed")
    assert room.keys.show("Personal").known_files == 1


def test_a_folder_is_sealed_file_by_file(room: FileRoom, desk: Path) -> None:
    (desk / "tree/inner").mkdir(parents=True)
    made(desk / "tree/a"), made(desk / "tree/inner/b", bytes(400_000))
    os.mkfifo(desk / "tree/pipe")
    room.seal(made(desk / "tree/already"))
    (desk / "tree/already").unlink()
    report = room.seal(desk / "tree", folders=Folders.EACH)
    assert (report.done, report.skipped, report.failed) == (2, 1, 0)
    outcome = room.outcome()
    assert (outcome.state, outcome.members, outcome.left_out) == (FileState.DONE, 2, (b"pipe",))
    assert sorted(str(path.relative_to(desk)) for path in desk.rglob("*.sealed")) == [
        "tree/a.sealed",
        "tree/already.sealed",
        "tree/inner/b.sealed",
    ]


def test_a_folder_file_by_file_to_another_place_keeps_its_shape(room: FileRoom, desk: Path) -> None:
    (desk / "tree/inner").mkdir(parents=True)
    made(desk / "tree/a"), made(desk / "tree/inner/b")
    (desk / "out").mkdir()
    assert room.seal(desk / "tree", folder=desk / "out", folders=Folders.EACH).done == 2
    found = sorted(str(path.relative_to(desk / "out")) for path in (desk / "out").rglob("*.sealed"))
    assert found == ["tree/a.sealed", "tree/inner/b.sealed"]
    (desk / "back").mkdir()
    assert room.open(desk / "out/tree", folder=desk / "back").done == 2
    assert (desk / "back/tree/inner/b").read_bytes() == b"content"


def test_a_failing_file_of_a_folder_is_named_and_the_others_are_done(room: FileRoom, desk: Path) -> None:
    (desk / "tree").mkdir()
    made(desk / "tree/a"), made(desk / "tree" / ("n" * 250)), made(desk / "tree/z")
    report = room.seal(desk / "tree", folders=Folders.EACH)
    assert (report.done, report.failed) == (2, 1)
    assert room.outcome().code == "name_too_long"
    assert room.outcome().members == 2
    assert report.problems[0].source == os.fsencode(desk / "tree" / ("n" * 250))


def test_originals_are_removed_only_when_asked_and_read_back(room: FileRoom, desk: Path) -> None:
    (desk / "tree").mkdir()
    made(desk / "tree/x", bytes(3000))
    small, big = made(desk / "small"), made(desk / "big", bytes(800_000))
    room.seal(small, big, desk / "tree")
    assert small.exists()
    room.seal(small, big, desk / "tree", remove_originals=True, on_exist=OnExist.REPLACE)
    assert [room.outcome(index).removed for index in range(3)] == [True, True, True]
    assert sorted(os.listdir(desk)) == ["big.sealed", "small.sealed", "tree.sealed"]
    room.open(desk / "big.sealed", desk / "tree.sealed")
    assert (desk / "big").read_bytes() == bytes(800_000)
    assert (desk / "tree/x").read_bytes() == bytes(3000)


def test_a_folder_stays_when_members_were_left_out(room: FileRoom, desk: Path) -> None:
    (desk / "tree").mkdir()
    made(desk / "tree/x")
    os.mkfifo(desk / "tree/pipe")
    room.seal(desk / "tree", remove_originals=True)
    assert room.outcome().state is FileState.DONE
    assert not room.outcome().removed
    assert (desk / "tree/x").exists()


def test_a_source_that_changes_while_it_is_sealed_leaves_nothing(
    room: FileRoom, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = made(desk / "a", bytes(500_000))
    real = Destination.new_file

    def change(self: Destination, name: bytes) -> publish.NewFile:
        source.write_bytes(bytes(500_001))
        return real(self, name)

    monkeypatch.setattr(Destination, "new_file", change)
    room.seal(source)
    assert room.refusal() == ("source_changed", {"path": str(source)})
    assert os.listdir(desk) == ["a"]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_cancel_leaves_nothing_and_every_source_is_told(room: FileRoom, desk: Path, kind: str) -> None:
    (desk / "tree").mkdir()
    big = made(desk / "tree/big", bytes(40_000_000))
    source = big if kind == "file" else desk / "tree"
    updates: list[FileUpdate] = []
    work: WorkContext[FileUpdate] = WorkContext(on_item=updates.append)
    work._on_progress = lambda _done, _total: work.cancel()
    request = SealRequest(
        (Place(os.fsencode(source)), Place(os.fsencode(big))), keys=("Personal",), frame_length=500, folder=None
    )
    with pytest.raises(OperationCancelled):
        room.service.seal(request, work)
    assert [(update.index, update.state) for update in updates][-2:] == [
        (0, FileState.CANCELLED),
        (1, FileState.CANCELLED),
    ]
    assert [path.name for path in desk.rglob("*")] == ["tree", "big"]
    assert threading.active_count() <= 2
    # 80 MB are long work, of which the log holds the beginning; so it holds that this was the end as well.
    lines = [line for line in room.log() if line.action == "file.seal"]
    assert [(line.outcome, line.count) for line in lines] == [("begun", 1), ("cancelled", 2)]


def test_progress_is_told_with_the_batchs_total(room: FileRoom, desk: Path) -> None:
    told: list[tuple[int, int]] = []
    updates: list[FileUpdate] = []
    work: WorkContext[FileUpdate] = WorkContext(lambda *figures: told.append(figures), updates.append)
    request = SealRequest(
        (Place(os.fsencode(made(desk / "a", bytes(20_000_000)))),), keys=("Personal",), frame_length=200
    )
    room.service.seal(request, work)
    assert told[-1] == (20_000_000, 20_000_000)
    running = [update for update in updates if update.state is FileState.RUNNING]
    assert running
    assert all(update.total == 20_000_000 for update in running)
    assert updates[-1].state is FileState.DONE


def test_a_full_destination_is_said_before_any_work(
    room: FileRoom, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "free_space", lambda _path: 1000)
    room.seal(made(desk / "a", bytes(500_000)))
    code, facts = room.refusal()
    assert code == "space_missing"
    assert (facts["path"], facts["free"]) == (str(desk), 1000)
    assert os.listdir(desk) == ["a"]


def test_names_that_are_no_text_are_sealed_and_opened(room: FileRoom, desk: Path) -> None:
    path = os.fsencode(desk) + b"/\xff\xfe"
    Path(os.fsdecode(path)).write_bytes(b"odd")
    assert room.service.seal(SealRequest((Place(path),), keys=("Personal",)), room.work()).done == 1
    os.unlink(path)
    room.open(Place(path + b".sealed"))
    assert room.outcome().output == path
    assert Path(os.fsdecode(path)).read_bytes() == b"odd"
