"""The words for what the activity log records, in English: from these tables the faces speak and translations are made.

The logic that chooses among them is in :mod:`vaultapp.contracts.activity_sentences`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class ActionWords(NamedTuple):
    """The words of one action.

    Attributes:
        done: Said when it went well.
        tried: Said when it did not, or has only begun.
        many: ``done`` for several at once, where the number belongs into the words.
        tried_many: ``tried`` for several at once.
    """

    done: str
    tried: str
    many: str = ""
    tried_many: str = ""


ACTIONS: Mapping[str, ActionWords] = {
    "file.seal": ActionWords("Encrypted a file", "Encrypt a file", "Encrypted {n} files", "Encrypt {n} files"),
    "file.open": ActionWords("Decrypted a file", "Decrypt a file", "Decrypted {n} files", "Decrypt {n} files"),
    "file.rewrap": ActionWords("Re-wrapped a file", "Re-wrap a file", "Re-wrapped {n} files", "Re-wrap {n} files"),
    "text.encrypt": ActionWords("Encrypted a text", "Encrypt a text"),
    "text.decrypt": ActionWords("Decrypted a text", "Decrypt a text"),
    "key.create": ActionWords("Made a key", "Make a key"),
    "key.rename": ActionWords("Renamed a key", "Rename a key"),
    "key.alias": ActionWords("Changed a key's aliases", "Change a key's aliases"),
    "key.describe": ActionWords("Changed a key's description", "Change a key's description"),
    "key.tag": ActionWords("Changed a key's tags", "Change a key's tags"),
    "key.rotate": ActionWords("Rotated a key", "Rotate a key"),
    "key.schedule_rotation": ActionWords("Set when a key is rotated", "Set when a key is rotated"),
    "key.enable": ActionWords("Enabled a key", "Enable a key"),
    "key.disable": ActionWords("Disabled a key", "Disable a key"),
    "key.delete": ActionWords("Scheduled a key's deletion", "Schedule a key's deletion"),
    "key.undelete": ActionWords("Took a key's deletion back", "Take a key's deletion back"),
    "key.export": ActionWords("Exported a key's material", "Export a key's material"),
    "key.destroy": ActionWords("Deleted a key for good", "Delete a key for good"),
    "credential.create": ActionWords("Added a credential", "Add a credential"),
    "credential.read": ActionWords("Gave out a credential", "Give out a credential"),
    "credential.code": ActionWords("Gave out a one-time code", "Give out a one-time code"),
    "credential.put": ActionWords("Gave a credential a new value", "Give a credential a new value"),
    "credential.edit": ActionWords("Edited a credential", "Edit a credential"),
    "credential.promote": ActionWords(
        "Made another version of a credential current", "Make another version of a credential current"
    ),
    "credential.enable_version": ActionWords("Enabled a version of a credential", "Enable a version of a credential"),
    "credential.disable_version": ActionWords(
        "Disabled a version of a credential", "Disable a version of a credential"
    ),
    "credential.delete": ActionWords("Moved a credential to the bin", "Move a credential to the bin"),
    "credential.restore": ActionWords("Took a credential out of the bin", "Take a credential out of the bin"),
    "credential.destroy": ActionWords("Deleted a credential for good", "Delete a credential for good"),
    "credential.attach": ActionWords("Attached a file to a credential", "Attach a file to a credential"),
    "credential.detach": ActionWords("Removed an attachment of a credential", "Remove an attachment of a credential"),
    "credential.attachment": ActionWords(
        "Gave out an attachment of a credential", "Give out an attachment of a credential"
    ),
    "credential.rotate": ActionWords("Rotated a credential", "Rotate a credential"),
    "credential.retire": ActionWords("Took an old value from its target", "Take an old value from its target"),
    "credential.schedule": ActionWords("Set when a credential is rotated", "Set when a credential is rotated"),
    "credential.check": ActionWords("Checked a connection", "Check a connection"),
    "trigger.watch": ActionWords("Began to watch for break-ins", "Begin to watch for break-ins"),
    "trigger.unwatch": ActionWords("Stopped watching for break-ins", "Stop watching for break-ins"),
    "trigger.call": ActionWords("A trigger called for rotation", "A trigger calls for rotation"),
    "credential.import": ActionWords("Imported credentials", "Import credentials"),
    "credential.export": ActionWords("Exported credentials", "Export credentials"),
    "slot.remove": ActionWords("Removed a way to unlock", "Remove a way to unlock"),
    "passphrase.change": ActionWords("Changed the passphrase", "Change the passphrase"),
    "passphrase.reset": ActionWords("Set a new passphrase", "Set a new passphrase"),
    "recovery.new": ActionWords("Made new recovery words", "Make new recovery words"),
    "recovery.drill": ActionWords("Tried the recovery words", "Try the recovery words"),
    "vault.create": ActionWords("Made the vault", "Make the vault"),
    "vault.unlock": ActionWords("Unlocked", "Unlock"),
    "vault.admit": ActionWords("Checked a passphrase", "Check a passphrase"),
    "vault.lock": ActionWords("Locked", "Lock"),
    "window.lock": ActionWords("Locked the window", "Lock the window"),
    "window.unlock": ActionWords("Unlocked the window", "Unlock the window"),
    "setting.locking": ActionWords("Changed when the vault locks by itself", "Change when the vault locks by itself"),
    "setting.plugins": ActionWords("Changed which plug-ins are used", "Change which plug-ins are used"),
    "vault.accept_older": ActionWords("Accepted an older copy of the vault", "Accept an older copy of the vault"),
    "vault.backup": ActionWords("Made a backup", "Make a backup"),
    "vault.restore": ActionWords("Restored a backup", "Restore a backup"),
    "vault.verify": ActionWords("Checked the whole vault", "Check the whole vault"),
}

# What a detail is called in the code, and its words.
PHRASES: Mapping[str, str] = {
    "version": "Version {n}",
    "file_version": "{name}, version {n}",
    "context": "context names {names}",
    "renamed": "Now called “{name}”",
    "never": "Never by itself",
    "at_times": "At “{times}”",
    "daily": "Every day",
    "days": "Every {n} days",
    "deletion": "In {n} days; until then it can be taken back",
    "with_words": "With the recovery words",
    "with_passphrase": "With the passphrase",
    "locked_by_hand": "By hand",
    "locked_because": "Because {reason}",
    "one_wrong": "after a wrong try",
    "wrong": "after {n} wrong tries",
    "old_kits": "Kits printed before no longer open the vault",
    "open_already": "The vault was open already",
    "one_key": "1 key could be read",
    "keys": "{n} keys could be read",
    "one_credential": "1 credential",
    "credentials": "{n} credentials",
    "one_row": "1 record is sound",
    "rows": "{n} records are sound",
    "and": ", ",
    "you": "You",
    "vault_itself": "The vault itself",
    "program": "A program",
    "passphrase": "A passphrase",
    "done": "Done",
    "begun": "Begun",
    "cancelled": "Cancelled",
    "refused": "Refused",
    "failed": "Failed",
}

FACTS: Mapping[str, str] = {
    "path": "File",
    "files": "Files",
    "bytes": "Size",
    "version": "Version",
    "context": "Context names",
    "name": "New name",
    "key": "Key id",
    "credential": "Credential id",
    "identifier": "Identifier",
    "attachment": "Attachment",
    "changed": "Changed",
    "asked": "Asked for",
    "days": "Days",
    "cron": "Times",
    "step": "Step",
    "credentials": "Credentials",
    "target": "Target",
    "account": "Account",
    "number": "Number of the error",
    "reason": "Reason",
    "by": "By",
    "failed": "Wrong tries before",
    "replaced": "Ways in replaced",
    "kind": "Kind",
    "keys": "Keys read",
    "rows": "Records",
    "format": "Form",
    "skipped": "Left out",
    "with_keys": "Keys",
    "allowed": "Allowed, 1 for yes",
    "idle_minutes": "Minutes without input, 0 for never",
    "on_sleep": "On sleep, 1 for yes",
    "on_session_lock": "On a locked screen, 1 for yes",
    "on_screen_saver": "On a screen saver, 1 for yes",
    "on_user_switch": "On another login, 1 for yes",
    "programs_go_on": "Programs go on while the window is locked, 1 for yes",
}
# Facts whose values are codes, and the words of the codes.
CODED = frozenset({"reason", "by", "kind", "step"})
VALUES: Mapping[str, str] = {
    "asked": "asked for",
    "quit": "the app was closed",
    "restored": "a backup was restored",
    "idle": "nobody was there for a while",
    "sleep": "the computer went to sleep",
    "session_locked": "the screen was locked",
    "screen_saver": "the screen saver came on",
    "user_switched": "someone else logged in",
    "schedule": "by its schedule",
    "emergency": "after a break-in",
    "trigger": "because a trigger called for it",
    "create": "Make a new value",
    "set": "Set it at the target",
    "test": "Log in with it",
    "finish": "Make it current",
    "retire": "Take the old value away",
    "done": "Nothing left to do",
    "wraps": "used as often as is safe",
    "passphrase": "The passphrase",
    "recovery_words": "The recovery words",
    "daily": "Daily copy",
    "weekly": "Weekly copy",
    "copy": "Copy in a place of your choice",
}
