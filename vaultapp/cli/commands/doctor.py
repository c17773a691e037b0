"""What of this machine matters to a vault, and whether it is as it should be."""

from __future__ import annotations

import os
import resource
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from vaultapp import __version__
from vaultapp.cli.command import VaultCommand
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.output import table
from vaultapp.contracts.vault import VaultStatus
from vaultapp.core.errors import VaultError
from vaultapp.core.sentences import size

_HOST = 5
_GROUP_OR_OTHERS = 0o077
_KIB = 1024
_USUAL_MEMORY = 256 * _KIB * _KIB
_LEAST_MEMORY = 64 * _KIB * _KIB
# The root key and what is derived from it lie in a few pages.
_LOCKED_MEMORY = 64 * _KIB
_TMPFS = ("tmpfs", "ramfs")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. State: ok, warn, bad."""

    subject: str
    state: str
    text: str


@click.command(cls=VaultCommand)
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Look at what matters on this machine.

    The agent's hardening, folders, rights, memory. Nothing is changed and nothing asked. The exit code is 5 if
    something is bad.
    """
    invocation: Invocation = ctx.obj
    findings = list(_findings(invocation))
    value = {"findings": [{"subject": f.subject, "state": f.state, "text": f.text} for f in findings]}
    invocation.out.result(value, *table(("", "", ""), [(f.state, f.subject, f.text) for f in findings])[1:])
    ctx.exit(_HOST if any(finding.state == "bad" for finding in findings) else 0)


def _findings(invocation: Invocation) -> Iterator[Finding]:
    yield Finding("version", "ok", f"vaultapp {__version__}, Python {sys.version.split()[0]}")
    yield _runtime_folder(invocation.places.runtime)
    yield from _vault_file(invocation.vault)
    yield from _agent(invocation)
    yield _memory()
    yield _locked_memory()
    yield _swap()
    yield _debugging()


def _runtime_folder(path: Path) -> Finding:
    subject = "runtime folder"
    try:
        found = path.lstat()
    except OSError:
        return Finding(subject, "ok", f"“{path}” is made when the first agent starts")
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        return Finding(subject, "bad", f"“{path}” is not this user's folder; no agent will use it")
    if found.st_mode & _GROUP_OR_OTHERS:
        return Finding(subject, "warn", f"others may enter “{path}”; the next agent closes it")
    kind = _file_system(path)
    if kind not in _TMPFS:
        return Finding(subject, "warn", f"“{path}” is on {kind or 'a disk'}; it does not go at logout")
    return Finding(subject, "ok", f"“{path}” is this user's alone, and gone at logout")


def _vault_file(path: Path) -> Iterator[Finding]:
    subject = "vault file"
    try:
        found = path.stat()
    except FileNotFoundError:
        yield Finding(subject, "ok", f"there is none at “{path}”")
        return
    except OSError as exc:
        yield Finding(subject, "bad", f"“{path}”: {exc.strerror}")
        return
    if found.st_uid != os.getuid():
        yield Finding(subject, "bad", f"“{path}” belongs to another user")
    elif found.st_mode & _GROUP_OR_OTHERS:
        yield Finding(
            subject, "warn", f"others may read “{path}” (mode {stat.S_IMODE(found.st_mode):o}); it is encrypted"
        )
    else:
        yield Finding(subject, "ok", f"“{path}” is this user's alone, {size(found.st_size)}")
    folder = path.parent.stat()
    if folder.st_mode & stat.S_IWOTH and not folder.st_mode & stat.S_ISVTX:
        yield Finding("vault folder", "bad", f"anybody may replace files in “{path.parent}”")


def _agent(invocation: Invocation) -> Iterator[Finding]:
    status = None
    with suppress(VaultError):
        session = invocation.running()
        if session is not None:
            with session:
                status = session.vault.status()
    if status is None:
        yield Finding("agent", "ok", "none runs")
        return
    if status.version != __version__:
        text = f"process {status.pid} is version {status.version}; `vaultapp lock --quit` ends it"
        yield Finding("agent", "warn", text)
    else:
        yield Finding("agent", "ok", f"process {status.pid}, {status.state.value}")
    yield _hardening(status)


def _hardening(status: VaultStatus) -> Finding:
    """Look at the agent as another program of this user would.

    Source:
        proc(5): files of a process that is not dumpable belong to root; limits; status, NoNewPrivs.
    """
    subject, folder = "hardening", Path(f"/proc/{status.pid}")
    try:
        core = next(line for line in (folder / "limits").read_text().splitlines() if line.startswith("Max core"))
        # Root owns everything anyway, so that its own processes cannot be told apart by this.
        guarded = os.getuid() == 0 or (folder / "mem").stat().st_uid != os.getuid()
        fixed = "NoNewPrivs:\t1" in (folder / "status").read_text()
    except (OSError, StopIteration):
        return Finding(subject, "warn", "the agent cannot be looked at from here")
    if core.split()[4] != "0" or not guarded or not fixed:
        return Finding(subject, "bad", "other programs of this user can read the agent's memory")
    return Finding(subject, "ok", "no core dumps, no debugger, no new rights for the agent")


def _memory() -> Finding:
    subject, available = "memory", _meminfo("MemAvailable")
    if available < _LEAST_MEMORY:
        return Finding(subject, "bad", f"{size(available)} available; unlocking takes 64 MiB at least")
    if available < _USUAL_MEMORY:
        return Finding(subject, "warn", f"{size(available)} available; unlocking takes 256 MiB as a rule")
    return Finding(subject, "ok", f"{size(available)} available")


def _locked_memory() -> Finding:
    allowed = resource.getrlimit(resource.RLIMIT_MEMLOCK)[0]
    if allowed != resource.RLIM_INFINITY and allowed < _LOCKED_MEMORY:
        return Finding("locked memory", "warn", f"only {size(allowed)} may be kept out of swap; raise RLIMIT_MEMLOCK")
    return Finding("locked memory", "ok", "the root key is kept out of swap")


def _swap() -> Finding:
    if _meminfo("SwapTotal") == 0:
        return Finding("swap", "ok", "there is none")
    with suppress(OSError):
        devices = [line.split()[0] for line in Path("/proc/swaps").read_text().splitlines()[1:]]
        if all(device.startswith(("/dev/zram", "/dev/dm-")) for device in devices):
            return Finding("swap", "ok", "in memory or on a mapped device, which may be encrypted")
    return Finding("swap", "warn", "what is decrypted may be written to it; encrypt it, or use zram")


def _debugging() -> Finding:
    with suppress(OSError, ValueError):
        scope = int(Path("/proc/sys/kernel/yama/ptrace_scope").read_text())
        if scope > 0:
            return Finding("debugging", "ok", "the kernel lets a program debug only its own children, or none")
    text = "any program of this user may debug the window and the shell; set kernel.yama.ptrace_scope to 1"
    return Finding("debugging", "warn", text)


def _meminfo(name: str) -> int:
    """Return a figure of /proc/meminfo in bytes; 0 when it is not there."""
    with suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text().splitlines()
        return int(next(line for line in lines if line.startswith(name + ":")).split()[1]) * _KIB
    return 0


def _file_system(path: Path) -> str:
    """Return the kind of file system that a path is on; empty when that cannot be told."""
    best, kind = "", ""
    with suppress(OSError):
        real = os.path.realpath(path)
        for line in Path("/proc/self/mounts").read_text(errors="replace").splitlines():
            mount, found = line.split()[1:3]
            if len(mount) >= len(best) and (real + "/").startswith(mount.rstrip("/") + "/"):
                best, kind = mount, found
    return kind
