from __future__ import annotations

from vaultapp.agent.roles import CALLS, INTERFACES, Role


def methods(interface: type) -> set[str]:
    return {name for name in vars(interface) if not name.startswith("_") and callable(getattr(interface, name))}


def test_every_method_of_every_contract_has_a_role_and_nothing_else_has() -> None:
    expected = {(subject, method) for subject, interface in INTERFACES.items() for method in methods(interface)}
    assert set(CALLS) == expected


def test_anybody_may_ask_only_for_what_gives_nothing_away() -> None:
    open_to_all = {call for call, role in CALLS.items() if role is Role.ANYBODY}
    assert open_to_all == {
        ("vault", "status"),
        ("vault", "lock"),
        ("lock", "triggers"),
        ("vault", "unlock"),
        ("vault", "unlock_with_words"),
        ("recovery", "check"),
        ("vault", "create"),
        ("vault", "calibrate"),
        ("vault", "suggest_words"),
        ("vault", "restore"),
        ("vault", "backups"),
        ("files", "hand_over"),
        ("files", "inspect"),
    }
