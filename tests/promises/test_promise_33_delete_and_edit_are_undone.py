"""33. Delete and edit can be undone (Ctrl+Z), and a bin keeps what was deleted with where it was.

A real agent, and its window on the screen in memory, by keys and clicks alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.promises.guarded_agent import GuardedAgent
from tests.promises.window_of_agent import WindowOfAgent
from vaultapp.contracts.credentials import Credential, NewCredential, SecretFields
from vaultapp.gui.credentials.credential_panel import CredentialPanel
from vaultapp.gui.credentials.field_form import FieldForm
from vaultapp.gui.credentials.secret_maker import SecretMaker
from vaultapp.gui.credentials.value_form import ValueForm
from vaultapp.gui.pages.credentials_page import CredentialsPage

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support ")
CONTROL = Qt.KeyboardModifier.ControlModifier
VALUE = {"username": "mara.k", "password": "tulip-7-harbour", "url": "https://registrar.example"}
MADE = NewCredential(
    name="Registrar",
    identifier="web/registrar",
    kind="login",
    value=SecretFields(VALUE),
    description="Where the names are",
    tags={"team": "infra"},
)


@pytest.fixture
def agent() -> Iterator[GuardedAgent]:
    found = GuardedAgent(wait=False)
    found.credentials.create(MADE)
    yield found
    found.close()


@pytest.fixture
def shown(agent: GuardedAgent, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[WindowOfAgent]:
    found = WindowOfAgent(agent, qtbot, qapp, tmp_path)
    found.window.activateWindow()
    yield found
    found.close()


@pytest.fixture
def page(shown: WindowOfAgent, qtbot: QtBot) -> CredentialsPage:
    qtbot.keyClick(shown.window, Qt.Key.Key_3, CONTROL)
    workspace = shown.window.screens.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: workspace.credentials.rows.rowCount() == 1)
    workspace.credentials.table.selectRow(0)
    workspace.credentials.table.setFocus()
    return workspace.credentials


def kept(agent: GuardedAgent) -> Credential:
    return agent.credentials.show("web/registrar")


def waited(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=15_000)


def undo(qtbot: QtBot, shown: WindowOfAgent) -> None:
    workspace = shown.window.screens.workspace
    assert workspace is not None
    waited(qtbot, lambda: workspace.toasts.shown is not None)
    qtbot.keyClick(shown.window, Qt.Key.Key_Z, CONTROL)


def test_promise_33_what_was_deleted_is_back_with_all_that_it_had(
    agent: GuardedAgent, shown: WindowOfAgent, page: CredentialsPage, qtbot: QtBot
) -> None:
    before = kept(agent)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    waited(qtbot, lambda: kept(agent).deletes_at is not None)
    waited(qtbot, lambda: page.rows.rowCount() == 0)
    undo(qtbot, shown)
    waited(qtbot, lambda: kept(agent) == before)
    assert agent.credentials.read("web/registrar").fields == VALUE


def test_promise_33_the_bin_keeps_what_was_deleted_with_where_it_was(
    agent: GuardedAgent, shown: WindowOfAgent, page: CredentialsPage, qtbot: QtBot
) -> None:
    before = kept(agent)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    waited(qtbot, page.bin_button.isVisible)
    qtbot.mouseClick(page.bin_button, Qt.MouseButton.LeftButton)
    waited(qtbot, lambda: page.rows.rowCount() == 1)
    there = page.rows.row(page.rows.index(0, 0))
    assert (there.name, there.identifier, there.tags) == ("Registrar", "web/registrar", {"team": "infra"})
    panel = page.open_credential(there)
    qtbot.mouseClick(panel.restore_button, Qt.MouseButton.LeftButton)
    waited(qtbot, lambda: kept(agent) == before)


def test_promise_33_a_name_and_a_value_are_as_they_were(
    agent: GuardedAgent, shown: WindowOfAgent, page: CredentialsPage, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    panel = shown.window.screens.host.panel
    assert isinstance(panel, CredentialPanel)
    field = panel.about.name.field.edit
    waited(qtbot, field.isVisible)
    field.setText("Names")  # type: ignore[union-attr]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    waited(qtbot, lambda: kept(agent).name == "Names")
    undo(qtbot, shown)
    waited(qtbot, lambda: kept(agent).name == "Registrar")
    waited(qtbot, panel.edit_button.isEnabled)
    qtbot.mouseClick(panel.edit_button, Qt.MouseButton.LeftButton)
    waited(qtbot, lambda: isinstance(shown.window.screens.host.panel, ValueForm))
    form = shown.window.screens.host.panel
    assert isinstance(form, ValueForm)
    _password(form.value).field.setText("another-9-boat")
    workspace = shown.window.screens.workspace
    assert workspace is not None
    workspace.toasts.close()
    qtbot.mouseClick(form.go_button, Qt.MouseButton.LeftButton)
    waited(qtbot, lambda: agent.credentials.read("web/registrar").fields["password"] == "another-9-boat")
    undo(qtbot, shown)
    waited(qtbot, lambda: agent.credentials.read("web/registrar").fields == VALUE)


def _password(form: FieldForm) -> SecretMaker:
    found = form.inputs["password"]
    assert isinstance(found, SecretMaker)
    return found
