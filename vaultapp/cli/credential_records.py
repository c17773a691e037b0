"""Credentials as JSON objects. No value is among them."""

from __future__ import annotations

from vaultapp.cli.output import rfc3339
from vaultapp.cli.records import Json
from vaultapp.cli.rotation_words import plan_json, rotation_json
from vaultapp.contracts.credential_kinds import CredentialKind, Field
from vaultapp.contracts.credentials import SCHEME, Credential, CredentialVersion
from vaultapp.contracts.rotation import RotationChanged


def credential_json(found: Credential) -> Json:
    """Return a credential with its versions, oldest first."""
    rotation = found.rotation
    return {
        "id": str(found.credential_id),
        "name": found.name,
        "identifier": found.identifier,
        "reference": f"{SCHEME}{found.identifier}",
        "kind": found.kind,
        "account": found.account or None,
        "target": found.target or None,
        "description": found.description,
        "tags": dict(found.tags),
        "created": rfc3339(found.created),
        "changed": rfc3339(found.changed),
        "expires": rfc3339(found.expires),
        "remind_at": rfc3339(found.remind_at),
        "deletes_at": rfc3339(found.deletes_at),
        "strength": found.strength,
        "reused": None if found.reused < 0 else found.reused,
        "settings": dict(found.settings),
        "plan": plan_json(found.plan),
        "rotation": None
        if rotation is None
        else rotation_json(RotationChanged(found.credential_id, found.identifier, rotation)),
        "versions": [version_json(version) for version in found.versions],
        "attachments": [{"name": one.name, "size": one.size} for one in found.attachments],
    }


def version_json(version: CredentialVersion) -> Json:
    """Return a version, without its value."""
    return {
        "id": version.version_id,
        "number": version.number,
        "labels": [label.value for label in version.labels],
        "created": rfc3339(version.created),
        "starts": rfc3339(version.starts),
        "expires": rfc3339(version.expires),
        "enabled": version.enabled,
        "discarded_until": rfc3339(version.discarded_until),
        "origin": version.origin,
    }


def kind_json(kind: CredentialKind) -> Json:
    """Return what a credential of a kind consists of."""
    return {
        "name": kind.name,
        "secret": kind.secret,
        "rotates": kind.rotates,
        "fields": [_field_json(field) for field in kind.fields],
        "settings": [_field_json(field) for field in kind.settings],
    }


def _field_json(field: Field) -> Json:
    return {
        "name": field.name,
        "secret": field.secret,
        "required": field.required,
        "default": field.default or None,
        "choices": list(field.choices) or None,
    }
