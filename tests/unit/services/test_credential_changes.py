from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tests.given_vault import GivenVault, log
from tests.unit.services.conftest import Reopen
from tests.unit.services.credential_samples import changed, login, mysql
from vaultapp.contracts.credentials import CredentialChange, CredentialsChanged, Label
from vaultapp.core.errors import InvalidValue, NameTaken, NotFound
from vaultapp.services.credential_descriptions import CREDENTIAL_VERSION
from vaultapp.services.credentials import CredentialsService
from vaultapp.services.unlocked import UnlockedVault


def test_edits_change_what_is_said_and_leave_the_value(
    unlocked: UnlockedVault, credentials: CredentialsService
) -> None:
    made = credentials.create(mysql(settings={"tls": "off"}, remind_at=5))
    edited = credentials.edit(
        "Shop database",
        CredentialChange(
            name="Orders",
            identifier="prod/orders",
            description="all orders",
            tags={"a": "b"},
            settings={"grace_minutes": "5", "probe": ""},
            remind_at=0,
        ),
    )
    assert (edited.name, edited.identifier, edited.description) == ("Orders", "prod/orders", "all orders")
    assert (edited.tags, edited.settings, edited.remind_at) == ({"a": "b"}, {"grace_minutes": "5"}, None)
    assert (edited.versions, edited.changed) == (made.versions, made.changed)
    with pytest.raises(NotFound):
        credentials.show("prod/mysql/app")
    assert log(unlocked)[-1].facts["changed"] == "name, identifier, description, tags, settings, remind_at"


@pytest.mark.parametrize("named", ["prod/admin", "vault://PROD/admin", "Administrator"])
def test_who_rotates_others_is_found_by_its_new_name_too(given: GivenVault, reopen: Reopen, named: str) -> None:
    opened = reopen()
    credentials = given.credentials(opened)
    credentials.create(mysql("Administrator", "prod/admin"))
    app = credentials.create(mysql(settings={"admin": named, "tls": "off"}))
    other = credentials.create(mysql("Other", "other", settings={"admin": "nobody"}))
    told = given.heard(CredentialsChanged)
    credentials.edit("prod/admin", CredentialChange(name="DBA", identifier="prod/dba"))
    assert [event.credential_ids for event in told][1:] == [(app.credential_id,)]
    now = (credentials.show("prod/mysql/app"), credentials.show("other"))
    again = given.credentials(reopen())
    assert now == (again.show("prod/mysql/app"), again.show("other"))
    assert now[0].settings == {"admin": "prod/dba", "tls": "off"}
    assert now[1] == other


def test_an_edit_that_is_refused_changes_nothing(unlocked: UnlockedVault, credentials: CredentialsService) -> None:
    credentials.create(mysql())
    credentials.create(login())
    before, epoch = credentials.show("web/shop"), unlocked.vault.epoch
    for change, error in (
        (CredentialChange(name="new", identifier="prod/mysql/APP"), NameTaken),
        (CredentialChange(name="new", tags={"": ""}), InvalidValue),
        (CredentialChange(description="new", settings={"tls": "off"}), InvalidValue),
    ):
        with pytest.raises(error):
            credentials.edit("web/shop", change)
    assert (credentials.show("web/shop"), unlocked.vault.epoch) == (before, epoch)


def test_a_credential_may_take_its_own_name_in_another_case(credentials: CredentialsService) -> None:
    credentials.create(mysql())
    assert credentials.edit("shop database", CredentialChange(name="SHOP database")).name == "SHOP database"


def test_of_two_who_take_one_identifier_at_once_one_wins(credentials: CredentialsService) -> None:
    outcomes: list[str] = []
    gate = threading.Barrier(4)

    def make(number: int) -> None:
        gate.wait()
        try:
            credentials.create(login(f"n{number}", "one", value={"password": "password"}))
            outcomes.append("made")
        except NameTaken:
            outcomes.append("taken")

    _at_once([lambda number=number: make(number) for number in range(4)])
    assert sorted(outcomes) == ["made"] + ["taken"] * 3


def test_values_put_at_once_are_all_kept(credentials: CredentialsService, unlocked: UnlockedVault) -> None:
    credentials.create(mysql())
    _at_once(
        [lambda number=number: credentials.put("prod/mysql/app", changed(password=f"n{number}")) for number in range(4)]
    )
    shown = credentials.show("prod/mysql/app")
    assert [version.number for version in shown.versions] == [1, 2, 3, 4, 5]
    assert shown.versions[-1].labels == (Label.CURRENT,)
    assert shown.versions[-2].labels == (Label.PREVIOUS,)
    assert unlocked.vault.records.count(CREDENTIAL_VERSION) == 5


def _at_once(calls: list[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
