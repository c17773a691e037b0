"""Make vaultapp a part of the desktop."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from vaultapp.cli.command import VaultGroup
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.output import table
from vaultapp.desktop.autostart import Autostart
from vaultapp.desktop.databases import KINDS, PROGRAMS
from vaultapp.desktop.installation import DesktopInstallation
from vaultapp.desktop.placing import Outcome, Step
from vaultapp.desktop.thunar_actions import PART as THUNAR

_PARTS = {
    "menu": "entry in the menu",
    "icon": "icon",
    "tray_icon": "icon in the tray",
    "file_icon": "icon of encrypted files",
    "file_type": "kind of file *.sealed",
    "nautilus": "script for Files (Nautilus)",
    "dolphin": "menu of Dolphin",
    "pcmanfm": "menu of PCManFM",
    "thunar": "action of Thunar",
    "autostart": "start at login",
    "older": "file of an older version",
}
_OUTCOMES = {
    Outcome.WRITTEN: "written",
    Outcome.UNCHANGED: "as it was",
    Outcome.KEPT: "kept: somebody changed it",
    Outcome.REMOVED: "removed",
    Outcome.GONE: "was gone already",
    Outcome.ABSENT: "left out: that program is not here",
}
_PACKAGES = {KINDS: "shared-mime-info", PROGRAMS: "desktop-file-utils"}


@click.group(cls=VaultGroup)
def desktop() -> None:
    """Show vaultapp in the menu, for files, at login.

    Everything is for this user alone and needs no root.
    """


@desktop.command("install")
@click.option("--force", is_flag=True, help="Also write anew what you changed.")
@click.pass_obj
def install(invocation: Invocation, force: bool) -> None:
    """Add vaultapp to the menus of this desktop.

    An entry in the menu, icons, the kind of file *.sealed, so that a double click opens one in the window, and
    “Encrypt with vaultapp” in the menus of the file managers that are here: Files (Nautilus), Dolphin, Thunar, PCManFM.
    After vaultapp was moved, or a file manager installed, do it again. What you changed of it stays so.
    """
    report = DesktopInstallation.of_user(invocation.environment).install(force=force)
    value = {"steps": [_json(step) for step in report.steps], "failed_tools": list(report.failed_tools)}
    lines = ["vaultapp is in the menu of this desktop, and a double click opens encrypted files.", ""]
    if report.failed_tools:
        lines[0] = "vaultapp is in the menu of this desktop. A double click does not open encrypted files yet:"
        lines[1:1] = [_missing(name) for name in report.failed_tools]
    lines += _lines(report.steps)
    if any(step.outcome is Outcome.KEPT for step in report.steps):
        lines += ["", "--force writes anew what was kept."]
    lines += _of_thunar(report.steps)
    invocation.out.result(value, *lines)


@desktop.command("remove")
@click.pass_obj
def remove(invocation: Invocation) -> None:
    """Take vaultapp out of the menus of this desktop.

    Exactly what was put there goes, the start at login too; what you changed of it stays. Vaults are not touched.
    """
    report = DesktopInstallation.of_user(invocation.environment).remove()
    lines = ["Nothing of vaultapp was on this desktop."]
    if report.steps:
        lines = ["vaultapp is no more in the menus of this desktop. Vaults are not touched.", "", *_lines(report.steps)]
        lines += _of_thunar(report.steps)
    invocation.out.result({"steps": [_json(step) for step in report.steps]}, *lines)


@desktop.command("autostart")
@click.argument("wish", required=False, type=click.Choice(["on", "off"]), metavar="[on|off]")
@click.pass_obj
def autostart(invocation: Invocation, wish: str | None) -> None:
    """Start in the tray at login, or no more.

    Without on or off, tell how it is.
    """
    entry = Autostart.of_user(invocation.environment)
    if wish == "on":
        entry.turn_on()
    elif wish == "off":
        entry.turn_off()
    on = entry.is_on
    text = "vaultapp starts in the tray when you log in." if on else "Nothing of vaultapp starts when you log in."
    invocation.out.result({"autostart": on}, text)


def _lines(steps: Iterable[Step]) -> list[str]:
    rows = [(_PARTS[step.part], _OUTCOMES[step.outcome], os.fspath(step.path) if step.path else "") for step in steps]
    return table(("", "", ""), rows)[1:]


def _of_thunar(steps: Iterable[Step]) -> list[str]:
    """Return what to do when its list changed: it reads that at its start, and may write what it read later."""
    changed = any(step.part == THUNAR and step.outcome in (Outcome.WRITTEN, Outcome.REMOVED) for step in steps)
    return ["", "A Thunar that is running takes this in when it is started anew: thunar --quit"] if changed else []


def _missing(name: str) -> str:
    return f"{name} is missing or failed; install {_PACKAGES[name]}, then do this again."


def _json(step: Step) -> dict[str, object]:
    path = None if step.path is None else os.fspath(step.path)
    return {"part": step.part, "outcome": step.outcome.value, "path": path}
