"""Details of work and of files, whatever stands in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.panel_host import PanelHost

if TYPE_CHECKING:
    from vaultapp.contracts.files import FilesApi
    from vaultapp.gui.inspection import Inspection
    from vaultapp.gui.models.work_row import WorkRow
    from vaultapp.gui.workspace import Workspace


class Inspecting(QObject):
    """Shows them in a side panel. Its code is loaded when it is wanted.

    Args:
        look: Colours and fonts.
        host: Shows side panels.
        tasks: Runs calls.
    """

    def __init__(self, look: Look, host: PanelHost, tasks: TaskRunner) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self._tasks = tasks
        self.inspection: Inspection | None = None

    def show(self, what: WorkRow | bytes, files: FilesApi, workspace: Workspace | None) -> None:
        """Show the details of a row of work, or of the file at a path.

        Args:
            what: Row or path.
            files: Looks at files.
            workspace: Its keys are told by their plates; without one, what is locked has none.
        """
        from vaultapp.gui.inspection import Inspection, Rewrapping

        if self.inspection is None:
            self.inspection = Inspection(self._look, self._host, files, self._tasks)
        if workspace is not None:
            shelf = workspace.shelf
            self.inspection.show(what, shelf.hue_of, Rewrapping(shelf.newest_of, workspace.files.rewrap))
        else:
            self.inspection.show(what, lambda _key: "slate", None)

    def forget(self) -> None:
        """What was shown is of another vault, or in another language."""
        if self.inspection is not None:
            self.inspection.deleteLater()
            self.inspection = None
