from __future__ import annotations

from tests.file_fixtures import desk, room

__all__ = ["desk", "room"]
