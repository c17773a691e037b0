"""One key in the side panel: versions, rotation, names, deletion."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from vaultapp.contracts.keys import Key, KeyState, KeyVersion
from vaultapp.core.clock import Clock
from vaultapp.core.printable import printable
from vaultapp.gui import joining, key_words, moments, quantities
from vaultapp.gui.key_actions import KeyActions
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.flow import Flow
from vaultapp.gui.widgets.key_names import KeyNames
from vaultapp.gui.widgets.key_rotation import KeyRotation
from vaultapp.gui.widgets.labels import Plate, Text
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.side_panel import SidePanel
from vaultapp.gui.widgets.timeline import Mark, Step, Timeline


class KeyPanel(SidePanel):
    """Shows one key after the other, and what can be done with it. Nothing that is typed is lost by an update.

    Args:
        look: Colours and fonts.
        key: The first one.
        actions: Changes keys.
        clock: For what is due.
    """

    export_clicked = Signal()
    delete_clicked = Signal()
    menu_clicked = Signal(QPoint)  # where on the screen
    rewrap_older = Signal()
    rewrap_files = Signal()
    rewrap_folder = Signal()

    def __init__(self, look: Look, key: Key, actions: KeyActions, clock: Clock) -> None:
        plate = Plate(look, key.name, key.hue, 36)
        name = QCoreApplication.translate("KeyPanel", "Key")
        super().__init__(look, plate, printable(key.name), str(key.key_id), name, more=True)
        self._plate = plate
        self._actions = actions
        self._clock = clock
        self.key = key
        self.rotate_button = Button(look, self.tr("Rotate now"), "primary", "rotate-cw")
        self.export_button = Button(look, self.tr("Export…"), icon="upload")
        self.turn_button = Button(look, self.tr("Disable"))
        self.bin_bar = MessageBar(look, "bad", " ", " ", "trash-2")
        self.take_back_button = self.bin_bar.add_action(self.tr("Take back"), self._take_back)
        self.count = Text(look, style=Style.CAPTION, tone="hint")
        self.timeline = Timeline(look)
        self.known = Text(look, style=Style.CAPTION, tone="secondary", wrap=True)
        self.rewrap_button = Button(look, self.tr("Re-wrap…"), "link")
        tip = self.tr("Lets encrypted files open with the newest version. Their content stays.")
        self.rewrap_button.setToolTip(tip)
        self.rotation = KeyRotation(look)
        self.names = KeyNames(look, actions, self)
        self.delete_button = Button(look, self.tr("Schedule deletion…"), "danger-quiet", "trash-2")
        self._build()
        self._connect()
        self.show_key(key)

    def show_key(self, key: Key) -> None:
        """Show a key, or what became of the one that is shown."""
        other = key.key_id != self.key.key_id
        if not other and key.known_files < 0:
            # Counted before; a rotation makes others older.
            older = self.key.older_files if key.primary == self.key.primary else -1
            key = msgspec.structs.replace(key, known_files=self.key.known_files, older_files=older)
        self.key = key
        now = self._clock.now()
        self._plate.show_key(printable(key.name), key.hue)
        self.title.setText(printable(key.name))
        self.subtitle.setText(str(key.key_id))
        self.setAccessibleName(self.tr("Key {name}").format(name=printable(key.name)))
        self._show_state(key)
        one = len(key.versions) == 1
        self.count.setText(self.tr("1 version") if one else self.tr("{n} versions").format(n=len(key.versions)))
        self.timeline.set_steps([self._step(version) for version in reversed(key.versions)], fresh=other)
        told = key_words.known_files(key.known_files), key_words.older_files(key)
        self.known.setText(joining.phrases(told))
        self.rewrap_button.setVisible(not one and key.state is KeyState.ENABLED)
        self.rotation.show_key(key, now)
        self.names.show_key(key, now)

    def rename(self) -> None:
        """Let the name be changed."""
        self.names.name.begin()

    def _build(self) -> None:
        self._deeds = QWidget()
        self._deeds.setLayout(Flow(self.rotate_button, self.export_button, self.turn_button))
        self.add(column(self._deeds, self.bin_bar, gap=0), above=16)
        self.add_section(self.tr("Versions"), control=self.count)
        self.add(column(4, self.timeline, row((self.known, 1), self.rewrap_button), gap=2), above=0)
        self.add_section(self.tr("Automatic rotation"), control=self.rotation.switch)
        self.add(self.rotation, above=6)
        self.names.add_to(self)
        self._end = QWidget()
        self._end.setLayout(row(self.delete_button, None))
        self.add(self._end, above=24)

    def _connect(self) -> None:
        self.rotate_button.clicked.connect(lambda: self._actions.rotate(self.key))
        self.turn_button.clicked.connect(
            lambda: self._actions.turn(self.key, on=self.key.state is not KeyState.ENABLED)
        )
        self.export_button.clicked.connect(self.export_clicked)
        self.delete_button.clicked.connect(self.delete_clicked)
        if self.more_button is not None:
            button = self.more_button
            button.clicked.connect(lambda: self.menu_clicked.emit(button.mapToGlobal(QPoint(0, button.height() + 2))))
        self.timeline.acted.connect(self._turn_version)
        self.rewrap_button.clicked.connect(self._offer_rewrap)
        self.rotation.wanted.connect(lambda days: self._actions.schedule(self.key, days))
        self._actions.rotating_changed.connect(self._sync_rotate)

    def _show_state(self, key: Key) -> None:
        leaves = key.state is KeyState.PENDING_DELETION
        enabled = key.state is KeyState.ENABLED
        self._deeds.setVisible(not leaves)
        self.bin_bar.setVisible(leaves)
        self._end.setVisible(not leaves)
        if leaves:
            when = moments.date(key.deletes_at or 0)
            body = self.tr("Nothing encrypts or opens with it now.")
            if key.known_files > 0:
                body = joining.sentences((body, joining.ended(key_words.known_files(key.known_files))))
            self.bin_bar.say(self.tr("Deletes on {day}").format(day=when), body)
        self.turn_button.setText(self.tr("Disable") if enabled else self.tr("Enable"))
        self.turn_button.setAccessibleName(self.turn_button.text())
        self._sync_rotate()

    def _sync_rotate(self) -> None:
        key = self.key
        self.rotate_button.set_busy(self._actions.is_rotating(key))
        why = ""
        if key.origin != key_words.CREATED:
            why = self.tr("Its material came from elsewhere and is not made anew here.")
        elif key.state is not KeyState.ENABLED:
            why = self.tr("Enable the key first.")
        self.rotate_button.setEnabled(not why and not self.rotate_button.busy)
        self.rotate_button.setToolTip(why)

    def _step(self, version: KeyVersion) -> Step:
        enabled = version.state is KeyState.ENABLED
        primary = version.version_id == self.key.primary
        mark = Mark.CURRENT if primary else Mark.PREVIOUS if enabled else Mark.DISABLED
        action = spoken = ""
        if not primary and self.key.state is not KeyState.PENDING_DELETION:
            action = self.tr("Disable") if enabled else self.tr("Enable")
            words = self.tr("Disable version {n}") if enabled else self.tr("Enable version {n}")
            spoken = words.format(n=version.number)
        return Step(
            value=version.version_id,
            mark=mark,
            title=self.tr("Version {n}").format(n=version.number),
            caption=key_words.version_line(self.key, version),
            badge=self.tr("Primary") if primary else "",
            action=action,
            spoken=spoken,
        )

    def _turn_version(self, version_id: bytes) -> None:
        version = next((v for v in self.key.versions if v.version_id == version_id), None)
        if version is not None:
            self._actions.turn_version(self.key, version_id, on=version.state is not KeyState.ENABLED)

    def _take_back(self) -> None:
        self._actions.take_back(self.key, enable=False)

    def _offer_rewrap(self) -> None:
        menu = QMenu(self)
        older = self.key.older_files
        if older > 0:
            many = self.tr("The {n} known files that need an older version").format(n=quantities.count(older))
            one = self.tr("The known file that needs an older version")
            action = menu.addAction(self.look.icons.icon("history"), one if older == 1 else many)
            action.triggered.connect(self.rewrap_older)
            menu.addSeparator()
        menu.addAction(self.look.icons.icon("file"), self.tr("Choose encrypted files…")).triggered.connect(
            self.rewrap_files
        )
        menu.addAction(self.look.icons.icon("folder"), self.tr("Choose a folder…")).triggered.connect(
            self.rewrap_folder
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.rewrap_button.mapToGlobal(QPoint(0, self.rewrap_button.height() + 2)))
