"""What stands in the window while the vault is locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from vaultapp.contracts.vault_state import SlotKind, VaultState
from vaultapp.core.printable import printable
from vaultapp.gui import joining, quantities
from vaultapp.gui.home_path import home_path
from vaultapp.gui.look import Look
from vaultapp.gui.screen import Screen
from vaultapp.gui.session import LockNote, Session
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.typography import Style
from vaultapp.gui.unlock_form import UnlockForm
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import AppMark, Elided, Text
from vaultapp.gui.widgets.layouts import centred, column, frame, row

if TYPE_CHECKING:
    from vaultapp.contracts.vault import VaultStatus
    from vaultapp.gui.recovery_form import RecoveryForm
    from vaultapp.gui.widgets.message_bar import MessageBar
    from vaultapp.gui.widgets.notices import Notices

_FORM = 360
_WORDS = 520
_WAITING = 600
_BETWEEN = 8
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class LockScreen(Screen):
    """Passphrase, other ways, files that wait, and the way to another vault.

    Args:
        look: Colours and fonts.
        session: The locked vault's agent.
        tasks: Runs calls.
        now: A monotonic clock, in seconds.
        note: Why it is locked; None at a start.
    """

    tells_findings = True
    vault_state = VaultState.LOCKED
    touched = Signal()  # somebody types
    unlocked = Signal(object)  # VaultStatus
    missing = Signal()  # the vault's file is gone
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
        self.form = UnlockForm(look, session, tasks, now)
        self._session = session
        self._tasks = tasks
        self._recovery: RecoveryForm | None = None
        self.going_on: MessageBar | None = None
        self.title = Text(look, self.tr("Unlock {name}").format(name=printable(name)), Style.DISPLAY)
        self.why = Text(look, self._reason(note) if note else " ", tone="secondary")
        self.work = Text(look, self._work_before(note) if note else "", Style.CAPTION, "secondary")
        self.work.setVisible(bool(self.work.text()))
        self.other_ways = Button(look, self.tr("Other ways to unlock"), "link", "chevron-down")
        # The agent tells later whether there are any: then nothing may move under the hand.
        policy = self.other_ways.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.other_ways.setSizePolicy(policy)
        self.inspect_button = Button(look, self.tr("Inspect a file…"), "ghost", "scan-search")
        self.other_vault = Button(look, self.tr("Open another vault…"), "ghost")
        self._path = Elided(look, home_path(session.path), Style.IDENTIFIER, "hint")
        self._build()
        self.form.field.textEdited.connect(self.touched)
        self.form.unlocked.connect(self.unlocked)
        self.form.missing.connect(self.missing)
        self.other_ways.clicked.connect(self._open_ways)
        self.inspect_button.clicked.connect(self.inspect_clicked)
        self.other_vault.clicked.connect(self._open_vaults)
        self.set_slots((SlotKind.PASSPHRASE,))
        if note is not None and note.programs_go_on:
            self.show_going_on(note.at)
        if note is not None and note.kept:
            head = self.tr("The copy is the vault now. It opens with the passphrase that it had when it was made.")
            body = self.tr("What it replaced is kept as “{path}”.").format(path=home_path(note.kept))
            self._say("ok", head, body)
        for code in note.not_done if note is not None else ():
            head, body = self._left_undone(code)
            self._say("warn", head, body)

    @cached_property
    def notices(self) -> Notices:
        """Above everything on the screen: what concerns the vault as a whole."""
        from vaultapp.gui.widgets.notices import Notices

        made = Notices(self._look)
        self._above.addWidget(made)
        return made

    @cached_property
    def waiting(self) -> MessageBar:
        """Says how many files wait for the vault to open."""
        from vaultapp.gui.widgets.message_bar import MessageBar

        made = MessageBar(self._look, "info", " ", " ", "file-lock")
        made.add_action(self.tr("Forget them"), self.forget_waiting.emit)
        made.setFixedWidth(self._look.px(_WAITING))
        made.hide()
        self._below.addLayout(centred(made))
        return made

    @property
    def open_for_programs(self) -> bool:
        """True while that is said here."""
        return self.going_on is not None and not self.going_on.isHidden()

    @property
    def busy(self) -> bool:
        """True while what was typed is being tried."""
        return self.form.busy or (self._recovery is not None and self._recovery.busy)

    @property
    def recovery(self) -> RecoveryForm:
        """Asks for the recovery words. Few see it: it is built when it is shown."""
        if self._recovery is None:
            self._recovery = self._add_recovery()
        return self._recovery

    def take_status(self, status: VaultStatus) -> None:
        """Show what the agent says of itself."""
        self.set_slots(status.slot_kinds)
        if status.window_locked is None and status.state is VaultState.UNLOCKED:
            self._say_open(self.tr("A terminal unlocked it. In this window, the passphrase opens it too."))
        else:
            self.show_going_on(status.window_locked)
        if status.retry_after > 0:
            self.form.wait(status.retry_after)

    def set_slots(self, kinds: Sequence[SlotKind]) -> None:
        """Offer the other ways that this vault has."""
        self.other_ways.setVisible(SlotKind.RECOVERY_WORDS in kinds)

    def show_going_on(self, since: int | None) -> None:
        """Say that the vault is open for programs, and offer to lock it for them too.

        Args:
            since: When the window was locked, microseconds UTC; None: everything is locked.
        """
        if since is not None:
            body = self.tr("Since {time}, for terminals that were let in and due rotations.")
            self._say_open(body.format(time=quantities.clock_time(since)))
        elif self.going_on is not None:
            self.going_on.hide()

    def _say_open(self, body: str) -> None:
        head = self.tr("The vault is open for programs")
        if self.going_on is None:
            from vaultapp.gui.widgets.message_bar import MessageBar

            self.going_on = MessageBar(self._look, "info", head, " ", "terminal")
            self.going_on.setFixedWidth(self._look.px(_WAITING))
            self.going_on.add_action(self.tr("Lock everything"), self.lock_everything)
            self._below.insertLayout(0, centred(self.going_on))
        self.going_on.say(head, body)
        self.going_on.show()

    def set_recent(self, vaults: Sequence[Path]) -> None:
        """Offer these vaults as others."""
        self._recent = tuple(vaults)

    def show_waiting(self, number: int, paths: Sequence[bytes] = ()) -> None:
        """Say how many files wait for the vault to open, and which, if that is known; none takes the message away."""
        if paths:
            self._named = tuple(paths)
        if number != len(self._named):
            # Names from before are not those of this number.
            self._named = ()
        if number == 0:
            if "waiting" in vars(self):
                self.waiting.hide()
            return
        self.waiting.show()
        one = number == 1
        forget = self.waiting.buttons[0]
        # Nobody but who may read the list may empty it.
        forget.setVisible(bool(self._named))
        forget.setText(self.tr("Forget it") if one else self.tr("Forget them"))
        forget.setAccessibleName(forget.text())
        many = self.tr("{n} files are waiting").format(n=quantities.count(number))
        head = self.tr("1 file is waiting") if one else many
        if not self._named:
            body = self.tr("It is offered once you unlock.") if one else self.tr("They are offered once you unlock.")
        else:
            from vaultapp.gui.drop_plan import names_of

            offered = self.tr("{names} is offered once you unlock.")
            offered = offered if one else self.tr("{names} are offered once you unlock.")
            body = offered.format(names=names_of(self._named))
        self.waiting.say(head, body)

    def show_passphrase(self) -> None:
        """Ask for the passphrase."""
        if self._recovery is not None:
            self._recovery.clear()
        self._stack.setCurrentIndex(0)
        self.form.field.setFocus()

    def show_recovery(self) -> None:
        """Ask for the recovery words."""
        words = self.recovery.words
        self._stack.setCurrentIndex(1)
        words.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the field."""
        super().showEvent(event)
        (self.recovery.words if self._stack.currentIndex() else self.form.field).setFocus()

    def _build(self) -> None:
        look = self._look
        self.form.setFixedWidth(look.px(_FORM))
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
                (self.work, _CENTRE),
                22,
                centred(self.form),
                8,
                (self.other_ways, _CENTRE),
                None,
                gap=0,
            )
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(_scrolled(passphrase))
        foot = frame(row((self._path, 1), self.inspect_button, self.other_vault, margins=(20, 0, 16, 12)))
        # What is seldom said is built when it is said: the first picture waits for none of it.
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        self._below.setSpacing(look.px(_BETWEEN))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 16, 0, 0)
        page.setSpacing(0)
        page.addLayout(self._above)
        page.addWidget(self._stack, 1)
        page.addLayout(self._below)
        page.addSpacing(26)
        page.addWidget(foot)

    def _say(self, kind: str, head: str, body: str) -> None:
        from vaultapp.gui.widgets.message_bar import MessageBar

        self.notices.add(MessageBar(self._look, kind, head, body, closable=True))

    def lock_everything(self) -> None:
        """Have the agent lock too. What it says then replaces this window."""
        self._tasks.run(lambda _work: self._session.vault.lock(), urgent=True).tell(self, failed=self._not_locked)

    def _not_locked(self, error: BaseException) -> None:
        from vaultapp.core.errors import AgentGone
        from vaultapp.gui import messages
        from vaultapp.gui.widgets.notices import Told

        # A connection that ends is the lock itself.
        if not isinstance(error, AgentGone):
            self.notices.tell_by(Told("bad", lambda: messages.message_of(error)))

    def _add_recovery(self) -> RecoveryForm:
        from vaultapp.gui.recovery_form import RecoveryForm

        look = self._look
        form = RecoveryForm(look, self._session.vault, self._tasks, self._session.path.stem)
        form.setFixedWidth(look.px(_WORDS))
        form.words.changed.connect(self.touched)
        form.unlocked.connect(self.unlocked)
        form.missing.connect(self.missing)
        form.back.connect(self.show_passphrase)
        words = QWidget()
        head = Text(look, self.tr("Unlock with the recovery words"), Style.DISPLAY)
        words.setLayout(column(None, (head, _CENTRE), 20, centred(form), None, gap=0, margins=(16, 16, 16, 16)))
        self._stack.addWidget(_scrolled(words))
        return form

    def _reason(self, note: LockNote) -> str:
        time = quantities.clock_time(note.at)
        texts = {
            "asked": self.tr("Locked at {time}"),
            "idle": self.tr("Locked at {time} because nobody was there for a while"),
            "sleep": self.tr("Locked at {time} because the computer went to sleep"),
            "session_locked": self.tr("Locked at {time} because the screen was locked"),
            "screen_saver": self.tr("Locked at {time} because the screen saver came on"),
            "user_switched": self.tr("Locked at {time} because someone else logged in"),
            "restored": self.tr("Locked at {time} because a backup was restored"),
            "not_restored": self.tr("Locked at {time} because a backup could not be restored; the vault is as it was"),
            "replaced": self.tr("Locked at {time} because the vault file was changed by another program"),
            "gone": self.tr("Locked at {time} because the program that holds the keys ended"),
        }
        return texts.get(note.reason, texts["asked"]).format(time=time)

    def _work_before(self, note: LockNote) -> str:
        """Say how many files were done before the lock: the list with their names is gone."""
        said = []
        if note.done:
            many = self.tr("{n} files were finished before that.")
            said.append(quantities.counted(note.done, self.tr("1 file was finished before that."), many))
        if note.failed and note.done:
            said.append(quantities.counted(note.failed, self.tr("1 failed."), self.tr("{n} failed.")))
        elif note.failed:
            many = self.tr("{n} files failed before that.")
            said.append(quantities.counted(note.failed, self.tr("1 file failed before that."), many))
        return joining.sentences(said)

    def _left_undone(self, code: str) -> tuple[str, str]:
        head, body = {
            "clipboard": (
                self.tr("The clipboard could not be cleared."),
                self.tr("It may still hold what was copied. Copy something else over it."),
            ),
            "work": (
                self.tr("Some work did not stop in time, and was cut off."),
                self.tr("Half-made files are removed: begin them again after you unlock. Rotations go on."),
            ),
            "stopping": (
                self.tr("Some work had not stopped yet when the window was locked."),
                self.tr("It stops at its next step: look what is done after you unlock. Rotations go on."),
            ),
            "activity": (
                self.tr("The activity log does not tell of this lock."),
                self.tr("The vault is locked all the same. Look if the disk is full."),
            ),
        }[code]
        return head, body

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
            action.setToolTip(home_path(path))
            action.triggered.connect(lambda _on=False, path=path: self.vault_picked.emit(path))
        menu.addSeparator()
        menu.addAction(self.tr("Choose a file…")).triggered.connect(lambda: self.vault_picked.emit(None))
        menu.popup(self.other_vault.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        return menu


def _scrolled(page: QWidget) -> QScrollArea:
    """Keep a page whole where messages leave it little room."""
    scroll = QScrollArea()
    scroll.setWidget(page)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll
