"""The words for errors of credentials and of the targets that take them, in English."""

from __future__ import annotations

from vaultapp.core.sentence_case import NOTHING_CHANGED, Case

_OLD_STAYS = "The old value stays current."

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
    "target_unreachable": (
        Case("{target} does not answer.", _OLD_STAYS, "Look if it runs and can be reached; it is tried again."),
        Case("The target does not answer.", _OLD_STAYS, "Look if it runs and can be reached; it is tried again."),
    ),
    "target_busy": (
        Case("Another vault is rotating at {target}.", _OLD_STAYS, "Wait until that has ended.", {"reason": "lock"}),
        Case("{target} takes no more connections.", _OLD_STAYS, "It is tried again."),
        Case("The target takes no more connections.", _OLD_STAYS, "It is tried again."),
    ),
    "target_untrusted": (
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
        Case("{target} does not let “{account}” make this change.", _OLD_STAYS, "Give the account that right."),
        Case("The target does not allow this change.", _OLD_STAYS, "Give the account that right."),
    ),
    "target_read_only": (
        Case("{target} can only be read.", _OLD_STAYS, "Name the server that takes changes."),
        Case("The target can only be read.", _OLD_STAYS, "Name the server that takes changes."),
    ),
    "password_refused": (
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
        Case("{target} answered with error {number}.", _OLD_STAYS, "Look into its log."),
        Case("The target answered with an error.", _OLD_STAYS, "Look into its log."),
    ),
}
