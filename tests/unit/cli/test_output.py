from __future__ import annotations

import json
import time

import pytest

from vaultapp.cli.output import Output, counted, fields, local_time, rfc3339, table


def test_json_is_one_line_of_ascii_whatever_the_names_are(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"name": "工作 \x1b[31m \udcff \n"}
    Output(as_json=True).result(value, "not shown")
    printed = capsys.readouterr().out
    assert printed.isascii()
    assert printed.count("\n") == 1
    assert "\x1b" not in printed
    assert json.loads(printed) == value


def test_people_get_lines_and_no_json(capsys: pytest.CaptureFixture[str]) -> None:
    Output(as_json=False).result({"a": 1}, "one", "two")
    assert capsys.readouterr().out == "one\ntwo\n"


def test_where_standard_output_is_data_results_go_aside(capsys: pytest.CaptureFixture[str]) -> None:
    Output(as_json=True, aside=True).result({"a": 1})
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", '{"a": 1}\n')


def test_tables_align_wide_characters_and_escape_hidden_ones() -> None:
    assert table(("NAME", "N"), [("工作", "1"), ("a\x07", "22"), ("long name", "")]) == [
        "NAME       N",
        "工作       1",
        "a\\x07      22",
        "long name",
    ]


def test_fields_without_a_value_are_left_out() -> None:
    assert fields([("Name", "x"), ("Nothing", ""), ("Description", "a\nb")]) == ["Name         x", "Description  a\\nb"]


def test_times_are_rfc_3339_for_programs_and_local_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert rfc3339(1_700_000_000_999_999) == "2023-11-14T22:13:20Z"
        assert local_time(1_700_000_000_999_999) == "2023-11-15 06:13"
        assert (rfc3339(None), local_time(None)) == (None, "")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_counted_words() -> None:
    assert [counted(n, "file", "files") for n in (0, 1, 2, 12345)] == ["0 files", "1 file", "2 files", "12,345 files"]
