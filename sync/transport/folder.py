"""The way through a folder or USB stick: the same sealed envelopes as files, written, read back and compared."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.domain.errors import DiskFull, StickFailed, StickFull, StickGone, StoreUnavailable
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
    """Write envelopes into a folder and read each back; return how many were not there already, whole.

    What lies there under an envelope's name is read and compared too: only then may the stick be pulled out.

    Raises:
        StickFull: there is no room for all of them.
        StickGone: the folder is not there any more.
        StickFailed: what was read back is not what was written.

    """
    written = 0
    there = set(disk.names(str(folder)))
    for octets in envelopes:
        name = file_name(octets)
        if name in there and _holds(disk, folder / name, octets):
            continue
        try:
            disk.write(str(folder / name), octets)
        except (StoreUnavailable, OSError) as error:
            raise _failure(error, written) from error
        if not _holds(disk, folder / name, octets):
            raise StickFailed(written=written)
        written += 1
    return written


def _holds(disk: Disk, path: Path, octets: bytes) -> bool:
    """Return whether a file holds these octets; one that cannot be read does not."""
    try:
        return disk.read(str(path)) == octets
    except OSError:
        return False


def _failure(error: StoreUnavailable | OSError, written: int) -> StickFailed:
    if isinstance(error, DiskFull):
        return StickFull(written=written)
    if isinstance(error, FileNotFoundError) or isinstance(error.__cause__, FileNotFoundError):
        return StickGone(written=written)
    return StickFailed(written=written)


def read(disk: Disk, folder: Path, recipient: bytes) -> Iterator[bytes]:
    """Return the envelopes in a folder that carry this recipient's mark in their name, in order of their names.

    Raises:
        StickGone: a file that was listed is not there any more.
        StickFailed: a file cannot be read.

    """
    for name in disk.names(str(folder)):
        if name.endswith(SUFFIX) and name.startswith(recipient.hex()[:8]):
            try:
                yield disk.read(str(folder / name))[: frame.MAX_ENVELOPE + 1]
            except OSError as error:
                raise _failure(error, 0) from error
