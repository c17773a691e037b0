"""A vault that credentials are read into and written out of, and another user's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.given_vault import COST, GivenVault
from tests.unit.services.credential_samples import login, mysql, rotation
from vaultapp.contracts.credential_kinds import KINDS
from vaultapp.contracts.credential_transfer import ImportReport, ImportRequest
from vaultapp.contracts.credentials import AttachedFile, Credential, SecretFields
from vaultapp.contracts.files import Place
from vaultapp.contracts.keys import NewKey
from vaultapp.contracts.rotation import RotationPlan
from vaultapp.core.work import WorkContext
from vaultapp.files.part_notes import PartNotes
from vaultapp.services.credential_transfer import TransferService
from vaultapp.services.strength_grading import StrengthGrading
from vaultapp.services.unlocked import UnlockedVault

CSV = "name,url,username,password,note\nShop,https://shop.example,mara,pw-one-1,\nShop,https://shop.example,ben,pw-two-2,x\n"


class Desk:
    """One vault with everything that tests of imports and exports ask for."""

    def __init__(self, given: GivenVault, unlocked: UnlockedVault, folder: Path) -> None:
        self.given = given
        self.unlocked = unlocked
        self.folder = folder
        self.credentials = given.credentials(unlocked)
        self.notes = PartNotes(given.places.state, given.random)
        self.transfer = TransferService(
            unlocked,
            given.pen(unlocked),
            given.clock,
            given.random,
            given.bus,
            KINDS,
            self.notes,
            self._count_import,
            passphrase_cost=COST,
        )
        self.grading = StrengthGrading(unlocked, lambda: KINDS, given.bus)
        self.imported = 0

    def _count_import(self) -> None:
        self.imported += 1

    def file(self, content: str | bytes, name: str = "in") -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def request(self, path: Path, **more: Any) -> ImportRequest:
        # Whoever is given a passphrase overwrites it.
        more["passphrases"] = tuple(map(bytearray, more.get("passphrases", ())))
        return ImportRequest(Place(bytes(path)), **more)

    def read_in(self, path: Path, **more: Any) -> ImportReport:
        plan = self.transfer.plan(self.request(path, **more), WorkContext())
        return self.transfer.apply(self.request(path, **more), plan.digest, WorkContext())

    def all(self) -> list[Credential]:
        return [self.credentials.show(str(one.credential_id)) for one in self.credentials.list().credentials]

    def identifiers(self) -> list[str]:
        return [one.identifier for one in self.credentials.list().credentials]

    def whole(self) -> list[Any]:
        """Return all there is to know of all credentials, values and attachments among it."""
        found = []
        for one in self.all():
            values = [self.value(one, version.version_id) for version in one.versions]
            files = [(file.name, self.attachment(one, file.name)) for file in one.attachments]
            found.append((one, values, files))
        return found

    def value(self, one: Credential, version: str) -> dict[str, str]:
        store = self.unlocked.credential_store
        for stored in store.versions(one.credential_id):
            if stored.description.version_id == version:
                return store.value(stored.row_id)
        raise AssertionError(version)

    def attachment(self, one: Credential, name: str) -> bytes:
        from vaultapp.services.credential_record import attachments_of

        for stored in attachments_of(self.unlocked.vault, one.credential_id):
            if stored.description.name == name:
                return bytes(self.unlocked.vault.records.secret(stored.row_id))
        raise AssertionError(name)

    def key(self, name: str = "Personal") -> None:
        self.given.keys(self.unlocked).create(NewKey(name))


@pytest.fixture
def desk(given: GivenVault, unlocked: UnlockedVault, tmp_path: Path) -> Desk:
    return Desk(given, unlocked, tmp_path)


@pytest.fixture
def other(tmp_path: Path) -> Any:
    """Give the desk of another user's vault."""
    from tests.unit.services.conftest import ROOT_KEY, VAULT_ID
    from vaultapp.services.unlocked import unlocked_vault
    from vaultapp.store.vault_file import SlotRow, create_vault

    folder = tmp_path / "other"
    folder.mkdir()
    given = GivenVault(folder)
    vault = create_vault(
        given.path,
        vault_id=type(VAULT_ID)(int=VAULT_ID.int ^ 1),
        root_key=ROOT_KEY,
        slots=(SlotRow(VAULT_ID, b"\x80", bytes(60)),),
        state_folder=given.places.state,
        clock=given.clock,
        random=given.random,
    )
    yield Desk(given, unlocked_vault(vault, bytearray(ROOT_KEY), given.clock, given.random, given.bus), folder)
    vault.close()


def full(desk: Desk) -> None:
    """Fill a vault with one of everything."""
    made = desk.credentials.create(
        mysql(settings={"strategy": "single"}, tags={"team": "shop"}, description="of the shop", remind_at=5)
    )
    desk.given.clock.forward(days=1)
    desk.credentials.put("prod/mysql/app", SecretFields({"host": "h", "username": "u", "password": "second"}))
    desk.given.clock.forward(days=1)
    desk.credentials.put(
        "prod/mysql/app",
        SecretFields({"host": "h", "username": "u", "password": "third", "own": "x"}),
        expires=desk.given.clock.now() + 10**12,
    )
    rotation(desk.unlocked, desk.credentials.show(str(made.credential_id)))
    desk.credentials.attach("prod/mysql/app", AttachedFile("ca.pem", bytearray(b"\x00\xffpem")))
    desk.credentials.create(mysql("Other database", "prod/mysql/other", plan=RotationPlan(days=30)))
    desk.credentials.create(login("Bin", "web/bin"))
    desk.credentials.delete("web/bin", 7)
    desk.credentials.create(login("密钥", "web/cn", value={"totp": "JBSWY3DPEHPK3PXP", "端口": "1"}))
