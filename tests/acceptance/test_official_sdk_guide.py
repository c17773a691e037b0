"""The guide's program opens our files with the official SDK, as it stands in the guide."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = Path(__file__).resolve().parents[2] / "resources/guide/official-sdk.md"
PASSPHRASE = "four words for a test"


def vaultapp(*arguments: str | Path) -> str:
    program = Path(sys.executable).with_name("vaultapp")
    command = [str(program), *map(str, arguments)]
    return subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault and a key, and export it as the guide says."""
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE)
    monkeypatch.setenv("VAULTAPP_PASSPHRASE_FILE", str(passphrase))
    vaultapp("init", "--kdf-memory", "64", "--kdf-passes", "1", "--first-key", "Work")
    path = tmp_path / "work.key.json"
    path.write_text(vaultapp("keys", "export", "Work", "--json", "--confirm", "Work"))
    return path


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Take the program out of the guide."""
    found = re.search(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert found
    path = tmp_path / "open_sealed.py"
    path.write_text(found[1])
    return path


def test_the_guides_program_opens_a_sealed_file(key_file: Path, program: Path, tmp_path: Path) -> None:
    plain = tmp_path / "report.pdf"
    plain.write_bytes(bytes(range(256)) * 3000)
    vaultapp("encrypt", plain, "--key", "Work")
    opened = tmp_path / "opened"
    subprocess.run([sys.executable, str(program), str(key_file), f"{plain}.sealed", str(opened)], check=True)
    assert opened.read_bytes() == plain.read_bytes()


def test_the_guides_program_fails_with_another_key(key_file: Path, program: Path, tmp_path: Path) -> None:
    plain = tmp_path / "report.pdf"
    plain.write_bytes(b"content")
    vaultapp("encrypt", plain, "--key", "Work")
    other = json.loads(key_file.read_text())
    other["material"] = "A" * 43 + "="
    key_file.write_text(json.dumps(other))
    opened = tmp_path / "opened"
    command = [sys.executable, str(program), str(key_file), f"{plain}.sealed", str(opened)]
    assert subprocess.run(command, check=False, capture_output=True).returncode
    assert opened.read_bytes() == b""
