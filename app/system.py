"""The real ports: the computer's clock, random source and disk, and the milestone that a fault test asks for."""

import os
from datetime import UTC, datetime
from pathlib import Path

from app import operating_system
from app.domain.errors import DiskFailed, DiskFull
from app.domain.ports import Milestone, pass_by

_NO_SPACE = (28, 122)
"""ENOSPC and EDQUOT."""

CRASH_VARIABLE = "TEFTER_CRASH_AT"


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)


class SystemRandomness:
    """The operating system's random source."""

    def bytes(self, count: int) -> bytes:
        """Return ``count`` random octets."""
        return os.urandom(count)


class SystemRecord:
    """A small file that stays open."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def overwrite(self, content: bytes) -> None:
        """Write the record at offset 0, without waiting for the disk."""
        try:
            os.lseek(self._handle, 0, os.SEEK_SET)
            _write_all(self._handle, content)
        except OSError as error:
            raise _translated(error) from error

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)


class SystemFreshFile:
    """A file that is being written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            if not path.parent.is_dir():
                operating_system.make_private_folder(path.parent)
            self._handle = operating_system.open_private(path)
        except OSError as error:
            raise _translated(error) from error
        self._open = True

    def write(self, content: bytes) -> None:
        """Append octets."""
        try:
            _write_all(self._handle, content)
        except OSError as error:
            raise _translated(error) from error

    def keep(self, path: str) -> None:
        """Give it its name, durably."""
        target = Path(path)
        try:
            os.fsync(self._handle)
            self._close()
            self._path.replace(target)
            operating_system.sync_folder(target.parent)
        except OSError as error:
            raise _translated(error) from error

    def drop(self) -> None:
        """Give it up."""
        self._close()
        self._path.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._open:
            self._open = False
            os.close(self._handle)


class SystemOpenFile:
    """A file that is read."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)

    def read(self, count: int) -> bytes:
        """Return the next octets, as many as were asked for unless the end comes."""
        pieces = []
        try:
            while count and (piece := self._file.read(count)):
                pieces.append(piece)
                count -= len(piece)
        except OSError as error:
            raise _translated(error) from error
        return b"".join(pieces)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class SystemDisk:
    """The computer's disk."""

    def read(self, path: str) -> bytes:
        """Return the file's bytes."""
        return Path(path).read_bytes()

    def write(self, path: str, content: bytes) -> None:
        """Replace the file whole and durably.

        Raises:
            DiskFull, DiskFailed: the old file stands as it was.

        """
        target = Path(path)
        fresh = target.with_name(target.name + ".new")
        try:
            handle = operating_system.open_private(fresh)
            try:
                os.ftruncate(handle, 0)
                _write_all(handle, content)
                os.fsync(handle)
            finally:
                os.close(handle)
            fresh.replace(target)
            operating_system.sync_folder(target.parent)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise _translated(error) from error

    def begin(self, path: str) -> SystemFreshFile:
        """Begin a file under a temporary name."""
        return SystemFreshFile(Path(path))

    def open(self, path: str) -> SystemOpenFile:
        """Open a file for reading.

        Raises:
            FileNotFoundError: there is none.
            DiskFailed: it cannot be opened.

        """
        try:
            return SystemOpenFile(Path(path))
        except FileNotFoundError:
            raise
        except OSError as error:
            raise _translated(error) from error

    def record(self, path: str) -> SystemRecord:
        """Open a small file whose one record is overwritten in place."""
        try:
            return SystemRecord(operating_system.open_private(Path(path)))
        except OSError as error:
            raise _translated(error) from error

    def names(self, folder: str) -> list[str]:
        """Return the sorted names of the files in a folder."""
        place = Path(folder)
        return sorted(one.name for one in place.iterdir() if one.is_file()) if place.is_dir() else []

    def remove(self, path: str) -> None:
        """Remove a file if it is there."""
        Path(path).unlink(missing_ok=True)


def _write_all(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]


def _translated(error: OSError) -> DiskFull | DiskFailed:
    return DiskFull() if error.errno in _NO_SPACE else DiskFailed()


def milestone_from_environment() -> Milestone:
    """Return the milestone that ends this process where ``TEFTER_CRASH_AT`` says: ``name``, or ``name:3``."""
    name, _, times = os.environ.get(CRASH_VARIABLE, "").partition(":")
    if not name:
        return pass_by
    left = int(times or 1)

    def stop_there(reached: str) -> None:
        nonlocal left
        if reached == name:
            left -= 1
            if left == 0:
                operating_system.stop_at_once()

    return stop_there
