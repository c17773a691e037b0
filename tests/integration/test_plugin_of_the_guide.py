"""The plug-in in docs/connectors.md is installed as it stands there, and rotates."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.given_vault import GivenVault
from tests.rotating_vault import RotatingVault
from tests.unit.services.conftest import Reopen, given, reopen
from vaultapp.connectors.registry import Connectors
from vaultapp.contracts.connectors import ENTRY_POINTS, Connection, Target, Trial
from vaultapp.contracts.rotation import RotationOutcome
from vaultapp.core.credential_errors import ConnectorMissing
from vaultapp.core.target_errors import LoginRefused, TargetUnreachable

__all__ = ["given", "reopen"]

GUIDE = Path(__file__).resolve().parents[2] / "docs/connectors.md"


def file_of_the_guide(name: str) -> str:
    found = re.search(rf"<!-- file: {re.escape(name)} -->\n```\w+\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert found, name
    return found[1]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install the plug-in for this process, with the metadata that pip makes of its pyproject.toml."""
    project = tomllib.loads(file_of_the_guide("pyproject.toml"))["project"]
    (tmp_path / "notebook_connector.py").write_text(file_of_the_guide("notebook_connector.py"))
    metadata = tmp_path / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    groups = project["entry-points"].items()
    lines = [f"[{group}]\n{name} = {place}\n" for group, points in groups for name, place in points.items()]
    (metadata / "entry_points.txt").write_text("".join(lines))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "notebook_connector", raising=False)
    return tmp_path


def test_the_plug_in_is_found_off_and_can_be_let_in(installed: Path) -> None:
    assert "notebook" in {point.name for point in entry_points(group=ENTRY_POINTS)}
    off = Connectors()
    assert "notebook" in off.offered()
    with pytest.raises(ConnectorMissing):
        off.find("notebook")
    assert "notebook_connector" not in sys.modules
    assert Connectors({"notebook"}).find("notebook").kind.rotates


def test_the_plug_in_rotates_and_each_step_may_be_repeated(installed: Path) -> None:
    notes = installed / "notes"
    notes.write_text("root:untouched\napp:old-password\n")
    connector = Connectors({"notebook"}).find("notebook")
    target: Target = connector.connect(Connection({"path": str(notes)}))
    old = {"username": "app", "password": "old-password"}
    new = target.propose(old, "new-password", [old])
    assert (target.try_login(old), target.try_login(new)) == (Trial.ACCEPTED, Trial.REFUSED)
    for _ in range(2):
        with target.exclusive(old):
            target.set(old, new, keep=old)
        target.probe(new)
    assert target.try_login(old) is Trial.ACCEPTED
    for _ in range(2):
        target.retire(new, old)
    assert notes.read_text() == "root:untouched\napp:new-password\n"
    assert target.end_sessions(new, old) == 0
    with pytest.raises(LoginRefused):
        target.probe(old)
    target.close()
    with pytest.raises(TargetUnreachable):
        connector.connect(Connection({"path": str(installed / "gone")})).try_login(new)
    assert connector.keeps_old({})


def test_a_vault_rotates_with_the_plug_in(
    installed: Path, given: GivenVault, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = installed / "notes"
    notes.write_text("app:old-password\n")
    connectors = Connectors({"notebook"})
    monkeypatch.setattr("tests.rotating_vault.KINDS", {kind.name: kind for kind in connectors.kinds()})
    vault = RotatingVault(given, reopen, connectors)
    vault.add("notes", "notebook", {"username": "app", "password": "old-password"}, {"path": str(notes)})
    assert vault.rotate("notes").outcome is RotationOutcome.SUCCEEDED
    password = vault.value("notes")["password"]
    assert notes.read_text().splitlines() == [f"app:{password}", "app:old-password"]
    vault.go_on(31 * 60)
    assert notes.read_text().splitlines() == [f"app:{password}"]
    assert len(password) == 24
    emergency = vault.rotate("notes", emergency=True)
    assert emergency.outcome is RotationOutcome.SUCCEEDED
    assert all(line.holds for line in emergency.proof)


def test_the_plug_in_has_every_method_of_the_contract(installed: Path) -> None:
    target = Connectors({"notebook"}).find("notebook").connect(Connection({"path": "/"}))
    wanted = {name for name in vars(Target) if not name.startswith("_")}
    assert wanted <= set(dir(target))


def test_the_plug_in_is_short(installed: Path) -> None:
    lines = [line for line in file_of_the_guide("notebook_connector.py").splitlines() if line.strip()]
    assert len(lines) <= 55
