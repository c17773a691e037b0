"""Composition root of the agent: every object is built once, lowest layer first."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
from pathlib import Path

from vaultapp.agent.hardening import harden, step_aside
from vaultapp.core.clock import Clock


def main(clock: Clock | None = None) -> int:
    """Run an agent until it is no longer needed. Its options are the launcher's business, not a person's.

    Clock: the machine's, if none is given.
    """
    harden()
    step_aside()
    os.chdir("/")
    options = _options().parse_args()
    # After hardening: what is imported from here on may come to hold secrets.
    from vaultapp.app.agent_parts import build_agent, build_vaultless_agent
    from vaultapp.core.errors import VaultError
    from vaultapp.ipc.wire import Channel, Failure

    clients = [(descriptor, True) for descriptor in options.window_fd]
    clients += [(descriptor, False) for descriptor in options.client_fd]
    try:
        if options.vault is None:
            agent = build_vaultless_agent()
        else:
            agent = build_agent(Path(options.vault), options.stay, options.listen_fd, options.lock_fd, clock)
    except VaultError as exc:
        for descriptor, _ in clients:
            Channel(socket.socket(fileno=descriptor)).send(Failure(0, exc.code, exc.facts, exc.retryable))
        return 5
    for descriptor, window in clients:
        os.set_inheritable(descriptor, False)
        agent.server.add(socket.socket(fileno=descriptor), window=window)
    stopped: list[int] = []

    def stop(number: int, _frame: object) -> None:
        stopped.append(number)
        agent.server.stop()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    agent.server.serve()
    agent.close()
    return 128 + stopped[0] if stopped else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vaultapp-agent")
    parser.add_argument("--vault")
    parser.add_argument("--stay", choices=("private", "window", "persistent"), default="private")
    parser.add_argument("--window-fd", type=int, action="append", default=[])
    parser.add_argument("--client-fd", type=int, action="append", default=[])
    parser.add_argument("--listen-fd", type=int)
    parser.add_argument("--lock-fd", type=int, action="append", default=[])
    return parser


if __name__ == "__main__":
    sys.exit(main())
