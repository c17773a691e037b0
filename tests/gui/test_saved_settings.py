"""The file of what the window remembers: what it writes it reads, and what makes no sense counts as none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vaultapp.gui.saved_settings import DropChoices, SavedSettings, WindowChoices

FULL: dict[str, Any] = {
    "geometry": "Af8=",
    "recent": ["L3Yvb25lLnZhdWx0"],
    "drops": {"id": {"key": "k", "folder": "L291dA==", "each": True, "remove_originals": True}},
    "text_keys": {"id": "k"},
    "page": "keys",
    "sorts": {"keys": [2, True]},
    "credentials": {"id": ["c"]},
    "folders": {"seal": "L291dA=="},
    "choices": {
        "theme": "dark",
        "language": "zh_CN",
        "still": True,
        "clear_after": 20,
        "lock_minimised": True,
        "keep_in_tray": False,
        "told_of_tray": True,
    },
}


def test_what_it_writes_it_reads() -> None:
    saved = SavedSettings(json.dumps(FULL).encode())
    assert saved.geometry == b"\x01\xff"
    assert saved.recent == [b"/v/one.vault"]
    assert saved.drops == {"id": DropChoices("k", b"/out", each=True, remove_originals=True)}
    assert saved.sorts == {"keys": (2, True)}
    assert saved.folders == {"seal": b"/out"}
    assert saved.choices.clear_after == 20
    assert json.loads(saved.text()) == FULL
    assert vars(SavedSettings(saved.text())) == vars(saved)


def test_fields_of_another_version_are_passed_over_and_missing_ones_have_their_defaults() -> None:
    saved = SavedSettings(b'{"page": "text", "from_later": 1, "choices": {"still": true, "from_later": 2}}')
    assert saved.page == "text"
    assert saved.choices == WindowChoices(still=True)
    assert saved.drops == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("geometry", "no base64!"),
        ("geometry", 1),
        ("recent", {}),
        ("recent", [1]),
        ("drops", {"id": {"each": 1}}),
        ("drops", {"id": []}),
        ("text_keys", {"id": None}),
        ("page", 3),
        ("sorts", {"keys": [1]}),
        ("sorts", {"keys": ["1", True]}),
        ("credentials", {"id": "c"}),
        ("folders", {"seal": "/outs"}),
        ("choices", {"clear_after": 0}),
        ("choices", {"clear_after": True}),
        ("choices", {"still": "yes"}),
        ("choices", None),
    ],
)
def test_what_it_would_never_write_is_refused_whole(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        SavedSettings(json.dumps({**FULL, field: value}).encode())


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff"])
def test_so_is_what_is_no_object(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        SavedSettings(text)
