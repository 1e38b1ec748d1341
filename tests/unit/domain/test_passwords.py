"""How strong a password is: length counts, what repeats or runs on does not; only the too short is refused."""

import pytest

from app.domain.passwords import SHORTEST, Strength, strength


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", Strength.TOO_SHORT),
        ("к2$пЖ9!", Strength.TOO_SHORT),
        ("12345678", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefghijklmnop", Strength.WEAK),
        ("Микрево2", Strength.WEAK),
        ("заек17 вълк", Strength.FAIR),
        ("синьо куче на двора", Strength.STRONG),
    ],
)
def test_it_is_told_by_what_counts(password: str, said: Strength) -> None:
    assert strength(password) is said


def test_eight_signs_are_taken_and_seven_are_not() -> None:
    assert strength("к" * SHORTEST) is not Strength.TOO_SHORT
    assert strength("к" * (SHORTEST - 1)) is Strength.TOO_SHORT
