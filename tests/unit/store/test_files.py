"""The vault keeps a content whole or not at all, once, under a name that tells nothing; every change of it shows."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import DiskFull, FileDamaged, FileMissing
from app.domain.ports import pass_by
from app.store.files import PIECE, Kept, Vault
from app.system import CRASH_VARIABLE, SystemDisk, SystemFreshFile
from tests.small_disk import mounted
from tests.town import PASSWORD, CountedRandomness, Town
from tests.unit.store.test_recovery import NEW, Closed

SECRET = bytes(range(32))
CONTENT = b"%PDF-1.7 " + bytes(range(256))


def known(*, make: bool = False) -> bytes:
    """Return the secret that the test knows."""
    assert make in {True, False}
    return SECRET


def vault(folder: Path, seed: str = "files") -> Vault:
    """Return a vault with a secret that the test knows."""
    return Vault(folder, SystemDisk(), CountedRandomness(seed), known)


def held(kept: Vault, digest: bytes) -> bytes:
    """Return a whole content."""
    return b"".join(kept.read(digest))


def only(folder: Path) -> Path:
    """Return the one file of a vault."""
    (found,) = (folder / "files").iterdir()
    return found


def test_a_content_comes_back_and_its_name_and_octets_tell_nothing(tmp_path: Path) -> None:
    kept = vault(tmp_path).put([CONTENT], pass_by)
    assert kept == Kept(hashlib.sha256(CONTENT).digest(), len(CONTENT))
    assert held(vault(tmp_path), kept.digest) == CONTENT
    file = only(tmp_path)
    assert file.name != kept.digest.hex()
    assert CONTENT[:8] not in file.read_bytes()
    assert kept.digest not in file.read_bytes()


def test_the_same_content_lies_there_once_and_other_stores_name_it_otherwise(tmp_path: Path) -> None:
    first, second = vault(tmp_path / "a"), vault(tmp_path / "a", "another")
    assert first.put([CONTENT], pass_by) == second.put([CONTENT[:5], CONTENT[5:]], pass_by)
    other = Vault(tmp_path / "b", SystemDisk(), CountedRandomness("b"), lambda **_make: bytes(32))
    other.put([CONTENT], pass_by)
    assert only(tmp_path / "a").name != only(tmp_path / "b").name


@given(
    length=st.sampled_from([0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7]), cut=st.integers(1, 90_000)
)
def test_lengths_around_a_piece_come_back_however_they_were_given(
    tmp_path_factory: pytest.TempPathFactory, length: int, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("vault")
    content = hashlib.shake_128(length.to_bytes(4, "big")).digest(length)
    kept = vault(folder).put((content[at : at + cut] for at in range(0, length, cut)), pass_by)
    assert kept == Kept(hashlib.sha256(content).digest(), length)
    assert held(vault(folder), kept.digest) == content
    shutil.rmtree(folder)


def test_every_flipped_bit_and_every_cut_is_seen(tmp_path: Path) -> None:
    kept = vault(tmp_path).put([CONTENT], pass_by)
    file = only(tmp_path)
    whole = file.read_bytes()
    for at in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[at // 8] ^= 1 << at % 8
        file.write_bytes(changed)
        assert not vault(tmp_path).is_whole(kept), at
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert not vault(tmp_path).is_whole(kept), length
    file.write_bytes(whole + b"\0")
    with pytest.raises(FileDamaged):
        held(vault(tmp_path), kept.digest)
    file.write_bytes(whole)
    assert vault(tmp_path).is_whole(kept)


def test_pieces_that_change_places_or_are_left_out_are_seen(tmp_path: Path) -> None:
    content = hashlib.shake_128(b"three pieces").digest(3 * PIECE)
    kept = vault(tmp_path).put([content], pass_by)
    file = only(tmp_path)
    whole, step = file.read_bytes(), PIECE + 16
    head, pieces = (
        whole[: len(whole) % step],
        [whole[at : at + step] for at in range(len(whole) % step, len(whole), step)],
    )
    assert len(pieces) == 3
    for changed in ([pieces[1], pieces[0], pieces[2]], pieces[:2], [pieces[0], pieces[2]], [*pieces, pieces[2]]):
        file.write_bytes(head + b"".join(changed))
        with pytest.raises(FileDamaged):
            held(vault(tmp_path), kept.digest)


def test_one_file_under_the_name_of_another_is_seen(tmp_path: Path) -> None:
    kept = vault(tmp_path).put([CONTENT], pass_by)
    mine = only(tmp_path)
    vault(tmp_path, "b").put([CONTENT + b"."], pass_by)
    (other,) = (one for one in mine.parent.iterdir() if one != mine)
    other.replace(mine)
    with pytest.raises(FileDamaged):
        held(vault(tmp_path), kept.digest)


def test_what_is_missing_is_told_and_the_same_content_mends_what_is_damaged(tmp_path: Path) -> None:
    kept = vault(tmp_path).put([CONTENT], pass_by)
    only(tmp_path).unlink()
    with pytest.raises(FileMissing):
        held(vault(tmp_path), kept.digest)
    vault(tmp_path, "b").put([CONTENT], pass_by)
    only(tmp_path).write_bytes(b"tefter/file/1\n")
    vault(tmp_path, "c").put([CONTENT], pass_by)
    assert held(vault(tmp_path), kept.digest) == CONTENT


def test_what_the_content_raises_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(2 * PIECE)
        raise DiskFull

    with pytest.raises(DiskFull):
        vault(tmp_path).put(broken(), pass_by)
    assert list((tmp_path / "files").iterdir()) == []


# --- tidying ----------------------------------------------------------------------------------------------------------


def test_tidying_removes_what_no_fact_names_and_never_what_this_process_made(tmp_path: Path) -> None:
    wanted = vault(tmp_path).put([CONTENT], pass_by)
    orphan = vault(tmp_path, "b").put([b"orphan"], pass_by)
    (tmp_path / "files" / "0011.new").write_bytes(b"half")
    now = vault(tmp_path, "c")
    fresh = now.put([b"its fact comes in a moment"], pass_by)
    assert now.tidy(lambda: [wanted.digest]) == 2
    assert now.is_whole(wanted)
    assert now.is_whole(fresh)
    assert not now.is_whole(orphan)
    assert vault(tmp_path / "nothing here").tidy(list) == 0


# --- a power cut, a full disk -----------------------------------------------------------------------------------------

_PUT = """
import os, signal, sys
from pathlib import Path
from app import system
from app.store.files import PIECE, Vault
def content():
    yield bytes(2 * PIECE)
    if sys.argv[2] == "inside":
        os.kill(os.getpid(), signal.SIGKILL)
    yield b"end"
world = system.SystemDisk(), system.SystemRandomness(), lambda make=False: bytes(range(32))
Vault(Path(sys.argv[1]), *world).put(content(), system.milestone_from_environment())
"""
_SENT = bytes(2 * PIECE) + b"end"


@pytest.mark.parametrize("point", ["inside", "before_file", "after_file"])
def test_a_kill_leaves_a_whole_file_or_none_under_its_name(tmp_path: Path, point: str) -> None:
    crash = {} if point == "inside" else {CRASH_VARIABLE: point}
    done = subprocess.run(
        [sys.executable, "-c", _PUT, tmp_path, point], env={**os.environ, **crash}, cwd=Path.cwd(), check=False
    )
    assert done.returncode == -signal.SIGKILL
    kept = Kept(hashlib.sha256(_SENT).digest(), len(_SENT))
    mine = vault(tmp_path)
    assert mine.is_whole(kept) is (point == "after_file")
    assert mine.tidy(lambda: [kept.digest]) == (0 if point == "after_file" else 1)
    mine.put([_SENT], pass_by)
    assert mine.is_whole(kept)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    with mounted(tmp_path, "1m") as place:
        yield place


def test_a_full_disk_is_told_and_nothing_else_is_lost(small_disk: Path) -> None:
    kept = vault(small_disk).put([CONTENT], pass_by)
    with pytest.raises(DiskFull):
        vault(small_disk, "b").put([bytes(PIECE)] * 8, pass_by)
    assert only(small_disk).is_file()
    assert vault(small_disk).is_whole(kept)
    assert vault(small_disk, "c").put([b"small"], pass_by).size == 5


class _NoRoom(SystemFreshFile):
    def write(self, content: bytes) -> None:
        if len(content) > PIECE:
            raise DiskFull
        super().write(content)


class _FullDisk(SystemDisk):
    """A disk on which the first piece of a file finds no room, wherever the tests run."""

    def begin(self, path: str) -> SystemFreshFile:
        return _NoRoom(Path(path))


def test_a_write_without_room_leaves_no_half_file(tmp_path: Path) -> None:
    full = Vault(tmp_path, _FullDisk(), CountedRandomness("full"), known)
    with pytest.raises(DiskFull):
        full.put([bytes(3 * PIECE)], pass_by)
    assert list((tmp_path / "files").iterdir()) == []


# --- the secret -------------------------------------------------------------------------------------------------------


def test_the_secret_is_made_once_and_stays_with_the_store(town: Town) -> None:
    kept = town.village.store.files.put([CONTENT], pass_by)
    town.village.reopen()
    assert held(town.village.store.files, kept.digest) == CONTENT


def test_a_store_with_a_new_key_after_a_recovery_still_reads_its_files(town: Town) -> None:
    closed = Closed(town)
    with closed.open(PASSWORD) as store:
        kept = store.files.put([CONTENT], pass_by)
    before = only(closed.folder).read_bytes()
    closed.reset()
    with closed.open(NEW) as store:
        assert held(store.files, kept.digest) == CONTENT
    assert only(closed.folder).read_bytes() == before


def test_who_only_reads_makes_no_secret(tmp_path: Path) -> None:
    asked: list[bool] = []

    def none_yet(*, make: bool = False) -> bytes:
        asked.append(make)
        return b""

    empty = Vault(tmp_path, SystemDisk(), CountedRandomness("files"), none_yet)
    with pytest.raises(FileMissing):
        next(iter(empty.read(bytes(32))))
    assert not empty.is_whole(Kept(bytes(32), 3))
    assert empty.tidy(list) == 0
    assert not any(asked)
