from __future__ import annotations

from pathlib import Path

import pytest

from vaultapp.gui.home_path import cut_path, home_path


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/mara")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (b"/home/mara/a.pdf", "~/a.pdf"),
        ("/home/mara", "~"),
        (Path("/home/marabou/a.pdf"), "/home/marabou/a.pdf"),
        (b"/media/stick/a\xff.pdf", "/media/stick/a\\xff.pdf"),
        ("/home/mara/\u202ecod.exe", "~/\\u202ecod.exe"),
        ("~/already", "~/already"),
    ],
)
def test_the_home_folder_is_a_tilde(path: bytes | str | Path, shown: str) -> None:
    assert home_path(path) == shown


def test_where_everything_is_home_nothing_is_shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/")
    assert home_path("/etc/passwd") == "/etc/passwd"


@pytest.mark.parametrize("most", range(1, 60))
def test_a_cut_path_is_no_longer_than_asked_and_keeps_its_end(most: int) -> None:
    path = "~/projects/2026/quarterly/annual-report-final.pdf"
    shown = cut_path(path, most)
    assert len(shown) <= max(8, most)
    assert shown == path if most >= len(path) else "…" in shown
    assert path.startswith(shown.partition("…")[0])
    assert path.endswith(shown.rpartition("…")[2])
    assert shown.endswith(".pdf") or most < 12


def test_the_name_stays_whole_where_it_can() -> None:
    assert cut_path("~/projects/2026/quarterly/report.pdf", 24).endswith("/report.pdf")
