"""Tell what a screen reader sees. Run by the system's Python, which has the bindings of AT-SPI.

One JSON request a line on standard input, one JSON answer a line on standard output. A request names the
application: ``{"app": "vaultapp"}``; the answer lists every object that is shown, in reading order. With
``"name"`` it lists those of that name alone, which takes a third of the time.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402 - the version comes first

_DEEPEST = 60


def applications() -> Iterator[Any]:
    """Return the programs that speak to screen readers."""
    desktop = Atspi.get_desktop(0)
    for at in range(desktop.get_child_count()):
        found = desktop.get_child_at_index(at)
        if found is not None and found.get_child_count() > 0:
            yield found


def walk(node: Any, depth: int = 0) -> Iterator[Any]:
    """Return an object and everything in it. What is in something hidden is hidden too, whatever Qt says of it."""
    if node is None or depth > _DEEPEST or (depth and not node.get_state_set().contains(Atspi.StateType.SHOWING)):
        return
    yield node
    for at in range(node.get_child_count()):
        yield from walk(node.get_child_at_index(at), depth + 1)


def describe(node: Any, name: str | None) -> dict[str, Any] | None:
    """Return what is known of one object; None when it is not shown, or has another name than the one asked for."""
    states = {state.value_nick for state in node.get_state_set().get_states()}
    if "showing" not in states:
        return None
    called = node.get_name() or ""
    if name is not None and called.replace("&", "") != name:
        return None
    component = node.get_component_iface()
    place = Atspi.Component.get_extents(component, Atspi.CoordType.SCREEN) if component else None
    text = node.get_text_iface()
    return {
        "role": node.get_role_name(),
        "name": called,
        "description": node.get_description() or "",
        "text": Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else "",
        "states": sorted(states),
        "place": [place.x, place.y, place.width, place.height] if place else [0, 0, 0, 0],
    }


def look(wanted: str, name: str | None) -> list[dict[str, Any]]:
    """Return what the named application shows; an application that is gone shows nothing."""
    seen = []
    for application in applications():
        if wanted.casefold() in (application.get_name() or "").casefold():
            for node in walk(application):
                try:
                    told = describe(node, name)
                except gi.repository.GLib.GError:
                    continue
                if told is not None:
                    seen.append(told)
    return seen


def main() -> None:
    """Answer requests until the input ends."""
    warnings.simplefilter("ignore", DeprecationWarning)
    Atspi.set_timeout(3000, 5000)
    for line in sys.stdin:
        try:
            asked = json.loads(line)
            answer = look(asked["app"], asked.get("name"))
        except gi.repository.GLib.GError:
            answer = []
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
