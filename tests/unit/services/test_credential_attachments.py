from __future__ import annotations

import pytest

from tests.given_vault import GivenVault, log
from tests.unit.services.credential_samples import mysql
from vaultapp.contracts.credentials import ATTACHMENT_LIMIT, AttachedFile, Attachment
from vaultapp.core.credential_errors import AttachmentTooLarge
from vaultapp.core.errors import InvalidValue, NotFound, VaultReplaced
from vaultapp.services.credential_attachments import COUNT_LIMIT
from vaultapp.services.credentials import CredentialsService
from vaultapp.services.unlocked import UnlockedVault

APP = "prod/mysql/app"


@pytest.fixture
def credentials(given: GivenVault, unlocked: UnlockedVault) -> CredentialsService:
    found = given.credentials(unlocked)
    found.create(mysql())
    return found


def file(name: str, data: bytes = b"data") -> AttachedFile:
    return AttachedFile(name, bytearray(data))


def test_an_attachment_is_given_back_as_it_was(unlocked: UnlockedVault, credentials: CredentialsService) -> None:
    given = file("ca.pem", b"\x00certificate\xff")
    shown = credentials.attach(APP, given)
    assert shown.attachments == (Attachment("ca.pem", 13),)
    assert not any(given.data)
    found = credentials.attachment(APP, "ca.pem")
    assert (found.name, bytes(found.data)) == ("ca.pem", b"\x00certificate\xff")
    assert "certificate" not in repr(found)
    attached, taken = log(unlocked)[-2:]
    assert (attached.action, attached.facts["attachment"], attached.facts["bytes"]) == (
        "credential.attach",
        "ca.pem",
        13,
    )
    assert (taken.action, taken.facts["attachment"]) == ("credential.attachment", "ca.pem")


def test_one_of_the_same_name_is_replaced(credentials: CredentialsService) -> None:
    credentials.attach(APP, file("cafe\u0301", b"one"))
    shown = credentials.attach(APP, file("caf\u00e9", b"other"))
    assert shown.attachments == (Attachment("caf\u00e9", 5),)
    assert bytes(credentials.attachment(APP, "cafe\u0301").data) == b"other"


def test_an_empty_file_can_be_attached(credentials: CredentialsService) -> None:
    credentials.attach(APP, file("empty", b""))
    assert bytes(credentials.attachment(APP, "empty").data) == b""


def test_all_together_may_have_64_kib(unlocked: UnlockedVault, credentials: CredentialsService) -> None:
    credentials.attach(APP, file("a", bytes(ATTACHMENT_LIMIT - 10)))
    credentials.attach(APP, file("b", bytes(10)))
    before, epoch = credentials.show(APP), unlocked.vault.epoch
    refused = file("c", b"x")
    with pytest.raises(AttachmentTooLarge) as caught:
        credentials.attach(APP, refused)
    assert caught.value.facts == {"size": ATTACHMENT_LIMIT + 1, "limit": ATTACHMENT_LIMIT}
    assert not any(refused.data)
    assert (credentials.show(APP), unlocked.vault.epoch) == (before, epoch)
    # What is replaced does not count.
    credentials.attach(APP, file("a", bytes(ATTACHMENT_LIMIT - 10)))


def test_there_are_at_most_fifty(credentials: CredentialsService) -> None:
    for number in range(COUNT_LIMIT):
        credentials.attach(APP, file(str(number), b""))
    with pytest.raises(InvalidValue):
        credentials.attach(APP, file("one more", b""))
    credentials.attach(APP, file("0", b"new"))


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "x" * 256, "a\nb", "a\u202eb"])
def test_a_name_is_one_of_a_file(credentials: CredentialsService, name: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        credentials.attach(APP, file(name))
    assert caught.value.facts == {"field": "attachment", "reason": "name"}
    assert credentials.show(APP).attachments == ()


def test_an_attachment_can_be_removed(unlocked: UnlockedVault, credentials: CredentialsService) -> None:
    credentials.attach(APP, file("a"))
    credentials.attach(APP, file("b"))
    assert credentials.detach(APP, "a").attachments == (Attachment("b", 4),)
    assert (log(unlocked)[-1].action, log(unlocked)[-1].facts["attachment"]) == ("credential.detach", "a")
    for call in (credentials.detach, credentials.attachment):
        with pytest.raises(NotFound) as caught:
            call(APP, "a")
        assert caught.value.facts == {"kind": "attachment", "name": "a"}


def test_an_attachment_is_not_given_out_without_the_log(
    unlocked: UnlockedVault, credentials: CredentialsService, monkeypatch: pytest.MonkeyPatch
) -> None:
    credentials.attach(APP, file("a"))

    def full(_entry: object) -> None:
        raise VaultReplaced(path="x")

    monkeypatch.setattr(unlocked.vault.activity, "record", full)
    with pytest.raises(VaultReplaced):
        credentials.attachment(APP, "a")
