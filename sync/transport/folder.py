"""The way through a folder or USB stick: the same sealed envelopes as files, written, read back and compared."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.domain.errors import StickFailed, StoreUnavailable
from app.domain.ports import Disk
from sync import frame

SUFFIX = ".tefter"


def file_name(octets: bytes) -> str:
    """Return an envelope's file name: stream, batch or letter, number and id; no names of people or places."""
    header = frame.parse(octets).header
    kind = "b" if header.content == frame.BATCH else "l"
    identity = frame.envelope_id(octets).hex()[:16]
    return f"{header.recipient.hex()[:8]}-{header.epoch.hex()[:8]}-{kind}{header.number:08d}-{identity}{SUFFIX}"


def write(disk: Disk, folder: Path, envelopes: Iterable[bytes]) -> int:
    """Write envelopes into a folder; those that lie there already stay. Return how many were written.

    Raises:
        StickFailed: what was read back is not what was written, or the stick took no more.

    """
    written = 0
    there = set(disk.names(str(folder)))
    for octets in envelopes:
        name = file_name(octets)
        if name in there:
            continue
        try:
            disk.write(str(folder / name), octets)
            same = disk.read(str(folder / name)) == octets
        except (StoreUnavailable, OSError) as error:
            raise StickFailed(written=written) from error
        if not same:
            raise StickFailed(written=written)
        written += 1
    return written


def read(disk: Disk, folder: Path, recipient: bytes) -> Iterator[bytes]:
    """Return the envelopes in a folder that carry this recipient's mark in their name, in order of their names.

    Raises:
        StickFailed: a file cannot be read.

    """
    for name in disk.names(str(folder)):
        if name.endswith(SUFFIX) and name.startswith(recipient.hex()[:8]):
            try:
                yield disk.read(str(folder / name))[: frame.MAX_ENVELOPE + 1]
            except OSError as error:
                raise StickFailed(written=0) from error
