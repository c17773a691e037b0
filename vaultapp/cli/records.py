r"""The contracts' records as JSON objects: ids and bytes as text, times as RFC 3339, paths as text.

A path that is not UTF-8 keeps its bytes as lone surrogates (``\udcNN``), as Python's ``os.fsdecode`` makes them.
"""

from __future__ import annotations

import os
from typing import Any

from vaultapp.cli import failures
from vaultapp.cli.output import rfc3339
from vaultapp.contracts.files import BatchReport, FileDescription, FileUpdate, Recipient
from vaultapp.contracts.keys import Key, KeyVersion
from vaultapp.contracts.vault import BackupRecord, SlotRecord, VaultStatus

Json = dict[str, Any]


def path_json(path: bytes) -> str | None:
    """Return a path as text; None for none."""
    return os.fsdecode(path) if path else None


def status_json(status: VaultStatus) -> Json:
    """Return a vault's status."""
    return {
        "state": status.state.value,
        "path": path_json(status.path),
        "name": status.name,
        "vault_id": None if status.vault_id is None else str(status.vault_id),
        "agent": True,
        "pid": status.pid,
        "version": status.version,
        "persistent": status.persistent,
        "window": status.window,
        "window_locked": rfc3339(status.window_locked),
        "admitted": status.admitted,
        "slot_kinds": [kind.value for kind in status.slot_kinds],
        "waiting": status.waiting,
        "running": status.running,
        "retry_after": status.retry_after,
        "checked": status.checked,
    }


def slot_json(slot: SlotRecord) -> Json:
    """Return a key slot."""
    cost = slot.cost
    return {
        "id": str(slot.slot_id),
        "kind": slot.kind.value,
        "created": rfc3339(slot.created),
        "kdf": None if cost is None else {"memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes},
    }


def backup_json(backup: BackupRecord) -> Json:
    """Return a backup."""
    return {
        "path": path_json(backup.path),
        "made": rfc3339(backup.made),
        "size": backup.size,
        "kind": backup.kind,
    }


def version_json(version: KeyVersion) -> Json:
    """Return a key's version, without its material."""
    return {
        "id": version.version_id.hex(),
        "number": version.number,
        "state": version.state.value,
        "created": rfc3339(version.created),
        "origin": version.origin,
        "check": version.check.hex(),
        "wraps": version.wraps,
    }


def key_json(key: Key) -> Json:
    """Return a key with its versions, oldest first."""
    return {
        "id": str(key.key_id),
        "name": key.name,
        "aliases": list(key.aliases),
        "description": key.description,
        "tags": dict(key.tags),
        "kind": key.kind,
        "state": key.state.value,
        "created": rfc3339(key.created),
        "origin": key.origin,
        "primary": key.primary.hex(),
        "primary_number": key.primary_number,
        "deletes_at": rfc3339(key.deletes_at),
        "rotation_days": key.rotation_days,
        "next_rotation": rfc3339(key.next_rotation),
        "last_used": rfc3339(key.last_used),
        "known_files": None if key.known_files < 0 else key.known_files,
        "versions": [version_json(version) for version in key.versions],
    }


def update_json(update: FileUpdate, about: str = "") -> Json:
    """Return the outcome of one source of a batch; see :func:`failures.message` for ``about``."""
    return {
        "source": path_json(update.source),
        "state": update.state.value,
        "output": path_json(update.output),
        "size": update.size,
        "members": update.members,
        "keys": [
            {"name": name, "version": number or None}
            for name, number in zip(update.keys, update.versions, strict=False)
        ],
        "removed": update.removed,
        "left_out": [path_json(path) for path in update.left_out],
        "unchanged": update.unchanged,
        "error": failures.as_json(update.code, update.facts, about) if update.code else None,
    }


def report_json(report: BatchReport) -> Json:
    """Return a batch in numbers."""
    return {
        "done": report.done,
        "failed": report.failed,
        "exists": report.exists,
        "skipped": report.skipped,
        "cancelled": report.cancelled,
        "unchanged": report.unchanged,
        "bytes_out": report.bytes_out,
    }


def recipient_json(recipient: Recipient) -> Json:
    """Return one way to open a sealed file."""
    return {
        "kind": recipient.kind,
        "provider": recipient.provider,
        "key": recipient.key or None,
        "name": recipient.name or None,
        "version": recipient.version or None,
        "number": recipient.number or None,
        "here": recipient.here,
    }


def description_json(found: FileDescription) -> Json:
    """Return what a sealed file says of itself."""
    return {
        "source": path_json(found.source),
        "size": found.size,
        "format": found.format,
        "suite": found.suite,
        "message_id": found.message_id.hex(),
        "context": dict(found.context),
        "recipients": [recipient_json(recipient) for recipient in found.recipients],
        "frame_length": found.frame_length,
        "header_length": found.header_length,
        "frames": found.frames,
        "content_length": found.content_length,
        "signed": found.signed,
        "complete": found.complete,
        "folder": found.folder,
    }
