"""How this installation of vaultapp is started, in the notations that desktops take."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

# What must be quoted in an Exec line, and what must be escaped inside the quotes besides.
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
_ESCAPED = frozenset('"`$\\')
_THROUGH_A_SHELL = ("sh", "-c", 'exec "$0" "$@"')


@dataclass(frozen=True, slots=True)
class Program:
    """A command line that starts vaultapp.

    Attributes:
        argv: The program, as an absolute path, and its first arguments.
    """

    argv: tuple[str, ...]

    @classmethod
    def of_this_installation(cls) -> Program:
        """Return the script beside the interpreter, in a virtual environment or not; without one the module."""
        script = Path(sys.executable).with_name("vaultapp")
        if script.is_file() and os.access(script, os.X_OK):
            return cls((str(script),))
        return cls((sys.executable, "-I", "-m", "vaultapp"))

    @property
    def exec_line(self) -> str:
        r"""The value of an ``Exec`` key, to which arguments and field codes may be added.

        Source:
            Desktop Entry Specification 1.5, "The Exec key": quoted in double quotes with ``"``, `````, ``$``, ``\``
            escaped, percent signs doubled; then escaped once more as every value of type string.
        """
        # The specification forbids = in the name of a program, and GLib looks for one with doubled percent signs.
        through = _THROUGH_A_SHELL if set(self.argv[0]) & {"%", "="} else ()
        return _value(" ".join(_quoted(part).replace("%", "%%") for part in (*through, *self.argv)))

    @property
    def try_exec(self) -> str:
        """The value of a ``TryExec`` key: entries of a program that is gone are not shown."""
        return _value(self.argv[0])

    @property
    def shell_line(self) -> str:
        """The beginning of a shell command."""
        return shlex.join(self.argv)

    def fill(self, template: str) -> str:
        """Return a template of a file with ``@EXEC@``, ``@PROGRAM@``, ``@SHELL@`` filled in."""
        values = (("@EXEC@", self.exec_line), ("@PROGRAM@", self.try_exec), ("@SHELL@", self.shell_line))
        for mark, value in values:
            template = template.replace(mark, value)
        return template


def _quoted(part: str) -> str:
    if part and not _RESERVED & set(part):
        return part
    return '"' + "".join(f"\\{one}" if one in _ESCAPED else one for one in part) + '"'


def _value(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
