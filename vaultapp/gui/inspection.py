"""Reads a sealed file's header and shows it in the side panel; the vault need not be open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from vaultapp.contracts.files import FileDescription, FilesApi, Place
from vaultapp.gui import messages
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import RowState, WorkRow
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.details_panel import DetailsPanel
from vaultapp.gui.widgets.panel_host import PanelHost


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

    def show(
        self, what: WorkRow | bytes, hue_of: Callable[[str], str], rewrap: Callable[[Sequence[bytes]], object] | None
    ) -> None:
        """Open the panel for a row, or for the path of a sealed file.

        Args:
            what: Its failure is told first.
            hue_of: Returns a key's hue.
            rewrap: Called with the path, as one of several, when the person wants that; None where it cannot be.
        """
        path = what if isinstance(what, bytes) else what.sealed_path or what.source
        panel = DetailsPanel(self._look, path, hue_of)
        panel.closed.connect(self._host.close_panel)
        if rewrap is not None:
            panel.rewrap_clicked.connect(lambda: rewrap((path,)))
        self._host.open_panel(panel)
        panel.close_button.setFocus()
        if isinstance(what, WorkRow) and what.state is RowState.FAILED and what.news is not None:
            panel.show_problem(messages.message(what.news.code, {"of": "file", **what.news.facts}))
            if not what.sealed_path:
                return
        self._read(panel, path, can_rewrap=rewrap is not None)

    def _read(self, panel: DetailsPanel, path: bytes, *, can_rewrap: bool) -> None:
        def shown(told: FileDescription) -> None:
            if self._host.panel is panel:
                panel.show_description(told, can_rewrap=can_rewrap)

        def unreadable(error: BaseException) -> None:
            if self._host.panel is panel:
                panel.show_unreadable(messages.message_of(error))

        task = self._tasks.run(lambda work: self._files.inspect(Place(path), work))
        task.tell(panel, done=shown, failed=unreadable)
