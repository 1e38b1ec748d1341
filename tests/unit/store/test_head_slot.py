"""The signed head beside the store: one small record, overwritten in place."""

from pathlib import Path

import pytest

from app import bootstrap
from app.domain.terms import VerifyCode
from app.store import head_slot
from app.store.head_slot import SignedHead
from app.system import SystemDisk
from tests.town import Town

HEAD = SignedHead(b"\x01" * 16, b"\x02" * 16, 42, b"\x03" * 32, b"\x04" * 64)
SIZE = 4 + 16 + 16 + 8 + 32 + 64


def _write(path: Path, *heads: SignedHead) -> None:
    """Write as a store does that is closed at once."""
    slot = head_slot.Slot(SystemDisk(), path)
    for head in heads:
        slot.write(head)
    slot.close()


@pytest.fixture
def slot(tmp_path: Path) -> Path:
    return head_slot.place(tmp_path / "store")


def test_the_slot_lies_beside_the_store_and_not_in_it(tmp_path: Path) -> None:
    assert head_slot.place(tmp_path / "mikrevo") == tmp_path / "mikrevo.head"


def test_what_is_written_is_read(slot: Path) -> None:
    _write(slot, HEAD)
    assert head_slot.read(SystemDisk(), slot) == HEAD


def test_the_record_is_overwritten_in_place_and_keeps_its_size(slot: Path) -> None:
    _write(slot, HEAD)
    same = slot.stat().st_ino
    for sequence in (43, 44, 2**40):
        _write(slot, HEAD, HEAD._replace(sequence=sequence))
        assert slot.stat().st_size == SIZE
        assert slot.stat().st_ino == same
    read = head_slot.read(SystemDisk(), slot)
    assert read is not None
    assert read.sequence == 2**40


def test_there_is_no_head_where_there_is_no_slot(slot: Path) -> None:
    assert head_slot.read(SystemDisk(), slot) is None


def test_a_torn_record_is_no_head(slot: Path) -> None:
    _write(slot, HEAD)
    whole = slot.read_bytes()
    for length in range(SIZE):
        slot.write_bytes(whole[:length])
        assert head_slot.read(SystemDisk(), slot) is None


def test_a_file_of_something_else_is_no_head(slot: Path) -> None:
    slot.write_bytes(bytes(SIZE))
    assert head_slot.read(SystemDisk(), slot) is None


def _codes(town: Town) -> list[VerifyCode]:
    return [one.code for one in bootstrap.verify_station_store(town.village.store)]


def test_every_act_moves_the_slot_to_the_new_head(town: Town) -> None:
    place = head_slot.place(town.village.store.folder)
    before = head_slot.read(SystemDisk(), place)
    town.village.register()
    after = head_slot.read(SystemDisk(), place)
    assert before is not None
    assert after is not None
    assert after.sequence == before.sequence + 1
    assert _codes(town) == []


def test_a_slot_behind_the_store_is_what_a_crash_leaves(town: Town) -> None:
    place = head_slot.place(town.village.store.folder)
    old = place.read_bytes()
    town.village.register()
    place.write_bytes(old)
    assert _codes(town) == []


def test_a_store_behind_its_slot_was_rolled_back(town: Town) -> None:
    village = town.village
    village.close()
    saved = {one.name: one.read_bytes() for one in village.store.folder.iterdir()}
    village.reopen()
    village.register()
    village.close()
    for name, octets in saved.items():
        (village.store.folder / name).write_bytes(octets)
    village.reopen()
    assert _codes(town) == [VerifyCode.HEAD_BEHIND_SLOT]


@pytest.mark.parametrize("place", [4, 20, 36, 44, 76, 139])
def test_a_changed_slot_carries_no_signature_of_the_station(town: Town, place: int) -> None:
    town.village.register()
    slot = head_slot.place(town.village.store.folder)
    octets = bytearray(slot.read_bytes())
    octets[place] ^= 1
    slot.write_bytes(octets)
    assert _codes(town) == [VerifyCode.HEAD_SIGNATURE_BAD]


def test_a_store_rolled_back_that_goes_on_does_not_wipe_out_what_shows_it(slot: Path) -> None:
    _write(slot, HEAD._replace(sequence=9))
    _write(slot, HEAD._replace(sequence=4))
    found = head_slot.read(SystemDisk(), slot)
    assert found is not None
    assert found.sequence == 9
