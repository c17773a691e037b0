"""What a key is called and described by, as sections of its panel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from shiboken6 import isValid

from vaultapp.contracts.keys import Key, KeysApi
from vaultapp.core.printable import printable
from vaultapp.gui import key_words, moments
from vaultapp.gui.key_actions import KeyActions
from vaultapp.gui.look import Look
from vaultapp.gui.messages import message_of
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.edited_text import EditedText
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.side_panel import SidePanel
from vaultapp.gui.widgets.word_list import WordList

Part = EditedText | WordList


class KeyNames(QObject):
    """Name, description, aliases, tags. A refusal stands under the field it is about.

    Args:
        look: Colours and fonts.
        actions: Changes keys.
    """

    def __init__(self, look: Look, actions: KeyActions, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._key: Key | None = None
        self._now = 0
        self.name = EditedText(look, self.tr("Name"), self.tr("Rename"))
        self.description = EditedText(
            look, self.tr("Description"), self.tr("Change the description"), self.tr("None"), lines=True
        )
        self.made = Text(look, style=Style.CAPTION, tone="hint", wrap=True)
        self.made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add_alias = Button(look, self.tr("Add alias"), "link")
        self.add_tag = Button(look, self.tr("Add tag"), "link")
        no_alias = self.tr("Another name under which programs and commands find the key.")
        no_tag = self.tr("A word or a pair to find the key by.")
        self.aliases = WordList(look, self.tr("Alias"), self.tr("payroll/2026"), no_alias, self.add_alias)
        self.tags = WordList(look, self.tr("Tag"), self.tr("team=infrastructure"), no_tag, self.add_tag)
        self.name.entered.connect(self._rename)
        self.description.entered.connect(self._describe)
        self.aliases.added.connect(self._alias)
        self.tags.added.connect(self._tag)
        self.aliases.removed.connect(self._drop_alias)
        self.tags.removed.connect(self._drop_tag)

    def add_to(self, panel: SidePanel) -> None:
        """Add the sections."""
        panel.add_section(self.tr("Details"), control=self.made)
        panel.add(self.name)
        panel.add(self.description, above=10)
        panel.add_section(self.tr("Aliases"), control=self.add_alias)
        panel.add(self.aliases, above=6)
        panel.add_section(self.tr("Tags"), control=self.add_tag)
        panel.add(self.tags, above=6)

    def show_key(self, key: Key, now: int) -> None:
        """Show a key. What is being typed stays, unless it was for another key."""
        if self._key is None or key.key_id != self._key.key_id:
            for part in (self.name, self.description, self.aliases, self.tags):
                part.field.finish()
        self._key, self._now = key, now
        for part, text in ((self.name, key.name), (self.description, key.description)):
            if part.field.isHidden():
                part.show_text(text)
        self.made.setText(self.tr("made {when}").format(when=moments.ago(key.created, now)))
        self.aliases.show_words([(alias, printable(alias)) for alias in key.aliases])
        self.tags.show_words([(name, key_words.tag(name, value)) for name, value in sorted(key.tags.items())])

    def _rename(self, name: str) -> None:
        self._change(self.name, lambda keys, key_id: keys.rename(key_id, name))

    def _describe(self, text: str) -> None:
        self._change(self.description, lambda keys, key_id: keys.describe(key_id, text))

    def _alias(self, alias: str) -> None:
        self._change(self.aliases, lambda keys, key_id: keys.alias(key_id, add=(alias.strip(),)))

    def _tag(self, text: str) -> None:
        name, value = key_words.tag_of(text)
        self._change(self.tags, lambda keys, key_id: keys.tag(key_id, {name: value}))

    def _drop_alias(self, alias: str) -> None:
        if self._key is not None:
            self._actions.drop_alias(self._key, alias)

    def _drop_tag(self, tag: str) -> None:
        if self._key is not None:
            self._actions.drop_tag(self._key, tag)

    def _change(self, part: Part, ask: Callable[[KeysApi, str], Key]) -> None:
        """Ask for a change of the key that is shown now; by the answer another one may be, or none."""
        if self._key is None:
            return
        asked = self._key.key_id

        def here() -> bool:
            return isValid(self) and self._key is not None and self._key.key_id == asked

        def done(key: Key) -> None:
            if here():
                part.field.finish()
                self.show_key(key, self._now)

        def refused(error: BaseException) -> None:
            if here():
                part.refuse(message_of(error))
            else:
                self._actions.failed.emit(error)

        self._actions.change(lambda keys: ask(keys, str(asked)), done, refused)
