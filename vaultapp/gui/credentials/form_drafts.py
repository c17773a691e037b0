"""What was typed into a form for a credential and is not saved, for the form that takes its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.contracts.credentials import Credential, SecretFields
from vaultapp.gui.widgets.side_panel import SidePanel


@dataclass(frozen=True, slots=True, repr=False)
class NewCredentialDraft:
    """Of a credential that is being made.

    Attributes:
        kind: Of the credential.
        name: As typed, like all others.
        proposed: The identifier that was proposed for the name, if nobody typed another one.
        days: Between two rotations; 0 only when asked.
        opened: The connection is unfolded.
    """

    kind: CredentialKind
    name: str
    identifier: str
    proposed: str
    description: str
    tags: str
    days: int
    value: Mapping[str, str]
    settings: Mapping[str, str]
    opened: bool


@dataclass(frozen=True, slots=True, repr=False)
class NewValueDraft:
    """Of a new value, or another connection.

    Attributes:
        credential: What is changed.
        before: Its value when the form was opened.
        opened: The connection is unfolded.
    """

    credential: Credential
    before: SecretFields
    value: Mapping[str, str]
    settings: Mapping[str, str]
    opened: bool


Draft = NewCredentialDraft | NewValueDraft


class DraftedForm(SidePanel):
    """A form whose content can be taken over by another one."""

    @property
    def draft(self) -> Draft:
        """What is typed so far."""
        raise NotImplementedError
