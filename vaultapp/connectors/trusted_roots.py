"""Which certificates a target's own must come from."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping

from vaultapp.core.target_errors import TargetUntrusted

# Where distributions keep the system's certificates as one file: Debian, Fedora, openSUSE, Alpine.
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def wants_tls(settings: Mapping[str, str]) -> bool:
    """True unless the person turned it off."""
    return settings.get("tls") != "off"


def own_roots(settings: Mapping[str, str], target: str) -> str:
    """Return the file of certificates that the settings name, or an empty text for the system's.

    Raises:
        TargetUntrusted: The file is not there.
    """
    path = settings.get("tls_ca", "").strip()
    if path and not os.path.isfile(path):
        raise TargetUntrusted(target=target, reason="no_roots")
    return path


def system_roots() -> str:
    """Return the system's certificates as one file, for drivers that do not know where their system keeps them."""
    named = ssl.get_default_verify_paths().cafile
    for path in (named, *_BUNDLES):
        if path and os.path.isfile(path):
            return path
    return "system"


def tls_context(settings: Mapping[str, str], target: str) -> ssl.SSLContext:
    """Return a context that verifies the target's certificate and name.

    Raises:
        TargetUntrusted: The certificates that the settings name are not there, or are none.
    """
    roots = own_roots(settings, target)
    try:
        return ssl.create_default_context(cafile=roots or None)
    except (ssl.SSLError, OSError) as exc:
        raise TargetUntrusted(target=target, reason="no_roots") from exc
