"""The page of the credentials with some of them, and what people do on it."""

from __future__ import annotations

from conftest import Bench, window_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from tests.gui.fake_credentials import FakeCredentials
from tests.gui.samples import NOON
from vaultapp.contracts.credentials import Credential
from vaultapp.contracts.rotation import RotationPlan
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.clock import DAY
from vaultapp.gui.credentials.credential_panel import CredentialPanel
from vaultapp.gui.pages.credentials_page import CredentialsPage
from vaultapp.gui.widgets.toast import Toast

LEFT = Qt.MouseButton.LeftButton
MYSQL = {"host": "db-1.example.net", "port": "3306", "username": "shop_app", "password": "tulip-7-Harbour"}


def some_credentials(kept: FakeCredentials) -> None:
    """Have one of every kind there, in several states."""
    settings = {"strategy": "dual", "grace_minutes": "30", "tls": "verify"}
    rotating = RotationPlan(days=30, next_due=NOON + 30 * DAY)
    kept.add("Shop database", "prod/mysql/shop", "mysql", MYSQL, plan=rotating, settings=settings)
    pg = {**MYSQL, "port": "5432", "username": "reports_rw"}
    kept.add(
        "Reports database",
        "prod/pg/reports",
        "postgresql",
        pg,
        plan=RotationPlan(days=30, next_due=NOON + DAY),
        changed=NOON - 29 * DAY,
        settings={"tls": "off"},
    )
    redis = {"host": "cache-1", "port": "6379", "username": "default", "password": "x"}
    kept.add("Session cache", "prod/redis/session", "redis", redis, strength=1)
    aws = {"username": "ci", "access_key_id": "AKIA0000000000007Q2M", "secret_access_key": "y"}
    late = RotationPlan(days=90, next_due=NOON - 2 * DAY)
    kept.add("Build uploader", "ci/aws/uploader", "aws", aws, plan=late, changed=NOON - 92 * DAY)
    kept.add("Mail relay", "prod/smtp/relay", "command", {"username": "relay", "password": "z"})
    login = {"username": "mara.k", "password": "p", "url": "https://registrar.example", "totp": "JBSWY3DPEHPK3PXP"}
    kept.add("Registrar", "web/registrar", "login", login, changed=NOON - 340 * DAY, tags={"team": "infra"})
    kept.add("Weather service", "dev/weather/token", "token", {"token": "t", "username": "team"})
    pem = {"certificate": "c", "private_key": "k", "username": "mara.k"}
    kept.add("Office VPN", "office/vpn", "certificate", pem, expires=NOON + 44 * DAY)


def opened(bench: Bench, size: tuple[int, int] = (1180, 760), *, some: bool = True) -> CredentialsPage:
    """Open a window on the page; with credentials, unless a test has put its own there."""
    if some and not bench.credentials.credentials:
        some_credentials(bench.credentials)
    window = bench.window(VaultState.UNLOCKED, size=size)
    workspace = window.screens.workspace
    assert workspace is not None
    window.activateWindow()
    bench.qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = workspace.credentials
    assert workspace.page is page
    kept = [each for each in bench.credentials.credentials if each.deletes_at is None]
    bench.qtbot.waitUntil(lambda: page.desk.shelf.loaded and page.rows.total == len(kept), timeout=30_000)
    page.table.setFocus()
    return page


def at(bench: Bench, name: str) -> Credential:
    """Return a credential as the agent has it."""
    return bench.credentials.credentials[bench.credentials._at(name)]


def names(page: CredentialsPage) -> list[str]:
    return [page.rows.index(row, 0).data() for row in range(page.rows.rowCount())]


def line(page: CredentialsPage, row: int) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [page.rows.index(row, column).data(role) for column in range(len(page.rows.columns))]


def click_row(
    bench: Bench, page: CredentialsPage, row: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    table = page.table
    bench.qtbot.mouseClick(table.viewport(), LEFT, held, table.visualRect(page.rows.index(row, 0)).center())


def open_row(bench: Bench, page: CredentialsPage, row: int) -> CredentialPanel:
    """Click a row, and wait until all of it is shown."""
    click_row(bench, page, row)
    bench.qtbot.waitUntil(lambda: page.panel is not None and bool(page.panel.credential.versions))
    assert page.panel is not None
    return page.panel


def press(bench: Bench, button: QAbstractButton) -> None:
    bench.qtbot.mouseClick(button, LEFT)


def asked(bench: Bench, *calls: tuple[object, ...]) -> None:
    bench.qtbot.waitUntil(lambda: bench.credentials.asked == list(calls))


def shown_toast(bench: Bench, page: CredentialsPage) -> Toast:
    toasts = window_of(page).screens.workspace.toasts
    bench.qtbot.waitUntil(lambda: toasts.shown is not None)
    assert toasts.shown is not None
    return toasts.shown


def undo(bench: Bench, page: CredentialsPage) -> None:
    """Press Ctrl+Z, once there is something to take back."""
    shown_toast(bench, page)
    # The screen in memory has no window manager that gives the focus back after a dialog.
    window_of(page).activateWindow()
    bench.qtbot.waitUntil(window_of(page).isActiveWindow)
    bench.qtbot.keyClick(window_of(page), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
