from __future__ import annotations

import subprocess
import sys

import pytest

from vaultapp.core.passphrase_strength import FOUND, GRADES, Grade, estimate


@pytest.mark.parametrize(
    ("passphrase", "grade", "found"),
    [
        ("", Grade.NONE, ""),
        ("Jennifer", Grade.VERY_WEAK, "name"),
        ("12.05.1984", Grade.VERY_WEAK, "date"),
        ("qwertyuiop", Grade.VERY_WEAK, "password"),
        ("aaaaaaaaaaaa", Grade.VERY_WEAK, "row"),
        ("zxcvfdsaqwer", Grade.WEAK, "keyboard"),
        ("my own vault", Grade.VERY_WEAK, "known"),
        ("hazel quorum tin river", Grade.VERY_STRONG, ""),
        ("\ufffd\x00\ud7ff", Grade.VERY_WEAK, ""),
    ],
)
def test_what_a_passphrase_leans_on(passphrase: str, grade: Grade, found: str) -> None:
    told = estimate(passphrase, ("my own vault",))
    assert (told.grade, told.found) == (grade, found)


def test_every_grade_and_finding_has_words() -> None:
    assert set(GRADES) == set(Grade) - {Grade.NONE}
    assert all(FOUND.values())


def test_the_word_lists_are_loaded_only_when_a_passphrase_is_looked_at() -> None:
    code = "import sys, vaultapp.core.passphrase_strength; sys.exit('zxcvbn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
