"""Removable drives (флашки) that are plugged in, as the operating system lists them; asked on a worker's thread."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStorageInfo

from app import operating_system

_UNITS = ("B", "KB", "MB", "GB", "TB")
_STEP = 1_000
"""As makers of sticks and file managers count."""


class Drive(NamedTuple):
    """A drive: its folder, the name that people know it by, and its free octets."""

    root: Path
    name: str
    free: int


def find_drives() -> list[Drive]:
    """Return the removable drives that can be written to, by name."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if not volume.isValid() or not volume.isReady() or volume.isReadOnly():
            continue
        if operating_system.is_removable(root, bytes(volume.device().data()).decode(errors="replace")):
            found.append(Drive(Path(root), volume.displayName() or root, volume.bytesAvailable()))
    return sorted(found, key=lambda one: one.name)


def size_words(octets: int, decimal: str) -> str:
    """Return a size as people read it: ``6,1 GB``; ``decimal`` is the language's sign before the tenths."""
    size, unit = float(octets), 0
    while size >= _STEP and unit < len(_UNITS) - 1:
        size /= _STEP
        unit += 1
    text = f"{size:.0f}" if unit == 0 or size >= 100 else f"{size:.1f}".replace(".", decimal)  # noqa: PLR2004 - three digits say enough
    return f"{text}\u00a0{_UNITS[unit]}"
