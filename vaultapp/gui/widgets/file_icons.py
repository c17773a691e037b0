"""Which icon stands for a file."""

from __future__ import annotations

import os

SEALED_SUFFIX = b".sealed"
_KINDS = {
    "file-image": ["png", "jpg", "jpeg", "gif", "webp", "svg", "tif", "tiff", "bmp", "heic", "raw", "psd"],
    "file-video": ["mkv", "mp4", "mov", "avi", "webm", "m4v", "mpg", "mpeg"],
    "file-archive": ["zip", "tar", "gz", "xz", "zst", "bz2", "7z", "rar", "tgz", "iso", "deb"],
    "file-spreadsheet": ["xlsx", "xls", "ods", "csv", "tsv", "numbers"],
    "file-text": [
        "txt",
        "md",
        "pdf",
        "doc",
        "docx",
        "odt",
        "rtf",
        "tex",
        "log",
        "html",
        "xml",
        "json",
        "yaml",
        "yml",
        "toml",
        "ini",
        "py",
        "c",
        "h",
        "rs",
        "go",
        "js",
        "ts",
        "sh",
    ],
}
_ICONS = {f".{suffix}".encode(): icon for icon, suffixes in _KINDS.items() for suffix in suffixes}


def icon_of(path: bytes, *, folder: bool = False) -> str:
    """Return the icon of a path, by its name alone."""
    if folder:
        return "folder"
    suffix = os.path.splitext(path)[1].lower()
    return "file-lock" if suffix == SEALED_SUFFIX else _ICONS.get(suffix, "file")
