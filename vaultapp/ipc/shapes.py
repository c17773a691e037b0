"""What a contract's method takes and returns, as types that the wire can check."""

from __future__ import annotations

import inspect
import typing
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Struct

from vaultapp.core.work import WorkContext


@dataclass(frozen=True, slots=True)
class CallShape:
    """One method of a contract.

    Attributes:
        arguments: A Struct with the parameters that travel.
        result: The return type.
        item: Type of the partial results; None when there are none.
        work: Name of the parameter that is a work context; empty when there is none.
        names: Parameters that travel, in order.
    """

    arguments: type[Struct]
    result: Any
    item: Any
    work: str
    names: tuple[str, ...]


def shape_of(interface: type, method: str) -> CallShape:
    """Read a method's annotations.

    Raises:
        AttributeError: The contract has no such method.
    """
    function = inspect.getattr_static(interface, method)
    hints = typing.get_type_hints(function)
    result = hints.pop("return", None)
    fields: list[Any] = []
    work, item = "", None
    for name, parameter in inspect.signature(function).parameters.items():
        if name == "self":
            continue
        hint = hints[name]
        if typing.get_origin(hint) is WorkContext:
            work = name
            (item,) = typing.get_args(hint)
            item = None if item is type(None) else item
        elif parameter.default is inspect.Parameter.empty:
            fields.append((name, hint))
        else:
            fields.append((name, hint, parameter.default))
    arguments = msgspec.defstruct(
        f"{interface.__name__}_{method}", fields, kw_only=True, frozen=True, forbid_unknown_fields=True
    )
    return CallShape(arguments, result, item, work, tuple(entry[0] for entry in fields))
