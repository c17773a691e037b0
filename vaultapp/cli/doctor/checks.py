"""All checks, in the order in which they are told."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from vaultapp import __version__
from vaultapp.cli.doctor.agent import check_agent
from vaultapp.cli.doctor.desktop import check_clipboard, check_desktop_entry, check_tray, check_window
from vaultapp.cli.doctor.finding import Check, Finding, State
from vaultapp.cli.doctor.memory import check_locked_memory, check_memory, check_swap
from vaultapp.cli.doctor.places import check_runtime_folder, check_space, check_vault_file
from vaultapp.cli.doctor.process import check_core_dumps, check_debugging
from vaultapp.cli.doctor.triggers import check_triggers
from vaultapp.cli.invocation import Invocation


def check_version(_invocation: Invocation) -> Iterator[Finding]:
    """Tell what runs."""
    yield Finding("version", State.OK, f"vaultapp {__version__}, Python {sys.version.split()[0]}")


CHECKS: Sequence[Check] = (
    check_version,
    check_runtime_folder,
    check_vault_file,
    check_space,
    check_agent,
    check_memory,
    check_locked_memory,
    check_swap,
    check_core_dumps,
    check_debugging,
    check_window,
    check_tray,
    check_clipboard,
    check_desktop_entry,
    check_triggers,
)
