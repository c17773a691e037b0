"""What the window remembers between starts."""

from __future__ import annotations

import contextlib
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from vaultapp.core.replaced_file import replaced_file, write_all
from vaultapp.gui.saved_settings import DropChoices, SavedSettings, WindowChoices

if TYPE_CHECKING:
    from vaultapp.gui.last_folders import LastFolders

_RECENT = 8


class WindowSettings:
    """A small file in the user's state folder. It holds no name and no secret of a vault.

    Args:
        path: Where it is; made when first written. An unreadable file counts as none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._saved = SavedSettings()
        with contextlib.suppress(OSError, ValueError, RecursionError):
            self._saved = SavedSettings(path.read_bytes())

    @property
    def geometry(self) -> bytes:
        """Where the window was, as Qt writes it; empty at the first start."""
        return self._saved.geometry

    def remember_geometry(self, geometry: bytes) -> None:
        """Keep where the window is."""
        if geometry != self._saved.geometry:
            self._saved.geometry = geometry
            self._write()

    @property
    def recent(self) -> tuple[Path, ...]:
        """Vaults that were opened here, newest first."""
        return tuple(Path(os.fsdecode(path)) for path in self._saved.recent)

    def remember_vault(self, path: Path) -> None:
        """Put a vault at the head of the recent ones."""
        name = os.fsencode(path)
        recent = [name, *(old for old in self._saved.recent if old != name)][:_RECENT]
        if recent != self._saved.recent:
            self._saved.recent = recent
            self._write()

    def drops(self, vault: str) -> DropChoices:
        """Return how files dropped into a vault are worked on. Vault: its id."""
        return self._saved.drops.get(vault, DropChoices())

    def remember_drops(self, vault: str, choices: DropChoices) -> None:
        """Keep how files dropped into a vault are worked on."""
        if self._saved.drops.get(vault) != choices:
            self._saved.drops[vault] = choices
            self._write()

    def text_key(self, vault: str) -> str:
        """Return the id of the key that texts are encrypted with in a vault; empty for the first one."""
        return self._saved.text_keys.get(vault, "")

    def remember_text_key(self, vault: str, key: str) -> None:
        """Keep which key texts are encrypted with."""
        if self.text_key(vault) != key:
            self._saved.text_keys[vault] = key
            self._write()

    @property
    def page(self) -> str:
        """The page that was shown last; empty at the first start."""
        return self._saved.page

    def remember_page(self, page: str) -> None:
        """Keep which page is shown."""
        if page != self._saved.page:
            self._saved.page = page
            self._write()

    @cached_property
    def folders(self) -> LastFolders:
        """Where files were chosen last."""
        from vaultapp.gui.last_folders import LastFolders

        return LastFolders(self._saved.folders, self._write)

    @property
    def choices(self) -> WindowChoices:
        """What the person set."""
        return self._saved.choices

    def choose(self, **chosen: str | int) -> None:
        """Keep what the person set, by its names in :class:`WindowChoices`."""
        choices = self.choices._replace(**cast("dict[str, Any]", chosen))
        if choices != self._saved.choices:
            self._saved.choices = choices
            self._write()

    def sort(self, table: str) -> tuple[int, bool]:
        """Return by which column a table is sorted, -1 for none, and whether downwards."""
        return self._saved.sorts.get(table, (-1, False))

    def remember_sort(self, table: str, column: int, *, descending: bool) -> None:
        """Keep how a table is sorted."""
        if self.sort(table) != (column, descending):
            self._saved.sorts[table] = (column, descending)
            self._write()

    def recent_credentials(self, vault: str) -> tuple[str, ...]:
        """Return the ids of the credentials of a vault that were copied last, newest first."""
        return tuple(self._saved.credentials.get(vault, ()))

    def remember_credential(self, vault: str, credential: str, most: int) -> None:
        """Put a credential at the head of those that were copied last, of which so many are kept."""
        recent = self._saved.credentials.get(vault, [])
        kept = [credential, *(old for old in recent if old != credential)][:most]
        if kept != recent:
            self._saved.credentials[vault] = kept
            self._write()

    def _write(self) -> None:
        """Replace the file. What cannot be remembered is no reason to stop the person's work."""
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # In the window's thread, where nothing may wait for a disk; the last choices are no great loss.
            with replaced_file(self._path, durable=False) as file:
                write_all(file, self._saved.text())
