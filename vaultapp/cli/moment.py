"""A moment on the command line: a day, or a day and a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from vaultapp.core.clock import MICROS


class Moment(click.types.StringParamType):
    """Takes RFC 3339, or a day, or a day and a time of the local zone; gives microseconds UTC."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the moment as a whole number."""
        if isinstance(value, int):
            return value
        try:
            found = datetime.fromisoformat(value)
            # Without a zone it is the local one's.
            return round(found.astimezone().timestamp()) * MICROS
        except (ValueError, OverflowError, OSError):
            self.fail(f"{value} is no time; write 2027-03-31, or 2027-03-31T08:00:00Z.", param, ctx)


MOMENT = Moment()
