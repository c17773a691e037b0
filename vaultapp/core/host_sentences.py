"""The words for what this machine refuses: files, folders, disks, memory, processes."""

from __future__ import annotations

from vaultapp.core.sentence_case import NOTHING_WRITTEN, VAULT_AS_IT_WAS, Case

_KINDS = {
    "link": "“{path}” is a link, not a file.",
    "folder": "“{path}” is a folder, not a file.",
    "device": "“{path}” is a device, not a file.",
    "socket": "“{path}” is a socket, not a file.",
    "pipe": "“{path}” is a pipe, not a file.",
}

HOST = {
    "host_error": (
        Case(
            "The disk failed while the vault was written, and it is not known what it holds now.",
            "Nothing more is written.",
            "Lock and unlock: then the vault is as it was before the change, or as after it.",
            {"reason": "uncertain"},
        ),
        Case("The disk failed while the vault was written.", VAULT_AS_IT_WAS, "Try again.", {"reason": "transaction"}),
        Case(
            "“{path}” belongs to somebody else, or is no folder.",
            NOTHING_WRITTEN,
            "Remove it, or choose another place.",
            {"reason": "foreign_folder"},
        ),
        Case(
            "There is no screen to open the window on.",
            "Nothing was done.",
            "Start it on a desktop; its commands need no screen.",
            {"reason": "no_screen"},
        ),
        Case(
            "The window cannot be loaded: {path} is missing on this system.",
            "Nothing was done.",
            "Install that library; the commands need none of it.",
            {"reason": "no_qt"},
        ),
        Case(
            "Too much was asked for at once.",
            "What runs already goes on.",
            "Try again later.",
            {"reason": "too_many_calls"},
        ),
        Case("The folders in “{path}” lie too deep inside each other.", NOTHING_WRITTEN, "", {"reason": "too_deep"}),
        Case(
            "A debugger watches the agent.", "It ended before it held a key.", "End the debugger.", {"reason": "traced"}
        ),
        Case("The message bus of this desktop does not answer.", "It goes on without.", "", {"reason": "bus"}),
        Case("Whoever was to read the output has ended.", "The input is as it was.", "", {"reason": "closed"}),
        Case("The system refused: {reason} (“{path}”).", "The vault and your files are as they were."),
        Case("The system refused: {reason}.", "The vault and your files are as they were."),
        Case("The system refused.", "The vault and your files are as they were."),
    ),
    "not_a_file": (
        *(Case(what, NOTHING_WRITTEN, "", {"kind": kind}) for kind, what in _KINDS.items()),
        Case("“{path}” is not a file.", NOTHING_WRITTEN),
        Case("This is not a file.", NOTHING_WRITTEN),
    ),
    "target_exists": (
        Case("“{path}” is already there.", "It is as it was.", "Choose another name or place."),
        Case("Something is already there under that name.", "It is as it was.", "Choose another name or place."),
    ),
    "source_is_target": (
        Case("The output would be the input: “{path}”.", NOTHING_WRITTEN, "Choose another place."),
        Case("The output would be the input.", NOTHING_WRITTEN, "Choose another place."),
    ),
    "space_missing": (
        Case("Not enough space at “{path}”.", NOTHING_WRITTEN, "Make room and try again.", {"needed": 0}),
        Case(
            "Not enough space at “{path}”: {needed:size} needed, {free:size} free.",
            NOTHING_WRITTEN,
            "Make room and try again.",
        ),
        Case("Not enough space at “{path}”.", NOTHING_WRITTEN, "Make room and try again."),
        Case("Not enough space.", NOTHING_WRITTEN, "Make room and try again."),
    ),
    "read_only": (
        Case("“{path}” cannot be written: the place is read-only.", NOTHING_WRITTEN, "Choose another place."),
        Case("The place is read-only.", NOTHING_WRITTEN, "Choose another place."),
    ),
    "access_denied": (
        Case("You may not use “{path}”.", NOTHING_WRITTEN, "Change its rights, or choose another place."),
        Case("The system refuses this user.", NOTHING_WRITTEN, "Choose another place."),
    ),
    "name_too_long": (
        Case("The name is too long for its place: “{path}”.", NOTHING_WRITTEN, "Choose a shorter name."),
        Case("The name is too long for its place.", NOTHING_WRITTEN, "Choose a shorter name."),
    ),
    "source_changed": (
        Case("“{path}” changed while it was read.", NOTHING_WRITTEN, "Try again when nothing writes to it."),
        Case("A file changed while it was read.", NOTHING_WRITTEN, "Try again when nothing writes to it."),
    ),
    "source_missing": (
        Case("“{path}” is not there.", NOTHING_WRITTEN),
        Case("A file is not there.", NOTHING_WRITTEN),
    ),
    "agent_gone": (Case("The vault's agent ended or does not answer.", "", "Try again."),),
    "memory_missing": (
        Case(
            "{needed:mib} of memory are needed to unlock, and are not free now.",
            VAULT_AS_IT_WAS,
            "Close something and try again.",
        ),
        Case("There is not enough memory to unlock.", VAULT_AS_IT_WAS, "Close something and try again."),
    ),
}
