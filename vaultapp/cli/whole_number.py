"""A whole number within bounds, which help tells in words."""

from __future__ import annotations

from typing import Any

import click


class WholeNumber(click.types.IntParamType):
    """Takes a whole number; what is outside its bounds is told as a sentence.

    Args:
        least: Not less than this.
        most: Not more than this; None for no bound.
    """

    name = "number"

    def __init__(self, least: int, most: int | None = None) -> None:
        self._least = least
        self._most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number."""
        try:
            number = int(value)
        except ValueError:
            self.fail(f"{value} is not a whole number.", param, ctx)
        if number < self._least or (self._most is not None and number > self._most):
            bounds = f"{self._least} or more" if self._most is None else f"{self._least} to {self._most:,}"
            self.fail(f"{number} is not {bounds}.", param, ctx)
        return number
