"""What the fields of values and connections are called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.credential_kinds import TLS, Field
from vaultapp.core.printable import printable

translate = QCoreApplication.translate


def field_name(name: str) -> str:
    """Return what a field of a value or a connection is called; one that is not known by its own name."""
    return (_of_values() | _of_connections()).get(name) or printable(name)


def field_hint(field: Field) -> str:
    """Return what stands in an empty field."""
    hints = {
        "host": translate("FieldWords", "db-1.example.net"),
        "url": translate("FieldWords", "https://example.net"),
        "totp": translate("FieldWords", "Seed or otpauth:// address"),
        "command": translate("FieldWords", "/usr/local/bin/change-password --json"),
        "nodes": translate("FieldWords", "cache-1:6379, cache-2:6379"),
        "probe": translate("FieldWords", "SELECT 1 FROM orders"),
        "admin": translate("FieldWords", "Itself, or vault://prod/mysql/admin"),
        "tls_ca": translate("FieldWords", "Those of the system"),
    }
    return field.default or hints.get(field.name, "")


def choice_name(field: str, value: str) -> str:
    """Return what one of the choices of a field is called."""
    names = {
        ("strategy", "dual"): translate("FieldWords", "Two passwords at once"),
        ("strategy", "alternating"): translate("FieldWords", "Two users in turn"),
        ("strategy", "single"): translate("FieldWords", "One password at a time"),
        ("tls", "verify"): translate("FieldWords", "On, the server proves who it is"),
        ("tls", "off"): translate("FieldWords", "Off"),
    }
    return names.get((field, value)) or printable(value)


def shown_setting(field: Field, value: str) -> str:
    """Return a setting as people read it."""
    if field.choices:
        return choice_name(field.name, value)
    if field.name == "grace_minutes" and value.isdecimal():
        return translate("FieldWords", "{n} min").format(n=value)
    return printable(value)


def is_unsafe(name: str, value: str) -> bool:
    """Tell whether a setting is to be shown in red: what is sent can be read on the way."""
    return (name, value) == (TLS.name, "off")


def _of_values() -> dict[str, str]:
    return {
        "host": translate("FieldWords", "Server"),
        "port": translate("FieldWords", "Port"),
        "username": translate("FieldWords", "User"),
        "password": translate("FieldWords", "Password"),
        "dbname": translate("FieldWords", "Database"),
        "engine": translate("FieldWords", "Engine"),
        "access_key_id": translate("FieldWords", "Access key id"),
        "secret_access_key": translate("FieldWords", "Secret access key"),
        "region": translate("FieldWords", "Region"),
        "url": translate("FieldWords", "Address"),
        "totp": translate("FieldWords", "One-time code"),
        "notes": translate("FieldWords", "Notes"),
        "token": translate("FieldWords", "Token"),
        "certificate": translate("FieldWords", "Certificate"),
        "private_key": translate("FieldWords", "Private key"),
        "passphrase": translate("FieldWords", "Passphrase of the key"),
        "chain": translate("FieldWords", "Chain"),
        "note": translate("FieldWords", "Note"),
    }


def _of_connections() -> dict[str, str]:
    return {
        "strategy": translate("FieldWords", "Way of rotating"),
        "grace_minutes": translate("FieldWords", "Old one valid for, minutes"),
        "admin": translate("FieldWords", "Changed by"),
        "tls": translate("FieldWords", "Encryption"),
        "tls_ca": translate("FieldWords", "Trusted certificates"),
        "probe": translate("FieldWords", "Probe"),
        "nodes": translate("FieldWords", "Nodes"),
        "endpoint": translate("FieldWords", "Service address"),
        "command": translate("FieldWords", "Program"),
    }
