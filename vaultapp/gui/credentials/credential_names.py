"""What a credential is called and described by, and when the person is reminded of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from vaultapp.contracts.credentials import SCHEME, Credential, CredentialChange
from vaultapp.core.clock import DAY
from vaultapp.gui import key_words, moments
from vaultapp.gui.credentials.credential_actions import CredentialActions
from vaultapp.gui.look import Look
from vaultapp.gui.messages import message_of
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.edited_text import EditedText
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.side_panel import SidePanel
from vaultapp.gui.widgets.word_list import WordList

Part = EditedText | WordList
_REMIND_DAYS = (7, 30, 90, 180, 365)


class CredentialNames(QObject):
    """Name, identifier, description, tags, reminder. A refusal stands under the field it is about.

    Args:
        look: Colours and fonts.
        actions: Changes credentials.
    """

    def __init__(self, look: Look, actions: CredentialActions, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._credential: Credential | None = None
        self._now = 0
        self.made = Text(look, style=Style.CAPTION, tone="hint", wrap=True)
        self.made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.name = EditedText(look, self.tr("Name"), self.tr("Rename"))
        self.identifier = EditedText(look, self.tr("Identifier"), self.tr("Change the identifier"))
        self.description = EditedText(
            look, self.tr("Description"), self.tr("Change the description"), self.tr("None"), lines=True
        )
        self.add_tag = Button(look, self.tr("Add tag"), "link")
        no_tag = self.tr("A word or a pair to find the credential by.")
        self.tags = WordList(look, self.tr("Tag"), self.tr("team=infrastructure"), no_tag, self.add_tag)
        self.reminder = Chooser(look, self.tr("Reminder"))
        self.reminder.setMaximumWidth(look.px(220))
        self.name.entered.connect(self._rename)
        self.identifier.entered.connect(self._identify)
        self.description.entered.connect(self._describe)
        self.tags.added.connect(self._tag)
        self.tags.removed.connect(self._untag)
        self.reminder.picked.connect(self._remind)

    def add_to(self, panel: SidePanel) -> None:
        """Add the sections."""
        panel.add_section(self.tr("Details"), control=self.made)
        panel.add(self.name)
        panel.add(self.identifier, above=10)
        panel.add(self.description, above=10)
        panel.add_section(self.tr("Tags"), control=self.add_tag)
        panel.add(self.tags, above=6)
        panel.add_section(self.tr("Reminder"))
        panel.add(self.reminder, above=8)

    def show_credential(self, credential: Credential, now: int) -> None:
        """Show a credential. What is being typed stays, unless it was for another one."""
        parts: tuple[Part, ...] = (self.name, self.identifier, self.description, self.tags)
        if self._credential is None or credential.credential_id != self._credential.credential_id:
            for part in parts:
                part.field.finish()
        self._credential, self._now = credential, now
        texts = (
            (self.name, credential.name),
            (self.identifier, credential.identifier),
            (self.description, credential.description),
        )
        for shown, text in texts:
            if shown.field.isHidden():
                shown.show_text(text)
        self.made.setText(self.tr("made {when}").format(when=moments.ago(credential.created, now)))
        self.tags.show_words([(tag, key_words.tag(tag, value)) for tag, value in sorted(credential.tags.items())])
        at = credential.remind_at
        choices = [Choice(None, self.tr("Never"))]
        if at is not None:
            day = moments.date(at)
            words = self.tr("Since {day}") if at <= now else self.tr("On {day}")
            choices.append(Choice(at, words.format(day=day)))
        choices += [
            Choice(now + days * DAY, self.tr("In {days}").format(days=moments.days(days))) for days in _REMIND_DAYS
        ]
        self.reminder.offer(choices, at)

    def rename(self) -> None:
        """Let the name be changed."""
        self.name.begin()

    def _rename(self, name: str) -> None:
        self._change(self.name, CredentialChange(name=name.strip()))

    def _identify(self, identifier: str) -> None:
        self._change(self.identifier, CredentialChange(identifier=identifier.strip().removeprefix(SCHEME)))

    def _describe(self, text: str) -> None:
        self._change(self.description, CredentialChange(description=text))

    def _tag(self, text: str) -> None:
        if self._credential is not None:
            name, value = key_words.tag_of(text)
            self._change(self.tags, CredentialChange(tags={**self._credential.tags, name: value}))

    def _untag(self, tag: str) -> None:
        credential = self._credential
        if credential is not None:
            left = {name: value for name, value in credential.tags.items() if name != tag}
            self._actions.edit(credential, CredentialChange(tags=left))

    def _remind(self, at: int | None) -> None:
        if self._credential is not None and at != self._credential.remind_at:
            self._actions.remind(self._credential, at)

    def _change(self, part: Part, change: CredentialChange) -> None:
        """Ask for a change of what is shown now; by the answer another one may be, or none."""
        credential = self._credential
        if credential is None:
            return
        asked = credential.credential_id

        def refused(error: BaseException) -> None:
            if self._credential is not None and self._credential.credential_id == asked:
                part.refuse(message_of(error))
            else:
                self._actions.failed.emit(error)

        def done(changed: Credential) -> None:
            if self._credential is not None and self._credential.credential_id == asked:
                part.field.finish()
                self.show_credential(changed, self._now)

        self._actions.edit(credential, change, refused, done)
