"""Installed distributions that bring plug-ins, each in a folder of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.metadata import DistributionFinder, EntryPoint, MetadataPathFinder
from pathlib import Path

import pytest

from vaultapp.contracts.connectors import ENTRY_POINTS


class Site:
    """A folder of installed packages that this process imports from while a test runs."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._patch = patch
        patch.syspath_prepend(str(folder))

    def install(self, distribution: str, name: str, module: str, source: str, attribute: str = "CONNECTOR") -> None:
        """Put a module and the metadata of its distribution there, as pip does."""
        (self.folder / f"{module}.py").write_text(source)
        self._patch.delitem(sys.modules, module, raising=False)
        metadata = self.folder / f"{distribution.replace('-', '_')}-1.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
        (metadata / "entry_points.txt").write_text(f"[{ENTRY_POINTS}]\n{name} = {module}:{attribute}\n")

    def entry_points(self) -> Iterable[EntryPoint]:
        """Return what is installed here, and nothing of this machine's."""
        found = MetadataPathFinder.find_distributions(DistributionFinder.Context(path=[str(self.folder)]))
        return [point for one in found for point in one.entry_points if point.group == ENTRY_POINTS]


PLUGIN = """
from vaultapp.contracts.connectors import Connector
from vaultapp.contracts.credential_kinds import CredentialKind, Field

KIND = CredentialKind("{kind}", (Field("password", secret=True),), "password", settings=(Field("host"),))
CONNECTOR = Connector(KIND, lambda connection: None)
"""
