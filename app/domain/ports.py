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


class Disk(Protocol):
    """Keeps whole files."""

    def read(self, path: str) -> bytes:
        """Return the file's bytes; ``FileNotFoundError`` where there is none."""

    def write(self, path: str, content: bytes) -> None:
        """Replace the file whole and durably: temporary name, fsync, rename."""

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
