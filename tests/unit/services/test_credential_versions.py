from __future__ import annotations

import msgspec
import pytest

from tests.given_vault import GivenVault, log
from tests.unit.services.credential_samples import PASSWORD, changed, login, mysql, rotation
from vaultapp.contracts.credential_kinds import PasswordRules
from vaultapp.contracts.credentials import Credential, CredentialChange, Label, SecretFields
from vaultapp.contracts.rotation import RotationOutcome
from vaultapp.core.clock import DAY
from vaultapp.core.credential_errors import CredentialInBin, RotationUnderWay, VersionNotActive
from vaultapp.core.errors import InvalidValue, NotFound
from vaultapp.services.credential_descriptions import CREDENTIAL_VERSION
from vaultapp.services.credentials import CredentialsService
from vaultapp.services.unlocked import UnlockedVault
from vaultapp.services.version_retention import UNLABELLED_LIMIT

APP = "prod/mysql/app"


@pytest.fixture
def credentials(given: GivenVault, unlocked: UnlockedVault) -> CredentialsService:
    return given.credentials(unlocked)


@pytest.fixture
def made(credentials: CredentialsService) -> Credential:
    return credentials.create(mysql())


def labels(found: Credential) -> dict[int, tuple[Label, ...]]:
    return {version.number: version.labels for version in found.versions}


def test_a_new_value_is_current_and_the_one_before_is_previous(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService, made: Credential
) -> None:
    given.clock.forward(days=1)
    put = credentials.put(
        APP, changed(username="other", host="elsewhere", password="p2"), expires=given.clock.now() + DAY
    )
    assert labels(put) == {1: (Label.PREVIOUS,), 2: (Label.CURRENT,)}
    assert (put.account, put.target, put.strength) == ("other", "elsewhere:3306", 1)
    assert (put.changed, put.created, put.expires) == (given.clock.now(), made.created, given.clock.now() + DAY)
    assert put.versions[1].origin == "edited"
    assert credentials.read(APP).fields["password"] == "p2"
    assert (log(unlocked)[-2].action, log(unlocked)[-2].facts["version"]) == ("credential.put", 2)
    assert labels(credentials.put(APP, changed(password="p3"))) == {1: (), 2: (Label.PREVIOUS,), 3: (Label.CURRENT,)}


@pytest.mark.parametrize(
    ("version", "password"), [("current", "p3"), ("previous", "p2"), ("1", PASSWORD), ("2", "p2"), ("3", "p3")]
)
def test_a_version_goes_by_label_number_and_id(
    credentials: CredentialsService, made: Credential, version: str, password: str
) -> None:
    credentials.put(APP, changed(password="p2"))
    credentials.put(APP, changed(password="p3"))
    assert credentials.read(APP, version).fields["password"] == password
    assert credentials.read(APP, made.versions[0].version_id).fields["password"] == PASSWORD


@pytest.mark.parametrize("version", ["pending", "7", "", "x"])
def test_a_version_that_is_not_there_is_named(credentials: CredentialsService, made: Credential, version: str) -> None:
    with pytest.raises(NotFound) as caught:
        credentials.read(made.name, version)
    assert caught.value.facts == {"kind": "credential_version", "name": version}


def test_a_refused_value_leaves_the_old_one(
    unlocked: UnlockedVault, credentials: CredentialsService, made: Credential
) -> None:
    epoch = unlocked.vault.epoch
    with pytest.raises(InvalidValue):
        credentials.put(APP, SecretFields({"password": "only"}))
    with pytest.raises(InvalidValue):
        credentials.put(APP, changed(), expires=1)
    assert (credentials.show(APP), unlocked.vault.epoch) == (made, epoch)


def test_a_new_value_may_be_generated(credentials: CredentialsService, made: Credential) -> None:
    fields = {"host": "h", "username": "u"}
    credentials.put(made.name, SecretFields(fields), generate=True)
    first = credentials.read(APP).fields["password"]
    credentials.put(APP, SecretFields(fields), generate=True, rules=PasswordRules(length=7))
    second = credentials.read(APP).fields["password"]
    assert (len(first), len(second)) == (32, 7)
    assert second not in first


def test_an_older_version_can_be_made_current_again(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService, made: Credential
) -> None:
    credentials.put(APP, changed(username="other", password="p2"))
    credentials.put(APP, changed(password="p3"))
    given.clock.forward(seconds=60)
    back = credentials.promote(APP, "1")
    assert labels(back) == {1: (Label.CURRENT,), 2: (), 3: (Label.PREVIOUS,)}
    assert (back.account, back.strength, back.changed) == ("shop", made.strength, given.clock.now())
    assert credentials.read(APP).fields["password"] == PASSWORD
    assert labels(credentials.promote(APP, "previous")) == {1: (Label.PREVIOUS,), 2: (), 3: (Label.CURRENT,)}
    assert log(unlocked)[-1].facts["version"] == 3


def test_making_current_what_is_current_changes_nothing(
    unlocked: UnlockedVault, credentials: CredentialsService, made: Credential
) -> None:
    epoch = unlocked.vault.epoch
    assert credentials.promote(APP, "current") == made
    assert unlocked.vault.epoch == epoch


def test_a_version_out_of_use_is_not_given_and_not_made_current(
    unlocked: UnlockedVault, credentials: CredentialsService, made: Credential
) -> None:
    credentials.put(made.name, changed(password="p2"))
    shown = credentials.enable_version(APP, "previous", enabled=False)
    assert [version.enabled for version in shown.versions] == [False, True]
    assert log(unlocked)[-1].action == "credential.disable_version"
    for call in (lambda: credentials.read(APP, "1"), lambda: credentials.promote(APP, "1")):
        with pytest.raises(VersionNotActive) as caught:
            call()
        assert caught.value.facts["reason"] == "disabled"
    credentials.enable_version(APP, "1", enabled=True)
    assert log(unlocked)[-1].action == "credential.enable_version"
    assert credentials.read(APP, "1").fields["password"] == PASSWORD


def test_the_current_version_cannot_be_put_out_of_use(credentials: CredentialsService, made: Credential) -> None:
    with pytest.raises(InvalidValue) as caught:
        credentials.enable_version(made.name, "1", enabled=False)
    assert caught.value.facts == {"field": "version", "reason": "current"}


@pytest.mark.parametrize("outcome", [RotationOutcome.RUNNING, RotationOutcome.UNFINISHED, RotationOutcome.STUCK])
def test_labels_stay_while_a_rotation_is_not_finished(
    unlocked: UnlockedVault, credentials: CredentialsService, made: Credential, outcome: RotationOutcome
) -> None:
    credentials.put(APP, changed(password="p2"))
    rotation(unlocked, made, outcome)
    before = credentials.show(APP)
    for call in (lambda: credentials.put(APP, changed(password="p3")), lambda: credentials.promote(APP, "1")):
        with pytest.raises(RotationUnderWay) as caught:
            call()
        assert caught.value.facts == {"credential": made.name}
    assert credentials.show(APP) == before
    assert before.rotation is not None
    assert before.rotation.outcome is outcome


@pytest.mark.parametrize("outcome", [RotationOutcome.SUCCEEDED, RotationOutcome.FAILED, RotationOutcome.CANCELLED])
def test_a_rotation_that_is_over_keeps_nobody(
    unlocked: UnlockedVault, credentials: CredentialsService, made: Credential, outcome: RotationOutcome
) -> None:
    rotation(unlocked, made, outcome)
    assert labels(credentials.put(APP, changed(password="p2"))) == {1: (Label.PREVIOUS,), 2: (Label.CURRENT,)}


def test_the_connection_and_the_bin_wait_while_the_target_is_spoken_to(
    unlocked: UnlockedVault, credentials: CredentialsService, made: Credential
) -> None:
    rotation(unlocked, made, RotationOutcome.RUNNING)
    for call in (
        lambda: credentials.edit(APP, CredentialChange(settings={})),
        lambda: credentials.delete(APP),
        lambda: credentials.delete(APP, force=True),
    ):
        with pytest.raises(RotationUnderWay):
            call()
    assert credentials.edit(APP, CredentialChange(description="x")).description == "x"


def test_a_stuck_rotation_can_be_helped_by_another_connection(
    unlocked: UnlockedVault, credentials: CredentialsService, made: Credential
) -> None:
    rotation(unlocked, made, RotationOutcome.STUCK)
    assert credentials.edit(APP, CredentialChange(settings={"admin": "root"})).settings == {"admin": "root"}


def labelled(unlocked: UnlockedVault, found: Credential, label: Label, number: int) -> None:
    """Put a label onto a version, as a rotation does."""
    index = unlocked.credentials
    described = index.named(found.credential_id)
    version = next(version for version in found.versions if version.number == number)
    after = msgspec.structs.replace(described, labels={**described.labels, label.value: version.version_id})
    with unlocked.vault.transaction() as transaction:
        unlocked.credential_store.write(transaction, found.credential_id, after)
    index.put(found.credential_id, after)


def test_a_pending_version_that_becomes_current_is_pending_no_longer(
    unlocked: UnlockedVault, credentials: CredentialsService, made: Credential
) -> None:
    put = credentials.put(made.name, changed(password="p2"))
    labelled(unlocked, put, Label.PENDING, 1)
    assert labels(credentials.promote(APP, "pending")) == {1: (Label.CURRENT,), 2: (Label.PREVIOUS,)}


def fill(given: GivenVault, unlocked: UnlockedVault, found: Credential, versions: int) -> None:
    with unlocked.vault.transaction() as transaction:
        for _ in range(versions):
            unlocked.credential_store.insert_version(transaction, found.credential_id, {"password": "x"}, "rotated")


def test_a_hundred_versions_without_a_label_stay_and_the_oldest_go_first(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService, made: Credential
) -> None:
    fill(given, unlocked, made, UNLABELLED_LIMIT + 5)
    given.clock.forward(days=2)
    shown = credentials.put(APP, changed(password="new"))
    numbers = [version.number for version in shown.versions if not version.labels]
    # The first is previous now, so that 105 have no label.
    assert numbers == list(range(7, UNLABELLED_LIMIT + 7))
    assert {version.number for version in shown.versions if version.labels} == {1, UNLABELLED_LIMIT + 7}
    assert unlocked.vault.records.count(CREDENTIAL_VERSION) == UNLABELLED_LIMIT + 2


def test_no_version_younger_than_a_day_goes(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService, made: Credential
) -> None:
    fill(given, unlocked, made, UNLABELLED_LIMIT + 5)
    given.clock.forward(days=0.99)
    assert len(credentials.put(APP, changed(password="new")).versions) == UNLABELLED_LIMIT + 7


def test_discarded_versions_stay_for_their_time_and_go_then(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService, made: Credential
) -> None:
    fill(given, unlocked, made, UNLABELLED_LIMIT + 5)
    store = unlocked.credential_store
    until = given.clock.now() + 30 * DAY
    second = store.versions(made.credential_id)[1]
    with unlocked.vault.transaction() as transaction:
        kept = msgspec.structs.replace(second.description, discarded_until=until)
        store.write_version(transaction, second.row_id, kept)
    given.clock.forward(days=29)
    shown = credentials.put(APP, changed(password="new"))
    assert [version.number for version in shown.versions if version.discarded_until] == [2]
    assert len([version for version in shown.versions if not version.labels]) == UNLABELLED_LIMIT + 1
    given.clock.forward(days=1)
    assert all(version.number != 2 for version in credentials.put(APP, changed(password="newer")).versions)


def test_a_discarded_version_that_becomes_current_is_discarded_no_longer(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService, made: Credential
) -> None:
    fill(given, unlocked, made, 1)
    store = unlocked.credential_store
    second = store.versions(made.credential_id)[1]
    with unlocked.vault.transaction() as transaction:
        store.write_version(transaction, second.row_id, msgspec.structs.replace(second.description, discarded_until=1))
    assert credentials.promote(APP, "2").versions[1].discarded_until is None


def test_nothing_is_written_to_what_lies_in_the_bin(credentials: CredentialsService) -> None:
    credentials.create(login())
    credentials.delete("web/shop")
    before = credentials.show("web/shop")
    for call in (
        lambda: credentials.put("web/shop", SecretFields({"username": "u", "password": "p"})),
        lambda: credentials.promote("web/shop", "1"),
        lambda: credentials.enable_version("web/shop", "1", enabled=True),
        lambda: credentials.edit("web/shop", CredentialChange(name="x")),
        lambda: credentials.code("web/shop"),
        lambda: credentials.detach("web/shop", "x"),
        lambda: credentials.attachment("web/shop", "x"),
        lambda: credentials.delete("web/shop"),
    ):
        with pytest.raises(CredentialInBin) as caught:
            call()
        assert caught.value.facts == {"credential": "Web shop"}
    assert credentials.show("web/shop") == before
