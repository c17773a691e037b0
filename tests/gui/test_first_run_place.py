from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import Bench
from PySide6.QtCore import Qt

from tests.gui.first_run_driver import begin, to_kit, type_words
from tests.gui.samples import PASSPHRASE
from vaultapp.core.errors import AccessDenied, VaultExists
from vaultapp.gui.session import Reached, Session


def test_another_place_gets_its_agent_in_the_last_step_only(bench: Bench, tmp_path: Path) -> None:
    window, wizard = begin(bench)
    wizard.go(1)
    wizard.place.set_folder(os.fsencode(tmp_path / "elsewhere"))
    wizard.place.name.setText("Travel")
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.step == 2)
    wizard.passphrase.pair.first.setText(PASSPHRASE)
    wizard.passphrase.pair.again.setText(PASSPHRASE)
    bench.qtbot.waitUntil(wizard.next.isEnabled)
    wizard._continue()
    bench.qtbot.waitUntil(lambda: bool(wizard.kit.facts.words))
    assert bench.connects == []
    type_words(wizard)
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    assert bench.connects == [tmp_path / "elsewhere" / "Travel.vault"]
    assert bench.vault.made is None
    assert not (tmp_path / "elsewhere").exists()


def test_a_place_that_is_taken_is_said_at_the_place(bench: Bench, tmp_path: Path) -> None:
    _, wizard = begin(bench)
    (tmp_path / "there.vault").write_bytes(b"")
    wizard.go(1)
    wizard.place.set_folder(os.fsencode(tmp_path))
    wizard.place.name.setText("there")
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.place.under.text().startswith("There is a file of this name"))
    assert wizard.step == 1


@pytest.mark.parametrize("name", ["", "a/b", ".hidden", "x" * 260, "a\tb"])
def test_a_name_that_no_file_can_have_is_not_taken(bench: Bench, name: str) -> None:
    _, wizard = begin(bench)
    wizard.go(1)
    wizard.place.name.setMaxLength(1000)
    wizard.place.name.setText(name)
    assert not wizard.next.isEnabled()


def test_a_file_that_came_in_between_leads_back_to_the_place(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    type_words(wizard)
    bench.vault.fails_with = VaultExists(path="x")
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.step == 1)
    assert wizard.passphrase.pair.first.text() == PASSPHRASE


def test_a_place_that_cannot_be_looked_at_is_said_at_the_place(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_self: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    _, wizard = begin(bench)
    wizard.go(1)
    monkeypatch.setattr(Path, "exists", refused)
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.place.name.property("state") == "bad")
    assert wizard.place.under.text().strip()
    assert wizard.step == 1


def test_another_place_that_failed_does_not_spoil_the_first_one(bench: Bench, tmp_path: Path) -> None:
    window, wizard = begin(bench)
    to_kit(bench, wizard)
    type_words(wizard)
    wizard.place.name.setText("Travel")
    made: list[Session] = []
    connect = bench.connect

    def connecting(path: Path) -> Reached:
        found = connect(path)
        if path.stem == "Travel":
            found.session.vault.fails_with = AccessDenied(path=str(path))  # type: ignore[attr-defined]
        made.append(found.session)
        return found

    wizard._agent._connect = connecting
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(wizard.kit.problem.isVisible)
    assert window.screens.session is made[0]
    wizard.place.name.setText(bench.session.path.stem)
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    assert bench.connects == [tmp_path / "Travel.vault", bench.session.path]
    assert window.screens.session is bench.session


def test_a_name_that_is_taken_is_not_proposed(bench: Bench) -> None:
    bench.session.path.write_bytes(b"")
    bench.session.path.with_name("Mara’s vault 2.vault").write_bytes(b"")
    _, wizard = begin(bench)
    for step in (wizard.place, wizard.target):
        bench.qtbot.waitUntil(lambda step=step: step.name.text() == "Mara’s vault 3")
