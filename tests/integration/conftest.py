from __future__ import annotations

from tests.file_fixtures import desk, room
from tests.integration.postgres_account import postgres, postgres_process

__all__ = ["desk", "postgres", "postgres_process", "room"]
