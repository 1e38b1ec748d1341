"""The four ports to the world: time, randomness, disk and HTTP.

The fault tests run the real code behind them. ``app.system`` holds the real ones.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

Milestone = Callable[[str], None]
"""Called at named points of an act; the fault tests stop the process there, the program does nothing."""


def pass_by(_name: str) -> None:
    """Go on: the milestone of the program as it runs."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""


class Randomness(Protocol):
    """Gives unpredictable bytes."""

    def bytes(self, count: int) -> bytes:
        """Return ``count`` random octets."""


class Record(Protocol):
    """A small file with one record."""

    def overwrite(self, content: bytes) -> None:
        """Write the record at offset 0, without waiting for the disk."""

    def close(self) -> None:
        """Let go of the file."""


class FreshFile(Protocol):
    """A file that is being written piece by piece, under a name of its own until it is whole."""

    def write(self, content: bytes) -> None:
        """Append octets. ``DiskFull`` and ``DiskFailed`` leave nothing under any other name."""

    def keep(self, path: str) -> None:
        """Give it its name, durably: fsync, rename, fsync of the folder. A file of that name is replaced."""

    def drop(self) -> None:
        """Give it up: nothing stays of it. A file that was kept stays."""


class OpenFile(Protocol):
    """A file that is read piece by piece."""

    def read(self, count: int) -> bytes:
        """Return the next ``count`` octets; fewer at the end, none after it. ``DiskFailed`` where it cannot be read."""

    def close(self) -> None:
        """Let go of the file."""


class Disk(Protocol):
    """Keeps whole files."""

    def read(self, path: str) -> bytes:
        """Return the file's bytes; ``FileNotFoundError`` where there is none."""

    def write(self, path: str, content: bytes) -> None:
        """Replace the file whole and durably: temporary name, fsync, rename."""

    def begin(self, path: str) -> FreshFile:
        """Begin a file of some length under a temporary name; its folder is made where there is none."""

    def open(self, path: str) -> OpenFile:
        """Open a file of some length for reading; ``FileNotFoundError`` where there is none."""

    def record(self, path: str) -> Record:
        """Open a small file whose one record is overwritten in place; made where it is not."""

    def names(self, folder: str) -> list[str]:
        """Return the sorted names of the files in a folder; none where there is no folder."""

    def remove(self, path: str) -> None:
        """Remove a file; one that is not there is removed already."""


class HttpReply(NamedTuple):
    """An answer over HTTP, whatever its status."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Http(Protocol):
    """Sends one request."""

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> HttpReply:
        """Return the answer; raise ``RelayUnreachable`` where none came."""
