from __future__ import annotations

from uuid import UUID

import msgspec
import pytest

from tests.given_vault import GivenVault, actions, log
from tests.unit.services.conftest import Reopen
from tests.unit.services.credential_samples import PASSWORD, VALUE, login, mysql, rotation
from vaultapp.contracts.credential_kinds import KINDS, PasswordRules
from vaultapp.contracts.credentials import CredentialsApi, CredentialsChanged, Label, NewCredential, SecretFields
from vaultapp.contracts.rotation import RotationPlan
from vaultapp.core.clock import DAY
from vaultapp.core.credential_errors import ConnectorMissing, CredentialInBin, VersionNotActive
from vaultapp.core.errors import InvalidValue, NameTaken, NotFound, VaultReplaced
from vaultapp.services.credential_descriptions import CREDENTIAL
from vaultapp.services.credentials import CredentialsService
from vaultapp.services.unlocked import UnlockedVault


def test_the_service_has_the_whole_contract(credentials: CredentialsService) -> None:
    found: CredentialsApi = credentials
    assert found.kinds() == tuple(KINDS.values())


def test_a_new_credential_has_one_current_version(given: GivenVault, credentials: CredentialsService) -> None:
    made = credentials.create(
        mysql("  Shop database ", tags={"env": "prod"}, description="orders", plan=RotationPlan(days=30))
    )
    now = given.clock.now()
    assert (made.name, made.identifier, made.kind) == ("Shop database", "prod/mysql/app", "mysql")
    assert (made.account, made.target) == ("shop", "db.example:3306")
    assert (made.created, made.changed, made.expires, made.deletes_at) == (now, now, None, None)
    assert (made.tags, made.description) == ({"env": "prod"}, "orders")
    assert made.plan == RotationPlan(days=30, next_due=now + 30 * DAY)
    assert (made.rotation, made.reused, made.attachments) == (None, 0, ())
    (version,) = made.versions
    assert (version.number, version.labels, version.origin) == (1, (Label.CURRENT,), "created")
    assert (version.starts, version.expires, version.enabled) == (now, None, True)
    assert str(UUID(version.version_id)) == version.version_id


def test_what_is_read_is_what_was_written_with_the_kind_s_defaults(credentials: CredentialsService) -> None:
    made = credentials.create(mysql(value={"ssl": "yes"}))
    read = credentials.read("prod/mysql/app")
    assert read.fields == {**VALUE, "port": "3306", "engine": "mysql", "ssl": "yes"}
    assert list(read.fields) == ["host", "port", "username", "password", "dbname", "engine", "ssl"]
    assert (read.version_id, read.secret) == (made.versions[0].version_id, "password")


@pytest.mark.parametrize("named", ["Shop Database", "PROD/mysql/app", "vault://prod/mysql/app", " prod/mysql/app "])
def test_a_credential_goes_by_its_name_and_its_identifier(credentials: CredentialsService, named: str) -> None:
    made = credentials.create(mysql())
    assert credentials.show(named).credential_id == made.credential_id
    assert credentials.show(str(made.credential_id)).credential_id == made.credential_id


def test_the_address_means_the_identifier_only(credentials: CredentialsService) -> None:
    credentials.create(mysql("app", "prod/mysql/app"))
    with pytest.raises(NotFound) as caught:
        credentials.show("vault://app")
    assert caught.value.facts == {"kind": "credential", "name": "vault://app"}


@pytest.mark.parametrize(
    ("new", "field", "reason"),
    [
        (mysql(name=" "), "name", "empty"),
        (mysql(identifier=""), "identifier", "characters"),
        (mysql(identifier="/a"), "identifier", "characters"),
        (mysql(identifier="a/"), "identifier", "characters"),
        (mysql(identifier="a//b"), "identifier", "characters"),
        (mysql(identifier="a b"), "identifier", "characters"),
        (mysql(identifier="ä"), "identifier", "characters"),
        (mysql(identifier="a\n"), "identifier", "characters"),
        (mysql(identifier="x" * 513), "identifier", "characters"),
        (mysql(identifier=str(UUID(int=7))), "identifier", "looks_like_id"),
        (NewCredential("x", "x", "oracle", SecretFields({})), "kind", "unknown_credential"),
        (mysql(value={"host": ""}), "host", "missing"),
        (mysql(value={"password": ""}), "password", "missing"),
        *((mysql(value={"port": port}), "port", "port") for port in ("abc", "0", "65536", "-1", "٣", "9" * 40)),
        (mysql(value={"": "x"}), "field", "name"),
        (mysql(value={"a#b": "x"}), "field", "name"),
        (mysql(value={"x": "y" * 65536}), "value", "too_large"),
        (mysql(settings={"tls": "maybe"}), "tls", "choice"),
        (mysql(settings={"colour": "red"}), "colour", "unknown_setting"),
        (mysql(settings={"grace_minutes": "soon"}), "grace_minutes", "minutes"),
        (mysql(settings={"grace_minutes": "43201"}), "grace_minutes", "minutes"),
        (login(settings={"tls": "off"}), "tls", "unknown_setting"),
        (NewCredential("x", "x", "command", SecretFields({"password": "p"})), "command", "missing"),
        (mysql(tags={"": "v"}), "tags", "too_long"),
        (mysql(description="y" * 8193), "description", "too_long"),
        (mysql(starts=10, expires=10), "expires", "before_start"),
        (mysql(expires=10), "expires", "before_start"),
        (NewCredential("x", "x", "note", SecretFields({}), generate=True), "generate", "kept_only"),
    ],
)
def test_a_credential_that_is_refused_leaves_nothing(
    unlocked: UnlockedVault, credentials: CredentialsService, new: NewCredential, field: str, reason: str
) -> None:
    epoch = unlocked.vault.epoch
    with pytest.raises(InvalidValue) as caught:
        credentials.create(new)
    assert caught.value.facts == {"field": field, "reason": reason}
    assert credentials.list().total == 0
    assert unlocked.vault.epoch == epoch


@pytest.mark.parametrize("identifier", ["a", "prod/mysql/app", "A_b+c=d.e@f-g", "x" * 512, "a/b/c/d", ".hidden"])
def test_identifiers_are_what_the_cloud_allows(credentials: CredentialsService, identifier: str) -> None:
    assert credentials.create(mysql(identifier=identifier)).identifier == identifier


def test_taken_names_and_identifiers_are_refused_whatever_their_case(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService
) -> None:
    credentials.create(mysql())
    credentials.delete("Shop database")
    told = given.heard(CredentialsChanged)
    before = actions(unlocked)
    for name, identifier in (("SHOP DATABASE", "other"), ("other", "Prod/MySQL/app")):
        with pytest.raises(NameTaken):
            credentials.create(mysql(name, identifier))
    assert told == []
    assert actions(unlocked) == before
    assert credentials.list().total == 1


def test_only_what_something_rotates_has_a_plan(credentials: CredentialsService) -> None:
    with pytest.raises(ConnectorMissing):
        credentials.create(login(plan=RotationPlan(days=30)))
    with pytest.raises(InvalidValue):
        credentials.create(mysql(plan=RotationPlan(days=30, cron="0 3 * * *")))
    assert credentials.list().total == 0


def test_a_secret_can_be_made_by_the_rules_of_the_kind_or_by_others(credentials: CredentialsService) -> None:
    bare = SecretFields({"host": "h", "username": "u"})
    credentials.create(NewCredential("a", "a", "mysql", bare, generate=True))
    made = credentials.read("a").fields["password"]
    assert len(made) == 32
    assert not set(made) & set("/@\"'\\0O1lI|")
    digits = PasswordRules(length=8, letters=False, symbols=False, excluded="")
    credentials.create(NewCredential("b", "b", "mysql", bare, generate=True, rules=digits))
    pin = credentials.read("b").fields["password"]
    assert len(pin) == 8
    assert pin.isdecimal()


def test_events_follow_the_commit_and_the_log_names_no_value(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService
) -> None:
    seen: list[int] = []
    given.bus.subscribe(CredentialsChanged, lambda _event: seen.append(unlocked.vault.records.count(CREDENTIAL)))
    told = given.heard(CredentialsChanged)
    made = credentials.create(mysql())
    credentials.read("prod/mysql/app")
    assert seen == [1]
    assert told == [CredentialsChanged((made.credential_id,))]
    created, read = log(unlocked)[-2:]
    credential = {"credential": str(made.credential_id)}
    assert (created.action, created.subject_kind, created.subject) == ("credential.create", "credential", made.name)
    assert created.facts == {"identifier": "prod/mysql/app"} | credential
    assert (read.action, read.facts) == ("credential.read", {"version": 1} | credential)
    assert PASSWORD not in repr(log(unlocked))


def test_what_is_given_out_is_in_the_log_before_or_not_given(
    unlocked: UnlockedVault, credentials: CredentialsService, monkeypatch: pytest.MonkeyPatch
) -> None:
    credentials.create(mysql())

    def full(_entry: object) -> None:
        raise VaultReplaced(path="x")

    monkeypatch.setattr(unlocked.vault.activity, "record", full)
    with pytest.raises(VaultReplaced):
        credentials.read("prod/mysql/app")


def test_a_refused_reading_is_in_the_log_too(unlocked: UnlockedVault, credentials: CredentialsService) -> None:
    credentials.create(mysql())
    credentials.delete("prod/mysql/app")
    with pytest.raises(CredentialInBin):
        credentials.read("prod/mysql/app")
    assert (log(unlocked)[-1].action, log(unlocked)[-1].outcome) == ("credential.read", "credential_in_bin")


def test_values_never_show_in_repr(credentials: CredentialsService) -> None:
    credentials.create(mysql())
    assert PASSWORD not in repr(credentials.read("prod/mysql/app")) + repr(mysql()) + repr(credentials.list())


def test_a_version_is_given_only_within_its_time(given: GivenVault, credentials: CredentialsService) -> None:
    now = given.clock.now()
    credentials.create(mysql(starts=now + DAY, expires=now + 3 * DAY))

    def refused() -> tuple[object, object]:
        with pytest.raises(VersionNotActive) as caught:
            credentials.read("prod/mysql/app")
        return caught.value.facts["reason"], caught.value.facts["at"]

    assert refused() == ("early", now + DAY)
    given.clock.forward(days=1)
    assert credentials.read("prod/mysql/app").fields["password"] == PASSWORD
    given.clock.forward(days=2)
    assert refused() == ("expired", now + 3 * DAY)


def test_lists_come_in_pages_oldest_first(credentials: CredentialsService) -> None:
    for number in range(5):
        credentials.create(login(f"n{number}", f"i{number}", value={"password": "password"}))
    page = credentials.list(1, 2)
    assert [found.name for found in page.credentials] == ["n1", "n2"]
    assert page.total == 5
    assert page.credentials[0].versions == ()


def test_a_page_of_large_credentials_fits_a_frame(credentials: CredentialsService, unlocked: UnlockedVault) -> None:
    tags = {f"{number:0128}": "v" * 256 for number in range(50)}
    made = credentials.create(login(tags=tags, description="d" * 8192))
    found = unlocked.credentials.named(made.credential_id)
    with unlocked.vault.transaction() as transaction:
        for number in range(400):
            other = msgspec.structs.replace(found, name=f"n{number}", identifier=f"i{number}")
            other_id = UUID(int=number)
            unlocked.credential_store.insert(transaction, other_id, other)
            unlocked.credentials.put(other_id, other)
    page = credentials.list()
    assert page.total == 401
    assert 100 < len(page.credentials) < 401
    assert len(msgspec.msgpack.encode(page)) < 4.2 * 1024 * 1024


def test_a_vault_opened_anew_has_them_all(given: GivenVault, reopen: Reopen) -> None:
    made = given.credentials(reopen()).create(mysql())
    again = given.credentials(reopen())
    assert again.show("prod/mysql/app") == made
    assert again.read("prod/mysql/app").fields["password"] == PASSWORD


def test_opening_a_vault_does_not_read_its_credentials(given: GivenVault, reopen: Reopen) -> None:
    given.credentials(reopen()).create(mysql())
    opened = reopen()
    read: list[str] = []
    of_kind = opened.vault.records.of_kind
    opened.vault.records.of_kind = lambda kind: (read.append(kind), of_kind(kind))[1]  # type: ignore[method-assign,assignment]
    service = given.credentials(opened)
    assert read == []
    service.list()
    service.list()
    assert read == [CREDENTIAL]


def test_nothing_written_means_nothing_known(
    given: GivenVault, credentials: CredentialsService, unlocked: UnlockedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise VaultReplaced(path="x")

    monkeypatch.setattr(unlocked.credential_store, "insert_version", full)
    told = given.heard(CredentialsChanged)
    with pytest.raises(VaultReplaced):
        credentials.create(mysql())
    assert (credentials.list().total, told, unlocked.vault.records.count(CREDENTIAL)) == (0, [], 0)


def test_a_half_rotated_credential_is_settled_before_it_is_read(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService
) -> None:
    settled: list[UUID] = []
    reader = given.credentials(unlocked, settled.append)
    made = credentials.create(mysql())
    reader.read("prod/mysql/app")
    assert settled == []
    rotation(unlocked, made)
    reader.read("prod/mysql/app")
    assert settled == [made.credential_id]
