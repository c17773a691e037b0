"""Our action in the list of Thunar's custom actions, which is the user's own file."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from vaultapp.core.refusals import refusal
from vaultapp.desktop.folders import DesktopFolders
from vaultapp.desktop.manifest import Manifest
from vaultapp.desktop.placing import Outcome, Placing, Step, digest_of
from vaultapp.desktop.users_file import UsersFile

PART = "thunar"
_NAME = "Thunar/uca.xml"
_EMPTY = '<?xml version="1.0" encoding="UTF-8"?>\n<actions>\n</actions>\n'
_UNIQUE = "vaultapp-encrypt"
_ID = f"<unique-id>{_UNIQUE}</unique-id>"
_ACTION = re.compile(r"<action>(?:(?!</action>).)*?</action>[ \t]*\n?", re.DOTALL)
_END = "</actions>"
_NONE = re.compile(r"<actions\s*/>")
# What Thunar adds when it writes the list: with nothing in them, they mean what their absence means.
_SAYS_NOTHING = frozenset({"submenu", "range"})


class ThunarActions:
    """Adds one action to the list and takes it out again; everything else stays byte for byte.

    A list that cannot be read as one is left alone, and so is what is no file of the user's own; one that is a link to
    such a file stays a link. Where the user has none yet, it begins with the system's, which
    Thunar would not look at any more once there is one of the user.

    Thunar writes the whole list anew when somebody changes it there, and when it finds an action without an id, as the
    system's is; so whether ours is as it was put there is told by what it says, not by its bytes.

    Args:
        folders: The user's, and the system's.
        manifest: Notes what was there before.
        placing: Makes the folder.
    """

    def __init__(self, folders: DesktopFolders, manifest: Manifest, placing: Placing) -> None:
        self._path = folders.config / _NAME
        self._file = UsersFile(self._path)
        self._system = tuple(folder / _NAME for folder in folders.system_config)
        self._manifest = manifest
        self._placing = placing

    def put(self, action: str, *, force: bool = False) -> Step:
        """Add the action, or renew it unless somebody changed it.

        Args:
            action: One ``<action>`` element.
            force: Renew it also where somebody changed it.

        Raises:
            SpaceMissing, ReadOnly, AccessDenied, HostError: The list stays as it is.
        """
        text = self._file.read()
        made = text is None
        if text is None:
            text = self._system_list()
        if not self._file.is_ours_to_write or not _is_list(text):
            return Step(PART, Outcome.KEPT, self._path)
        there = _ours(text)
        if there is not None and _meaning(there) == _meaning(action) and _has_ours(text):
            self._note(action)
            return Step(PART, Outcome.UNCHANGED, self._path)
        if there is not None and not force and not self._is_as_put(text, there):
            return Step(PART, Outcome.KEPT, self._path)
        added = _with(text if there is None else text.replace(there, "", 1), action)
        if not _has_ours(added):
            # What looks like the list's end was none, as in a comment.
            return Step(PART, Outcome.KEPT, self._path)
        self._placing.make_folder(self._path.parent)
        self._file.write(added)
        self._note(action)
        if made:
            self._manifest.made_for_entry.append(str(self._path))
        return Step(PART, Outcome.WRITTEN, self._path)

    def take(self) -> Step:
        """Take the action out; a list that was made for it, and holds nothing new, goes with it.

        Raises:
            ReadOnly, AccessDenied, HostError: The list stays as it is.
        """
        name, noted = str(self._path), self._noted
        made = name in self._manifest.made_for_entry
        self._manifest.entries.pop(name, None)
        self._manifest.made_for_entry = [one for one in self._manifest.made_for_entry if one != name]
        text = self._file.read()
        there = None if text is None else _ours(text)
        if text is None or there is None:
            return Step(PART, Outcome.GONE, self._path)
        if noted != digest_of(_meaning(there)) or not self._file.is_ours_to_write:
            return Step(PART, Outcome.KEPT, self._path)
        left = text.replace(there, "", 1)
        if made and left in (self._system_list(), _EMPTY) and not self._path.is_symlink():
            try:
                self._path.unlink()
            except OSError as exc:
                raise refusal(exc, self._path) from exc
        else:
            self._file.write(left)
        return Step(PART, Outcome.REMOVED, self._path)

    @property
    def _noted(self) -> str | None:
        return self._manifest.entries.get(str(self._path))

    def _note(self, action: str) -> None:
        self._manifest.entries[str(self._path)] = digest_of(_meaning(action))

    def _is_as_put(self, text: str, there: str) -> bool:
        """Tell whether nobody changed our action, nor took it out by a comment around it."""
        return self._noted == digest_of(_meaning(there)) and _has_ours(text)

    def _system_list(self) -> str:
        return next((found for path in self._system if (found := UsersFile(path).read())), _EMPTY)


def _is_list(text: str) -> bool:
    return _root(text) is not None


def _has_ours(text: str) -> bool:
    """Tell whether our action is one of the list, and not a comment in it."""
    root = _root(text)
    return root is not None and any(action.findtext("unique-id") == _UNIQUE for action in root.findall("action"))


def _root(text: str) -> ElementTree.Element | None:
    """Return a list of actions. Entities are not read: by them an XML file names other files, and grows."""
    if "<!ENTITY" in text:
        return None
    try:
        root = ElementTree.fromstring(text.encode("utf-8", "surrogateescape"))  # noqa: S314 - see above
    except ElementTree.ParseError:
        return None
    return root if root.tag == "actions" else None


def _ours(text: str) -> str | None:
    return next((found[0] for found in _ACTION.finditer(text) if _ID in found[0]), None)


def _meaning(action: str) -> bytes:
    """Return what an action says, however it is written; one that cannot be read says what it is."""
    try:
        parts = ElementTree.fromstring(action.encode("utf-8", "surrogateescape"))  # noqa: S314 - of a list without entities
    except ElementTree.ParseError:
        return action.encode("utf-8", "surrogateescape")
    told = sorted((part.tag, sorted(part.items()), (part.text or "").strip()) for part in parts)
    return repr([one for one in told if one[0] not in _SAYS_NOTHING or one[2]]).encode()


def _with(text: str, action: str) -> str:
    if _NONE.search(text):
        text = _NONE.sub("<actions>\n</actions>", text, count=1)
    before, end, after = text.rpartition(_END)
    return f"{before}{action.strip()}\n{end}{after}"
