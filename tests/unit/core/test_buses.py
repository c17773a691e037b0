from __future__ import annotations

import os

from vaultapp.core.buses import session_address, system_address


def test_the_environment_says_where_the_buses_are() -> None:
    environment = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/s", "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/y"}
    assert (session_address(environment), system_address(environment)) == ("unix:path=/s", "unix:path=/y")


def test_where_it_does_not_they_are_where_systemd_puts_them() -> None:
    assert session_address({"XDG_RUNTIME_DIR": "/run/me"}) == "unix:path=/run/me/bus"
    assert session_address({}) == f"unix:path=/run/user/{os.getuid()}/bus"
    assert system_address({}) == "unix:path=/var/run/dbus/system_bus_socket"
