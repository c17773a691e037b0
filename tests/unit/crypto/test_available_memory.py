from __future__ import annotations

from pathlib import Path

from vaultapp.crypto.available_memory import available_memory_kib


def test_reads_what_the_kernel_calls_available(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal:       24684084 kB\nMemFree:  1 kB\nMemAvailable:    123456 kB\nBuffers: 2 kB\n")
    assert available_memory_kib(str(meminfo)) == 123456


def test_a_kernel_that_does_not_tell_is_no_reason_to_refuse(tmp_path: Path) -> None:
    silent = tmp_path / "meminfo"
    silent.write_text("MemTotal: 1 kB\n")
    assert available_memory_kib(str(silent)) > 1 << 32
    assert available_memory_kib(str(tmp_path / "missing")) > 1 << 32


def test_this_machine_has_some() -> None:
    assert 0 < available_memory_kib() < 1 << 40
