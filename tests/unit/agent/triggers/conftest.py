from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.buses.desktop import DesktopBuses
from tests.buses.logind import FakeLogind


@pytest.fixture
def buses() -> Iterator[DesktopBuses]:
    with DesktopBuses() as found:
        yield found


@pytest.fixture
def logind(buses: DesktopBuses) -> Iterator[FakeLogind]:
    with FakeLogind(buses.system.address) as found:
        yield found
