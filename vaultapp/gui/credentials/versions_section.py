"""The values of a credential over time."""

from __future__ import annotations

from vaultapp.contracts.credentials import Credential, CredentialVersion, Label
from vaultapp.core.clock import Clock
from vaultapp.gui import moments
from vaultapp.gui.credentials.credential_actions import CredentialActions
from vaultapp.gui.credentials.rotation_words import is_open
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.panel_section import PanelSection
from vaultapp.gui.widgets.timeline import Mark, Step, Timeline


class VersionsSection(PanelSection):
    """A time line, newest first: which is current, pending, previous, and a way back to each.

    Args:
        look: Colours and fonts.
        actions: Moves the labels.
        clock: For what has expired.
    """

    def __init__(self, look: Look, actions: CredentialActions, clock: Clock) -> None:
        super().__init__(look)
        self.count = Text(look, style=Style.CAPTION, tone="hint")
        self.begin(self.tr("Versions"), self.count)
        self._actions = actions
        self._clock = clock
        self._credential: Credential | None = None
        self.timeline = Timeline(look)
        self.timeline.acted.connect(self._act)
        self.timeline.turned_off.connect(self._turn_off)
        self.add(self.timeline, 4)

    def show_credential(self, credential: Credential) -> None:
        """Show a credential's versions, once they are known."""
        old = self._credential
        fresh = old is None or old.credential_id != credential.credential_id
        self._credential = credential
        versions = credential.versions
        one = len(versions) == 1
        self.count.setText(self.tr("1 version") if one else self.tr("{n} versions").format(n=len(versions)))
        self.count.setVisible(bool(versions))
        self.timeline.set_steps([self._step(version) for version in reversed(versions)], fresh=fresh)

    def _step(self, version: CredentialVersion) -> Step:
        now = self._clock.now()
        mark, badge, kind, icon = self._mark(version)
        action = ""
        credential = self._credential
        movable = credential is not None and credential.deletes_at is None and not is_open(credential.rotation)
        fixed = {Label.CURRENT, Label.PENDING} & set(version.labels)
        if movable and not fixed and version.discarded_until is None:
            action = self.tr("Make current") if version.enabled else self.tr("Enable")
        title = moments.at(version.created, now)
        return Step(
            value=version.version_id,
            mark=mark,
            title=title,
            caption=self._caption(version, now),
            badge=badge,
            badge_kind=kind,
            badge_icon=icon,
            action=action,
            spoken=self.tr("{action}: {version}").format(action=action, version=title) if action else "",
            second=self.tr("Disable: {version}").format(version=title) if action and version.enabled else "",
        )

    def _mark(self, version: CredentialVersion) -> tuple[Mark, str, str, str]:
        if Label.CURRENT in version.labels:
            return Mark.CURRENT, self.tr("Current"), "info", "check"
        if Label.PENDING in version.labels:
            return Mark.PENDING, self.tr("Pending"), "warn", "clock"
        if not version.enabled:
            return Mark.DISABLED, self.tr("Disabled"), "mute", "ban"
        if Label.PREVIOUS in version.labels:
            return Mark.PREVIOUS, self.tr("Previous"), "mute", ""
        return Mark.PREVIOUS, "", "mute", ""

    def _caption(self, version: CredentialVersion, now: int) -> str:
        if not version.enabled:
            return self.tr("Out of use: no program gets it")
        if version.discarded_until is not None:
            day = moments.short_date(version.discarded_until, now)
            return self.tr("Never current. Kept until {day}, because the target may have it").format(day=day)
        if version.expires is not None and version.expires <= now:
            return self.tr("Expired on {day}").format(day=moments.short_date(version.expires, now))
        if version.starts > now:
            return self.tr("In use from {day}").format(day=moments.short_date(version.starts, now))
        if Label.CURRENT in version.labels:
            return self.tr("Every program that asks gets this one")
        if Label.PENDING in version.labels:
            return self.tr("Not in use until the test passes")
        return self._origin(version.origin)

    def _origin(self, origin: str) -> str:
        words = {
            "created": self.tr("The first one"),
            "edited": self.tr("Written by hand"),
            "rotated": self.tr("Made by a rotation"),
            "imported": self.tr("Imported"),
        }
        return words.get(origin, "")

    def _turn_off(self, version_id: str) -> None:
        if self._credential is not None:
            self._actions.turn_version(self._credential, version_id, on=False)

    def _act(self, version_id: str) -> None:
        credential = self._credential
        if credential is None:
            return
        version = next((each for each in credential.versions if each.version_id == version_id), None)
        if version is not None and version.enabled:
            self._actions.promote(credential, version_id)
        elif version is not None:
            self._actions.turn_version(credential, version_id, on=True)
