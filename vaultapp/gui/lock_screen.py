"""What stands in the window while the vault is locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from vaultapp.contracts.vault import SlotKind, VaultStatus
from vaultapp.core.printable import printable, printable_path
from vaultapp.gui import quantities
from vaultapp.gui.drop_plan import names_of
from vaultapp.gui.look import Look
from vaultapp.gui.recovery_form import RecoveryForm
from vaultapp.gui.session import LockNote, Session
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.typography import Style
from vaultapp.gui.unlock_form import UnlockForm
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import AppMark, Elided, Text
from vaultapp.gui.widgets.layouts import centred, column, frame, row
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.notices import Notices

_FORM = 360
_WORDS = 520
_WAITING = 600
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class LockScreen(QFrame):
    """Passphrase, other ways, files that wait, and the way to another vault.

    Args:
        look: Colours and fonts.
        session: The locked vault's agent.
        tasks: Runs calls.
        now: A monotonic clock, in seconds.
        note: Why it is locked; None at a start.
    """

    unlocked = Signal(object)  # VaultStatus
    forget_waiting = Signal()
    inspect_clicked = Signal()
    vault_picked = Signal(object)  # Path; None to choose one

    def __init__(
        self, look: Look, session: Session, tasks: TaskRunner, now: Callable[[], float], note: LockNote | None = None
    ) -> None:
        super().__init__()
        self._look = look
        self._recent: tuple[Path, ...] = ()
        self._named: tuple[bytes, ...] = ()
        name = session.path.stem
        self.setObjectName("page")
        self.notices = Notices(look)
        self.form = UnlockForm(look, session.vault, tasks, now)
        self.recovery = RecoveryForm(look, session.vault, tasks, name)
        self.title = Text(look, self.tr("Unlock {name}").format(name=printable(name)), Style.DISPLAY)
        self.why = Text(look, self._reason(note) if note else " ", tone="secondary")
        self.other_ways = Button(look, self.tr("Other ways to unlock"), "link", "chevron-down")
        self.waiting = MessageBar(look, "info", " ", " ", "file-lock")
        self._forget = self.waiting.add_action(self.tr("Forget them"), self.forget_waiting.emit)
        self.waiting.hide()
        self.inspect_button = Button(look, self.tr("Inspect a file…"), "ghost", "scan-search")
        self.other_vault = Button(look, self.tr("Open another vault…"), "ghost")
        self._path = Elided(look, printable(_short(session.path)), Style.IDENTIFIER, "hint")
        self._build()
        self.form.unlocked.connect(self.unlocked)
        self.recovery.unlocked.connect(self.unlocked)
        self.recovery.back.connect(self.show_passphrase)
        self.other_ways.clicked.connect(self._open_ways)
        self.inspect_button.clicked.connect(self.inspect_clicked)
        self.other_vault.clicked.connect(self._open_vaults)
        self.set_slots((SlotKind.PASSPHRASE,))
        if note is not None and note.kept:
            head = self.tr("The copy is the vault now. It opens with the passphrase that it had when it was made.")
            body = self.tr("What it replaced is kept as “{path}”.").format(path=printable_path(note.kept))
            self.notices.add(MessageBar(look, "ok", head, body, closable=True))

    def take_status(self, status: VaultStatus) -> None:
        """Show what the agent says of itself."""
        self.set_slots(status.slot_kinds)
        if status.retry_after > 0:
            self.form.wait(status.retry_after)

    def set_slots(self, kinds: Sequence[SlotKind]) -> None:
        """Offer the other ways that this vault has."""
        self.other_ways.setVisible(SlotKind.RECOVERY_WORDS in kinds)

    def set_recent(self, vaults: Sequence[Path]) -> None:
        """Offer these vaults as others."""
        self._recent = tuple(vaults)

    def show_waiting(self, number: int, paths: Sequence[bytes] = ()) -> None:
        """Say how many files wait for the vault to open, and which, if that is known; none takes the message away."""
        self.waiting.setVisible(number > 0)
        if paths:
            self._named = tuple(paths)
        if number != len(self._named):
            # Names from before are not those of this number.
            self._named = ()
        # Nobody but who may read the list may empty it.
        self._forget.setVisible(bool(self._named))
        one = number == 1
        head = self.tr("1 file is waiting") if one else self.tr("{n} files are waiting").format(n=number)
        if not self._named:
            body = self.tr("It is offered once you unlock.") if one else self.tr("They are offered once you unlock.")
        else:
            offered = self.tr("{names} is offered once you unlock.")
            offered = offered if one else self.tr("{names} are offered once you unlock.")
            body = offered.format(names=names_of(self._named))
        self.waiting.say(head, body)

    def show_passphrase(self) -> None:
        """Ask for the passphrase."""
        self.recovery.clear()
        self._stack.setCurrentIndex(0)
        self.form.field.setFocus()

    def show_recovery(self) -> None:
        """Ask for the recovery words."""
        self._stack.setCurrentIndex(1)
        self.recovery.words.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the field."""
        super().showEvent(event)
        (self.recovery.words if self._stack.currentIndex() else self.form.field).setFocus()

    def _build(self) -> None:
        look = self._look
        self.form.setFixedWidth(look.px(_FORM))
        self.recovery.setFixedWidth(look.px(_WORDS))
        self.waiting.setFixedWidth(look.px(_WAITING))
        passphrase = QWidget()
        passphrase.setLayout(
            column(
                None,
                None,
                (AppMark(look, 64), _CENTRE),
                16,
                (self.title, _CENTRE),
                4,
                (self.why, _CENTRE),
                22,
                centred(self.form),
                8,
                (self.other_ways, _CENTRE),
                None,
                gap=0,
            )
        )
        words = QWidget()
        head = Text(look, self.tr("Unlock with the recovery words"), Style.DISPLAY)
        words.setLayout(
            column(None, (head, _CENTRE), 20, centred(self.recovery), None, gap=0, margins=(16, 16, 16, 16))
        )
        scroll = QScrollArea()
        scroll.setWidget(words)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._stack = QStackedWidget()
        self._stack.addWidget(passphrase)
        self._stack.addWidget(scroll)
        foot = frame(row((self._path, 1), self.inspect_button, self.other_vault, margins=(20, 0, 16, 12)))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 16, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.notices)
        page.addWidget(self._stack, 1)
        page.addLayout(centred(self.waiting))
        page.addSpacing(26)
        page.addWidget(foot)

    def _reason(self, note: LockNote) -> str:
        time = quantities.clock_time(note.at)
        texts = {
            "asked": self.tr("Locked at {time}"),
            "idle": self.tr("Locked at {time} because nothing was typed for a while"),
            "sleep": self.tr("Locked at {time} because the computer went to sleep"),
            "session": self.tr("Locked at {time} because the screen was locked"),
            "restored": self.tr("Locked at {time} because a backup was restored"),
            "not_restored": self.tr("Locked at {time} because a backup could not be restored; the vault is as it was"),
            "replaced": self.tr("Locked at {time} because the vault file was changed by another program"),
            "gone": self.tr("Locked at {time} because the vault’s agent ended"),
        }
        return texts.get(note.reason, texts["asked"]).format(time=time)

    def _open_ways(self) -> None:
        menu = self._menu()
        menu.addAction(self._look.icons.icon("life-buoy"), self.tr("Recovery words…")).triggered.connect(
            self.show_recovery
        )
        menu.popup(self.other_ways.mapToGlobal(QPoint(0, self.other_ways.height() + 2)))

    def _open_vaults(self) -> None:
        if not self._recent:
            self.vault_picked.emit(None)
            return
        menu = self._menu()
        for path in self._recent:
            action = menu.addAction(printable(path.name))
            action.setToolTip(printable(str(path)))
            action.triggered.connect(lambda _on=False, path=path: self.vault_picked.emit(path))
        menu.addSeparator()
        menu.addAction(self.tr("Choose a file…")).triggered.connect(lambda: self.vault_picked.emit(None))
        menu.popup(self.other_vault.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        return menu


def _short(path: Path) -> str:
    """Return a path with the home folder as ``~``."""
    home = Path.home()
    shown = Path("~") / path.relative_to(home) if path.is_relative_to(home) else path
    return str(shown)
