"""The slip's code and secret: read back as people type them, and worth nothing for another fact."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import slip_codes
from app.domain.errors import BadContent
from app.domain.slip_codes import ALPHABET, SlipVerdict

DIGEST = bytes(range(32))
OTHER = bytes(31) + b"\x01"
DAY = date(2026, 11, 20)
digests = st.binary(min_size=32, max_size=32)
QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

LATIN_BY_LOOK = str.maketrans("\u0410\u0412\u0415\u041a\u041c\u041d\u0420\u0421\u0422\u0423\u0425", "ABEKMHPCTYX")


def test_the_alphabet_has_32_signs_and_none_that_is_misread() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("01ОЗЙЩЪЬ")


def test_a_code_is_16_letters_in_four_groups_and_stays_the_same_for_ever() -> None:
    assert slip_codes.code(DIGEST) == "5ЖЧЮ-СД9П-ВЕЖВ-8ЮАР"
    assert slip_codes.secret(DIGEST).hex() == "4f2f10815b653cd587e9880a070eee07"


@given(digests)
def test_a_code_matches_however_it_is_typed(digest: bytes) -> None:
    code = slip_codes.code(digest)
    typed = [
        code,
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " – "),
        f"  {code.replace('-', chr(0xA0))} ",
        code.translate(LATIN_BY_LOOK),
        code.translate(LATIN_BY_LOOK).lower(),
        code.replace("3", "З").replace("И", "Й").replace("Ш", "Щ"),
    ]
    assert [slip_codes.check(one, digest) for one in typed] == [True] * len(typed)
    assert {slip_codes.read(one) for one in typed} == {code.replace("-", "")}


@pytest.mark.parametrize(
    "typed", ["", "ФАЯ3", "ФАЯ3-ИУ8И-8ГВХ-Ш8Р0", "ФАЯ3-ИУ8И-8ГВХ-Ш8РО", "ФАЯ3-ИУ8И-8ГВХ-Ш8РУ2", "ФАЯ3-ИУ8И-8ГВХ-Ш8Р1"]
)
def test_what_could_be_anything_is_not_guessed(typed: str) -> None:
    assert slip_codes.read(typed) is None
    assert not slip_codes.check(typed, DIGEST)


@given(digests, digests)
def test_a_code_belongs_to_one_fact_only(one: bytes, other: bytes) -> None:
    assert slip_codes.check(slip_codes.code(one), other) == (one == other)


@given(digests, st.integers(0, 15), st.integers(1, 31))
def test_one_wrong_letter_is_refused(digest: bytes, place: int, step: int) -> None:
    letters = list(slip_codes.code(digest).replace("-", ""))
    letters[place] = ALPHABET[(ALPHABET.index(letters[place]) + step) % 32]
    assert not slip_codes.check("".join(letters), digest)


@given(digests)
def test_code_and_secret_give_nothing_of_each_other_away(digest: bytes) -> None:
    letters = slip_codes.code(digest).replace("-", "")
    value = 0
    for letter in letters:
        value = value * 32 + ALPHABET.index(letter)
    assert value.to_bytes(10, "big") not in (slip_codes.secret(digest)[:10], digest[:10])


def test_a_slip_tells_a_rolled_back_and_a_rewritten_store_from_a_good_one() -> None:
    code = slip_codes.code(DIGEST)
    assert slip_codes.held_against(code, DIGEST) is SlipVerdict.MATCHES
    assert slip_codes.held_against(code, None) is SlipVerdict.NO_ENTRY
    assert slip_codes.held_against(code, OTHER) is SlipVerdict.DIFFERS
    assert slip_codes.held_against("не се чете", DIGEST) is SlipVerdict.UNREADABLE


@given(st.integers(0, 10**9 - 1), st.integers(1, 10**9 - 1), st.dates(min_value=date(1879, 3, 3)), digests)
def test_the_qr_is_alphanumeric_and_reads_back(register: int, number: int, on: date, digest: bytes) -> None:
    text = slip_codes.qr_text(register, number, on, digest)
    assert set(text) <= QR_ALPHANUMERIC
    claim = slip_codes.read_qr(text)
    assert (claim.register, claim.number, claim.on) == (register, number, on)
    assert slip_codes.check_secret(claim, digest)
    assert not slip_codes.check_secret(claim, bytes(32) if digest != bytes(32) else OTHER)


def test_the_qr_says_number_date_and_secret() -> None:
    assert slip_codes.qr_text(26, 188, DAY, DIGEST).startswith("TS1:26-000188/20.11.2026:")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("TS1", "TS2"),
        ("26-000188", "26-00188"),
        ("26-000188", "26-0000188"),
        ("26-000188", "026-000188"),
        ("20.11.2026", "31.11.2026"),
        ("20.11.2026", "2026.11.20"),
        ("188", "18\u0668"),
        (":26", ":26 "),
    ],
)
def test_any_other_spelling_of_the_qr_is_refused(old: str, new: str) -> None:
    text = slip_codes.qr_text(26, 188, DAY, DIGEST)
    assert old in text
    with pytest.raises(BadContent):
        slip_codes.read_qr(text.replace(old, new, 1))


def test_unused_bits_of_the_qr_must_be_zero() -> None:
    text = slip_codes.qr_text(26, 188, DAY, DIGEST)
    assert text[-1] in "AEIMQUY4"
    with pytest.raises(BadContent):
        slip_codes.read_qr(text[:-1] + "B")
