"""The sample program of the documentation, as it stands there, against a real MariaDB whose password rotates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.demo_mysql import main
from tests.acceptance.mysql_story import FIRST_PASSWORD, IDENTIFIER, SHOP, MysqlStory

CHECKOUT = Path(__file__).parents[2]
ROTATIONS = 3


@pytest.fixture
def story() -> Iterator[MysqlStory]:
    with MysqlStory() as found:
        found.add_credentials()
        yield found


def test_a_shop_that_holds_a_reference_stays_open_through_rotations(story: MysqlStory) -> None:
    story.open_shop()
    story.wait_for_orders(50)
    seen = {FIRST_PASSWORD}
    for _ in range(ROTATIONS):
        story.shell.run("rotate", IDENTIFIER)
        seen.add(story.password())
        story.wait_for_orders(50)
    told, complaints = story.close_shop()
    print(told)
    assert len(seen) == ROTATIONS + 1
    assert (told["failed"], complaints) == (0, "")
    assert told["served"] + told["at the second try"] == story.orders()


def test_an_emergency_costs_no_order_more_than_a_second_try(story: MysqlStory) -> None:
    story.open_shop()
    story.wait_for_orders(50)
    story.break_in()
    story.shell.run("rotate", IDENTIFIER, "--emergency")
    assert not story.attacker_reads()
    assert not story.server.logs_in("app", FIRST_PASSWORD)
    assert story.server.logs_in("app", story.password())
    story.wait_for_orders(200)
    told, complaints = story.close_shop()
    print(told)
    assert (told["failed"], complaints) == (0, "")
    assert told["at the second try"] >= 1
    assert told["served"] + told["at the second try"] == story.orders()


def test_the_sample_holds_no_secret_and_the_documentation_shows_its_very_lines() -> None:
    sample = SHOP.read_text()
    assert "password=value" in sample
    assert "vault://prod/mysql/app" in sample
    shown = re.findall(r"```python\n(.*?)```", (CHECKOUT / "docs/programs.md").read_text(), re.DOTALL)
    assert shown
    for text in shown:
        for line in text.splitlines():
            assert not line.strip() or line.strip() in sample, line


def test_the_demo_holds(capfd: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[-1].startswith("6 of 6 held: the break-in ended ")
    assert not [line for line in lines if "NO " in line]
    assert FIRST_PASSWORD not in "\n".join(lines)
