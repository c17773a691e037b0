"""A panel with a tray: icons register with it, and it presses them and their menus over the session's bus."""

from __future__ import annotations

import threading
import time
from typing import Any

from jeepney import DBusAddress, MessageType, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, prep_socket

from tests.buses.stand_in import StandIn
from tests.closes_on_leaving import ClosesOnLeaving
from tests.desktop.processes import wait_until

_WATCHER = "org.kde.StatusNotifierWatcher"
_PATH = "/StatusNotifierWatcher"
_ITEM = "org.kde.StatusNotifierItem"
_MENU = "com.canonical.dbusmenu"
_ANSWER_S = 10


class TrayPanel(ClosesOnLeaving):
    """Leave the ``with`` block and the panel is gone, as when it has crashed.

    Args:
        address: Of the session's bus.

    Source:
        StatusNotifierItem and StatusNotifierWatcher as KDE's panel has them; libdbusmenu's com.canonical.dbusmenu.
    """

    def __init__(self, address: str) -> None:
        # A bus tells its id behind the path.
        path = address.partition("path=")[2].partition(",")[0]
        self._items: list[tuple[str, str]] = []
        self._values: dict[str, tuple[str, object]] = {
            "RegisteredStatusNotifierItems": ("as", []),
            "IsStatusNotifierHostRegistered": ("b", True),
            "ProtocolVersion": ("i", 0),
        }
        self._asks = DBusConnection(prep_socket(path))
        self._is_there = threading.Event()
        self._watcher = StandIn(
            f"unix:path={path}",
            _WATCHER,
            answers={
                "RegisterStatusNotifierItem": self._register,
                "RegisterStatusNotifierHost": lambda _name: ("", ()),
                "Get": lambda _interface, name: ("v", (self._values[name],)) if name in self._values else None,
                "GetAll": lambda _interface: ("a{sv}", (self._values,)),
            },
        )
        self._is_there.set()
        self._watcher.signal(_PATH, _WATCHER, "StatusNotifierHostRegistered")

    def close(self) -> None:
        """Leave the bus."""
        self._watcher.close()
        self._asks.close()

    @property
    def icons(self) -> list[tuple[str, str]]:
        """Return name on the bus and path of every icon whose program is still there."""
        return [item for item in list(self._items) if self._has_owner(item[0])]

    def tip(self) -> str:
        """Return the words on the one icon; empty while there is none."""
        icons = self.icons
        if not icons:
            return ""
        told = self._property(icons[-1], "ToolTip")
        return str(told[2]) if told else ""

    def wait_tip(self, part: str, seconds: float = 20) -> str:
        """Wait until the words on the icon hold ``part``."""
        return wait_until(lambda: tip if part in (tip := self.tip()) else None, f"a tip with {part!r}", seconds)

    def pictures(self) -> list[tuple[int, int, bytes]]:
        """Return width, height and pixels (ARGB) of every size of the icon."""
        return list(self._property(self.icons[-1], "IconPixmap") or [])

    def press(self) -> None:
        """Press the icon."""
        name, path = self.icons[-1]
        self._call(DBusAddress(path, name, _ITEM), "Activate", "ii", 0, 0)

    def menu(self) -> list[tuple[int, str, bool]]:
        """Return number, words and whether it can be pressed, of everything in the icon's menu but lines."""
        address = self._menu()
        self._call(address, "AboutToShow", "i", 0)
        root = self._call(address, "GetLayout", "iias", 0, -1, [])[1]
        found = []
        for _, (number, properties, _children) in root[2]:
            told = {name: value for name, (_, value) in properties.items()}
            if told.get("type") != "separator":
                found.append((number, str(told.get("label", "")).replace("_", ""), bool(told.get("enabled", True))))
        return found

    def words(self) -> list[str]:
        """Return what the menu offers."""
        return [words for _, words, enabled in self.menu() if enabled]

    def choose(self, words: str) -> None:
        """Press an entry of the menu."""
        number = next((n for n, told, enabled in self.menu() if told == words and enabled), None)
        if number is None:
            raise LookupError(f"the menu has no {words!r}: {self.menu()}")
        self._call(self._menu(), "Event", "isvu", number, "clicked", ("s", ""), int(time.time()) & 0xFFFFFFFF)

    def _register(self, what: str) -> tuple[str, tuple[object, ...]]:
        # An icon that is there already registers as soon as the name has an owner, before this panel is made.
        self._is_there.wait(_ANSWER_S)
        sender = self._watcher.senders[-1]
        self._items.append((sender, what) if what.startswith("/") else (what, "/StatusNotifierItem"))
        return "", ()

    def _menu(self) -> DBusAddress:
        icon = self.icons[-1]
        return DBusAddress(str(self._property(icon, "Menu")), icon[0], _MENU)

    def _property(self, icon: tuple[str, str], name: str) -> Any:
        address = DBusAddress(icon[1], icon[0], _ITEM)
        answer = self._asks.send_and_get_reply(Properties(address).get(name), timeout=_ANSWER_S)
        return None if answer.header.message_type is MessageType.error else answer.body[0][1]

    def _call(self, address: DBusAddress, member: str, signature: str, *body: object) -> Any:
        answer = self._asks.send_and_get_reply(new_method_call(address, member, signature, body), timeout=_ANSWER_S)
        if answer.header.message_type is MessageType.error:
            raise RuntimeError(f"{member}: {answer.body}")
        return answer.body

    def _has_owner(self, name: str) -> bool:
        answer = self._asks.send_and_get_reply(message_bus.NameHasOwner(name), timeout=_ANSWER_S)
        return bool(answer.body[0])
