from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from tests.unit.connectors.plugins import PLUGIN, Site
from vaultapp.connectors.registry import BUILT_IN, Connectors
from vaultapp.contracts.connectors import ENTRY_POINTS, Connector
from vaultapp.contracts.credential_kinds import KINDS
from vaultapp.core.credential_errors import ConnectorMissing

DRIVERS = ("pymysql", "psycopg", "redis", "boto3", "botocore")


def imported(code: str) -> set[str]:
    """Return which drivers and connectors a fresh interpreter has loaded after some code."""
    told = f"import sys\n{code}\nprint(*sorted(name for name in sys.modules if name in {DRIVERS!r}))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


# Built-in ones


def test_every_kind_that_rotates_has_a_connector_of_that_kind() -> None:
    assert set(BUILT_IN) == {name for name, kind in KINDS.items() if kind.rotates}
    for name in BUILT_IN:
        found = Connectors().find(name)
        assert isinstance(found, Connector)
        assert found.kind is KINDS[name]


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if not kind.rotates] + ["zebra", ""])
def test_what_nothing_rotates_is_told(kind: str) -> None:
    with pytest.raises(ConnectorMissing) as caught:
        Connectors().find(kind)
    assert caught.value.facts == {"kind": kind}


def test_no_driver_is_loaded_until_its_kind_is_asked_for() -> None:
    ask = "from vaultapp.connectors.registry import Connectors\nfound = Connectors()\nfound.kinds()\nfound.offered()\n"
    assert imported(ask) == set()
    assert imported(ask + "found.find('command')") == set()
    assert imported(ask + "found.find('mysql')") <= {"pymysql"}
    assert imported(ask + "found.find('postgresql')") == {"psycopg"}
    assert imported(ask + "found.find('redis')") == {"redis"}
    assert imported(ask + "found.find('aws')") == {"boto3", "botocore"}


@pytest.mark.parametrize("module", ["vaultapp.__main__", "vaultapp.app.agent_parts", "vaultapp.app.window"])
def test_neither_window_nor_agent_nor_command_line_loads_a_driver_to_begin_with(module: str) -> None:
    assert imported(f"import {module}") == set()


def test_a_driver_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "vaultapp.connectors.redis_acl", raising=False)
    monkeypatch.delitem(sys.modules, "vaultapp.connectors.redis_login", raising=False)
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ConnectorMissing) as caught:
        Connectors().find("redis")
    assert caught.value.facts == {"kind": "redis", "reason": "driver"}


# Plug-ins


def test_a_plug_in_is_not_imported_before_it_is_allowed(site: Site) -> None:
    site.install("acme-vault", "acme", "acme_plugin", "raise SystemExit('imported')")
    found = Connectors((), site.entry_points)
    assert found.kinds() == tuple(KINDS.values())
    assert found.offered() == ("acme",)
    with pytest.raises(ConnectorMissing):
        found.find("acme")
    (state,) = found.plugins()
    assert (state.name, state.distribution, state.version) == ("acme", "acme-vault", "1.0")
    assert (state.connector, state.error) == (None, "")
    assert "acme_plugin" not in sys.modules


def test_a_plug_in_that_is_allowed_brings_a_kind_and_a_connector(site: Site) -> None:
    site.install("acme-vault", "acme", "acme_plugin", PLUGIN.format(kind="acme-thing"))
    site.install("other", "other", "other_plugin", "raise SystemExit('imported')")
    found = Connectors({"acme"}, site.entry_points)
    assert [kind.name for kind in found.kinds()] == [*KINDS, "acme-thing"]
    assert found.find("acme-thing").kind.name == "acme-thing"
    assert found.offered() == ("other",)
    assert "other_plugin" not in sys.modules


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("import no_such_module_at_all", "ModuleNotFoundError: No module named 'no_such_module_at_all'"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("raise ValueError('\\x1b[31m' + 'x' * 1000)", "ValueError: \\x1b[31m" + "x" * 180),
        ("CONNECTOR = 7", "it is no Connector"),
        ("other = 7", "AttributeError: module 'broken_plugin' has no attribute 'CONNECTOR'"),
        ("syntax error", "SyntaxError: invalid syntax"),
        (PLUGIN.format(kind="mysql"), "there is a kind mysql already"),
    ],
)
def test_a_broken_plug_in_is_told_and_hides_nothing(site: Site, source: str, error: str) -> None:
    site.install("broken", "broken", "broken_plugin", source)
    site.install("sound", "sound", "sound_plugin", PLUGIN.format(kind="sound-thing"))
    found = Connectors({"broken", "sound"}, site.entry_points)
    assert found.find("sound-thing").kind.name == "sound-thing"
    assert [kind.name for kind in found.kinds()] == [*KINDS, "sound-thing"]
    state = found.plugins()[0]
    assert (state.name, state.connector) == ("broken", None)
    assert state.error.startswith(error)
    assert len(state.error) <= 200
    with pytest.raises(ConnectorMissing) as caught:
        found.find("broken-thing")
    assert caught.value.facts == {"kind": "broken-thing", "reason": "broken", "plugin": "broken"}


def test_a_kind_that_two_plug_ins_bring_is_the_first_ones(site: Site) -> None:
    site.install("one", "a-first", "first_plugin", PLUGIN.format(kind="thing"))
    site.install("two", "b-second", "second_plugin", PLUGIN.format(kind="thing"))
    found = Connectors({"a-first", "b-second"}, site.entry_points)
    assert [state.error for state in found.plugins()] == ["", "there is a kind thing already"]


def test_of_two_that_have_one_name_neither_is_taken(site: Site) -> None:
    site.install("one", "acme", "first_plugin", PLUGIN.format(kind="thing"))
    site.install("imitation", "acme", "second_plugin", "raise SystemExit('imported')")
    found = Connectors({"acme"}, site.entry_points)
    assert all(state.connector is None and state.error for state in found.plugins())
    assert "second_plugin" not in sys.modules


def test_an_entry_point_without_a_distribution_is_taken_too() -> None:
    point = EntryPoint("bare", "tests.unit.connectors.plugins:PLUGIN", ENTRY_POINTS)
    (state,) = Connectors({"bare"}, lambda: [point]).plugins()
    assert (state.distribution, state.version, state.error) == ("", "", "it is no Connector")


def test_the_installation_is_looked_through_for_the_group_of_the_contract() -> None:
    assert ENTRY_POINTS == "vaultapp.connectors"
    assert isinstance(Connectors().offered(), tuple)
