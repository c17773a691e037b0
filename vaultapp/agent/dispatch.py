"""From a call on the wire to a method of a service, and back."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import Any

import msgspec

from vaultapp.agent.connection import Connection
from vaultapp.agent.roles import CALLS, INTERFACES
from vaultapp.core.errors import InvalidValue, NotAllowed, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.ipc.shapes import CallShape, shape_of
from vaultapp.ipc.wire import FRAME_LIMIT, Call, pack

# Room for the message round the value.
_ANSWER_LIMIT = FRAME_LIMIT - 1024

# Gives the object behind a subject for one connection; raises VaultLocked where it takes an open vault.
SubjectFor = Callable[[str, Connection, Call], object]


class Dispatcher:
    """Checks the role and the arguments of a call against the contracts, then makes it.

    Args:
        subject_for: Where the services come from.
    """

    def __init__(self, subject_for: SubjectFor) -> None:
        self._subject_for = subject_for
        self._shapes: dict[tuple[str, str], CallShape] = {}

    def run(self, connection: Connection, call: Call, work: WorkContext[Any]) -> Any:
        """Make a call and return its encoded result.

        Raises:
            NotAllowed: No such call, or not for this role.
            InvalidValue: The arguments are not what the contract says.
            VaultError: What the service raised; a bug becomes a plain one and its traceback goes to standard error.
        """
        least = CALLS.get((call.subject, call.method))
        if least is None:
            raise NotAllowed(call=f"{call.subject}.{call.method}")
        try:
            subject = self._subject_for(call.subject, connection, call)
            if connection.role < least:
                raise NotAllowed(call=f"{call.subject}.{call.method}")
            named = self._arguments(call, work)
            value = pack(getattr(subject, call.method)(**named))
            if memoryview(value).nbytes > _ANSWER_LIMIT:
                raise ValueError("an answer larger than a frame: lists travel in pages")
        except VaultError:
            raise
        except Exception as exc:  # noqa: BLE001 - a bug must answer the caller and must not end the agent
            traceback.print_exc(file=sys.stderr)
            raise VaultError(kind=type(exc).__name__) from None
        return value

    def _arguments(self, call: Call, work: WorkContext[Any]) -> dict[str, Any]:
        shape = self._shape(call.subject, call.method)
        try:
            arguments = msgspec.msgpack.decode(call.arguments, type=shape.arguments)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, ValueError) as exc:
            raise InvalidValue(field=f"{call.subject}.{call.method}", reason="arguments") from exc
        named = {name: getattr(arguments, name) for name in shape.names}
        if shape.work:
            named[shape.work] = work
        return named

    def _shape(self, subject: str, method: str) -> CallShape:
        found = self._shapes.get((subject, method))
        if found is None:
            found = self._shapes[subject, method] = shape_of(INTERFACES[subject], method)
        return found
