"""The stick: what is written is read back, what lies there is compared, and what goes wrong has its own name."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from app import system
from app.domain.errors import DiskFailed, DiskFull, StickFailed, StickFull, StickGone
from app.ledger import post
from sync.transport import folder
from tests.town import Town


@pytest.fixture
def envelopes(town: Town) -> list[bytes]:
    """Two sealed batches of a village."""
    for _ in range(2):
        town.village.register()
        town.village.exchange()
    with town.village.store.ledger.reading() as connection:
        return [sealed for _, sealed in post.unacknowledged(connection)]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    place = tmp_path / "stick"
    place.mkdir()
    return place


class Disk(system.SystemDisk):
    """The real disk, on which something goes wrong as a file is written."""

    def __init__(self, wrong: Callable[[str, bytes], bytes]) -> None:
        self._wrong = wrong

    def write(self, path: str, content: bytes) -> None:
        """Write what is left after it went wrong."""
        super().write(path, self._wrong(path, content))


def test_what_lies_there_whole_stays_and_what_was_damaged_is_written_anew(envelopes: list[bytes], stick: Path) -> None:
    disk = system.SystemDisk()
    assert folder.write(disk, stick, envelopes) == 2
    assert folder.write(disk, stick, envelopes) == 0
    damaged = stick / folder.file_name(envelopes[1])
    damaged.write_bytes(envelopes[1][:100])
    assert folder.write(disk, stick, envelopes) == 1
    assert damaged.read_bytes() == envelopes[1]


def test_a_full_stick_and_one_that_was_pulled_out_are_told_apart(envelopes: list[bytes], stick: Path) -> None:
    def full(path: str, content: bytes) -> bytes:
        if path.endswith(folder.file_name(envelopes[1])):
            raise DiskFull
        return content

    def failing(_path: str, _content: bytes) -> bytes:
        raise DiskFailed from OSError(errno.EIO, "")

    with pytest.raises(StickFull) as told:
        folder.write(Disk(full), stick, envelopes)
    assert told.value.facts == {"written": 1}
    with pytest.raises(StickGone):
        folder.write(system.SystemDisk(), stick / "pulled out", envelopes)
    with pytest.raises(StickFailed) as other:
        folder.write(Disk(failing), stick, envelopes)
    assert type(other.value) is StickFailed


def test_a_stick_that_gives_back_something_else_is_refused(envelopes: list[bytes], stick: Path) -> None:
    with pytest.raises(StickFailed):
        folder.write(Disk(lambda _path, content: content[:-1] + b"?"), stick, envelopes)
