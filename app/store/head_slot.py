"""The head slot (извънбазов печат): the signed head of the station's stream, in a small file beside the store's folder.

One record of fixed size, overwritten in place after each commit without waiting for the disk. A slot behind the
store is normal after a crash; a slot ahead of it means that the store was rolled back.
"""

import struct
import threading
from pathlib import Path
from typing import NamedTuple

from app.domain.ports import Disk, Record

LABEL = b"tefter/head/1"
_FORMAT = struct.Struct(">4s16s16sQ32s64s")
_MAGIC = b"TFH1"


class SignedHead(NamedTuple):
    """A head with the station's signature over it."""

    station: bytes
    stream: bytes
    sequence: int
    digest: bytes
    signature: bytes


def place(store: Path) -> Path:
    """Return where the slot of a store lies: next to its folder, so that a copied folder does not carry it along."""
    return store.with_name(store.name + ".head")


def statement(station: bytes, stream: bytes, sequence: int, digest: bytes) -> bytes:
    """Return the octets that the station signs."""
    return station + stream + sequence.to_bytes(8, "big") + digest


class Slot:
    """The slot of an open store; the file is opened with the first head and kept open.

    It never goes back: a store that was rolled back and goes on does not wipe out what shows it.
    """

    def __init__(self, disk: Disk, path: Path) -> None:
        self._disk = disk
        self._path = str(path)
        self._record: Record | None = None
        self._one_hand = threading.Lock()
        self._written = 0

    def write(self, head: SignedHead) -> None:
        """Overwrite the slot; a head that another thread has passed already is left out."""
        with self._one_hand:
            if self._record is None:
                before = read(self._disk, Path(self._path))
                self._written = before.sequence if before and before.stream == head.stream else 0
                self._record = self._disk.record(self._path)
            if head.sequence > self._written:
                self._record.overwrite(_FORMAT.pack(_MAGIC, *head))
                self._written = head.sequence

    def close(self) -> None:
        """Let go of the file."""
        if self._record is not None:
            self._record.close()
            self._record = None


def read(disk: Disk, path: Path) -> SignedHead | None:
    """Return the slot's head, None where there is no slot or no whole record."""
    try:
        content = disk.read(str(path))
    except FileNotFoundError:
        return None
    if len(content) < _FORMAT.size or not content.startswith(_MAGIC):
        return None
    return SignedHead(*_FORMAT.unpack(content[: _FORMAT.size])[1:])
