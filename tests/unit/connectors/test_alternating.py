from __future__ import annotations

from vaultapp.connectors.alternating import first_of, other_of


def test_two_accounts_take_turns() -> None:
    assert other_of("app") == "app_clone"
    assert other_of("app_clone") == "app"
    assert {first_of("app"), first_of("app_clone")} == {"app"}
