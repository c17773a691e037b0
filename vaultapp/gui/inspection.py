"""Reads a sealed file's header and shows it in the side panel; the vault need not be open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from vaultapp.contracts.files import FileDescription, FilesApi, Place
from vaultapp.gui import messages
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import RowState, Verb, WorkRow, shown_path
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.details_panel import DetailsPanel
from vaultapp.gui.widgets.panel_host import PanelHost
from vaultapp.gui.work_sentences import problem_of


@dataclass(frozen=True, slots=True)
class Rewrapping:
    """How a file is re-wrapped.

    Attributes:
        newest_of: Returns the number of a key's newest version, by its id.
        begin: Called with the path, as one of several, when the person wants that.
    """

    newest_of: Callable[[str], int]
    begin: Callable[[Sequence[bytes]], object]


class Inspection(QObject):
    """Fills the side panel.

    Args:
        look: Colours and fonts.
        host: Shows the panel.
        files: Reads headers; blocks.
        tasks: Runs its calls.
    """

    def __init__(self, look: Look, host: PanelHost, files: FilesApi, tasks: TaskRunner) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self._files = files
        self._tasks = tasks

    def show(self, what: WorkRow | bytes, hue_of: Callable[[str], str], rewrapping: Rewrapping | None) -> None:
        """Open the panel for a row, or for the path of a sealed file.

        Args:
            what: Its failure is told first.
            hue_of: Returns a key's hue.
            rewrapping: None where it cannot be.
        """
        path = what if isinstance(what, bytes) else what.sealed_path or what.source
        folder = isinstance(what, WorkRow) and what.folder and path == what.source
        panel = DetailsPanel(self._look, path, hue_of, folder=folder)
        panel.closed.connect(self._host.close_panel)
        if rewrapping is not None:
            panel.rewrap_clicked.connect(lambda: rewrapping.begin((path,)))
        self._host.open_panel(panel)
        panel.close_button.setFocus()
        if isinstance(what, WorkRow):
            self._tell(panel, what)
            if not what.sealed_path:
                return
        self._read(panel, path, rewrapping.newest_of if rewrapping is not None else None)

    @staticmethod
    def _tell(panel: DetailsPanel, row: WorkRow) -> None:
        """Say what did not go well, in full."""
        news = row.news
        if row.state is RowState.FAILED and news is not None:
            of = "copy" if row.verb is Verb.SEAL else "file"
            panel.show_problem(messages.message(news.code, {"of": of, **news.facts}))
        panel.show_problems(
            [(shown_path(_within(row, told.source)), problem_of(row, told)) for told in row.problems],
            [shown_path(_within(row, path)) for path in (news.left_out if news is not None else ())],
        )

    def _read(self, panel: DetailsPanel, path: bytes, newest_of: Callable[[str], int] | None) -> None:
        def shown(told: FileDescription) -> None:
            if self._host.panel is panel:
                panel.show_description(told, newest_of)

        def unreadable(error: BaseException) -> None:
            if self._host.panel is panel:
                panel.show_unreadable(messages.message_of(error))

        task = self._tasks.run(lambda work: self._files.inspect(Place(path), work))
        task.tell(panel, done=shown, failed=unreadable)


def _within(row: WorkRow, path: bytes) -> bytes:
    """Return a path as it lies in a row's folder."""
    return path.removeprefix(row.source.rstrip(b"/") + b"/")
