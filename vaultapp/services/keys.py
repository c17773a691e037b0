"""Make and look after vault keys."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import msgspec

from vaultapp.contracts.keys import ExportedMaterial, Key, KeyPage, KeysChanged, KeyState, NewKey, OlderFiles
from vaultapp.core.clock import DAY, Clock
from vaultapp.core.errors import InvalidValue, KeyDisabled, KeyPendingDeletion, NameTaken, NotFound
from vaultapp.core.events import EventBus
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe
from vaultapp.formats.recipients import RAW_PROVIDER, key_name
from vaultapp.services.descriptions import KeyDescription
from vaultapp.services.key_store import CREATED, as_contract, find_version, new_id, next_rotation
from vaultapp.services.known_files import KnownFiles
from vaultapp.services.names import checked_alias, checked_description, checked_name, checked_tags, folded
from vaultapp.services.recorder import Recorder
from vaultapp.services.unlocked import UnlockedVault
from vaultapp.store.vault_file import Transaction

HUES = ("petrol", "plum", "olive", "rust", "slate", "indigo")
SYMMETRIC = "symmetric"
DELETION_DAYS = range(7, 31)
ROTATION_DAYS = range(1, 3651)
PAGE_LIMIT = 5000
# A page crosses the wire in one frame of 8 MiB.
PAGE_BYTES = 4 * 1024 * 1024

Change = Callable[[Transaction, UUID, KeyDescription], KeyDescription]


class KeyService:
    """The keys of an open vault, for one client. Thread safe.

    Every change and the activity entry that tells of it are one transaction; events follow the commit.

    Args:
        unlocked: The open vault.
        recorder: The client's pen.
        clock: Source of time.
        random: Source of ids.
        bus: Told of changes.
    """

    def __init__(
        self, unlocked: UnlockedVault, recorder: Recorder, clock: Clock, random: Random, bus: EventBus
    ) -> None:
        self._vault = unlocked.vault
        self._index = unlocked.index
        self._store = unlocked.store
        self._ring = unlocked.ring
        self._recorder = recorder
        self._clock = clock
        self._random = random
        self._bus = bus

    def create(self, new: NewKey) -> Key:
        """Make a key with one version.

        Raises:
            NameTaken: Another key is called so.
            InvalidValue: Name, description, tags, kind or period are not acceptable.
        """
        if new.kind != SYMMETRIC:
            raise InvalidValue(field="kind", reason="unknown")
        name, now = checked_name(new.name), self._clock.now()
        key_id, version_id = new_id(self._random), self._store.new_version_id()
        with self._index.changing:
            key = KeyDescription(
                name=name,
                kind=new.kind,
                state=KeyState.ENABLED,
                created=now,
                primary=version_id,
                hue=self._next_hue(),
                description=checked_description(new.description),
                tags=checked_tags(new.tags),
                rotation_days=_checked_period(new.rotation_days),
                next_rotation=next_rotation(now, new.rotation_days),
            )
            self._index.check_free(name)
            with self._vault.transaction() as transaction:
                self._store.insert_key(transaction, key_id, key)
                self._store.insert_version(transaction, key_id, version_id, 1)
                transaction.record(self._recorder.entry("key.create", "key", name, key=str(key_id)))
            self._index.put(key_id, key)
        return self._told(key_id)

    def list(self, offset: int = 0, limit: int = PAGE_LIMIT) -> KeyPage:
        """Return up to 5,000 keys, oldest first; fewer where they are large."""
        found = self._index.page(max(0, offset), max(1, min(limit, PAGE_LIMIT)))
        keys: list[Key] = []
        size = 0
        for key_id, key in found:
            shown = as_contract(key_id, key, self._store.versions(key_id))
            size += len(msgspec.msgpack.encode(shown))
            if keys and size > PAGE_BYTES:
                break
            keys.append(shown)
        return KeyPage(tuple(keys), len(self._index))

    def show(self, key: str) -> Key:
        """Return one key, with its known files counted.

        Raises:
            NotFound: No such key.
        """
        key_id = self._index.resolve(key)
        found = self._index.named(key_id)
        known, older = KnownFiles(self._vault).count(key_id, found.primary)
        shown = as_contract(key_id, found, self._store.versions(key_id))
        return msgspec.structs.replace(shown, known_files=known, older_files=older)

    def older_files(self, key: str, offset: int = 0) -> OlderFiles:
        """Return up to 5,000 known files that need another version than the primary, from an offset.

        Raises:
            NotFound: No such key.
        """
        key_id = self._index.resolve(key)
        return KnownFiles(self._vault).older(key_id, self._index.named(key_id).primary, max(0, offset))

    def rename(self, key: str, name: str) -> Key:
        """Give the key another name; ciphertexts name its id and do not care.

        Raises:
            NotFound, NameTaken, InvalidValue: As they say.
        """
        name = checked_name(name)

        def change(_: Transaction, key_id: UUID, found: KeyDescription) -> KeyDescription:
            self._index.check_free(name, key_id)
            if folded(name) in map(folded, found.aliases):
                raise NameTaken(name=name)
            return msgspec.structs.replace(found, name=name)

        return self._change(key, "key.rename", change, name=name)

    def alias(self, key: str, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> Key:
        """Add and remove aliases. Adding one that the key has already changes nothing.

        Raises:
            NotFound: No such key, or an alias to remove that it does not have.
            NameTaken: By another key, or by this one in another case.
            InvalidValue: Not 1-250 letters, digits and ``/_-``, or of AWS.
        """
        added = tuple(dict.fromkeys(checked_alias(alias) for alias in add))

        def change(_: Transaction, key_id: UUID, found: KeyDescription) -> KeyDescription:
            missing = next((alias for alias in remove if alias not in found.aliases), None)
            if missing is not None:
                raise NotFound(kind="alias", name=missing)
            aliases = [alias for alias in found.aliases if alias not in remove]
            for alias in added:
                self._index.check_free(alias, key_id)
                if alias in aliases:
                    continue
                if folded(alias) in map(folded, (found.name, *aliases)):
                    raise NameTaken(name=alias)
                aliases.append(alias)
            return msgspec.structs.replace(found, aliases=tuple(aliases))

        return self._change(key, "key.alias", change)

    def describe(self, key: str, description: str) -> Key:
        """Set the description.

        Raises:
            NotFound, InvalidValue: As they say.
        """
        text = checked_description(description)
        return self._change(key, "key.describe", lambda _t, _i, found: msgspec.structs.replace(found, description=text))

    def tag(self, key: str, put: dict[str, str], remove: tuple[str, ...] = ()) -> Key:
        """Set and remove tags; removing one that is not there changes nothing.

        Raises:
            NotFound, InvalidValue: As they say.
        """

        def change(_: Transaction, _id: UUID, found: KeyDescription) -> KeyDescription:
            kept = {name: value for name, value in found.tags.items() if name not in remove}
            return msgspec.structs.replace(found, tags=checked_tags(kept | put))

        return self._change(key, "key.tag", change)

    def rotate(self, key: str) -> Key:
        """Make a new primary version; older ones still decrypt.

        Raises:
            NotFound, KeyDisabled, KeyPendingDeletion: As they say.
            InvalidValue: The material was brought in, so that making some here would part it from its other place.
        """

        def change(transaction: Transaction, key_id: UUID, found: KeyDescription) -> KeyDescription:
            _check_not_leaving(found)
            if found.state is not KeyState.ENABLED:
                raise KeyDisabled(key=found.name, version=0)
            if found.origin != CREATED:
                raise InvalidValue(field="key", reason="imported")
            rotated, number = self._store.rotate(transaction, key_id, found)
            facts: dict[str, str | int] = {"version": number, "reason": "asked", "key": str(key_id)}
            transaction.record(self._recorder.entry("key.rotate", "key", found.name, "ok", **facts))
            return rotated

        return self._change(key, None, change)

    def schedule_rotation(self, key: str, days: int | None) -> Key:
        """Rotate by itself every so many days (1-3,650) after the last rotation; None never.

        Raises:
            NotFound, KeyPendingDeletion, InvalidValue: As they say.
        """
        _checked_period(days)

        def change(_: Transaction, key_id: UUID, found: KeyDescription) -> KeyDescription:
            _check_not_leaving(found)
            if days is not None and found.origin != CREATED:
                raise InvalidValue(field="key", reason="imported")
            last = max((version.description.created for version in self._store.versions(key_id)), default=found.created)
            return msgspec.structs.replace(found, rotation_days=days, next_rotation=next_rotation(last, days))

        return self._change(key, "key.schedule_rotation", change, days=days or 0)

    def enable(self, key: str, version: str | None = None) -> Key:
        """Allow use again, of the key or of one version.

        Raises:
            NotFound: No such key or version.
            KeyPendingDeletion: Take the deletion back first.
        """
        return self._set_state(key, version, KeyState.ENABLED, "key.enable")

    def disable(self, key: str, version: str | None = None) -> Key:
        """Refuse use, of the key or of one version.

        Raises:
            NotFound: No such key or version.
            KeyPendingDeletion: It is refused already.
            InvalidValue: The version is primary: rotate first, or disable the whole key.
        """
        return self._set_state(key, version, KeyState.DISABLED, "key.disable")

    def delete(self, key: str, days: int) -> Key:
        """Refuse use from now on and delete for good after 7-30 days. Backups hold the key for up to four weeks more.

        Raises:
            NotFound: No such key.
            KeyPendingDeletion: A deletion is under way; take it back to choose another time.
            InvalidValue: Not 7-30 days.
        """
        if days not in DELETION_DAYS:
            raise InvalidValue(field="days", reason="seven_to_thirty")

        def change(_: Transaction, _id: UUID, found: KeyDescription) -> KeyDescription:
            _check_not_leaving(found)
            at = self._clock.now() + days * DAY
            return msgspec.structs.replace(found, state=KeyState.PENDING_DELETION, deletes_at=at)

        return self._change(key, "key.delete", change, days=days)

    def undelete(self, key: str) -> Key:
        """Take a deletion back; the key is disabled until enabled, as with AWS KMS.

        Raises:
            NotFound: No such key.
            InvalidValue: No deletion is under way.
        """

        def change(_: Transaction, _id: UUID, found: KeyDescription) -> KeyDescription:
            if found.state is not KeyState.PENDING_DELETION:
                raise InvalidValue(field="key", reason="not_pending_deletion")
            return msgspec.structs.replace(found, state=KeyState.DISABLED, deletes_at=None)

        return self._change(key, "key.undelete", change)

    def export(self, key: str, version: str | None = None) -> ExportedMaterial:
        """Return a version's material, the primary's by default, once the log holds that it was taken.

        AWS KMS never gives material away, so this follows who does (KeePassXC exports what it holds): a disabled key
        or version may be exported, because that is how one keeps what is going out of use; a key that waits for its
        deletion may not, because whoever deletes it means it to be gone. Take the deletion back first.

        Raises:
            NotFound: No such key or version.
            KeyPendingDeletion: It waits for its deletion.
            VaultTampered, VaultDamaged: The check of the whole vault failed.
        """
        key_id = self._index.resolve(key)
        self._vault.wait_checked()
        found = self._index.named(key_id)
        with self._recorder.failures("key.export", "key", found.name, key=str(key_id)):
            _check_not_leaving(found)
            chosen = find_version(self._store.versions(key_id), version or found.primary.hex())
            material = self._store.material(chosen)
        try:
            number = chosen.description.number
            self._recorder.use("key.export", "key", found.name, version=number, key=str(key_id))
        except BaseException:
            wipe(material)
            raise
        return ExportedMaterial(material, RAW_PROVIDER, key_name(key_id, chosen.description.version_id))

    def _set_state(self, key: str, version: str | None, state: KeyState, action: str) -> Key:
        def change(transaction: Transaction, key_id: UUID, found: KeyDescription) -> KeyDescription:
            _check_not_leaving(found)
            if version is None:
                transaction.record(self._recorder.entry(action, "key", found.name, key=str(key_id)))
                return msgspec.structs.replace(found, state=state)
            chosen = find_version(self._store.versions(key_id), version)
            if state is KeyState.DISABLED and chosen.description.version_id == found.primary:
                raise InvalidValue(field="version", reason="primary")
            changed = msgspec.structs.replace(chosen.description, state=state)
            self._store.write_version(transaction, chosen, changed)
            entry = self._recorder.entry(action, "key", found.name, version=changed.number, key=str(key_id))
            transaction.record(entry)
            return found

        return self._change(key, None, change)

    def _change(self, key: str, action: str | None, change: Change, **facts: str | int) -> Key:
        """Change a key's description; without an action the change records itself."""
        with self._index.changing:
            key_id = self._index.resolve(key)
            before = self._index.named(key_id)
            with self._vault.transaction() as transaction:
                after = change(transaction, key_id, before)
                if after is not before:
                    self._store.write_key(transaction, key_id, after)
                if action is not None:
                    transaction.record(self._recorder.entry(action, "key", before.name, "ok", **facts, key=str(key_id)))
            self._index.put(key_id, after)
        return self._told(key_id)

    def _told(self, key_id: UUID) -> Key:
        self._ring.forget(key_id)
        self._bus.publish(KeysChanged((key_id,)))
        return as_contract(key_id, self._index.named(key_id), self._store.versions(key_id))

    def _next_hue(self) -> str:
        """Go round the hues, so that neighbours in the list differ."""
        newest = self._index.newest()
        at = HUES.index(newest.hue) + 1 if newest is not None and newest.hue in HUES else 0
        return HUES[at % len(HUES)]


def _check_not_leaving(key: KeyDescription) -> None:
    if key.state is KeyState.PENDING_DELETION:
        raise KeyPendingDeletion(key=key.name)


def _checked_period(days: int | None) -> int | None:
    if days is not None and days not in ROTATION_DAYS:
        raise InvalidValue(field="rotation_days", reason="one_to_3650")
    return days
