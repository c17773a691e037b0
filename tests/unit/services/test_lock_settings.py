from __future__ import annotations

import msgspec
import pytest

from tests.given_vault import GivenVault
from vaultapp.contracts.locking import LockSettings, LockTrigger
from vaultapp.core.errors import InvalidValue
from vaultapp.services.descriptions import SETTING
from vaultapp.services.key_store import new_id
from vaultapp.services.lock_settings import LockSettingsService
from vaultapp.services.unlocked import UnlockedVault

OTHER = LockSettings(5, on_sleep=False, on_screen_saver=False)


def service(given: GivenVault, unlocked: UnlockedVault) -> LockSettingsService:
    return LockSettingsService(unlocked.vault, given.pen(unlocked), given.random)


def described(unlocked: UnlockedVault) -> list[dict[str, object]]:
    return [msgspec.msgpack.decode(record.description) for record in unlocked.vault.records.of_kind(SETTING)]


def test_a_vault_where_nobody_changed_anything_has_the_defaults_and_no_record(given: GivenVault) -> None:
    unlocked = given.created().unlocked
    assert service(given, unlocked).settings() == LockSettings(15, True, True, True, True)
    assert all(LockSettings().counts(trigger) for trigger in LockTrigger)
    assert described(unlocked) == []


def test_a_change_is_kept_in_the_vault_and_written_down(given: GivenVault) -> None:
    keeper = given.created()
    assert service(given, keeper.unlocked).change(OTHER) == OTHER
    keeper.close()
    unlocked = given.unlocked().unlocked
    assert service(given, unlocked).settings() == OTHER
    entries = unlocked.vault.activity.page(None, 20).entries
    changed = next(entry for entry in entries if entry.action == "setting.locking")
    assert changed.facts == {"idle_minutes": 5, "on_sleep": 0, "on_screen_saver": 0}


def test_in_a_vault_from_before_it_programs_do_not_go_on(given: GivenVault) -> None:
    unlocked = given.created().unlocked
    found = service(given, unlocked)
    found.change(LockSettings(5, programs_go_on=True))
    assert found.settings().programs_go_on
    (record,) = unlocked.vault.records.of_kind(SETTING)
    earlier = msgspec.msgpack.decode(record.description)
    del earlier["programs_go_on"]
    with unlocked.vault.transaction() as transaction:
        transaction.update(record.row_id, msgspec.msgpack.encode(earlier))
    assert found.settings() == LockSettings(5)


def test_there_is_one_record_and_what_stays_is_not_written(given: GivenVault) -> None:
    unlocked = given.created().unlocked
    found = service(given, unlocked)
    found.change(OTHER)
    before = unlocked.vault.epoch
    found.change(OTHER)
    assert unlocked.vault.epoch == before
    found.change(LockSettings(0))
    assert [one["idle_minutes"] for one in described(unlocked)] == [0]


def test_fields_and_settings_of_a_later_version_survive(given: GivenVault) -> None:
    unlocked = given.created().unlocked
    found = service(given, unlocked)
    found.change(OTHER)
    (record,) = unlocked.vault.records.of_kind(SETTING)
    later = msgspec.msgpack.decode(record.description) | {"on_lid": True}
    with unlocked.vault.transaction() as transaction:
        transaction.update(record.row_id, msgspec.msgpack.encode(later))
        foreign = msgspec.msgpack.encode({"name": "zebra", "x": 1})
        transaction.insert(record.row_id.__class__(int=7), SETTING, None, foreign, None)
    assert found.settings() == OTHER
    found.change(LockSettings())
    assert sorted(str(one["name"]) for one in described(unlocked)) == ["locking", "zebra"]
    assert next(one for one in described(unlocked) if one["name"] == "locking")["on_lid"] is True


@pytest.mark.parametrize(
    "packed", [b"", b"\xff", b"\x81\xa4name\x01", b"\x81\xa4name\xa2\xff\xfe", b"\x82\xa1x" + b"\x91" * 100_000]
)
def test_a_record_that_is_no_setting_hides_none(given: GivenVault, packed: bytes) -> None:
    unlocked = given.created().unlocked
    with unlocked.vault.transaction() as transaction:
        transaction.insert(new_id(given.random), SETTING, None, packed, None)
    found = service(given, unlocked)
    assert found.settings() == LockSettings()
    assert found.change(OTHER) == OTHER
    assert found.settings() == OTHER


@pytest.mark.parametrize("minutes", [-1, 24 * 60 + 1])
def test_minutes_out_of_bounds_are_refused_and_of_a_forger_ignored(given: GivenVault, minutes: int) -> None:
    unlocked = given.created().unlocked
    found = service(given, unlocked)
    with pytest.raises(InvalidValue):
        found.change(LockSettings(minutes))
    assert described(unlocked) == []
    found.change(OTHER)
    (record,) = unlocked.vault.records.of_kind(SETTING)
    forged = msgspec.msgpack.decode(record.description) | {"idle_minutes": minutes}
    with unlocked.vault.transaction() as transaction:
        transaction.update(record.row_id, msgspec.msgpack.encode(forged))
    assert found.settings() == LockSettings()


@pytest.mark.parametrize("trigger", list(LockTrigger))
def test_each_trigger_has_a_setting_of_its_own(trigger: LockTrigger) -> None:
    off = {
        LockTrigger.IDLE: LockSettings(idle_minutes=0),
        LockTrigger.SLEEP: LockSettings(on_sleep=False),
        LockTrigger.SESSION_LOCKED: LockSettings(on_session_lock=False),
        LockTrigger.SCREEN_SAVER: LockSettings(on_screen_saver=False),
        LockTrigger.USER_SWITCHED: LockSettings(on_user_switch=False),
    }
    assert [found for found in LockTrigger if not off[trigger].counts(found)] == [trigger]
