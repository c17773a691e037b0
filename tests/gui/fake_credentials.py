"""Credentials in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from msgspec import structs

from tests.gui.gates import open_gate, pass_gate
from tests.gui.samples import NOON
from vaultapp.contracts.credential_kinds import KINDS, CredentialKind, PasswordRules
from vaultapp.contracts.credentials import (
    AttachedFile,
    Attachment,
    Credential,
    CredentialChange,
    CredentialPage,
    CredentialsApi,
    CredentialsChanged,
    CredentialVersion,
    Label,
    NewCredential,
    OneTimeCode,
    SecretFields,
)
from vaultapp.contracts.events import Event
from vaultapp.contracts.rotation import RotationOutcome
from vaultapp.core.clock import DAY
from vaultapp.core.credential_errors import CredentialInBin, RotationUnderWay
from vaultapp.core.errors import NameTaken, NotFound, VaultError

A_PAGE = 5000
_OPEN = (RotationOutcome.RUNNING, RotationOutcome.UNFINISHED, RotationOutcome.STUCK)


@dataclass
class FakeCredentials:
    """A list of credentials, changed by the calls that the window makes.

    Attributes:
        asked: Every change and every reading that was asked for, in order: name of the call and its arguments.
        refuses: Raised by the next call that is noted in ``asked``, once.
        gate: Such a call waits here before it is made.
        values: By credential and number of the version.
        files: By credential and name.
    """

    credentials: list[Credential] = field(default_factory=list)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    refuses: VaultError | None = None
    gate: threading.Event = field(default_factory=open_gate)
    publish: Callable[[Event], None] = lambda _event: None
    now: Callable[[], int] = lambda: NOON
    values: dict[UUID, dict[int, dict[str, str]]] = field(default_factory=dict)
    files: dict[tuple[UUID, str], bytes] = field(default_factory=dict)
    grade: int = 4
    one_time: OneTimeCode = field(default_factory=lambda: OneTimeCode("492 039".replace(" ", ""), 30))

    def add(self, name: str, identifier: str, kind: str, value: dict[str, str], **changes: object) -> Credential:
        """Have a credential there from the beginning, with one version."""
        version = CredentialVersion(uuid4().hex, 1, (Label.CURRENT,), self.now(), self.now())
        made = Credential(
            credential_id=uuid4(),
            name=name,
            identifier=identifier,
            kind=kind,
            created=self.now(),
            changed=self.now(),
            account=value.get(KINDS[kind].account, ""),
            target=":".join(filter(None, (value.get(part, "") for part in KINDS[kind].target))),
            versions=(version,),
            strength=self.grade,
        )
        self.credentials.append(structs.replace(made, **changes))
        self.values[made.credential_id] = {1: dict(value)}
        return self.credentials[-1]

    def kinds(self) -> tuple[CredentialKind, ...]:
        return tuple(KINDS.values())

    def create(self, new: NewCredential) -> Credential:
        self._ask("create", new.name, new)
        for old in self.credentials:
            if new.name.casefold() == old.name.casefold():
                raise NameTaken(name=new.name, field="name")
            if new.identifier.casefold() == old.identifier.casefold():
                raise NameTaken(name=new.identifier, field="identifier")
        value = dict(new.value.fields)
        if new.generate:
            value[KINDS[new.kind].secret] = "g" * (new.rules.length if new.rules else 32)
        made = self.add(
            new.name,
            new.identifier,
            new.kind,
            value,
            description=new.description,
            tags=new.tags,
            settings=new.settings,
            plan=new.plan,
            remind_at=new.remind_at,
            expires=new.expires,
        )
        return self._told(made)

    def list(self, offset: int = 0, limit: int = A_PAGE) -> CredentialPage:
        begin = max(0, offset)
        found = self.credentials[begin : begin + max(1, min(limit, A_PAGE))]
        without = (structs.replace(each, versions=(), attachments=()) for each in found)
        return CredentialPage(tuple(without), len(self.credentials))

    def show(self, credential: str) -> Credential:
        found = self.credentials[self._at(credential)]
        return structs.replace(found, reused=max(0, found.reused))

    def read(self, credential: str, version: str = "current") -> SecretFields:
        found = self._found("read", credential, version)
        which = self._version(found, version)
        return SecretFields(dict(self.values[found.credential_id][which.number]), which.version_id)

    def put(
        self,
        credential: str,
        value: SecretFields,
        *,
        generate: bool = False,
        rules: PasswordRules | None = None,
        starts: int | None = None,
        expires: int | None = None,
    ) -> Credential:
        found = self._found("put", credential, value.fields, generate)
        self._not_rotating(found)
        fields = dict(value.fields)
        kind = KINDS[found.kind]
        if generate:
            fields[kind.secret] = "g" * (rules.length if rules else 32)
        number = len(found.versions) + 1
        self.values[found.credential_id][number] = fields
        made = CredentialVersion(uuid4().hex, number, (), self.now(), starts or self.now(), expires, origin="edited")
        return self.label(
            structs.replace(found, versions=(*found.versions, made)), number, account=fields.get(kind.account, "")
        )

    def edit(self, credential: str, change: CredentialChange) -> Credential:
        wanted = {name: value for name, value in structs.asdict(change).items() if value is not None}
        found = self._found("edit", credential, wanted)
        for old in self.credentials:
            if old is not found and change.name is not None and change.name.casefold() == old.name.casefold():
                raise NameTaken(name=change.name, field="name")
        if "remind_at" in wanted:
            wanted["remind_at"] = wanted["remind_at"] or None
        return self._put(credential, **wanted)

    def promote(self, credential: str, version: str) -> Credential:
        found = self._found("promote", credential, version)
        self._not_rotating(found)
        return self.label(found, self._version(found, version).number)

    def enable_version(self, credential: str, version: str, *, enabled: bool) -> Credential:
        found = self._found("enable_version", credential, version, enabled)
        which = self._version(found, version)
        turned = (structs.replace(v, enabled=enabled) if v is which else v for v in found.versions)
        return self._put(credential, versions=tuple(turned))

    def delete(self, credential: str, days: int = 30, *, force: bool = False) -> Credential:
        found = self._found("delete", credential, days, force)
        if force:
            self.credentials.remove(found)
            return self._told(found)
        return self._put(credential, deletes_at=self.now() + days * DAY)

    def restore(self, credential: str) -> Credential:
        self._found("restore", credential, binned=True)
        return self._put(credential, deletes_at=None)

    def generate(self, rules: PasswordRules) -> bytearray:
        return bytearray(b"G7!" + b"x" * (rules.length - 3))

    def strength(self, secret: bytearray) -> int:
        return 1 if len(secret) < 8 else 5 if len(secret) >= 20 else 3

    def code(self, credential: str) -> OneTimeCode:
        found = self._found("code", credential)
        value = self.values[found.credential_id][self._version(found, "current").number]
        if not value.get("totp"):
            raise NotFound(kind="field", name="totp")
        return self.one_time

    def attach(self, credential: str, file: AttachedFile) -> Credential:
        found = self._found("attach", credential, file.name)
        self.files[found.credential_id, file.name] = bytes(file.data)
        kept = (old for old in found.attachments if old.name != file.name)
        return self._put(credential, attachments=(*kept, Attachment(file.name, len(file.data))))

    def detach(self, credential: str, name: str) -> Credential:
        found = self._found("detach", credential, name)
        return self._put(credential, attachments=tuple(old for old in found.attachments if old.name != name))

    def attachment(self, credential: str, name: str) -> AttachedFile:
        found = self._found("attachment", credential, name)
        return AttachedFile(name, bytearray(self.files[found.credential_id, name]))

    def label(self, found: Credential, number: int, **changes: object) -> Credential:
        """Make a version current, and the one before previous."""
        versions = []
        for version in found.versions:
            labels: tuple[Label, ...] = (Label.CURRENT,) if version.number == number else ()
            if Label.CURRENT in version.labels and version.number != number:
                labels = (Label.PREVIOUS,)
            versions.append(structs.replace(version, labels=labels))
        return self._put(str(found.credential_id), versions=tuple(versions), changed=self.now(), **changes)

    def change(self, credential: Credential, **changes: object) -> Credential:
        """Somebody else changes a credential, and the agent tells."""
        return self._put(str(credential.credential_id), **changes)

    def _at(self, name: str) -> int:
        for at, found in enumerate(self.credentials):
            if name.removeprefix("vault://") in (found.name, found.identifier, str(found.credential_id)):
                return at
        raise NotFound(kind="credential", name=name)

    def _ask(self, *call: object) -> None:
        pass_gate(self.gate)
        refuses, self.refuses = self.refuses, None
        if refuses is not None:
            raise refuses
        self.asked.append(call)

    def _found(self, call: str, name: str, *arguments: object, binned: bool = False) -> Credential:
        found = self.credentials[self._at(name)]
        self._ask(call, found.name, *arguments)
        if found.deletes_at is not None and not binned and call != "delete":
            raise CredentialInBin(credential=found.name)
        return found

    @staticmethod
    def _not_rotating(found: Credential) -> None:
        if found.rotation is not None and found.rotation.outcome in _OPEN:
            raise RotationUnderWay(credential=found.name)

    @staticmethod
    def _version(found: Credential, version: str) -> CredentialVersion:
        for each in found.versions:
            if version in (each.version_id, str(each.number), *each.labels):
                return each
        raise NotFound(kind="version", name=version)

    def _put(self, name: str, /, **changes: object) -> Credential:
        at = self._at(name)
        self.credentials[at] = structs.replace(self.credentials[at], **changes)
        return self._told(self.credentials[at])

    def _told(self, changed: Credential) -> Credential:
        self.publish(CredentialsChanged((changed.credential_id,)))
        return changed


if TYPE_CHECKING:
    _: type[CredentialsApi] = FakeCredentials
