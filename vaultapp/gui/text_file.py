"""A text that is too long for one, as a sealed file; it is nowhere written in clear."""

from __future__ import annotations

import fcntl
import os
from typing import Any

from vaultapp.contracts.files import FilesApi, FileState, FileUpdate, OnExist, Place, SealRequest
from vaultapp.core.error_codes import by_code
from vaultapp.core.errors import HostError
from vaultapp.core.work import WorkContext

SUFFIX = b".sealed"
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


def seal_text(
    files: FilesApi, text: bytearray, key: str, context: dict[str, str], target: bytes, work: WorkContext[Any]
) -> bytes:
    """Seal a text, which is overwritten; blocks.

    The agent gets it by a descriptor of memory that nobody can change any more.

    Args:
        files: Seals.
        text: UTF-8.
        key: Id of the key.
        context: Goes in clear and is authenticated.
        target: What was chosen for saving. Something that has this name is replaced, because the dialog asked for it;
            where ``.sealed`` is added to the name it did not, and another name is taken.
        work: Stops it.

    Returns:
        The path of the sealed file.

    Raises:
        VaultError: Nothing was written.
    """
    chosen = target.endswith(SUFFIX) and os.path.basename(target) != SUFFIX
    named = target.removesuffix(SUFFIX) if chosen else target
    outcomes: list[FileUpdate] = []
    descriptor = _in_memory(text)
    try:
        inner: WorkContext[FileUpdate] = WorkContext(on_item=outcomes.append, descriptors=(descriptor,))
        work.when_cancelled(inner.cancel)
        on_exist = OnExist.REPLACE if chosen else OnExist.KEEP
        request = SealRequest((Place(named, 0),), keys=(key,), context=context, on_exist=on_exist)
        files.seal(request, inner)
    finally:
        os.close(descriptor)
    end = outcomes[-1]
    if end.state is not FileState.DONE:
        raise by_code(end.code, end.facts)
    return end.output


def _in_memory(text: bytearray) -> int:
    try:
        descriptor = os.memfd_create("vaultapp-text", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            # The sealed file takes over the rights of what it was made from.
            os.fchmod(descriptor, 0o600)
            view = memoryview(text)
            while view:
                view = view[os.write(descriptor, view) :]
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
        except BaseException:
            os.close(descriptor)
            raise
    except OSError as exc:
        raise HostError(reason=exc.strerror or "") from exc
    finally:
        text[:] = bytes(len(text))
    return descriptor
