"""What the panel tells of a folder that was worked on file by file."""

from __future__ import annotations

import pytest
from conftest import Bench

from tests.gui.files_page_driver import details, press
from vaultapp.contracts.files import BatchReport, FileState, FileUpdate, Folders, RewrapRequest, SealRequest
from vaultapp.core.work import WorkContext
from vaultapp.gui.models.work_row import Order, RowState, Verb, WorkRow
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.widgets.details_panel import DetailsPanel
from vaultapp.gui.widgets.labels import Elided, Text
from vaultapp.gui.widgets.work_actions import Act, actions_of, has_details
from vaultapp.gui.work_queue import PROBLEM_LIMIT

EACH = Order(key="k", key_name="Personal", folders=Folders.EACH)


def done(**facts: object) -> WorkRow:
    news = FileUpdate(0, FileState.DONE, b"/d/tree", members=3, keys=("Personal",), **facts)  # type: ignore[arg-type]
    return WorkRow(b"/d/tree", Verb.SEAL, EACH, folder=True, state=RowState.DONE, news=news)


def sealed(bench: Bench, monkeypatch: pytest.MonkeyPatch, *news: FileUpdate) -> FilesPage:
    page = bench.page()
    bench.files.folders.add(b"tree")

    def seal(_request: SealRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        for update in news:
            work.emit(update)
        return BatchReport(1, 0, 0, 0, 0, 0)

    monkeypatch.setattr(bench.files, "seal", seal)
    page.options.folders.picked.emit(True)
    page.take_drop((b"/d/tree",))
    bench.qtbot.waitUntil(lambda: page.queue.rows.rowCount() == 1 and not page.queue.busy)
    return page


def panel_of(bench: Bench, page: FilesPage) -> DetailsPanel:
    press(bench, page, page.queue.rows.rows[0], Act.DETAILS)
    return details(bench, page)


def said(panel: DetailsPanel) -> list[str]:
    return [text.whole if isinstance(text, Elided) else text.text() for text in panel.findChildren(Text)]


@pytest.mark.parametrize("verb", list(Verb))
def test_nothing_is_offered_where_there_is_nothing_to_tell(verb: Verb) -> None:
    row = done()
    row.verb = verb
    assert not has_details(row)
    assert [action.act for action in actions_of(row)] == [Act.SHOW, Act.REMOVE]


def test_there_is_something_to_tell_of_what_was_left_out_or_failed() -> None:
    assert has_details(done(left_out=(b"/d/tree/link",)))
    row = done()
    row.problems.append(FileUpdate(0, FileState.SKIPPED, b"/d/tree/a"))
    assert has_details(row)
    assert Act.DETAILS in [action.act for action in actions_of(row)]


def test_files_that_did_not_go_well_are_named_with_why(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = sealed(
        bench,
        monkeypatch,
        FileUpdate(0, FileState.FAILED, b"/d/tree/in/a", code="access_denied", facts={"path": "/d/tree/in/a"}),
        FileUpdate(0, FileState.EXISTS, b"/d/tree/b", output=b"/d/tree/b.sealed"),
        FileUpdate(0, FileState.DONE, b"/d/tree", members=1, keys=("Personal",), left_out=(b"/d/tree/link",)),
    )
    texts = said(panel_of(bench, page))
    assert {"in/a", "b", "link", "Did not go well", "Links and devices left out"} <= set(texts)
    assert "You may not use “in/a”. Nothing was written. Change its rights, or choose another place." in texts
    assert "b.sealed is already there." in texts
    assert "Reading the header…" not in [t.text() for t in page.window().findChildren(Text) if t.isVisible()]


def test_a_failed_folder_tells_the_whole_path_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = sealed(
        bench,
        monkeypatch,
        FileUpdate(0, FileState.FAILED, b"/d/tree", code="read_only", facts={"path": "/d/tree"}, members=2),
    )
    assert "“/d/tree” cannot be written: the place is read-only." in said(panel_of(bench, page))


def test_of_very_many_the_first_are_kept(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [FileUpdate(0, FileState.SKIPPED, b"/d/tree/%d" % n) for n in range(PROBLEM_LIMIT + 5)]
    page = sealed(bench, monkeypatch, *many, FileUpdate(0, FileState.DONE, b"/d/tree", members=1, keys=("P",)))
    assert len(page.queue.rows.rows[0].problems) == PROBLEM_LIMIT
    assert "and 950 more" in said(panel_of(bench, page))


def test_a_folder_of_sealed_files_is_re_wrapped_as_a_folder(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = bench.page()
    bench.files.folders.add(b"tree")

    def rewrap(_request: RewrapRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        work.emit(FileUpdate(0, FileState.DONE, b"/d/tree", members=3, keys=("Personal",)))
        return BatchReport(1, 0, 0, 0, 0, 0)

    monkeypatch.setattr(bench.files, "rewrap", rewrap)
    page.rewrap((b"/d/tree",))
    bench.qtbot.waitUntil(lambda: page.queue.rows.count(RowState.DONE) == 1)
    (row,) = page.queue.rows.rows
    assert row.by_file
    assert not has_details(row)
