from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from tests.given_vault import GivenVault
from tests.unit.connectors.plugins import PLUGIN, Site
from vaultapp.contracts.credential_kinds import KINDS
from vaultapp.contracts.plugins import PluginState
from vaultapp.core.credential_errors import ConnectorMissing
from vaultapp.core.errors import NotFound
from vaultapp.services.connector_settings import AllowedConnectors, PluginsService, allowed_plugins
from vaultapp.services.descriptions import SETTING
from vaultapp.services.key_store import new_id
from vaultapp.services.unlocked import UnlockedVault

OFF = PluginState("acme", "acme-vault", "1.0")
ON = PluginState("acme", "acme-vault", "1.0", allowed=True, kind="acme-thing")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    folder = tmp_path / "site"
    folder.mkdir()
    found = Site(folder, monkeypatch)
    found.install("acme-vault", "acme", "acme_plugin", PLUGIN.format(kind="acme-thing"))
    return found


@pytest.fixture
def plugins(given: GivenVault, unlocked: UnlockedVault, site: Site) -> PluginsService:
    return PluginsService(unlocked.vault, given.pen(unlocked), given.random, site.entry_points)


def described(unlocked: UnlockedVault) -> list[dict[str, object]]:
    return [msgspec.msgpack.decode(record.description) for record in unlocked.vault.records.of_kind(SETTING)]


def test_what_is_installed_is_off_until_it_is_named(plugins: PluginsService, unlocked: UnlockedVault) -> None:
    assert plugins.plugins() == (OFF,)
    assert allowed_plugins(unlocked.vault) == frozenset()
    assert "acme_plugin" not in sys.modules
    assert described(unlocked) == []


def test_what_is_allowed_is_kept_in_the_vault_and_written_down(
    plugins: PluginsService, unlocked: UnlockedVault
) -> None:
    assert plugins.allow_plugin("acme", allowed=True) == (ON,)
    assert described(unlocked) == [{"name": "plugins", "allowed": ["acme"]}]
    before = unlocked.vault.epoch
    plugins.allow_plugin("acme", allowed=True)
    assert unlocked.vault.epoch == before
    assert plugins.allow_plugin("acme", allowed=False) == (OFF,)
    assert described(unlocked) == [{"name": "plugins", "allowed": []}]
    entries = unlocked.vault.activity.page(None, 20).entries
    changed = [(entry.subject, entry.facts) for entry in entries if entry.action == "setting.plugins"]
    assert sorted(changed, key=str) == [("acme", {"allowed": 0}), ("acme", {"allowed": 1})]


def test_what_is_not_installed_cannot_be_allowed_but_what_is_gone_can_be_refused(
    plugins: PluginsService, unlocked: UnlockedVault, site: Site
) -> None:
    with pytest.raises(NotFound) as caught:
        plugins.allow_plugin("zebra", allowed=True)
    assert caught.value.facts == {"kind": "plugin", "name": "zebra"}
    assert described(unlocked) == []
    plugins.allow_plugin("acme", allowed=True)
    for found in site.folder.glob("*.dist-info/*"):
        found.unlink()
    assert plugins.plugins() == (PluginState("acme", allowed=True, error="it is not installed"),)
    assert plugins.allow_plugin("acme", allowed=False) == ()


def test_what_is_allowed_counts_at_once(plugins: PluginsService, unlocked: UnlockedVault, site: Site) -> None:
    connectors = AllowedConnectors(lambda: allowed_plugins(unlocked.vault), site.entry_points)
    assert connectors.kinds() == tuple(KINDS.values())
    with pytest.raises(ConnectorMissing):
        connectors.find("acme-thing")
    plugins.allow_plugin("acme", allowed=True)
    assert connectors.find("acme-thing").kind in connectors.kinds()
    plugins.allow_plugin("acme", allowed=False)
    with pytest.raises(ConnectorMissing):
        connectors.find("acme-thing")
    assert connectors.find("command").kind is KINDS["command"]


def test_a_broken_plug_in_is_shown_with_its_reason(given: GivenVault, unlocked: UnlockedVault, site: Site) -> None:
    site.install("broken", "broken", "broken_plugin", "1 / 0")
    plugins = PluginsService(unlocked.vault, given.pen(unlocked), given.random, site.entry_points)
    plugins.allow_plugin("acme", allowed=True)
    states = plugins.allow_plugin("broken", allowed=True)
    error = "ZeroDivisionError: division by zero"
    assert states == (ON, PluginState("broken", "broken", "1.0", allowed=True, error=error))


@pytest.mark.parametrize("packed", [b"", b"\xff", msgspec.msgpack.encode({"name": "plugins", "allowed": 7})])
def test_a_record_that_cannot_be_read_allows_nothing(
    given: GivenVault, plugins: PluginsService, unlocked: UnlockedVault, packed: bytes
) -> None:
    with unlocked.vault.transaction() as transaction:
        transaction.insert(new_id(given.random), SETTING, None, packed, None)
    assert allowed_plugins(unlocked.vault) == frozenset()
    assert plugins.plugins() == (OFF,)


def test_other_settings_stay(given: GivenVault, plugins: PluginsService, unlocked: UnlockedVault) -> None:
    other = msgspec.msgpack.encode({"name": "locking", "idle_minutes": 7})
    with unlocked.vault.transaction() as transaction:
        transaction.insert(new_id(given.random), SETTING, None, other, None)
    plugins.allow_plugin("acme", allowed=True)
    assert {str(one["name"]) for one in described(unlocked)} == {"locking", "plugins"}
