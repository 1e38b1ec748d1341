"""The key file: slots for passwords, the recovery code's slot, a master key that changes under all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import StoreDamaged, WrongPassword
from app.ledger import keyslots
from app.ledger.keyslots import KeyFile
from tests.town import CHEAP, CountedRandomness

MASTER = bytes(range(32))
NEXT_MASTER = bytes(range(32, 64))
CODE = "01234-56789-01234-56789-01234-56789-01234-56789"


@pytest.fixture
def file() -> KeyFile:
    """A key file of two accounts and a recovery code, with a payload."""
    random = CountedRandomness("keys").bytes
    made = keyslots.create(MASTER, b"payload", random)
    for name, password in (("1", "парола на кмета"), ("2", "парола на служителя"), (keyslots.RECOVERY, CODE)):
        made = keyslots.with_slot(made, name, password, MASTER, random, CHEAP)
    return made


def test_each_password_opens_its_own_slot_and_all_give_the_same_key(file: KeyFile) -> None:
    assert keyslots.unlock(file, "парола на кмета") == ("1", MASTER)
    assert keyslots.unlock(file, "парола на служителя") == ("2", MASTER)


def test_the_recovery_code_opens_nothing_unless_it_is_asked_for(file: KeyFile) -> None:
    with pytest.raises(WrongPassword):
        keyslots.unlock(file, CODE)
    assert keyslots.unlock(file, CODE, keyslots.RECOVERY) == (keyslots.RECOVERY, MASTER)


@pytest.mark.parametrize("typed", ["", "парола", "Парола на кмета", "парола на кмета ", CODE])
def test_a_wrong_password_opens_nothing(file: KeyFile, typed: str) -> None:
    with pytest.raises(WrongPassword):
        keyslots.unlock(file, typed)


def test_a_password_opens_no_slot_but_its_own(file: KeyFile) -> None:
    with pytest.raises(WrongPassword):
        keyslots.unlock(file, "парола на кмета", "2")


def test_a_slot_that_is_not_there_opens_with_nothing(file: KeyFile) -> None:
    with pytest.raises(WrongPassword):
        keyslots.unlock(file, "парола на кмета", "3")


def test_the_file_is_the_same_after_writing_and_reading(file: KeyFile) -> None:
    assert keyslots.read(keyslots.write(file)) == file


def test_neither_password_nor_key_nor_payload_stands_in_the_file(file: KeyFile) -> None:
    octets = keyslots.write(file)
    for secret in (MASTER, b"payload", CODE.encode(), "парола".encode()):
        assert secret not in octets


def test_a_new_password_takes_the_place_of_the_old_one(file: KeyFile) -> None:
    changed = keyslots.with_slot(file, "1", "нова", MASTER, CountedRandomness("new").bytes, CHEAP)
    assert keyslots.unlock(changed, "нова") == ("1", MASTER)
    with pytest.raises(WrongPassword):
        keyslots.unlock(changed, "парола на кмета")
    assert len(changed.slots) == len(file.slots)


def test_a_slot_that_was_taken_away_opens_no_more(file: KeyFile) -> None:
    left = keyslots.without_slot(file, "2")
    with pytest.raises(WrongPassword):
        keyslots.unlock(left, "парола на служителя")
    assert keyslots.unlock(left, "парола на кмета") == ("1", MASTER)


def test_a_new_master_key_reaches_every_slot_without_its_password(file: KeyFile) -> None:
    changed = keyslots.with_master(file, MASTER, NEXT_MASTER, CountedRandomness("new").bytes)
    assert keyslots.unlock(changed, "парола на кмета") == ("1", NEXT_MASTER)
    assert keyslots.unlock(changed, "парола на служителя") == ("2", NEXT_MASTER)
    assert keyslots.unlock(changed, CODE, keyslots.RECOVERY) == (keyslots.RECOVERY, NEXT_MASTER)
    assert keyslots.payload(changed, NEXT_MASTER) == b"payload"
    with pytest.raises(StoreDamaged):
        keyslots.payload(changed, MASTER)


def test_the_payload_opens_with_the_master_key_only(file: KeyFile) -> None:
    assert keyslots.payload(file, MASTER) == b"payload"
    with pytest.raises(StoreDamaged):
        keyslots.payload(file, NEXT_MASTER)


def test_every_cut_of_the_file_is_damage(file: KeyFile) -> None:
    octets = keyslots.write(file)
    for length in range(len(octets)):
        with pytest.raises(StoreDamaged):
            keyslots.read(octets[:length])


def test_every_flipped_bit_is_damage_or_a_wrong_password_or_touches_another_slot(file: KeyFile) -> None:
    """Whatever a flipped bit does, it never gives another key and never another kind of error."""
    octets = bytearray(keyslots.write(file))
    outcomes = set()
    for bit in range(0, 8 * len(octets), 3):
        octets[bit // 8] ^= 1 << bit % 8
        try:
            name, master = keyslots.unlock(keyslots.read(bytes(octets)), "парола на кмета")
            outcomes.add((name, master))
        except (StoreDamaged, WrongPassword) as refused:
            outcomes.add((type(refused).__name__, b""))
        octets[bit // 8] ^= 1 << bit % 8
    assert {master for _, master in outcomes} == {MASTER, b""}
    assert {name for name, _ in outcomes} >= {"1", "StoreDamaged", "WrongPassword"}


def test_a_recovery_code_is_eight_groups_of_five_digits_and_no_two_are_alike() -> None:
    random = CountedRandomness("codes").bytes
    codes = [keyslots.recovery_code(random) for _ in range(200)]
    assert len(set(codes)) == len(codes)
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [5] * 8
        assert "".join(groups).isdecimal()


def test_the_largest_random_number_fits_into_a_recovery_code() -> None:
    code = keyslots.recovery_code(lambda count: b"\xff" * count)
    assert int(code.replace("-", "")) == 2**128 - 1


def test_what_protects_a_real_store_costs_memory_and_time() -> None:
    assert (keyslots.STRONG.kibibytes, keyslots.STRONG.passes, keyslots.STRONG.lanes) == (65_536, 3, 4)


@given(st.text(min_size=1, max_size=40), st.integers(0, 2**32))
def test_any_words_can_be_a_password(password: str, seed: int) -> None:
    random = CountedRandomness(str(seed)).bytes
    made = keyslots.with_slot(keyslots.create(MASTER, b"", random), "1", password, MASTER, random, CHEAP)
    assert keyslots.unlock(made, password) == ("1", MASTER)
