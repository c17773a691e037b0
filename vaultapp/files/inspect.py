"""What a sealed file says of itself; nothing here is verified but its shape."""

from __future__ import annotations

from dataclasses import dataclass

from vaultapp.core.errors import DataError
from vaultapp.files.open import check_final, read_header
from vaultapp.files.source import SourceFile
from vaultapp.formats.message_footer import FOOTER_LIMIT, footer_length
from vaultapp.formats.message_frames import FINAL_HEAD_BYTES, FrameLayout
from vaultapp.formats.message_header import MessageHeader


@dataclass(frozen=True, slots=True)
class Inspected:
    """A header, and how the rest is laid out; no layout where the file is cut short or has bytes behind it."""

    header: MessageHeader
    size: int
    layout: FrameLayout | None


def inspect_file(source: SourceFile) -> Inspected:
    """Read the header and find the layout by the file's length.

    Raises:
        NotSealed, UnsupportedFormat, Damaged, OutOfBounds: It is no message that we could open.
    """
    header = read_header(source)
    try:
        layout = _layout(source, header)
    except DataError:
        layout = None
    return Inspected(header, source.size, layout)


def _layout(source: SourceFile, header: MessageHeader) -> FrameLayout:
    footer = 0
    if header.public_key is not None:
        count = min(FOOTER_LIMIT, source.size)
        footer = footer_length(source.piece(count, source.size - count))
    layout = FrameLayout.of_total(header.length, header.frame_length, source.size, footer)
    check_final(source.piece(FINAL_HEAD_BYTES, layout.offset_of(layout.frames)), layout)
    return layout
