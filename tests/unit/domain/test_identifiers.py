"""Identifiers: the published vectors, our own for БУЛСТАТ, and every spelling that is none."""

import csv
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.demonstration import people
from app.domain import identifiers
from app.domain.errors import InvalidIdentifier
from app.domain.terms import IdentifierKind

ROOT = Path(__file__).resolve().parents[3]
VECTORS = ROOT.parent / "shared" / "data" / "identifiers" / "test_vectors.csv"
TODAY = date(2026, 11, 20)
KIND_OF = {
    "egn": IdentifierKind.EGN,
    "lnch": IdentifierKind.LNCH,
    "eik9": IdentifierKind.EIK,
    "bulstat13": IdentifierKind.BULSTAT,
}


def passes(kind: IdentifierKind, value: str, today: date = TODAY) -> bool:
    """Return whether an identifier passes its check."""
    try:
        identifiers.check(kind, value, today)
    except InvalidIdentifier:
        return False
    return True


def test_the_error_names_the_kind_and_keeps_the_value_to_itself() -> None:
    with pytest.raises(InvalidIdentifier) as caught:
        identifiers.check(IdentifierKind.EGN, "9130051151", TODAY)
    assert caught.value.facts == {"kind": IdentifierKind.EGN}


@pytest.mark.skipif(not VECTORS.is_file(), reason="the published identifiers are not at hand")
def test_the_published_identifiers_pass_or_fail_as_published() -> None:
    with VECTORS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 11
    for row in rows:
        assert passes(KIND_OF[row["kind"]], row["value"]) is (row["result"] == "valid"), row


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("1213961230342", True),
        ("1213961230343", False),
        ("1213961240342", False),
        ("1750747520004", True),  # 2·2 + 7·0 + 3·0 + 5·0 = 4
        ("1750747520006", False),
        ("175074752000", False),
        ("17507475200066", False),
        ("175074753000A", False),
    ],
)
def test_bulstat_of_a_branch(value: str, right: bool) -> None:  # noqa: FBT001 - a table
    assert passes(IdentifierKind.BULSTAT, value) is right


def hand_check(digits: str, first: tuple[int, ...], second: tuple[int, ...]) -> int:
    """Return the check digit as the regulation says it, in plain steps."""
    rest = sum(int(d) * w for d, w in zip(digits, first, strict=True)) % 11
    if rest < 10:
        return rest
    rest = sum(int(d) * w for d, w in zip(digits, second, strict=True)) % 11
    return 0 if rest == 10 else rest


@given(digits=st.text("0123456789", min_size=8, max_size=8), branch=st.text("0123456789", min_size=3, max_size=3))
def test_of_ten_last_digits_exactly_one_passes(digits: str, branch: str) -> None:
    right = hand_check(digits, (1, 2, 3, 4, 5, 6, 7, 8), (3, 4, 5, 6, 7, 8, 9, 10))
    assert [n for n in range(10) if passes(IdentifierKind.EIK, f"{digits}{n}")] == [right]
    unit = f"{digits}{right}"
    own = hand_check(unit[8] + branch, (2, 7, 3, 5), (4, 9, 5, 7))
    assert [n for n in range(10) if passes(IdentifierKind.BULSTAT, f"{unit}{branch}{n}")] == [own]


def test_both_rounds_of_weights_come_into_play() -> None:
    """Without these the second weights and the rule "ten is zero" would never be tried."""
    rng = Random(1)  # noqa: S311 - the same numbers in every run
    rounds = {"first": 0, "second": 0, "zero": 0}
    for _ in range(2_000):
        digits = f"{rng.randrange(10**8):08}"
        first = sum(int(d) * w for d, w in zip(digits, range(1, 9), strict=True)) % 11
        second = sum(int(d) * w for d, w in zip(digits, range(3, 11), strict=True)) % 11
        name = "first" if first < 10 else "second" if second < 10 else "zero"
        last = {"first": first, "second": second, "zero": 0}[name]
        assert passes(IdentifierKind.EIK, f"{digits}{last}")
        rounds[name] += 1
    assert all(rounds.values())


def test_invented_people_and_firms_pass() -> None:
    rng = Random(2)  # noqa: S311 - the same numbers in every run
    for _ in range(200):
        assert passes(IdentifierKind.EGN, people.person(rng).egn)
        assert passes(IdentifierKind.EIK, people.legal_entity(rng).eik)


EGN = "9130051150"


def test_an_egn_with_another_check_digit_fails() -> None:
    assert passes(IdentifierKind.EGN, EGN)
    assert [n for n in range(10) if passes(IdentifierKind.EGN, f"{EGN[:9]}{n}")] == [int(EGN[9])]


def test_an_egn_born_tomorrow_fails_today_and_passes_tomorrow() -> None:
    born = date(1891, 10, 5)
    assert passes(IdentifierKind.EGN, EGN, born)
    assert not passes(IdentifierKind.EGN, EGN, date(1891, 10, 4))


@pytest.mark.parametrize(
    "spelling",
    [
        "",
        " ",
        EGN[:9],
        EGN + "0",
        " " + EGN,
        EGN + " ",
        EGN + "\n",
        "913005 1150",
        "913005-1150",
        "913005.1150",
        "".join(chr(0xFF10 + int(digit)) for digit in EGN),
        "".join(chr(0x0660 + int(digit)) for digit in EGN),
        EGN[:9] + "\uff10",
        EGN[:9] + "\u00b2",
        "91\u04170051150",
        "O130051150",
    ],
)
@pytest.mark.parametrize("kind", list(IdentifierKind))
def test_only_the_plain_digits_are_an_identifier(kind: IdentifierKind, spelling: str) -> None:
    assert not passes(kind, spelling)


@pytest.mark.parametrize(
    "spelling", ["".join(chr(0xFF10 + int(digit)) for digit in "7111042925"), "7111042925 ", "711104-2925"]
)
def test_an_lnch_that_the_library_would_mend_is_none(spelling: str) -> None:
    assert passes(IdentifierKind.LNCH, "7111042925")
    assert not passes(IdentifierKind.LNCH, spelling)


@given(kind=st.sampled_from(IdentifierKind), value=st.text(max_size=20))
def test_any_text_either_passes_or_fails_in_the_one_way(kind: IdentifierKind, value: str) -> None:
    if passes(kind, value):
        assert value.isascii()
        assert value.isdigit()
