"""The ordinary user of the tests is refused what root is not."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from tests import ordinary_user as machine
from tests.ordinary_user import OrdinaryUser


def test_is_refused_a_file_without_rights(ordinary_user: OrdinaryUser) -> None:
    closed = ordinary_user.home / "closed"
    closed.write_bytes(b"x")
    closed.chmod(0)
    assert ordinary_user.run(["cat", closed]).returncode == 1


def test_runs_the_installed_package_in_its_home(ordinary_user: OrdinaryUser) -> None:
    code = "import os, vaultapp; print(os.getuid(), os.environ['HOME'])"
    answer = ordinary_user.run([ordinary_user.python, "-c", code])
    assert answer.stdout.decode().split() == [str(ordinary_user.uid), str(ordinary_user.home)]


def test_a_checkout_that_others_cannot_enter_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first probe is made to fail, so that the copy is what answers."""
    real = machine._as_user
    answers = iter([["false"]])
    monkeypatch.setattr(machine, "_as_user", lambda uid: next(answers, real(uid)))
    python = machine._readable_python.__wrapped__(machine.NOBODY)
    monkeypatch.undo()
    place = python.parents[2]
    assert place.is_relative_to(tempfile.gettempdir())
    user = OrdinaryUser.with_home()
    try:
        found = user.run([python, "-I", "-c", "import vaultapp, click; print(vaultapp.__file__)"])
        assert Path(found.stdout.decode().strip()) == place / "vaultapp/__init__.py"
    finally:
        user.close()
        shutil.rmtree(place)
