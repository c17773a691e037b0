from __future__ import annotations

import os
from typing import Any

import pytest

from vaultapp.core.login_session import find_session

BY_PROCESS = ("GetSessionByPID", os.getpid())
BY_NAME = ("GetSession", "7")
OF_USER = ("GetUser", os.getuid())


class GivenBus:
    """Answers calls of these methods with these arguments, and has the display of one user."""

    def __init__(self, answers: dict[tuple[str, object], str], display: object = None) -> None:
        self._answers = answers
        self._display = display

    def call(
        self, name: str, path: str, interface: str, member: str, signature: str = "", *body: object
    ) -> tuple[Any, ...] | None:
        assert (name, path, interface) == (
            "org.freedesktop.login1",
            "/org/freedesktop/login1",
            "org.freedesktop.login1.Manager",
        )
        found = self._answers.get((member, body[0]))
        return None if found is None else (found,)

    def get(self, name: str, path: str, interface: str, prop: str) -> Any:
        assert (name, path, interface, prop) == (
            "org.freedesktop.login1",
            "/user",
            "org.freedesktop.login1.User",
            "Display",
        )
        return self._display


@pytest.mark.parametrize(
    ("answers", "named", "session"),
    [
        ({BY_PROCESS: "/process", BY_NAME: "/name", OF_USER: "/user"}, "7", "/process"),
        ({BY_NAME: "/name", OF_USER: "/user"}, "7", "/name"),
        ({("GetSession", ""): "/name", OF_USER: "/user"}, "", "/screen"),
        ({OF_USER: "/user"}, "7", "/screen"),
        ({}, "7", None),
    ],
)
def test_the_nearest_session_counts(answers: dict[tuple[str, object], str], named: str, session: str | None) -> None:
    assert find_session(GivenBus(answers, ("3", "/screen")), named) == session


@pytest.mark.parametrize("display", [None, ("", "/"), ("3",), "3"])
def test_a_user_without_a_screen_has_none(display: object) -> None:
    assert find_session(GivenBus({OF_USER: "/user"}, display), None) is None
