"""The words for every error code, in English: one table, from which the faces speak and translations are made.

Plain verbs. What did not happen, what is still true, what to do; no sentence names a command or a button, because
both faces say them. Of several cases of a code the most particular comes first.
"""

from __future__ import annotations

from collections.abc import Mapping

from vaultapp.core import credential_sentences
from vaultapp.core.host_sentences import HOST
from vaultapp.core.sentence_case import NOTHING_CHANGED, NOTHING_WRITTEN, VAULT_AS_IT_WAS, Case

_FOREIGN = "The two programs of vaultapp do not understand each other; one of them is of another version."
_BY_FILE = "Give it with a file."
_RESTORE = "Restore a backup, or check how the file came to be like this."


def _invalid(field: str, reason: str, what: str, todo: str = "") -> Case:
    return Case(what, NOTHING_CHANGED, todo, {"field": field, "reason": reason})


def _cost(field: str, what: str) -> Case:
    return Case(what, "No memory was taken and nothing was opened.", "", {"field": field})


def _tampered(reason: str, what: str) -> Case:
    return Case(what, "Nothing of it was used.", _RESTORE, {"reason": reason})


UNKNOWN = Case("Something went wrong inside vaultapp.", "The vault and your files are as they were.")

_INVALID = (
    _invalid("passphrase", "empty", "The passphrase is empty."),
    _invalid("passphrase", "too_long", "The passphrase is longer than 4,096 bytes."),
    _invalid("passphrase", "not_utf8", "The passphrase is not UTF-8 text."),
    _invalid("passphrase", "not_repeated", "The two passphrases are not the same."),
    _invalid(
        "passphrase",
        "no_terminal",
        "There is no terminal to ask for the passphrase.",
        "Give it with a file or a descriptor.",
    ),
    _invalid("new_passphrase", "no_terminal", "There is no terminal to ask for the new passphrase.", _BY_FILE),
    _invalid("file_passphrase", "no_terminal", "There is no terminal to ask for the file's passphrase.", _BY_FILE),
    _invalid("words", "no_terminal", "There is no terminal to ask for the recovery words.", "Give them with a file."),
    _invalid("vault_id", "in_use", "Another vault of this user has this id."),
    _invalid("vault_id", "not_random", "This id is not a random one."),
    _invalid("name", "empty", "The name is empty."),
    _invalid("name", "too_long", "The name is longer than 256 characters."),
    _invalid("name", "control_characters", "The name holds characters that cannot be seen."),
    _invalid("name", "looks_like_id", "The name looks like an id.", "Choose another name."),
    _invalid(
        "alias",
        "characters",
        "This is not an alias.",
        "Use up to 250 letters, digits, /, _ and -, not beginning with aws/.",
    ),
    _invalid("description", "too_long", "The description is longer than 8,192 characters."),
    _invalid("tags", "too_many", "At most 50 tags are taken."),
    _invalid("tags", "too_long", "A tag's name takes 1 to 128 characters, its value up to 256."),
    _invalid("tags", "form", "A tag is written name=value."),
    _invalid("context", "form", "A context pair is written name=value."),
    _invalid("context", "not_utf8", "The context is not UTF-8 text."),
    _invalid("context", "too_long", "The context is longer than 65,535 bytes."),
    _invalid("context", "empty_name", "A context pair has an empty name."),
    _invalid("keys", "too_many", "A file takes at most 15 keys."),
    _invalid("passphrases", "too_many", "More passphrases were given than a file may have."),
    _invalid("recipients", "none", "Nobody could open the file: no key and no passphrase was given."),
    _invalid("kind", "unknown", "No key of this kind can be made here."),
    _invalid("key", "imported", "The key's material came from elsewhere and cannot be rotated here."),
    _invalid("key", "not_pending_deletion", "The key does not wait for its deletion."),
    _invalid("days", "seven_to_thirty", "A key is deleted after 7 to 30 days."),
    _invalid("version", "primary", "The primary version cannot be disabled.", "Rotate the key first."),
    _invalid("rotation_days", "one_to_3650", "A key is rotated every 1 to 3,650 days."),
    _invalid("frame_length", "too_many_frames", "The file has too many frames of this length."),
    _invalid("frame_length", "out_of_bounds", "A frame takes 1 byte to 64 MiB."),
    _invalid("output", "one_source", "Only one file at a time goes to standard output."),
    _invalid("output", "no_name", "A stream has no name to make a file under.", "Let it go to standard output."),
    _invalid("paths", "too_many", "Too many files were named at once."),
    _invalid("idle_minutes", "bounds", "A vault locks after at most a day without input.", "Choose less, or never."),
    _invalid("target", "not_absolute", "The place for the backup is not an absolute path."),
    _invalid("reference", "form", "A reference is written vault://NAME#FIELD."),
    _invalid("template", "not_closed", "A reference in the template is not closed by two braces."),
    _invalid("template", "not_utf8", "The template is not UTF-8 text."),
    _invalid("env_file", "form", "Line {line} of the environment file is not NAME=value."),
    _invalid("under", "characters", "The beginning of identifiers takes letters, digits and /_+=.@- only."),
    _invalid("file", "too_large", "The file is too large to be read in."),
    _invalid("credentials", "too_large", "All of it has more than 256 MiB.", "Export it in parts."),
    _invalid("target", "no_file", "This cannot be the path of a file."),
    Case("What “{field}” stands for has a zero byte in it.", NOTHING_CHANGED, "", {"reason": "zero_byte"}),
    *credential_sentences.INVALID,
    Case("“{field}” cannot be taken like this.", NOTHING_CHANGED),
)

_VAULT = {
    "vault_locked": (Case("The vault is locked.", "", "Unlock it first."),),
    "vault_missing": (
        Case("There is no vault at “{path}”.", "", "Make one, or choose another."),
        Case("There is no vault here.", "", "Make one, or choose another."),
    ),
    "vault_exists": (
        Case("There is a vault at “{path}” already.", "It is as it was.", "Choose another place."),
        Case("There is a vault already.", "It is as it was.", "Choose another place."),
    ),
    "wrong_passphrase": (Case("This passphrase does not open the vault.", VAULT_AS_IT_WAS),),
    "too_many_attempts": (
        Case("There were too many wrong passphrases.", VAULT_AS_IT_WAS, "Try again in 1 s.", {"seconds": 1}),
        Case("There were too many wrong passphrases.", VAULT_AS_IT_WAS, "Try again in {seconds} s."),
        Case("There were too many wrong passphrases.", VAULT_AS_IT_WAS, "Try again in a minute."),
    ),
    "words_mistyped": (
        Case(
            "Recovery words are 24; these are none, or far too many.",
            VAULT_AS_IT_WAS,
            "",
            {"reason": "count", "position": 0},
        ),
        Case("Recovery words are 24; these are {position:count}.", VAULT_AS_IT_WAS, "", {"reason": "count"}),
        Case("Recovery words are 24; these are more or fewer.", VAULT_AS_IT_WAS, "", {"reason": "count"}),
        Case(
            "Word {position} is not one of the recovery words.",
            VAULT_AS_IT_WAS,
            "Compare it with the printed kit.",
            {"reason": "word"},
        ),
        Case("The recovery words are mistyped.", VAULT_AS_IT_WAS, "Compare them with the printed kit."),
    ),
    "words_of_another_vault": (
        Case(
            "These recovery words are sound, but belong to another vault or to an older kit.",
            VAULT_AS_IT_WAS,
            "Look for this vault's newest kit.",
        ),
    ),
    "no_such_slot": (
        Case("This vault has no recovery words.", VAULT_AS_IT_WAS, "", {"kind": "recovery_words"}),
        Case(
            "This vault has no passphrase.",
            VAULT_AS_IT_WAS,
            "Unlock it with its recovery words.",
            {"kind": "passphrase"},
        ),
        Case("The vault cannot be opened that way.", VAULT_AS_IT_WAS),
    ),
    "last_slot": (Case("This is the last way to open the vault.", NOTHING_CHANGED, "Add another way first."),),
    "vault_older": (
        Case(
            "This vault is not the one that was used here last: both have gone on from the same copy.",
            "Nothing was opened.",
            "Find out which copy has what you need before you accept this one.",
            {"fork": 1},
        ),
        Case(
            "This is an older copy of the vault than the one used here last.",
            "Nothing was opened.",
            "Look for the newer file, or accept the older one.",
        ),
    ),
    "vault_damaged": (
        Case("This file is not a vault.", "It was not touched.", "", {"reason": "not_a_vault"}),
        Case("The vault file is damaged.", "Nothing was written to it.", "Restore a backup."),
    ),
    "vault_tampered": (
        _tampered("rows_swapped", "Records of the vault were swapped."),
        _tampered("rows_missing", "Records of the vault are missing."),
        _tampered("rows_added", "Records were added to the vault from outside."),
        _tampered("rows_rolled_back", "Records of the vault were put back to an older state."),
        _tampered("row_copied", "A record of the vault was copied."),
        _tampered("row_rolled_back", "A record of the vault was put back to an older state."),
        _tampered("row_changed", "A record of the vault was changed from outside."),
        _tampered("slots", "The vault's key slots were changed from outside."),
        _tampered("epoch", "The vault's own seal was changed from outside."),
        _tampered("schema", "The vault's tables were changed from outside."),
        _tampered("trigger", "Something that runs by itself was put into the vault file."),
        _tampered("view", "Something was put into the vault file that does not belong there."),
        _tampered("journal", "A journal that is not the vault's own lies beside it."),
        Case(
            "The activity log was changed: entry {sequence} is not as it was written.",
            "The keys are not concerned.",
            _RESTORE,
            {"reason": "activity"},
        ),
        Case("The vault was changed from outside.", "Nothing of it was used.", _RESTORE),
    ),
    "vault_too_new": (
        Case("A newer vaultapp wrote this vault.", "It was not touched.", "Open it with the newer version."),
    ),
    "vault_busy": (
        Case(
            "Another program has the vault at “{path}”.", VAULT_AS_IT_WAS, "Close it there, or wait until it has ended."
        ),
        Case("Another program has the vault.", VAULT_AS_IT_WAS, "Close it there, or wait until it has ended."),
    ),
    "vault_replaced": (
        Case(
            "The vault file was changed or replaced by something else.",
            NOTHING_WRITTEN,
            "Lock and unlock to go on with the file that is there now.",
        ),
    ),
}

_KEYS = {
    "not_found": (
        Case("No key is called “{name}”.", "", "", {"kind": "key"}),
        Case("The key has no version “{name}”.", "", "", {"kind": "version"}),
        Case("The key has no alias “{name}”.", NOTHING_CHANGED, "", {"kind": "alias"}),
        Case("There is no folder “{name}”.", NOTHING_WRITTEN, "Make it, or choose another.", {"kind": "folder"}),
        Case("There is no backup “{name}”.", NOTHING_CHANGED, "", {"kind": "backup"}),
        Case("There is no file “{name}”.", NOTHING_CHANGED, "", {"kind": "file"}),
        Case("There is no key slot “{name}”.", NOTHING_CHANGED, "", {"kind": "slot"}),
        *credential_sentences.NOT_FOUND,
        Case("“{name}” is not in the vault.", NOTHING_CHANGED),
        Case("This is not there."),
    ),
    "name_taken": (
        credential_sentences.NAME_TAKEN,
        Case("“{name}” is the name or alias of a key already.", NOTHING_CHANGED, "Choose another."),
        Case("A key has this name or alias already.", NOTHING_CHANGED, "Choose another."),
    ),
    "key_not_here": (
        Case("No key here opens this text. It needs “{key}”.", "", "", {"of": "text"}),
        Case("No key here opens this file. It needs “{key}”.", NOTHING_WRITTEN),
        Case("No key here opens this.", NOTHING_WRITTEN),
    ),
    "key_disabled": (
        Case("“{key}” is disabled.", NOTHING_WRITTEN, "Enable it first.", {"version": 0}),
        Case("Version {version} of “{key}” is disabled.", NOTHING_WRITTEN, "Enable it first."),
        Case("The key is disabled.", NOTHING_WRITTEN, "Enable it first."),
    ),
    "key_pending_deletion": (
        Case("“{key}” waits for its deletion.", NOTHING_WRITTEN, "Take the deletion back and enable it first."),
        Case("The key waits for its deletion.", NOTHING_WRITTEN, "Take the deletion back and enable it first."),
    ),
    "key_exhausted": (
        Case("Version {version} of “{key}” has been used as often as is safe.", NOTHING_WRITTEN, "Rotate the key."),
        Case("The key has been used as often as is safe.", NOTHING_WRITTEN, "Rotate the key."),
    ),
    "passphrase_needed": (Case("Only a passphrase opens this file.", NOTHING_WRITTEN, "Give its passphrase."),),
    "context_mismatch": (
        Case("The file's context does not hold what was asked for.", NOTHING_WRITTEN, "", {"reason": "pair"}),
        Case("This is bound to another context.", NOTHING_WRITTEN, "Give the context it was made with."),
    ),
    "context_reserved": (
        Case("“{name}” cannot be used: names that begin with aws-crypto- or vaultapp- are kept for programs."),
        Case("Names that begin with aws-crypto- or vaultapp- are kept for programs."),
    ),
    "text_too_long": (
        Case("The text has {size:count} bytes; {limit:count} are the most.", "", "Encrypt it as a file."),
        Case("The text is longer than 4,096 bytes.", "", "Encrypt it as a file."),
    ),
}

_COPY = Case(
    "The encrypted copy is not on the disk as it was written.",
    "The original is kept.",
    "Check the disk, and encrypt it again.",
    {"of": "copy"},
)

_DATA = {
    "authentication_failed": (
        Case(
            "This text was changed, or it needs another context.",
            "",
            "Give the context it was made with.",
            {"of": "text"},
        ),
        Case(
            "This passphrase does not open the file, or the file was changed.",
            NOTHING_WRITTEN,
            "",
            {"of": "passphrase"},
        ),
        _COPY,
        Case("This file was changed or cut short.", NOTHING_WRITTEN),
    ),
    "damaged": (
        Case("The text is cut short.", "", "Copy all of it.", {"of": "text", "reason": "cut_short"}),
        Case("The text is damaged.", "", "Copy all of it.", {"of": "text"}),
        _COPY,
        Case("The file is cut short.", NOTHING_WRITTEN, "Fetch all of it again.", {"reason": "cut_short"}),
        Case("Something was added to the end of the file.", NOTHING_WRITTEN, "", {"reason": "trailing"}),
        Case("The archive inside the file is damaged.", "Nothing was unpacked.", "", {"reason": "archive"}),
        *(Case(_FOREIGN, "Nothing was done.", "", {"reason": reason}) for reason in ("message", "protocol")),
        Case("The file is damaged.", NOTHING_WRITTEN),
    ),
    "not_sealed": (
        Case(
            "This text is too long to look for an encrypted one in it.",
            "",
            "Take only the part that begins with vlt1.",
            {"of": "text", "reason": "too_long"},
        ),
        Case("There is no encrypted text in this.", "", "It begins with vlt1.", {"of": "text"}),
        Case(
            "This is the text form of an encrypted file.",
            NOTHING_WRITTEN,
            "Decode it from base64 first.",
            {"reason": "base64"},
        ),
        Case("The file is empty, so it is not an encrypted one.", NOTHING_WRITTEN, "", {"reason": "empty"}),
        Case("This is not an encrypted file.", NOTHING_WRITTEN),
    ),
    "unsupported_format": (
        Case(
            "This is an encrypted export of Bitwarden.",
            NOTHING_CHANGED,
            "Export it there as .json, not encrypted.",
            {"found": "bitwarden_encrypted"},
        ),
        Case(
            "No column of this table is known as a password, a name or an address.",
            NOTHING_CHANGED,
            "Its first line must name the columns.",
            {"found": "csv_columns"},
        ),
        Case(
            "This is no file that credentials can be read from.",
            NOTHING_CHANGED,
            "Known are CSV, Bitwarden's JSON, KeePass databases and sealed exports.",
            {"found": "credentials"},
        ),
        Case("This is of a form that is not known here ({found}).", NOTHING_WRITTEN, "A newer vaultapp may know it."),
        Case("This is of a form that is not known here.", NOTHING_WRITTEN, "A newer vaultapp may know it."),
    ),
    "out_of_bounds": (
        _cost(
            "kdf_memory", "The memory that this passphrase asks for, {value} KiB, is outside the limit of {limit} KiB."
        ),
        _cost("kdf_passes", "The passes that this passphrase asks for, {value}, are outside the limit of {limit}."),
        _cost("kdf_lanes", "The lanes that this passphrase asks for, {value}, are outside the limit of {limit}."),
        _cost("kdf_work", "The work that this passphrase asks for is outside the limit."),
        _cost("kdf_salt", "The salt of this passphrase has the wrong length."),
        Case(
            "The archive's links take {value:size} of memory; {limit:size} are the most.",
            "Nothing was unpacked.",
            "",
            {"field": "links"},
        ),
        Case("The file asks for too much: {field} is {value}, the limit {limit}.", NOTHING_WRITTEN),
        Case("The file asks for too much.", NOTHING_WRITTEN),
    ),
    "archive_refused": (
        Case(
            "The archive holds “{name}”, which would leave its folder or is neither file, folder nor link.",
            "Nothing was unpacked.",
        ),
        Case("The archive holds something that would leave its folder.", "Nothing was unpacked."),
    ),
}

TABLE: Mapping[str, tuple[Case, ...]] = {
    "error": (UNKNOWN,),
    "user_error": (Case("This cannot be done as it was asked.", NOTHING_CHANGED),),
    "data_error": (Case("The data is damaged.", NOTHING_WRITTEN),),
    "remote_error": (Case("Another system said no or did not answer.", "", "Try again."),),
    "cancelled": (
        Case("Cancelled.", "Nothing was done.", "", {"reason": "declined"}),
        Case("Cancelled.", "Nothing was exported.", "", {"reason": "export"}),
        Case("Cancelled.", "What was done before that stays."),
    ),
    "invalid_value": (
        *_INVALID,
        Case("What was given is not UTF-8 text.", NOTHING_CHANGED, "", {"reason": "not_utf8"}),
        Case("This cannot be taken.", NOTHING_CHANGED),
    ),
    "not_allowed": (Case("This program may not ask that.", NOTHING_CHANGED, "Give the passphrase first."),),
    **_VAULT,
    **_KEYS,
    **_DATA,
    **credential_sentences.CREDENTIALS,
    **HOST,
}
