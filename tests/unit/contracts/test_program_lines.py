from __future__ import annotations

import pytest

from vaultapp.contracts.credential_kinds import CERTIFICATE, KINDS, MYSQL, NOTE, CredentialKind
from vaultapp.contracts.program_lines import environment_lines, shell_lines


def test_the_shell_reads_the_secret() -> None:
    assert shell_lines("prod/mysql/app", MYSQL) == "vaultapp read 'vault://prod/mysql/app#password'"


def test_a_kind_of_which_nothing_is_known_is_read_as_it_is() -> None:
    assert shell_lines("x", CredentialKind("plug", (), "")) == "vaultapp read 'vault://x'"


def test_a_program_gets_account_and_secret_by_the_names_that_it_reads() -> None:
    assert environment_lines("a", MYSQL).splitlines() == [
        "export MYSQL_USER='vault://a#username'",
        "export MYSQL_PASSWORD='vault://a#password'",
        "vaultapp run -- ./program",
    ]


def test_other_names_are_made_of_kind_and_field() -> None:
    assert "export NOTE_NOTE='vault://a#note'" in environment_lines("a", NOTE)
    assert "export CERTIFICATE_PRIVATE_KEY='vault://a#private_key'" in environment_lines("a", CERTIFICATE)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_lines(kind: CredentialKind) -> None:
    assert kind.secret in shell_lines("a", kind)
    assert kind.secret in environment_lines("a", kind)
