"""Every error that vaultapp raises on purpose, by who can act.

    VaultError
    ├─ UserError                 the person or program asking can put it right
    │  ├─ InvalidValue             an argument is not acceptable
    │  ├─ VaultLocked              unlock first
    │  ├─ VaultMissing             no vault at this place
    │  ├─ VaultExists              a vault is already there
    │  ├─ WrongPassphrase          no key slot opened
    │  ├─ TooManyAttempts          wait before the next passphrase
    │  ├─ WordsMistyped            the recovery words carry a typing mistake
    │  ├─ WordsOfAnotherVault      the recovery words are sound, but not this vault's
    │  ├─ NoSuchSlot               the vault cannot be opened that way
    │  ├─ LastSlot                 the last way into a vault cannot be removed
    │  ├─ NotAllowed               this caller may not ask that
    │  ├─ NotFound                 no such key, version, backup, file
    │  ├─ NameTaken                the name or alias exists already
    │  ├─ KeyNotHere               no key here opens this
    │  ├─ KeyDisabled              the key or the version is disabled
    │  ├─ KeyPendingDeletion       the key waits for its deletion
    │  ├─ KeyExhausted             the key has wrapped 2**32 data keys
    │  ├─ PassphraseNeeded         a passphrase recipient, and no passphrase was given
    │  ├─ ContextMismatch          the ciphertext is bound to another encryption context
    │  ├─ ContextReserved          the context uses a name that is kept for programs
    │  ├─ TextTooLong              more than 4,096 bytes of text
    │  ├─ TargetExists             something is already there under that name
    │  ├─ SourceIsTarget           the output would be the input
    │  ├─ NotAFile                 a link, device, socket or pipe where a file was expected
    │  ├─ CredentialInBin          the credential was deleted; take it out of the bin first
    │  ├─ VersionNotActive         the version is disabled, or it is too early or too late for it
    │  ├─ RotationUnderWay         the credential is being rotated
    │  ├─ ConnectorMissing         nothing here rotates this kind
    │  ├─ AttachmentTooLarge       more than 64 KiB with a credential
    │  ├─ ExtraMissing             a part that is installed apart is needed
    │  ├─ ReferencesUnresolved     what stands for a secret leads to none
    │  └─ VaultOlder               an older copy of this vault; the person decides
    ├─ DataError                 the bytes are damaged, forged or from the future
    │  ├─ AuthenticationFailed     a tag or signature does not match (never says which)
    │  ├─ Damaged                  cut short, too long, or malformed
    │  ├─ NotSealed                not a sealed file or text
    │  ├─ UnsupportedFormat        a version or algorithm not known here
    │  ├─ OutOfBounds              parameters outside floor and ceiling
    │  ├─ ArchiveRefused           an archive with names that leave its folder
    │  ├─ VaultDamaged             the vault file is not readable as one
    │  ├─ VaultTampered            rows were swapped, rolled back, lost, copied or added
    │  └─ VaultTooNew              written by a newer vaultapp
    ├─ RemoteError               another system said no or did not answer
    │  ├─ TargetUnreachable        no answer, or the connection broke
    │  ├─ TargetBusy               no room for a connection, or another vault rotates there
    │  ├─ TargetUntrusted          its certificate does not prove who it is
    │  ├─ TargetDenied             the account may not make the change
    │  ├─ TargetReadOnly           a replica, or read only now
    │  ├─ PasswordRefused          the target's policy refuses the new password
    │  ├─ AccountLocked            the account is locked at the target
    │  ├─ LoginRefused             no password that is known here logs in
    │  ├─ ProbeFailed              the new password logs in, but does not do its work
    │  └─ TargetFailed             what else it said
    ├─ HostError                 this machine said no
    │  ├─ SpaceMissing             the destination is full
    │  ├─ ReadOnly                 the place cannot be written
    │  ├─ AccessDenied             the system refuses this user
    │  ├─ NameTooLong              the file system refuses the name
    │  ├─ SourceChanged            an input changed while it was read
    │  ├─ SourceMissing            an input is not there
    │  ├─ VaultBusy                another agent has the vault
    │  ├─ VaultReplaced            the vault file changed beneath the agent
    │  ├─ AgentGone                the agent ended or does not answer
    │  └─ MemoryMissing            not enough memory for the key derivation
    └─ OperationCancelled        someone pressed Cancel; nobody is told

What is no VaultError is a bug and goes to the crash handler. What people read is in :mod:`vaultapp.core.sentences`.
"""

from __future__ import annotations

from typing import ClassVar

from vaultapp.core.printable import valid_text


class VaultError(Exception):
    """Base of all expected failures. Those of credentials and of targets lie in files of their own.

    Attributes:
        code: Stable identifier for logs, the wire and tests, e.g. ``"not_found"``.
        retryable: True when the same call may succeed later without any change.
        facts: Named values that fill the sentence. Never secret. Bytes of a name that are no UTF-8 are U+FFFD.
    """

    code: ClassVar[str] = "error"
    retryable: ClassVar[bool] = False

    def __init__(self, **facts: str | int) -> None:
        valid = {name: valid_text(value) if isinstance(value, str) else value for name, value in facts.items()}
        super().__init__(self.code, valid)
        self.facts: dict[str, str | int] = valid

    def __str__(self) -> str:
        """Return code and facts, for logs; people get a sentence from the faces."""
        return f"{self.code}({', '.join(f'{name}={value!r}' for name, value in self.facts.items())})"


class UserError(VaultError):
    """The caller can put it right."""

    code = "user_error"


class InvalidValue(UserError):
    """An argument is not acceptable. Facts: field, reason."""

    code = "invalid_value"


class VaultLocked(UserError):
    """The root key is not in memory."""

    code = "vault_locked"


class VaultMissing(UserError):
    """There is no vault file. Facts: path."""

    code = "vault_missing"


class VaultExists(UserError):
    """A vault is there already. Facts: path."""

    code = "vault_exists"


class WrongPassphrase(UserError):
    """No key slot opened with this passphrase."""

    code = "wrong_passphrase"


class TooManyAttempts(UserError):
    """Wrong passphrases make the next try wait. Facts: seconds."""

    code = "too_many_attempts"
    retryable = True


class WordsMistyped(UserError):
    """The recovery words fail their checksum. Facts: reason (count, word, checksum), position."""

    code = "words_mistyped"


class WordsOfAnotherVault(UserError):
    """The recovery words are sound but belong to another vault or to an older kit."""

    code = "words_of_another_vault"


class NoSuchSlot(UserError):
    """The vault has no key slot of this kind. Facts: kind."""

    code = "no_such_slot"


class LastSlot(UserError):
    """The last key slot cannot be removed."""

    code = "last_slot"


class NotAllowed(UserError):
    """This caller may not make this call. Facts: call."""

    code = "not_allowed"


class NotFound(UserError):
    """The named thing does not exist. Facts: kind, name."""

    code = "not_found"


class NameTaken(UserError):
    """The name or alias is in use. Facts: name."""

    code = "name_taken"


class KeyNotHere(UserError):
    """No key here opens this. Facts: key (a known name, else the head of an id)."""

    code = "key_not_here"


class KeyDisabled(UserError):
    """The key or one version of it is disabled. Facts: key, version (0 for the whole key)."""

    code = "key_disabled"


class KeyPendingDeletion(UserError):
    """The key waits for its deletion. Facts: key."""

    code = "key_pending_deletion"


class KeyExhausted(UserError):
    """The version has made as many wraps as are safe. Facts: key, version."""

    code = "key_exhausted"


class PassphraseNeeded(UserError):
    """Only a passphrase opens this, and none was given."""

    code = "passphrase_needed"


class ContextMismatch(UserError):
    """The text is bound to an encryption context, and what was given cannot be it. Facts: reason."""

    code = "context_mismatch"


class ContextReserved(UserError):
    """Names beginning with aws-crypto- or vaultapp- are kept for programs. Facts: name."""

    code = "context_reserved"


class TextTooLong(UserError):
    """More than 4,096 bytes of text. Facts: size, limit."""

    code = "text_too_long"


class TargetExists(UserError):
    """Something is already there under that name. Facts: path."""

    code = "target_exists"


class SourceIsTarget(UserError):
    """The output would be the input, or lie inside it. Facts: path."""

    code = "source_is_target"


class NotAFile(UserError):
    """A link, device, socket or pipe where a file was expected. Facts: path, kind."""

    code = "not_a_file"


class VaultOlder(UserError):
    """The file is an older copy, or a fork, of a vault that was seen newer. Facts: seen, found, fork (0 or 1)."""

    code = "vault_older"


class DataError(VaultError):
    """The bytes are damaged, forged or from the future."""

    code = "data_error"


class AuthenticationFailed(DataError):
    """A tag, commitment or signature does not match; never says which."""

    code = "authentication_failed"


class Damaged(DataError):
    """Cut short, too long, or malformed. Facts: reason."""

    code = "damaged"


class NotSealed(DataError):
    """Not a sealed file or text. Facts: reason (base64, empty, too_long, other)."""

    code = "not_sealed"


class UnsupportedFormat(DataError):
    """A version or algorithm not known here. Facts: found."""

    code = "unsupported_format"


class OutOfBounds(DataError):
    """A parameter outside floor and ceiling. Facts: field, value, limit."""

    code = "out_of_bounds"


class ArchiveRefused(DataError):
    """An archive holds a name that leaves its folder, or what is neither file, folder nor link. Facts: name."""

    code = "archive_refused"


class VaultDamaged(DataError):
    """The vault file is not readable as one. Facts: reason."""

    code = "vault_damaged"


class VaultTampered(DataError):
    """Rows or the schema are not as they were written. Facts: reason."""

    code = "vault_tampered"


class VaultTooNew(DataError):
    """A newer vaultapp wrote this vault. Facts: found, known."""

    code = "vault_too_new"


class RemoteError(VaultError):
    """Another system said no or did not answer."""

    code = "remote_error"


class HostError(VaultError):
    """This machine said no. Facts: reason."""

    code = "host_error"


class SpaceMissing(HostError):
    """The destination is full. Facts: path, needed, free."""

    code = "space_missing"
    retryable = True


class ReadOnly(HostError):
    """The place cannot be written. Facts: path."""

    code = "read_only"


class AccessDenied(HostError):
    """The system refuses this user. Facts: path."""

    code = "access_denied"


class NameTooLong(HostError):
    """The file system refuses a name of this length. Facts: path."""

    code = "name_too_long"


class SourceChanged(HostError):
    """An input changed while it was read. Facts: path."""

    code = "source_changed"
    retryable = True


class SourceMissing(HostError):
    """An input is not there. Facts: path."""

    code = "source_missing"


class VaultBusy(HostError):
    """Another agent has the vault. Facts: path."""

    code = "vault_busy"
    retryable = True


class VaultReplaced(HostError):
    """The vault file was changed or replaced beneath the agent. Facts: path."""

    code = "vault_replaced"


class AgentGone(HostError):
    """The agent ended or does not answer."""

    code = "agent_gone"
    retryable = True


class MemoryMissing(HostError):
    """Not enough memory for the key derivation. Facts: needed (MiB)."""

    code = "memory_missing"
    retryable = True


class OperationCancelled(VaultError):
    """Someone pressed Cancel; nobody is told."""

    code = "cancelled"
