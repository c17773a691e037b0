from __future__ import annotations

import pytest

from tests.given_vault import GivenVault, log
from tests.unit.services.credential_samples import PASSWORD, changed, mysql, rotation
from vaultapp.contracts.credentials import AttachedFile, CredentialsChanged
from vaultapp.contracts.rotation import RotationOutcome
from vaultapp.core.clock import DAY
from vaultapp.core.errors import InvalidValue, NotFound, VaultReplaced
from vaultapp.services.credential_descriptions import ATTACHMENT, CREDENTIAL, CREDENTIAL_VERSION, ROTATION
from vaultapp.services.credential_sweep import CredentialSweep
from vaultapp.services.credentials import CredentialsService
from vaultapp.services.unlocked import UnlockedVault

APP = "prod/mysql/app"
KINDS = (CREDENTIAL, CREDENTIAL_VERSION, ROTATION, ATTACHMENT)


@pytest.fixture
def credentials(given: GivenVault, unlocked: UnlockedVault) -> CredentialsService:
    """One credential with two versions, a rotation and an attachment."""
    found = given.credentials(unlocked)
    made = found.create(mysql())
    found.put(APP, changed(password="p2"))
    rotation(unlocked, made, RotationOutcome.SUCCEEDED)
    found.attach(APP, AttachedFile("ca.pem", bytearray(b"certificate")))
    return found


@pytest.fixture
def sweep(given: GivenVault, unlocked: UnlockedVault) -> CredentialSweep:
    return CredentialSweep(unlocked, given.clock, given.bus)


def records(unlocked: UnlockedVault) -> list[int]:
    return [unlocked.vault.records.count(kind) for kind in KINDS]


def test_what_is_deleted_lies_in_the_bin_and_comes_back_as_it_was(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService
) -> None:
    before = credentials.show(APP)
    binned = credentials.delete(APP, 7)
    assert binned.deletes_at == given.clock.now() + 7 * DAY
    assert (log(unlocked)[-1].action, log(unlocked)[-1].facts["days"]) == ("credential.delete", 7)
    assert credentials.list().credentials[0].deletes_at == binned.deletes_at
    assert credentials.restore(APP) == before
    assert log(unlocked)[-1].action == "credential.restore"
    assert credentials.read(APP, "1").fields["password"] == PASSWORD
    assert bytes(credentials.attachment(APP, "ca.pem").data) == b"certificate"


@pytest.mark.parametrize("days", [0, 6, 31])
def test_the_bin_keeps_for_seven_to_thirty_days(credentials: CredentialsService, days: int) -> None:
    with pytest.raises(InvalidValue):
        credentials.delete(APP, days)
    assert credentials.show(APP).deletes_at is None


def test_what_is_not_in_the_bin_cannot_be_taken_out(credentials: CredentialsService) -> None:
    with pytest.raises(InvalidValue) as caught:
        credentials.restore(APP)
    assert caught.value.facts == {"field": "credential", "reason": "not_in_bin"}


@pytest.mark.parametrize("binned", [False, True])
def test_with_force_it_is_gone_at_once_with_everything(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService, binned: bool
) -> None:
    assert records(unlocked) == [1, 2, 1, 1]
    if binned:
        credentials.delete(APP)
    told = given.heard(CredentialsChanged)
    gone = credentials.delete(APP, force=True)
    assert records(unlocked) == [0, 0, 0, 0]
    assert gone.deletes_at == given.clock.now()
    assert told == [CredentialsChanged((gone.credential_id,))]
    assert log(unlocked)[-1].action == "credential.destroy"
    with pytest.raises(NotFound):
        credentials.show(APP)
    assert credentials.create(mysql()).credential_id != gone.credential_id


def test_the_sweep_removes_what_is_over_and_only_that(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService, sweep: CredentialSweep
) -> None:
    credentials.create(mysql("other", "other"))
    credentials.create(mysql("later", "later"))
    deleted = credentials.delete(APP, 7)
    credentials.delete("later", 8)
    given.clock.forward(days=6.99)
    assert sweep.sweep() == 0
    told = given.heard(CredentialsChanged)
    given.clock.forward(days=0.01)
    assert sweep.sweep() == 1
    assert [found.name for found in credentials.list().credentials] == ["other", "later"]
    assert told == [CredentialsChanged((deleted.credential_id,))]
    assert records(unlocked) == [2, 2, 0, 0]
    entry = log(unlocked)[-1]
    assert (entry.action, entry.subject, entry.actor.role) == ("credential.destroy", "Shop database", "agent")
    assert sweep.sweep() == 0


def test_a_sweep_that_cannot_write_removes_nothing(
    given: GivenVault,
    unlocked: UnlockedVault,
    credentials: CredentialsService,
    sweep: CredentialSweep,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    credentials.delete(APP, 7)
    given.clock.forward(days=8)

    def full(*_: object) -> None:
        raise VaultReplaced(path="x")

    monkeypatch.setattr(unlocked.credential_store, "delete", full)
    with pytest.raises(VaultReplaced):
        sweep.sweep()
    assert credentials.show(APP).deletes_at is not None
    assert records(unlocked) == [1, 2, 1, 1]


def test_housekeeping_empties_the_bin(given: GivenVault) -> None:
    keeper = given.created()
    credentials = given.credentials(keeper.unlocked)
    credentials.create(mysql())
    credentials.delete(APP, 7)
    keeper.close()
    given.clock.forward(days=8)
    again = given.unlocked()
    assert given.credentials(again.unlocked).list().total == 0
