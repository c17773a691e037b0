"""Loads Qt's binding without compiling what it keeps for its own tools."""

from __future__ import annotations

import builtins
import sys
import threading
from collections.abc import Callable
from typing import Any

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


def load_binding() -> None:
    """Import the binding before any module of Qt, in about half the time that it takes otherwise.

    PySide carries 130 KB of Python as text in a library and compiles it at each start (``signature_bootstrap.py``,
    seen in 6.11). Most of it waits here until somebody asks one of its modules for a name. Then it reads and keeps
    the source of every module that is imported, in case one says ``from __feature__ import snake_case``
    (``feature.py``): none of ours does. A binding that does it in another way is loaded as it wants to be.
    """
    if "shiboken6" in sys.modules:
        return
    compile_now, import_ = builtins.compile, builtins.__import__

    def compile_(source: Any, filename: Any, *args: Any, **options: Any) -> Any:
        functions = _SELDOM_NEEDED.get(filename) if isinstance(source, bytes) else None
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
        builtins.compile, builtins.__import__ = compile_now, import_


def compiled_when_needed(names: dict[str, Any], source: bytes, filename: str) -> Callable[[str], Any]:
    """Return a module's ``__getattr__`` (PEP 562) that fills the module when it is first asked.

    Args:
        names: What the module has.
        source: Its text.
        filename: How a traceback names it.
    """
    lock = threading.RLock()
    waiting = True

    def get(name: str) -> Any:
        nonlocal waiting
        with lock:
            if waiting:
                waiting = False
                exec(compile(source, filename, "exec"), names)  # noqa: S102 - the binding's own text
        try:
            return names[name]
        except KeyError:
            raise AttributeError(f"module {names['__name__']!r} has no attribute {name!r}") from None

    return get
