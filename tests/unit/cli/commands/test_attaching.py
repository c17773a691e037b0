from __future__ import annotations

from pathlib import Path

from tests.unit.cli.credential_records import credential
from tests.unit.cli.fakes import User
from vaultapp.contracts.credentials import AttachedFile, Credential


def keeping(user: User) -> list[tuple[str, bytes]]:
    """Let the agent remember attachments, whose bytes are overwritten afterwards."""
    kept: list[tuple[str, bytes]] = []

    one = credential()

    def attach(credential: str, file: AttachedFile) -> Credential:
        kept.append((file.name, bytes(file.data)))
        return one

    user.answering(credentials_attach=attach)
    return kept


def test_attach_takes_a_file_or_standard_input(keeper: User, tmp_path: Path) -> None:
    kept = keeping(keeper)
    (tmp_path / "ca.pem").write_bytes(b"\x00ca\n")
    assert "has “ca.pem” with it" in keeper.run("credentials", "attach", "Shop", str(tmp_path / "ca.pem")).stdout
    keeper.run("credentials", "attach", "Shop", str(tmp_path / "ca.pem"), "--name", "other")
    keeper.run("credentials", "attach", "Shop", "-", "--name", "in", typed=b"x")
    assert kept == [("ca.pem", b"\x00ca\n"), ("other", b"\x00ca\n"), ("in", b"x")]


def test_what_cannot_be_attached_is_not_sent(keeper: User, tmp_path: Path) -> None:
    kept = keeping(keeper)
    (tmp_path / "big").write_bytes(bytes(65537))
    assert keeper.error("credentials", "attach", "Shop", "-")[1]["code"] == "usage"
    assert keeper.error("credentials", "attach", "Shop", str(tmp_path / "big"))[1]["code"] == "attachment_too_large"
    assert keeper.error("credentials", "attach", "Shop", str(tmp_path))[1]["code"] == "not_a_file"
    assert keeper.error("credentials", "attach", "Shop", str(tmp_path / "none"))[1]["code"] == "source_missing"
    assert kept == []


def test_an_attachment_goes_to_standard_output_or_a_new_private_file(keeper: User, tmp_path: Path) -> None:
    keeper.answering(credentials_attachment=lambda credential, name: AttachedFile(name, bytearray(b"\x00ca\n")))
    assert keeper.run("credentials", "attachment", "Shop", "ca.pem").stdout_bytes == b"\x00ca\n"
    target = tmp_path / "out"
    keeper.run("credentials", "attachment", "Shop", "ca.pem", "--to", str(target))
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"\x00ca\n", 0o600)
    code, error = keeper.error("credentials", "attachment", "Shop", "ca.pem", "--to", str(target))
    assert (code, error["code"]) == (2, "target_exists")
    assert len(keeper.agent.called("credentials.attachment")) == 2


def test_detach_names_what_goes(keeper: User) -> None:
    keeper.answering(credentials_detach=credential())
    keeper.run("credentials", "detach", "Shop", "ca.pem")
    assert keeper.agent.called("credentials.detach") == [{"credential": "Shop", "name": "ca.pem"}]
