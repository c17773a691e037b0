"""The page of the credentials, its panels and dialogs, with usual and with long content."""

from __future__ import annotations

from collections.abc import Iterator

from conftest import Bench
from msgspec import structs

from tests.gui.credentials_page_driver import LEFT, MYSQL, some_credentials
from tests.gui.samples import NOON
from tests.gui.scene_stage import LONG, Scene, Size, refused, under_errors, workspace_on
from vaultapp.contracts.credentials import Attachment, SecretFields
from vaultapp.contracts.rotation import RotationOutcome, RotationPlan, RotationStep, WatchedTrigger
from vaultapp.core.clock import DAY
from vaultapp.core.errors import InvalidValue, NameTaken
from vaultapp.core.target_errors import LoginRefused, TargetUnreachable
from vaultapp.gui.credentials.credential_form import CredentialForm
from vaultapp.gui.credentials.secret_maker import SecretMaker
from vaultapp.gui.credentials.value_form import ValueForm
from vaultapp.gui.pages.credentials_page import CredentialsPage


def credentials_page(bench: Bench, size: Size) -> Iterator[Scene]:
    window, workspace = workspace_on(bench, size, "credentials")
    page = workspace.credentials
    bench.qtbot.waitUntil(lambda: page.desk.shelf.loaded)
    yield "no credentials", window
    some_credentials(bench.credentials)
    kept = bench.credentials
    long = {"host": LONG, "port": "3306", "username": LONG, "password": "p" * 200, "dbname": LONG}
    kept.add(
        LONG,
        LONG,
        "mysql",
        long,
        tags={"team": "infra", LONG: ""},
        description=LONG,
        settings={"probe": LONG, "tls": "off"},
        attachments=(Attachment(f"{LONG}.pdf", 4096),),
        reused=3,
        remind_at=NOON - DAY,
        expires=NOON + 5 * DAY,
        plan=RotationPlan(cron="0 3 * * 1", window_start=60, window_minutes=90, next_due=NOON + DAY),
        strength=1,
    )
    own = kept.credentials[-1].credential_id
    path = f"/srv/{LONG}/{LONG}".encode()
    bench.rotation.kept_triggers = {
        LONG: WatchedTrigger(LONG, (own, *(each.credential_id for each in kept.credentials[:2])), path),
        "ids": WatchedTrigger("ids", (own,), b"", ("ask-ids", LONG), 60, False),
    }
    binned = kept.add("Old laptop", "home/laptop", "note", {"note": "n"}, deletes_at=NOON + 9 * DAY)
    page.desk.shelf.refresh()
    bench.qtbot.waitUntil(lambda: page.rows.total == 9)
    yield "credentials", window
    yield from under_errors("credentials", page, window)
    yield from _panels(bench, page)
    yield from _rotations(bench, page)
    yield from _making(bench, page)
    yield from _dialogs(bench, page)
    page.table.selectAll()
    yield "credentials, selected", window
    page.table.clearSelection()
    assert page.head.filter is not None
    page.head.filter.setText("no such")
    yield "no credential found", window
    page.head.filter.clear()
    page.show_bin(shown=True)
    page.open_credential(binned)
    bench.qtbot.waitUntil(lambda: page.panel is not None and page.panel.bin_bar.isVisible())
    yield "bin", window
    window.screens.host.close_panel()
    page.show_bin(shown=False)
    kept.credentials.clear()


def _panels(bench: Bench, page: CredentialsPage) -> Iterator[Scene]:
    window = page.window()
    for at in (8, 5):
        credential = bench.credentials.credentials[at]
        panel = page.open_credential(credential)
        bench.qtbot.waitUntil(lambda panel=panel: bool(panel.credential.versions))
        bench.qtbot.mouseClick(panel.value.label.eye, LEFT)
        bench.qtbot.waitUntil(lambda panel=panel: panel.value.label.revealed)
        yield f"panel of credential {at}", window
        panel.value.label.copy_button.click()
        bench.qtbot.waitUntil(lambda panel=panel: bool(panel.value.note.says))
        panel.program.ways.buttons["env"].click()
        panel.schedule.cron.begin("0 3 * * 1")
        panel.connection.check_button.click()
        bench.qtbot.waitUntil(lambda panel=panel: not panel.connection.check_button.busy)
        panel.code.show_button.click()
        bench.qtbot.wait(50)
        yield f"panel of credential {at}, copied and checked", window
        panel.value.hide_value()
        panel.code.hide_code()
        panel.schedule.cron.finish()
    window.screens.host.close_panel()


def _rotations(bench: Bench, page: CredentialsPage) -> Iterator[Scene]:
    window, rotations = page.window(), page.desk.rotations
    long = next(each for each in page.desk.shelf.records if each.name == LONG)
    bench.rotation.gates[RotationStep.TEST].clear()
    panel = page.open_credential(long)
    rotations.rotate((long,))
    bench.qtbot.waitUntil(lambda: panel.card.isVisible() and len(panel.card.timeline.nodes) == 4)
    bench.qtbot.wait(80)
    yield "rotation under way", window
    bench.rotation.gates[RotationStep.TEST].set()
    bench.qtbot.waitUntil(lambda: not rotations.under_way(panel.credential))
    yield "rotation done", window
    rotations.rotate((long,), emergency=True)
    bench.qtbot.waitUntil(lambda: panel.card._lines.count() == 3)
    yield "rotation with its proof", window
    ends = (
        (TargetUnreachable(target=LONG), RotationOutcome.UNFINISHED),
        (LoginRefused(target=LONG, account=LONG), RotationOutcome.STUCK),
    )
    for error, outcome in ends:
        bench.rotation.fails[LONG] = (error, RotationStep.SET, outcome)
        rotations.rotate((long,))
        bench.qtbot.waitUntil(lambda outcome=outcome: panel.credential.rotation.outcome is outcome)
        bench.qtbot.wait(50)
        yield f"rotation {outcome}", window
    bench.rotation.fails.clear()
    rotations.rotate((long,))
    bench.qtbot.waitUntil(lambda: panel.credential.rotation.outcome is RotationOutcome.SUCCEEDED)
    for bar in tuple(page.notices.bars):
        page.notices.remove(bar)
    window.screens.host.close_panel()


def _making(bench: Bench, page: CredentialsPage) -> Iterator[Scene]:
    window = page.window()
    page.make_new()
    yield "kinds", window
    for kind in page.desk.shelf.kinds:
        page.asking.ask_value(kind)
        form = window.screens.host.panel
        assert isinstance(form, CredentialForm)
        form.connection.unfold()
        form.more.unfold()
        yield f"new {kind}", window
    page.asking.ask_value("mysql")
    form = window.screens.host.panel
    assert isinstance(form, CredentialForm)
    form.connection.unfold()
    maker = form.value.inputs["password"]
    assert isinstance(maker, SecretMaker)
    maker.rules_button.click()
    maker.make_button.click()
    form.settings.inputs["tls"].picked.emit("off")  # type: ignore[union-attr]
    bench.qtbot.waitUntil(lambda: bool(maker.grade.text()))
    for error in (
        NameTaken(kind="credential", name=""),
        InvalidValue(field="probe", reason="choice"),
        InvalidValue(field="host", reason="missing"),
    ):
        form._refuse(error)
    yield "new mysql, refused", window
    value = ValueForm(
        page.look, bench.credentials.credentials[0], SecretFields(MYSQL | {LONG: "x"}), page.desk, page._parts
    )
    window.screens.host.open_panel(value)
    value.show_connection()
    yield "new value", window
    window.screens.host.close_panel()


def _dialogs(bench: Bench, page: CredentialsPage) -> Iterator[Scene]:
    long = next(each for each in page.desk.shelf.records if each.name == LONG)
    asking = page.asking
    bench.credentials.credentials[0] = structs.replace(bench.credentials.credentials[0], target=long.target)
    page.desk.shelf.take(bench.credentials.credentials[0])
    for ask in (
        lambda: asking.ask_emergency(long),
        lambda: asking.ask_destroy(long),
        lambda: asking.ask_export((long,)),
        lambda: asking.read_in(f"/home/mara/{LONG}.csv".encode()),
    ):
        ask()
        dialog = asking.dialog
        assert dialog is not None
        bench.qtbot.wait(60)
        yield f"dialog: {type(dialog).__name__}", dialog
        yield from refused(dialog)
        dialog.reject()
    bench.transfer.passphrase = "x"
    asking.read_in(b"/home/mara/vault.kdbx")
    dialog = asking.dialog
    assert dialog is not None
    bench.qtbot.waitUntil(lambda: not dialog.working)  # type: ignore[attr-defined]
    yield "dialog: passphrase of an import", dialog
    bench.transfer.passphrase = ""
    dialog.reject()
    asking.ask_export(())
    dialog = asking.dialog
    assert dialog is not None
    dialog.with_passphrase.click()  # type: ignore[attr-defined]
    yield "dialog: export with a passphrase", dialog
    dialog.reject()
