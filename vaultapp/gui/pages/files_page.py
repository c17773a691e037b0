"""Encrypt and decrypt files, and see what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from vaultapp.contracts.files import DropItem, OnExist
from vaultapp.gui.commands import Command, Shortcut
from vaultapp.gui.dialogs.choose_path import FOLDER, MANY_FILES, ONE_FILE, choose
from vaultapp.gui.dialogs.passphrase_dialogs import FilePassphraseDialog
from vaultapp.gui.drop_plan import DropPlan, plan
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_list import WorkList
from vaultapp.gui.models.work_row import RowState, WorkRow
from vaultapp.gui.page import Page, PageParts
from vaultapp.gui.pages.drop_intake import DropIntake
from vaultapp.gui.pages.file_offers import FileOffers
from vaultapp.gui.pages.kept_files import KeptFiles
from vaultapp.gui.unfinished import Unfinished
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.drop_options import DropOptions
from vaultapp.gui.widgets.drop_zone import DropZone
from vaultapp.gui.widgets.work_actions import Act, has_details
from vaultapp.gui.widgets.work_section import WorkSection
from vaultapp.gui.work_queue import WorkQueue

_LOW = 700
_NARROW = 700
_MARGIN = 24


class FilesPage(Page):
    """Drop zone, how dropped files are worked on, and the list of work."""

    details_wanted = Signal(object)  # WorkRow, or the path of a file to inspect
    plan_changed = Signal(object)  # DropPlan: more is known of what hovers

    def __init__(self, look: Look, parts: PageParts, stack: QWidget, kept: KeptFiles | None = None) -> None:
        super().__init__(look, stack, QCoreApplication.translate("FilesPage", "Files"))
        self._parts = parts
        self._folders = parts.settings.folders
        self.dialog: FilePassphraseDialog | None = None
        session = parts.session
        if kept is None:
            self.queue = WorkQueue(session.files, parts.tasks, WorkList(self), parts.clock, self)
        else:
            self.queue = kept.queue
            self.queue.belong_to(self)
        self.zone = DropZone(look)
        self.options = DropOptions(look)
        self.options.set_choices(parts.settings.drops(parts.vault_id))
        self.work = WorkSection(look, self.queue)
        if kept is None:
            self.intake = DropIntake(
                look,
                session.files,
                parts.tasks,
                self.queue,
                self.options,
                session.vault.suggest_words,
                parts.clipboard,
                self,
            )
        else:
            self.intake = kept.intake
            self.intake.belong_to(self, self.options)
        self.offers = FileOffers(look, self.notices, self.intake, self.plan_of, self.rewrap, self)
        self.inspect_button = Button(look, self.tr("Inspect a file…"), "ghost", "scan-search")
        self._build()
        self._connect()
        self._sync_zone()
        if parts.shelf.loaded:
            self._show_keys()
        if kept is not None:
            self.offers.offer(kept.offered.dropped)
            if kept.offered.rewraps:
                self.offers.offer_rewrap(kept.offered.rewraps)

    def keep(self) -> KeptFiles:
        """Return what the page that takes this one's place goes on with."""
        return KeptFiles(self.queue, self.intake, self.offers.unanswered)

    def plan_of(self, items: tuple[DropItem, ...]) -> DropPlan:
        """Say what working on these would do."""
        return plan(items, self.options.order(), self.options.hue)

    def stop_work(self) -> Unfinished:
        """Stop everything, and return all that was wanted and is not done."""
        stopped = self.queue.cancel_all().and_of(Unfinished(self.intake.unfinished))
        return stopped.and_of(self.offers.unanswered)

    def plan_drop(self, paths: tuple[bytes, ...]) -> DropPlan:
        """Say what dropping these would do."""
        return self.plan_of(self.intake.hover(paths))

    def take_drop(self, paths: tuple[bytes, ...]) -> None:
        """Work on what was dropped."""
        self.wanted.emit()
        if paths:
            self.zone.calm()  # what was refused before would seem to be this
            self.intake.take(paths)
        else:
            self.zone.refuse(
                self.tr("That was no file from this computer. Save it to a folder first, then drop it here.")
            )

    def drop_gone(self) -> None:
        """What hovered has left."""
        self.intake.forget()

    def choose_files(self) -> None:
        """Open a dialog that chooses files."""
        choose(self, self.tr("Choose files"), MANY_FILES, self.intake.take, self._folders.start("files"))

    def choose_folder(self) -> None:
        """Open a dialog that chooses a folder."""
        choose(self, self.tr("Choose a folder"), FOLDER, self.intake.take, self._folders.start("folder"))

    def choose_inspected(self) -> None:
        """Open a dialog that chooses a sealed file to look at."""
        start = self._folders.start("inspect")
        choose(self, self.tr("Inspect a file"), ONE_FILE, lambda paths: self.details_wanted.emit(paths[0]), start)

    def rewrap(self, paths: Sequence[bytes]) -> None:
        """Let sealed files, and those in folders, open with the newest versions of their keys."""
        self.intake.rewrap(tuple(paths))

    def act(self, work: WorkRow, act: Act) -> None:
        """Do what a row's button says."""
        match act:
            case Act.KEEP_BOTH:
                self.queue.answer([work], OnExist.KEEP)
            case Act.REPLACE:
                self.queue.answer([work], OnExist.REPLACE)
            case Act.SKIP:
                self.queue.answer([work], OnExist.SKIP)
            case Act.PASSPHRASE:
                self._ask_passphrase(work)
            case Act.ENCRYPT:
                self.intake.seal_all_the_same(work)
            case Act.SHOW:
                self._parts.shower.show(work.output or work.source)
            case Act.DETAILS if has_details(work):
                self.details_wanted.emit(work)
            case Act.RETRY:
                self.queue.retry([work])
            case Act.CANCEL:
                self.queue.cancel(work)
            case Act.REMOVE:
                self.queue.remove(work)

    def make_new(self) -> None:
        """Ctrl+N: choose files to work on."""
        self.choose_files()

    def commands(self) -> Sequence[Command]:
        """Return what can be done with files."""
        kind = self.tr("Action")
        return (
            Command(
                self.tr("Encrypt or decrypt files…"), kind, self._chosen(self.choose_files), "file-plus", keys="Ctrl+O"
            ),
            Command(self.tr("Encrypt a folder…"), kind, self._chosen(self.choose_folder), "folder-plus"),
            Command(self.tr("Inspect a file…"), kind, self._chosen(self.choose_inspected), "scan-search"),
        )

    def _chosen(self, choose_some: Callable[[], None]) -> Callable[[], None]:
        def turn_and_choose() -> None:
            self.wanted.emit()
            choose_some()

        return turn_and_choose

    def shortcuts(self) -> Sequence[Shortcut]:
        """Return the keys of the list of work."""
        return (
            Shortcut(self.tr("Choose what to do with a file"), "←, →"),
            Shortcut(self.tr("Do it, or open the details"), "Enter"),
            Shortcut(self.tr("Cancel, or remove from the list"), "Del"),
        )

    def areas(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """Return the page and its list."""
        return (self, self.zone.first_button), (self.work.view, self.work.view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be low or narrow, where there is less room."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self.head.add(self.inspect_button)
        self._top = QGridLayout()
        self._top.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        work = QVBoxLayout()
        work.setContentsMargins(_MARGIN, 14, _MARGIN, 16)
        work.addWidget(self.work)
        self.body.addLayout(self._top)
        self.body.addLayout(work, 1)
        self._short: bool | None = None
        self._arrange()

    def _connect(self) -> None:
        self._parts.shelf.changed.connect(self._show_keys)
        self.zone.choose_files.connect(self.choose_files)
        self.zone.choose_folder.connect(self.choose_folder)
        self.inspect_button.clicked.connect(self.choose_inspected)
        self.options.changed.connect(self._options_changed)
        self.options.folder_wanted.connect(self._choose_destination)
        self.work.view.acted.connect(self.act)
        self.work.answered_all.connect(self._answer_all)
        self.intake.failed.connect(self.error_raised)
        self.intake.looked.connect(self._looked)
        self.offers.shown.connect(self.wanted)

    def _arrange(self) -> None:
        short = self.window().height() < _LOW or self.width() < _NARROW
        if short == self._short:
            return
        self._short = short
        for part in (self.zone, self.options):
            self._top.removeWidget(part)
        self.zone.set_short(short)
        self.options.set_compact(short)
        self._top.setHorizontalSpacing(16)
        self._top.setVerticalSpacing(12)
        self._top.addWidget(self.zone, 0, 0)
        if short:
            self._top.addWidget(self.options, 1, 0)
        else:
            self._top.addWidget(self.options, 0, 1)
        self._top.setColumnStretch(0, 1)

    def _looked(self, items: tuple[DropItem, ...]) -> None:
        self.plan_changed.emit(self.plan_of(items))

    def _show_keys(self) -> None:
        self.options.set_keys(self._parts.shelf.choices)

    def _options_changed(self) -> None:
        self._parts.settings.remember_drops(self._parts.vault_id, self.options.choices)
        self._sync_zone()

    def _sync_zone(self) -> None:
        key = self.options.order().key_name
        if key:
            long = self.tr("They are encrypted with {key}. Files ending in .sealed are decrypted.").format(key=key)
            short = self.tr("Encrypted with {key}. Files ending in .sealed are decrypted.").format(key=key)
        else:
            long = self.tr("They are encrypted with a passphrase. Files ending in .sealed are decrypted.")
            short = self.tr("Encrypted with a passphrase. Files ending in .sealed are decrypted.")
        self.zone.say(long, short)

    def _answer_all(self, how: OnExist) -> None:
        rows = self.queue.rows
        self.queue.answer(list(rows.rows[: rows.count(RowState.ASKS)]), how)

    def _ask_passphrase(self, work: WorkRow) -> None:
        wrong = bool(work.order.passphrases)
        dialog = FilePassphraseDialog(self.look, work.name, self.window(), wrong=wrong)
        dialog.given.connect(lambda passphrase: self.queue.answer_passphrase(work, passphrase))
        dialog.finished.connect(self._asked)
        self.dialog = dialog
        dialog.open()

    def _asked(self) -> None:
        self.dialog = None

    def _choose_destination(self) -> None:
        start = self._folders.start("destination")
        choose(self, self.tr("Save to"), FOLDER, lambda paths: self.options.set_folder(paths[0]), start)
