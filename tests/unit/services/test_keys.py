from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from tests.given_vault import GivenVault, actions, log
from tests.unit.services.conftest import Reopen
from vaultapp.contracts.keys import Key, KeysChanged, KeyState, NewKey
from vaultapp.core.clock import DAY
from vaultapp.core.errors import (
    InvalidValue,
    KeyDisabled,
    KeyPendingDeletion,
    NameTaken,
    NotFound,
    VaultError,
    VaultReplaced,
)
from vaultapp.services.descriptions import KNOWN_FILE, KnownFile, encode
from vaultapp.services.keys import KeyService
from vaultapp.services.unlocked import UnlockedVault


@pytest.fixture
def keys(given: GivenVault, unlocked: UnlockedVault) -> KeyService:
    return given.keys(unlocked)


def test_a_new_key_has_one_enabled_primary_version(given: GivenVault, keys: KeyService) -> None:
    made = keys.create(NewKey("  Payroll ", "wages of all", {"env": "prod"}, rotation_days=90))
    now = given.clock.now()
    assert (made.name, made.description, made.tags, made.kind) == (
        "Payroll",
        "wages of all",
        {"env": "prod"},
        "symmetric",
    )
    assert (made.state, made.origin, made.created, made.known_files) == (KeyState.ENABLED, "created", now, -1)
    assert (made.rotation_days, made.next_rotation) == (90, now + 90 * DAY)
    (version,) = made.versions
    assert (version.number, version.version_id, version.state, version.wraps) == (1, made.primary, KeyState.ENABLED, 0)
    assert made.primary_number == 1
    assert made.key_id.version == 4


def test_hues_go_round(keys: KeyService) -> None:
    hues = [keys.create(NewKey(f"key {number}")).hue for number in range(8)]
    assert hues == ["petrol", "plum", "olive", "rust", "slate", "indigo", "petrol", "plum"]


@pytest.mark.parametrize(
    "new",
    [
        NewKey(""),
        NewKey("x", kind="rsa-3072"),
        NewKey("x", rotation_days=0),
        NewKey("x", rotation_days=3651),
        NewKey("x", tags={"": "v"}),
        NewKey("x", description="y" * 8193),
    ],
)
def test_a_key_that_is_refused_leaves_nothing(unlocked: UnlockedVault, keys: KeyService, new: NewKey) -> None:
    epoch = unlocked.vault.epoch
    with pytest.raises(InvalidValue):
        keys.create(new)
    assert keys.list().total == 0
    assert unlocked.vault.epoch == epoch


def test_a_taken_name_is_refused_whatever_its_case(
    given: GivenVault, unlocked: UnlockedVault, keys: KeyService
) -> None:
    keys.create(NewKey("Payroll"))
    keys.alias("Payroll", add=("prod/pay",))
    told = given.heard(KeysChanged)
    before = actions(unlocked)
    for name in ("PAYROLL", "payroll", "Prod/Pay"):
        with pytest.raises(NameTaken) as caught:
            keys.create(NewKey(name))
        assert caught.value.facts == {"name": name}
    assert told == []
    assert actions(unlocked) == before
    assert keys.list().total == 1


def test_of_two_who_make_one_name_at_once_one_wins(keys: KeyService) -> None:
    outcomes: list[str] = []
    gate = threading.Barrier(8)

    def make() -> None:
        gate.wait()
        try:
            keys.create(NewKey("Payroll"))
            outcomes.append("made")
        except NameTaken:
            outcomes.append("taken")

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made"] + ["taken"] * 7
    assert keys.list().total == 1


def test_changes_made_at_once_do_not_undo_each_other(reopen: Reopen, given: GivenVault) -> None:
    unlocked = reopen()
    keys = given.keys(unlocked)
    keys.create(NewKey("Payroll"))

    def tag(number: int) -> None:
        for count in range(5):
            keys.tag("Payroll", {f"{number}-{count}": "x"})

    threads = [threading.Thread(target=tag, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = {f"{number}-{count}": "x" for number in range(4) for count in range(5)}
    assert keys.show("Payroll").tags == expected
    assert given.keys(reopen()).show("Payroll").tags == expected


def test_lists_are_pages_oldest_first(keys: KeyService) -> None:
    for number in range(7):
        keys.create(NewKey(f"key {number}"))
    page = keys.list(2, 3)
    assert ([key.name for key in page.keys], page.total) == (["key 2", "key 3", "key 4"], 7)
    assert [key.primary_number for key in page.keys] == [1, 1, 1]
    assert [key.name for key in keys.list(6).keys] == ["key 6"]
    assert keys.list(7).keys == ()
    assert len(keys.list(0, 0).keys) == 1


def test_show_counts_the_known_files_of_the_key(unlocked: UnlockedVault, keys: KeyService) -> None:
    key_id = keys.create(NewKey("Payroll")).key_id
    other = keys.create(NewKey("Other")).key_id
    with unlocked.vault.transaction() as transaction:
        for number, owners in enumerate(((key_id,), (key_id, other), (other,))):
            file = KnownFile(b"/f", b"m", owners, (), 0)
            transaction.insert(UUID(int=number + 1), KNOWN_FILE, None, encode(file), None)
    assert keys.show("Payroll").known_files == 2


def test_a_renamed_key_is_the_same_key(keys: KeyService) -> None:
    made = keys.create(NewKey("Payroll"))
    renamed = keys.rename("payroll", "Wages")
    assert renamed == msgspec.structs.replace(made, name="Wages")
    assert keys.rename("Wages", "WAGES").name == "WAGES"
    with pytest.raises(NotFound):
        keys.show("Payroll")
    assert keys.create(NewKey("Payroll")).key_id != made.key_id


def test_a_rename_to_a_taken_name_or_to_an_own_alias_changes_nothing(keys: KeyService) -> None:
    keys.create(NewKey("Payroll"))
    keys.create(NewKey("Wages"))
    keys.alias("Payroll", add=("pay",))
    for name in ("wages", "Pay"):
        with pytest.raises(NameTaken):
            keys.rename("Payroll", name)
    assert keys.show("Payroll").name == "Payroll"


def test_aliases_come_and_go(keys: KeyService) -> None:
    keys.create(NewKey("Payroll"))
    assert keys.alias("Payroll", add=("prod/pay", "p-1", "prod/pay")).aliases == ("prod/pay", "p-1")
    assert keys.alias("Payroll", add=("p-1",)).aliases == ("prod/pay", "p-1")
    assert keys.alias("P-1", add=("p-2",), remove=("p-1",)).aliases == ("prod/pay", "p-2")
    with pytest.raises(NotFound):
        keys.show("p-1")


def test_an_alias_may_not_be_another_name_nor_its_own_in_another_case(keys: KeyService) -> None:
    keys.create(NewKey("Payroll"))
    keys.create(NewKey("Wages"))
    keys.alias("Payroll", add=("pay",))
    for alias in ("wages", "payroll", "PAY"):
        with pytest.raises(NameTaken):
            keys.alias("Payroll", add=(alias,))
    with pytest.raises(NotFound) as caught:
        keys.alias("Payroll", add=("new",), remove=("unknown",))
    assert caught.value.facts == {"kind": "alias", "name": "unknown"}
    with pytest.raises(InvalidValue):
        keys.alias("Payroll", add=("aws/s3",))
    assert keys.show("Payroll").aliases == ("pay",)


def test_describe_and_tag(keys: KeyService) -> None:
    keys.create(NewKey("Payroll", tags={"env": "prod", "team": "a"}))
    assert keys.describe("Payroll", "all wages").description == "all wages"
    assert keys.tag("Payroll", {"team": "b", "x": "y"}, remove=("env", "absent")).tags == {"team": "b", "x": "y"}
    with pytest.raises(InvalidValue):
        keys.tag("Payroll", {str(number): "" for number in range(60)})
    assert keys.show("Payroll").tags == {"team": "b", "x": "y"}


def test_rotation_makes_a_new_primary_version_and_keeps_the_old_one(given: GivenVault, keys: KeyService) -> None:
    made = keys.create(NewKey("Payroll", rotation_days=10))
    given.clock.forward(days=3)
    rotated = keys.rotate("Payroll")
    assert [version.number for version in rotated.versions] == [1, 2]
    assert rotated.versions[0] == made.versions[0]
    assert rotated.primary == rotated.versions[1].version_id != made.primary
    assert rotated.next_rotation == given.clock.now() + 10 * DAY


def test_the_rotation_period_counts_from_the_last_rotation(given: GivenVault, keys: KeyService) -> None:
    made = keys.create(NewKey("Payroll"))
    given.clock.forward(days=3)
    assert keys.schedule_rotation("Payroll", 30).next_rotation == made.created + 30 * DAY
    cleared = keys.schedule_rotation("Payroll", None)
    assert (cleared.rotation_days, cleared.next_rotation) == (None, None)
    for days in (0, -1, 3651):
        with pytest.raises(InvalidValue):
            keys.schedule_rotation("Payroll", days)


def test_a_disabled_key_is_not_rotated(keys: KeyService) -> None:
    keys.create(NewKey("Payroll"))
    keys.disable("Payroll")
    with pytest.raises(KeyDisabled):
        keys.rotate("Payroll")
    assert len(keys.show("Payroll").versions) == 1


def test_one_version_is_disabled_and_enabled_without_the_others(keys: KeyService) -> None:
    made = keys.create(NewKey("Payroll"))
    keys.rotate("Payroll")
    disabled = keys.disable("Payroll", made.primary.hex())
    assert [version.state for version in disabled.versions] == [KeyState.DISABLED, KeyState.ENABLED]
    assert disabled.state is KeyState.ENABLED
    enabled = keys.enable("Payroll", "1")
    assert [version.state for version in enabled.versions] == [KeyState.ENABLED, KeyState.ENABLED]


def test_the_primary_version_cannot_be_disabled_alone(keys: KeyService) -> None:
    keys.create(NewKey("Payroll"))
    with pytest.raises(InvalidValue) as caught:
        keys.disable("Payroll", "1")
    assert caught.value.facts == {"field": "version", "reason": "primary"}
    assert keys.show("Payroll").versions[0].state is KeyState.ENABLED
    with pytest.raises(NotFound):
        keys.disable("Payroll", "7")


CHANGES: list[tuple[str, Callable[[KeyService], Key]]] = [
    ("key.rename", lambda keys: keys.rename("Payroll", "Wages")),
    ("key.alias", lambda keys: keys.alias("Payroll", add=("pay",))),
    ("key.describe", lambda keys: keys.describe("Payroll", "x")),
    ("key.tag", lambda keys: keys.tag("Payroll", {"a": "b"})),
    ("key.rotate", lambda keys: keys.rotate("Payroll")),
    ("key.schedule_rotation", lambda keys: keys.schedule_rotation("Payroll", 30)),
    ("key.disable", lambda keys: keys.disable("Payroll")),
    ("key.enable", lambda keys: keys.enable("Payroll")),
    ("key.delete", lambda keys: keys.delete("Payroll", 7)),
]


@pytest.mark.parametrize(("action", "change"), CHANGES, ids=[action for action, _ in CHANGES])
def test_each_change_and_its_entry_are_one_commit_that_is_told_afterwards(
    given: GivenVault, unlocked: UnlockedVault, keys: KeyService, action: str, change: Callable[[KeyService], Key]
) -> None:
    made = keys.create(NewKey("Payroll"))
    epoch = unlocked.vault.epoch
    seen: list[tuple[KeysChanged, int]] = []
    given.bus.subscribe(KeysChanged, lambda event: seen.append((event, unlocked.vault.epoch)))
    change(keys)
    assert seen == [(KeysChanged((made.key_id,)), epoch + 1)]
    assert unlocked.vault.epoch == epoch + 1
    last = log(unlocked)[-1]
    assert (last.action, last.subject_kind, last.subject, last.outcome) == (action, "key", "Payroll", "ok")
    assert (last.actor.role, last.actor.pid) == ("window", 4711)


@pytest.mark.parametrize(("action", "change"), CHANGES, ids=[action for action, _ in CHANGES])
def test_a_change_that_cannot_be_written_did_not_happen(
    given: GivenVault, unlocked: UnlockedVault, keys: KeyService, action: str, change: Callable[[KeyService], Key]
) -> None:
    keys.create(NewKey("Payroll"))
    before = keys.show("Payroll")
    told = given.heard(KeysChanged)
    aside = given.path.with_suffix(".aside")
    aside.write_bytes(given.path.read_bytes())
    given.path.rename(given.path.with_suffix(".held"))
    aside.rename(given.path)
    with pytest.raises(VaultReplaced):
        change(keys)
    assert told == []
    assert keys.show("Payroll") == before


def test_everything_is_there_after_the_vault_is_opened_anew(reopen: Reopen, given: GivenVault) -> None:
    keys = given.keys(reopen())
    keys.create(NewKey("Payroll", "wages", {"a": "b"}, rotation_days=30))
    keys.alias("Payroll", add=("prod/pay",))
    keys.rotate("Payroll")
    keys.disable("Payroll", "1")
    keys.create(NewKey("Gone soon"))
    keys.delete("Gone soon", 30)
    before = keys.list()
    assert given.keys(reopen()).list() == before


def test_an_unknown_key_is_named_in_the_error(keys: KeyService) -> None:
    for use in (keys.show, keys.rotate, keys.enable, keys.disable, keys.undelete, keys.export):
        with pytest.raises(NotFound) as caught:
            use("Nobody")
        assert caught.value.facts == {"kind": "key", "name": "Nobody"}


def test_the_vault_file_holds_no_name_and_no_material_in_clear(given: GivenVault, keys: KeyService) -> None:
    keys.create(NewKey("Quarterly-Wages-Of-Everybody", "described-like-this", {"tagged-so": "valued-so"}))
    material = bytes(keys.export("Quarterly-Wages-Of-Everybody").material)
    data = given.path.read_bytes()
    for needle in (b"Quarterly", b"described-like", b"tagged-so", b"valued-so", material):
        assert needle not in data
    assert stat.S_IMODE(os.stat(given.path).st_mode) == 0o600


def test_errors_carry_no_material(keys: KeyService, tmp_path: Path) -> None:
    keys.create(NewKey("Payroll"))
    material = bytes(keys.export("Payroll").material)
    with pytest.raises(VaultError) as caught:
        keys.rename("Payroll", "x" * 300)
    assert material.hex() not in f"{caught.value!r} {caught.value.facts}"


def test_whatever_is_done_with_a_key_the_log_has_its_id_for_names_change(
    unlocked: UnlockedVault, keys: KeyService
) -> None:
    made = keys.create(NewKey("Payroll"))
    name = "Wages"
    keys.rename("Payroll", name)
    keys.rotate(name)
    keys.disable(name, "1")
    keys.enable(name, "1")
    keys.disable(name)
    keys.export(name)
    keys.schedule_rotation(name, 30)
    keys.tag(name, {"team": "infra"})
    keys.delete(name, 7)
    with pytest.raises(KeyPendingDeletion):
        keys.export(name)
    entries = [entry for entry in log(unlocked) if entry.subject_kind == "key"]
    assert len(entries) == 11
    assert {entry.subject for entry in entries} == {"Payroll", name}
    assert {entry.facts.get("key") for entry in entries} == {str(made.key_id)}
