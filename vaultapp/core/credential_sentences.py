"""The words for errors of credentials and of the targets that take them, in English."""

from __future__ import annotations

from vaultapp.core.sentence_case import NOTHING_CHANGED, NOTHING_WRITTEN, Case

_OLD_STAYS = "The old value stays current."


def _invalid(reason: str, what: str, todo: str = "", *, field: str = "") -> Case:
    return Case(what, NOTHING_CHANGED, todo, {"field": field, "reason": reason} if field else {"reason": reason})


def _failed(reason: str, what: str, todo: str) -> Case:
    return Case(what, _OLD_STAYS, todo, {"reason": reason})


INVALID = (
    _invalid("unknown_credential", "No credential of this kind can be kept here."),
    _invalid("missing", "“{field}” is missing."),
    _invalid("choice", "“{field}” cannot have this value."),
    _invalid("unknown_setting", "The connection has no setting “{field}”."),
    _invalid("minutes", "“{field}” is a number of minutes, at most 43,200."),
    _invalid("port", "“{field}” is a number from 1 to 65,535."),
    _invalid("kept_only", "The secrets of this kind are made elsewhere and only kept here."),
    _invalid("name", "A field's name takes 1 to 128 characters, without #.", field="field"),
    _invalid("too_large", "The value has more than 64 KiB.", "Attach it, or encrypt it as a file.", field="value"),
    _invalid(
        "characters",
        "This is not an identifier.",
        "Use up to 512 letters, digits, /, _, +, =, ., @ and -, without a slash at the ends or two in a row.",
        field="identifier",
    ),
    _invalid("looks_like_id", "The identifier looks like an id.", "Choose another one.", field="identifier"),
    _invalid("before_start", "It would expire before it can be used.", field="expires"),
    _invalid("bin", "A credential lies in the bin for 7 to 30 days.", field="days"),
    _invalid("not_in_bin", "The credential is not in the bin.", field="credential"),
    _invalid("current", "The current version cannot be disabled.", "Give it a new value first.", field="version"),
    _invalid("no_set", "No characters are left to make a password of.", "Allow letters, digits or symbols."),
    _invalid("whole_set", "All characters of a set are excluded.", "Exclude fewer, or leave out the whole set."),
    _invalid("bounds", "A password takes 4 to 1,024 characters.", field="length"),
    _invalid("empty", "The secret is empty.", field="secret"),
    _invalid("not_utf8", "The secret is not UTF-8 text.", field="secret"),
    _invalid("no_terminal", "There is no terminal to ask for “{field}”.", "Give it with a file."),
    _invalid("not_by_time", "One-time codes are made by time only, not by count.", field="totp"),
    _invalid("parameters", "One-time codes of this form are not known here.", field="totp"),
    _invalid("seed", "“{field}” is neither a base 32 seed nor an otpauth address.", field="totp"),
    _invalid("name", "This cannot be the name of an attachment.", field="attachment"),
    _invalid("too_many", "A credential takes at most 50 attachments.", field="attachments"),
    _invalid("both", "A credential rotates after days or at certain times, not both.", field="plan"),
    _invalid("rotation_days", "A credential rotates every 1 to 3,650 days.", field="days"),
    _invalid(
        "fields",
        "This is not a line of times.",
        "Give minute, hour, day, month and day of the week, as in 30 2 * * sun.",
        field="cron",
    ),
    _invalid("never", "No time fits this line.", field="cron"),
    _invalid("bounds", "A window begins within the day and takes at most a day.", field="window"),
    _invalid("another_target", "The pending value leads to another target.", "Cancel the rotation, and begin anew."),
    _invalid("file_or_command", "A trigger watches either a file or a command.", field="trigger"),
    _invalid("relative", "The place of the file is not an absolute path.", field="trigger"),
    _invalid("no_credentials", "The trigger names no credential.", field="trigger"),
    _invalid("bounds", "A command is tried every 5 seconds to every day.", field="every_s"),
)
"""For ``invalid_value``."""

NOT_FOUND = (
    Case("No credential is called “{name}”.", "", "", {"kind": "credential"}),
    Case("The credential has no version “{name}”.", "", "", {"kind": "credential_version"}),
    Case("The credential has no field “{name}”.", "", "", {"kind": "credential_field"}),
    Case("The credential has no attachment “{name}”.", "", "", {"kind": "attachment"}),
    Case("No credential that can be rotated is used at “{name}”.", NOTHING_CHANGED, "", {"kind": "target"}),
    Case("“{name}” was never rotated.", NOTHING_CHANGED, "", {"kind": "rotation"}),
    Case("Nothing is watched under the name “{name}”.", NOTHING_CHANGED, "", {"kind": "trigger"}),
    Case(
        "No plug-in “{name}” is installed.",
        NOTHING_CHANGED,
        "Install it into the environment that vaultapp runs in.",
        {"kind": "plugin"},
    ),
)
NAME_TAKEN = Case(
    "“{name}” is the name or identifier of a credential already, if only of one in the bin.",
    NOTHING_CHANGED,
    "Choose another.",
    {"kind": "credential"},
)

CREDENTIALS = {
    "credential_in_bin": (
        Case("“{credential}” lies in the bin.", NOTHING_CHANGED, "Take it out of the bin first."),
        Case("The credential lies in the bin.", NOTHING_CHANGED, "Take it out of the bin first."),
    ),
    "version_not_active": (
        Case("This version of “{credential}” is disabled.", "", "Enable it first.", {"reason": "disabled"}),
        Case("This version of “{credential}” is not in use yet.", "", "Change when it starts.", {"reason": "early"}),
        Case("This version of “{credential}” has expired.", "", "Give it a new value.", {"reason": "expired"}),
        Case("This version is not in use."),
    ),
    "rotation_under_way": (
        Case("“{credential}” is being rotated.", NOTHING_CHANGED, "Wait until that has ended, or cancel it."),
        Case("The credential is being rotated.", NOTHING_CHANGED, "Wait until that has ended, or cancel it."),
    ),
    "connector_missing": (
        Case(
            "The plug-in “{plugin}” cannot be loaded.",
            NOTHING_CHANGED,
            "The settings tell why.",
            {"reason": "broken"},
        ),
        Case(
            "What speaks to targets of the kind “{kind}” is not installed.",
            NOTHING_CHANGED,
            "Install vaultapp anew.",
            {"reason": "driver"},
        ),
        Case("Nothing here rotates the kind “{kind}”.", NOTHING_CHANGED, "Name its plug-in in the settings."),
        Case("Nothing here rotates this kind.", NOTHING_CHANGED, "Name its plug-in in the settings."),
    ),
    "attachment_too_large": (
        Case(
            "The attachments would have {size:size}; {limit:size} are the most.",
            NOTHING_CHANGED,
            "Encrypt it as a file.",
        ),
        Case("The attachments would have more than 64 KiB.", NOTHING_CHANGED, "Encrypt it as a file."),
    ),
    "extra_missing": (
        Case(
            "What reads KeePass databases is not installed.",
            NOTHING_CHANGED,
            "Install pykeepass beside vaultapp, or export the entries as CSV there.",
            {"extra": "kdbx"},
        ),
        Case("A part that is installed apart is missing.", NOTHING_CHANGED, "Install it."),
    ),
    "references_unresolved": (
        Case("{references} leads to no secret.", "The program was not started.", "", {"of": "run", "count": 1}),
        Case("{count:count} references lead to no secret.", "The program was not started.", "", {"of": "run"}),
        Case("{references} leads to no secret.", NOTHING_WRITTEN, "", {"count": 1}),
        Case("{count:count} references lead to no secret.", NOTHING_WRITTEN),
        Case("A reference leads to no secret.", NOTHING_WRITTEN),
    ),
    "target_unreachable": (
        Case("{target} does not answer.", _OLD_STAYS, "Look if it runs and can be reached; it is tried again."),
        Case("The target does not answer.", _OLD_STAYS, "Look if it runs and can be reached; it is tried again."),
    ),
    "target_busy": (
        Case("Another vault is rotating at {target}.", _OLD_STAYS, "Wait until that has ended.", {"reason": "lock"}),
        Case("{target} does not know the new value yet.", _OLD_STAYS, "It is tried again.", {"reason": "not_yet"}),
        Case("{target} takes no more connections.", _OLD_STAYS, "It is tried again."),
        Case("The target takes no more connections.", _OLD_STAYS, "It is tried again."),
    ),
    "target_untrusted": (
        Case(
            "The certificates to know {target} by cannot be read.",
            "No password was sent.",
            "Look at the file in the connection's settings.",
            {"reason": "no_roots"},
        ),
        Case(
            "{target} does not prove who it is.",
            "No password was sent.",
            "Give the certificate that it is to be known by.",
        ),
        Case(
            "The target does not prove who it is.",
            "No password was sent.",
            "Give the certificate that it is to be known by.",
        ),
    ),
    "target_denied": (
        Case(
            "{target} does not take the password of “{account}”, which makes the change.",
            _OLD_STAYS,
            "Give the credential of “{account}” the password that works there.",
            {"reason": "login"},
        ),
        Case("{target} does not let “{account}” make this change.", _OLD_STAYS, "Give the account that right."),
        Case("The target does not allow this change.", _OLD_STAYS, "Give the account that right."),
    ),
    "target_read_only": (
        Case("{target} can only be read.", _OLD_STAYS, "Name the server that takes changes."),
        Case("The target can only be read.", _OLD_STAYS, "Name the server that takes changes."),
    ),
    "password_refused": (
        Case(
            "{target} takes no hash of a password, and would write the password itself into its log.",
            _OLD_STAYS,
            "Turn strict_password_validation or the general log off there.",
            {"reason": "strict"},
        ),
        Case("{target} refuses the new password.", _OLD_STAYS, "Make the rules stricter."),
        Case("The target refuses the new password.", _OLD_STAYS, "Make the rules stricter."),
    ),
    "account_locked": (
        Case("“{account}” is locked at {target}.", _OLD_STAYS, "Unlock the account there."),
        Case("The account is locked at the target.", _OLD_STAYS, "Unlock the account there."),
    ),
    "login_refused": (
        Case(
            "No password that is known here logs in as “{account}” at {target}.",
            "All of them are kept.",
            "Give the present one, or an account that may set it.",
        ),
        Case(
            "No password that is known here logs in.",
            "All of them are kept.",
            "Give the present one, or an account that may set it.",
        ),
    ),
    "probe_failed": (
        Case("The new password logs in at {target}, but the probe fails.", _OLD_STAYS, "Look at the account's rights."),
        Case("The new password logs in, but the probe fails.", _OLD_STAYS, "Look at the account's rights."),
    ),
    "target_failed": (
        Case(
            "{target} does not show that the old value is out.",
            "The new value is current.",
            "Look at its accounts and sessions.",
            {"reason": "proof"},
        ),
        _failed("said", "{target} says “{message}”.", "Look into its log."),
        _failed("admin_elsewhere", "The account that may change it is not at {target}.", "Name one of that server."),
        _failed("port", "“{target}” has a port that is none.", "Correct the port."),
        _failed("zero_byte", "A field of the account at {target} has a zero byte in it.", "Correct it."),
        _failed("other_account", "The new value is of another account at {target}.", "Give it the same name."),
        _failed("other_row", "{target} lets the second account in by another row.", "Remove that row there."),
        _failed("plugin", "The account at {target} logs in in a way that is not known here.", "Change it there."),
        _failed("protocol", "What answers at {target} is no server of this kind.", "Correct host and port."),
        _failed("expired", "A password at {target} has expired.", "Set a new one there first."),
        _failed("no_account", "The account is not there at {target}.", "Make it there, or correct its name."),
        _failed("no_database", "The database is not there at {target}.", "Correct its name."),
        _failed("long_name", "The account's name is too long for a second one beside it.", "Rotate it alone."),
        _failed("clone_taken", "Another account at {target} has the name of the second one.", "Rename it there."),
        _failed("sessions_stay", "Some sessions at {target} do not end.", "End them there."),
        _failed("old_stays", "{target} still takes the old password.", "Look into its access lists."),
        _failed(
            "no_aclfile",
            "{target} would forget the new password when it restarts.",
            "Give the server an ACL file or a file of settings.",
        ),
        _failed("second_key", "{target} has a second key that is in use.", "Delete one of them there."),
        _failed("clock", "{target} has another time than this machine.", "Set the clock."),
        _failed("endpoint", "The region or the endpoint is none.", "Correct the connection's settings."),
        _failed("no_program", "The program of the connection cannot be started.", "Correct the command."),
        _failed("no_answer", "{target} gave no answer that could be read.", "Try the program by hand."),
        Case("{target} answered with an error.", _OLD_STAYS, "Look into its log.", {"number": 0}),
        Case("{target} answered with error {number}.", _OLD_STAYS, "Look into its log."),
        Case("The target answered with an error.", _OLD_STAYS, "Look into its log."),
    ),
}
