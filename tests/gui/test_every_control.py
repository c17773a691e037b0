"""Every control that is shown has a name for a screen reader, and the Tab key comes to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import Bench
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLineEdit, QWidget
from scenes import all_scenes

_MOST = 300


def controls(shown: QWidget) -> list[QWidget]:
    """Return what can have the focus by the keyboard."""
    return [
        widget
        for widget in shown.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is shown.window()
        and widget.focusProxy() is None
        and widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and not covered(widget)
    ]


def covered(widget: QWidget) -> bool:
    """Tell whether something lies over it, as the command palette does over the window."""
    window = widget.window()
    top = window.childAt(widget.mapTo(window, widget.rect().center()))
    return top is not None and top is not widget and not top.isAncestorOf(widget) and not widget.isAncestorOf(top)


def one_of_several(widget: QWidget) -> tuple[QWidget, ...]:
    """Return what stands for a choice between buttons: Tab comes to the chosen one, arrows to the others."""
    if isinstance(widget, QAbstractButton) and widget.group() is not None and widget.group().exclusive():
        return tuple(widget.group().buttons())
    return (widget,)


def name_of(widget: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name) if told is not None else ""


def told_of(widget: QWidget) -> QAccessibleInterface:
    told = QAccessible.queryAccessibleInterface(widget)
    assert told is not None
    return told


def described(widget: QWidget) -> str:
    return (
        f"{type(widget).__name__} {widget.objectName()} {name_of(widget)!r} in {type(widget.parentWidget()).__name__}"
    )


def reached(shown: QWidget) -> set[int]:
    """Press Tab until the focus is where it has been; return who had it."""
    window = shown.window()
    seen: dict[int, int] = {}
    for _ in range(_MOST):
        focus = window.focusWidget() or window
        if seen.get(id(focus), 0) > 1:
            break
        seen[id(focus)] = seen.get(id(focus), 0) + 1
        # An editor of several lines takes Tab for itself; Ctrl+Tab leaves it.
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        if window.focusWidget() is focus:
            QTest.keyClick(focus, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    return set(seen)


def problems(bench: Bench, hiding: list[str]) -> Iterator[str]:
    """Play all scenes once; add to ``hiding`` in which of them a field hid its text, and told so."""
    for scene, shown in all_scenes(bench, (1180, 760)):
        for line in shown.findChildren(QLineEdit):
            if line.isVisible() and line.echoMode() is not QLineEdit.EchoMode.Normal:
                hiding.append(scene)
                if not told_of(line).state().passwordEdit:
                    yield f"{scene}: {described(line)} does not say that it is a password"
        QApplication.processEvents()
        found = controls(shown)
        for widget in found:
            if not name_of(widget).strip() and not _only_scrolls(widget):
                yield f"{scene}: {described(widget)} has no name"
        met = reached(shown)
        for widget in found:
            if met.isdisjoint(map(id, one_of_several(widget))) and not _only_scrolls(widget):
                yield f"{scene}: {described(widget)} is not reached"


def _only_scrolls(widget: QWidget) -> bool:
    return type(widget).__name__ == "QScrollArea" and isinstance(widget, QAbstractScrollArea)


@pytest.mark.timeout(600)
def test_every_control_has_a_name_and_is_reached_by_tab_and_what_hides_its_text_says_so(bench: Bench) -> None:
    hiding: list[str] = []
    found = list(problems(bench, hiding))
    print("\n".join(found))
    assert found == []
    assert len(hiding) > 5
