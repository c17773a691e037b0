"""One message under way: what both directions need of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from vaultapp.core.errors import InvalidValue
from vaultapp.formats.message_frames import FrameLayout


@dataclass(frozen=True, slots=True)
class Message:
    """A header that is written or verified, and the key of the frames.

    Attributes:
        header: Its bytes, tag included.
        encryption_key: 32 bytes.
        message_id: 32 bytes.
        frame_length: Plaintext bytes of a regular frame.
    """

    header: bytes
    encryption_key: bytes = field(repr=False)
    message_id: bytes
    frame_length: int

    def layout_of(self, content_length: int) -> FrameLayout:
        """Lay out a content as we write it.

        Raises:
            InvalidValue: It would take more than 2**32 - 1 frames.
        """
        try:
            return FrameLayout.of_content(len(self.header), self.frame_length, content_length)
        except ValueError as exc:
            raise InvalidValue(field="frame_length", reason="too_many_frames") from exc
