"""Loads Qt's binding without compiling what it keeps for its own tools."""

from __future__ import annotations

import builtins
import sys
import threading
from collections.abc import Callable
from typing import Any

# The releases whose inside was looked at.
_KNOWN = (6, 11)
# Files of the binding that say what is wrong with a call, describe signatures and write stubs: nothing that runs
# needs them until a call is wrong. Behind each stand the functions that C code takes from the module by itself.
_SELDOM_NEEDED: dict[str, tuple[str, ...]] = {
    "shibokensupport/signature/errorhandler.py": (),
    "shibokensupport/signature/layout.py": (),
    "shibokensupport/signature/lib/enum_sig.py": (),
    "shibokensupport/signature/lib/pyi_generator.py": (),
    "shibokensupport/signature/mapping.py": ("update_mapping",),
    "shibokensupport/signature/parser.py": (),
}
# One for all of them: they import each other, and threads with one each could wait for one another.
_filling = threading.RLock()


def load_binding() -> None:
    """Import the binding before any module of Qt, in about half the time that it takes otherwise.

    PySide carries 130 KB of Python as text in a library and compiles it at each start (``signature_bootstrap.py``).
    Most of it waits here until somebody asks one of its modules for a name. PySide also reads and keeps the source
    of every module that is imported after it, in case one says ``from __feature__ import snake_case``
    (``feature.py``): none of ours does. Another release than those that were looked at is loaded as it wants to be.
    """
    if "shiboken6" in sys.modules:
        return
    compile_now, import_ = builtins.compile, builtins.__import__

    def compile_(source: Any, filename: Any, *args: Any, **options: Any) -> Any:
        functions = _SELDOM_NEEDED.get(filename) if isinstance(source, bytes) and _is_known() else None
        if functions is None:
            return compile_now(source, filename, *args, **options)
        lines = [
            f"from {__name__} import compiled_when_needed",
            f"__getattr__ = compiled_when_needed(globals(), {source!r}, {filename!r})",
            *(f"{name} = lambda: __getattr__({name!r})()" for name in functions),
        ]
        return compile_now("\n".join(lines), filename, *args, **options)

    builtins.compile = compile_
    try:
        import shiboken6  # noqa: F401
    finally:
        builtins.compile = compile_now
        if _is_known():
            builtins.__import__ = import_


def compiled_when_needed(names: dict[str, Any], source: bytes, filename: str) -> Callable[[str], Any]:
    """Return a module's ``__getattr__`` (PEP 562) that fills the module when it is first asked.

    Args:
        names: What the module has.
        source: Its text.
        filename: How a traceback names it.
    """
    waiting = True

    def get(name: str) -> Any:
        nonlocal waiting
        with _filling:
            if waiting:
                waiting = False
                exec(compile(source, filename, "exec"), names)  # noqa: S102 - the binding's own text
        try:
            return names[name]
        except KeyError:
            raise AttributeError(f"module {names['__name__']!r} has no attribute {name!r}") from None

    return get


def _is_known() -> bool:
    # The package says its release before it loads anything.
    version: tuple[Any, ...] = getattr(sys.modules.get("shiboken6"), "__version_info__", ())
    return version[:2] == _KNOWN
