"""What every test may use: no display, a home of its own, and an ordinary user where rights matter."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.ordinary_user import OrdinaryUser

# Widgets under test are drawn off screen; tests of the desktop start the app on an X server of their own.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "VAULTAPP_VAULT", "VAULTAPP_PASSPHRASE_FILE"):
    os.environ.pop(name, None)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the vaults and settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_RUNTIME_DIR", "run"),
    ):
        place = home / folder
        place.mkdir(mode=0o700, parents=True)
        monkeypatch.setenv(name, str(place))
    # Nor is the machine's own sleep or screen lock any test's business.
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={home}/no-system-bus")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Begin Qt as the app does."""
    from vaultapp.gui.look import STYLE_ARGUMENTS

    return ["pytest", *STYLE_ARGUMENTS]


@pytest.fixture
def ordinary_user() -> Iterator[OrdinaryUser]:
    """Give a user without special rights, with a home of its own; also when the tests run as root."""
    user = OrdinaryUser.with_home()
    yield user
    user.close()
