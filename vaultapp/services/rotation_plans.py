"""When credentials rotate by themselves: every so many days, or by a cron line, within a window of the day."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import structs

from vaultapp.contracts.rotation import RotationPlan
from vaultapp.core.clock import DAY, MICROS
from vaultapp.core.errors import InvalidValue
from vaultapp.services.cron import CronLine

DAYS = range(1, 3651)
MINUTES_A_DAY = 24 * 60
MINIMUM_INTERVAL = 60 * 60 * MICROS
"""No schedule rotates a credential twice within this, whatever the clock or a cron line says."""


def checked_plan(plan: RotationPlan) -> RotationPlan:
    """Return a plan that can be followed, without when it is due.

    Raises:
        InvalidValue: Both ways at once, or out of bounds.
    """
    if plan.days and plan.cron:
        raise InvalidValue(field="plan", reason="both")
    if plan.days and plan.days not in DAYS:
        raise InvalidValue(field="days", reason="rotation_days")
    if plan.cron:
        CronLine.parse(plan.cron)
    if plan.window_start not in range(MINUTES_A_DAY) or plan.window_minutes not in range(MINUTES_A_DAY + 1):
        raise InvalidValue(field="window", reason="bounds")
    return structs.replace(plan, cron=" ".join(plan.cron.split()), next_due=None)


def planned(plan: RotationPlan, last: int, now: int) -> RotationPlan:
    """Return a plan with when it is due.

    Args:
        plan: Checked.
        last: When the current value came into force.
        now: A cron line is not due for what lies before this.
    """
    due: int | None = None
    if plan.days:
        due = min(last, now) + plan.days * DAY
    elif plan.cron:
        due = CronLine.parse(plan.cron).after(now)
    return structs.replace(plan, next_due=None if due is None else into_window(plan, due))


def after_rotation(plan: RotationPlan, now: int) -> RotationPlan:
    """Return a plan with when it is due next, from a rotation that ends now."""
    return planned(plan, now, now)


def due_at(plan: RotationPlan, last: int, now: int) -> int | None:
    """Return since or from when a rotation is due; None when it never is.

    What was planned while the clock was far ahead does not keep it from being due when the clock is right again.
    """
    if plan.days:
        soonest = into_window(plan, min(last, now) + plan.days * DAY)
        return soonest if plan.next_due is None else min(plan.next_due, soonest)
    if plan.cron:
        if plan.next_due is not None and plan.next_due <= now:
            return plan.next_due
        following = CronLine.parse(plan.cron).after(now)
        if following is None:
            return plan.next_due
        following = into_window(plan, following)
        return following if plan.next_due is None else min(plan.next_due, following)
    return None


def starts_at(plan: RotationPlan, due: int, opened: int) -> int:
    """Return when a rotation that is due begins by itself in a vault that was opened at a moment.

    What came due while the vault was closed is offered to the person first: it waits for the next time that the plan
    names, and with days and no window for a day.
    """
    if due > opened:
        return into_window(plan, due)
    if plan.cron:
        following = CronLine.parse(plan.cron).after(opened)
        return into_window(plan, opened + DAY if following is None else following)
    if plan.window_minutes:
        return into_window(plan, opened)
    return opened + DAY


def into_window(plan: RotationPlan, moment: int) -> int:
    """Return the first moment from this on that lies in the plan's window."""
    if not plan.window_minutes or plan.window_minutes >= MINUTES_A_DAY:
        return moment
    at = datetime.fromtimestamp(moment / MICROS)  # noqa: DTZ006 - the window is of the local day
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    for day in (-1, 0, 1):
        begins = midnight + timedelta(days=day, minutes=plan.window_start)
        ends = begins + timedelta(minutes=plan.window_minutes)
        if at < ends:
            return moment if at >= begins else round(begins.timestamp() * MICROS)
    raise AssertionError("tomorrow's window ends after today")
