"""When an open vault locks by itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Protocol

from msgspec import Meta, Struct

IDLE_MINUTES = 15
"""By default."""
IDLE_LIMIT = 24 * 60
"""Minutes; more is never."""


class LockTrigger(StrEnum):
    """What locks a vault without anybody asking; also the reason that is told then."""

    IDLE = "idle"
    SLEEP = "sleep"
    SESSION_LOCKED = "session_locked"
    SCREEN_SAVER = "screen_saver"
    USER_SWITCHED = "user_switched"


class LockSettings(Struct, frozen=True):
    """Which triggers count for a vault.

    Attributes:
        idle_minutes: After so many minutes without the person; 0 never.
        on_sleep: Before the computer sleeps.
        on_session_lock: When the desktop session is locked.
        on_screen_saver: When a screen saver comes on.
        on_user_switch: When another user's session comes to the front.
        programs_go_on: A lock of the window leaves the keys in the agent: terminals that were let in and due rotations
            go on, until the computer sleeps or everything is locked. Of sleep that holds whatever ``on_sleep`` says.
    """

    idle_minutes: Annotated[int, Meta(ge=0, le=IDLE_LIMIT)] = IDLE_MINUTES
    on_sleep: bool = True
    on_session_lock: bool = True
    on_screen_saver: bool = True
    on_user_switch: bool = True
    programs_go_on: bool = False

    def counts(self, trigger: LockTrigger) -> bool:
        """True when this trigger is to lock."""
        return {
            LockTrigger.IDLE: self.idle_minutes > 0,
            LockTrigger.SLEEP: self.on_sleep,
            LockTrigger.SESSION_LOCKED: self.on_session_lock,
            LockTrigger.SCREEN_SAVER: self.on_screen_saver,
            LockTrigger.USER_SWITCHED: self.on_user_switch,
        }[trigger]


class TriggerState(Struct, frozen=True):
    """Whether a trigger can be heard on this desktop.

    Attributes:
        available: It can.
        note: Empty, or what there is to know: ``no_bus``: the message bus does not answer; ``no_logind``;
            ``no_session``: this process belongs to no session that logind knows; ``no_screen_saver``;
            ``no_listener``: what listens could not be loaded;
            ``no_delay``: the computer does not wait for the lock before it sleeps; ``windows_only``: the desktop
            does not tell when it is used, so that only input to our own windows counts.
    """

    trigger: LockTrigger
    available: bool
    note: str = ""


class AutoLock(Struct, frozen=True, tag=True):
    """Event, and answer: when the vault locks unless the person is there before.

    Attributes:
        seconds: From now; None when it does not lock by idling.
        held: It will, but not while the file work goes on that is under way.
    """

    seconds: int | None = None
    held: bool = False


class LockApi(Protocol):
    """How an open vault guards itself."""

    def settings(self) -> LockSettings:
        """Return which triggers count.

        Raises:
            VaultLocked: It is not open.
        """

    def change(self, settings: LockSettings) -> LockSettings:
        """Set which triggers count, from now on.

        Raises:
            VaultLocked: It is not open.
            HostError: The old ones stay.
        """

    def change_with(self, settings: LockSettings, passphrase: bytearray) -> LockSettings:
        """Set which triggers count, from now on, by the vault's passphrase, which is overwritten.

        Somebody who finds an open terminal could else make the vault stay open for ever.

        Raises:
            VaultLocked: It is not open.
            WrongPassphrase, TooManyAttempts, InvalidValue: The old ones stay.
            HostError: The old ones stay.
        """

    def triggers(self) -> tuple[TriggerState, ...]:
        """Return which triggers can be heard here; also of a locked vault, and without one."""

    def present(self) -> None:
        """Tell that the person is there now."""

    def due(self) -> AutoLock:
        """Return when it locks by idling."""
