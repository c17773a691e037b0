"""Says on the page how rotations ended: always, and with what to do where one did not succeed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject

from vaultapp.contracts.credentials import Credential
from vaultapp.contracts.rotation import RotationChanged, RotationOutcome
from vaultapp.gui import joining, quantities
from vaultapp.gui.credentials import rotation_words as words
from vaultapp.gui.credentials.credential_desk import CredentialDesk
from vaultapp.gui.credentials.credential_words import short
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.notices import Notices
from vaultapp.gui.widgets.toast import Toasts

# More bars than this would cover the page.
_EACH = 3
_NAMED = 6
_STOPPED = (RotationOutcome.FAILED, RotationOutcome.UNFINISHED, RotationOutcome.STUCK)
_KINDS = {RotationOutcome.UNFINISHED: "warn", RotationOutcome.CANCELLED: "info"}


@dataclass(frozen=True, slots=True)
class Stopped:
    """What one bar tells: rotations that did not succeed, of so many."""

    told: tuple[RotationChanged, ...]
    total: int


class RotationNews(QObject):
    """A toast for what went well, a bar until it is dismissed or solved for what did not.

    Args:
        look: Colours and fonts.
        desk: Rotates again.
        notices: Of the page.
        toasts: At its foot.
        show: Shows a credential.
    """

    def __init__(
        self,
        look: Look,
        desk: CredentialDesk,
        notices: Notices,
        toasts: Toasts,
        show: Callable[[Credential], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._desk = desk
        self._notices = notices
        self._toasts = toasts
        self._show = show
        self._bars: dict[UUID, MessageBar] = {}
        self._shown: dict[MessageBar, Stopped] = {}
        # What stopped a rotation is said once, however often that is tried again.
        self._said: dict[UUID, tuple[UUID, RotationOutcome, str]] = {}
        desk.rotations.ended.connect(self.tell)
        desk.shelf.rotated.connect(self._take_other)

    @property
    def stopped(self) -> tuple[Stopped, ...]:
        """What is said of rotations that did not succeed and nobody dismissed, oldest first."""
        return tuple(self._shown[bar] for bar in reversed(self._notices.bars) if bar in self._shown)

    def tell_again(self, stopped: Sequence[Stopped]) -> None:
        """Say what another page said."""
        for each in stopped:
            if len(each.told) > _EACH:
                self._say_many(each.told, each.total)
            else:
                self._remember(each.told[0])
                self._say_stopped(each.told[0])

    def tell(self, told: Sequence[RotationChanged]) -> None:
        """Say how these ended."""
        for each in told:
            self._solve(each.credential_id)
        good = [each for each in told if each.state.outcome is RotationOutcome.SUCCEEDED]
        bad = [each for each in told if each.state.outcome is not RotationOutcome.SUCCEEDED]
        if len(good) == 1:
            self._say_rotated(good[0])
        elif good:
            text = self.tr("{n} credentials are rotated").format(n=quantities.count(len(good)))
            self._toasts.say(text, "rotate-cw")
        elif not bad:
            self._toasts.say(self.tr("Nothing was due"), "check")
        if len(bad) <= _EACH:
            for each in bad:
                self._say_stopped(each)
        else:
            self._say_many(bad, len(told))

    def _take_other(self, told: RotationChanged) -> None:
        """Say how one ended that began by its schedule, a trigger or another program."""
        if self._desk.rotations.asked_for(told.credential_id):
            return
        if told.state.outcome is RotationOutcome.SUCCEEDED:
            self._solve(told.credential_id)
        elif told.state.outcome in _STOPPED and self._remember(told):
            self._solve(told.credential_id)
            self._say_stopped(told)

    def _remember(self, told: RotationChanged) -> bool:
        """Remember what was said; False when that is what was said already."""
        said = (told.state.rotation_id, told.state.outcome, told.state.error)
        new = self._said.get(told.credential_id) != said
        self._said[told.credential_id] = said
        return new

    def _say_rotated(self, told: RotationChanged) -> None:
        text = self.tr("“{name}” is rotated").format(name=self._name(told))
        credential = self._credential(told)
        if credential is None:
            self._toasts.say(text, "rotate-cw")
        else:
            self._toasts.say(text, "rotate-cw", self.tr("Show"), call=lambda: self._show(credential))

    def _say_stopped(self, told: RotationChanged) -> None:
        sentence = words.outcome(self._name(told), told)
        kind = _KINDS.get(told.state.outcome, "bad")
        bar = MessageBar(self._look, kind, sentence.what, sentence.rest, closable=True)
        credential = self._credential(told)
        if credential is not None:
            bar.add_action(self.tr("Show"), lambda: self._show(credential))
            if told.state.outcome is not RotationOutcome.CANCELLED:
                bar.add_action(self.tr("Try again"), lambda: self._again(bar, (told,)))
        self._bars[told.credential_id] = bar
        self._add(bar, Stopped((told,), 1))

    def _say_many(self, bad: Sequence[RotationChanged], total: int) -> None:
        head = self.tr("{n} of {all} were not rotated. Their old values still work.").format(
            n=quantities.count(len(bad)), all=quantities.count(total)
        )
        names = joining.names([self._name(each) for each in bad[:_NAMED]])
        left = len(bad) - _NAMED
        if left > 0:
            names = self.tr("{names} and {n} more").format(names=names, n=quantities.count(left))
        bar = MessageBar(self._look, "bad", head, names, closable=True)
        bar.add_action(self.tr("Try again"), lambda: self._again(bar, bad))
        self._add(bar, Stopped(tuple(bad), total))

    def _add(self, bar: MessageBar, stopped: Stopped) -> None:
        self._shown = {old: what for old, what in self._shown.items() if old in self._notices.bars}
        self._shown[bar] = stopped
        self._notices.add(bar)

    def _again(self, bar: MessageBar, told: Sequence[RotationChanged]) -> None:
        self._notices.remove(bar)
        found = [credential for each in told if (credential := self._credential(each)) is not None]
        self._desk.rotations.rotate(found)

    def _solve(self, credential_id: UUID) -> None:
        bar = self._bars.pop(credential_id, None)
        if bar is not None and bar in self._notices.bars:
            self._notices.remove(bar)

    def _credential(self, told: RotationChanged) -> Credential | None:
        return self._desk.shelf.record(told.credential_id)

    def _name(self, told: RotationChanged) -> str:
        credential = self._credential(told)
        return short(credential.name if credential is not None else told.identifier)
