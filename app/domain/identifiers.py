"""Identifiers (ЕГН, ЛНЧ, ЕИК, БУЛСТАТ): checked for the kind that the clerk chose, never guessed."""

from datetime import date

from stdnum.bg import egn, pnf
from stdnum.exceptions import ValidationError

from app.domain.errors import InvalidIdentifier
from app.domain.terms import IdentifierKind

_EIK_LENGTH = 9
_BULSTAT_LENGTH = 13
_ELEVEN = 11
_TEN = 10


def check(kind: IdentifierKind, value: str, today: date) -> None:
    """Accept a well-formed identifier.

    Raises:
        InvalidIdentifier: wrong length, letter, date or check digit. The value itself is not in the error.

    """
    if not _CHECKS[kind](value, today):
        raise InvalidIdentifier(kind=kind)


def _plain(value: str) -> bool:
    """Return whether the value is written in the digits 0-9 alone; the library mends other spellings unasked."""
    return value.isascii() and value.isdecimal()


def _egn(value: str, today: date) -> bool:
    try:
        egn.validate(value)
        return bool(_plain(value) and egn.get_birth_date(value) <= today)
    except ValidationError:
        return False


def _lnch(value: str, _today: date) -> bool:
    try:
        pnf.validate(value)
    except ValidationError:
        return False
    return _plain(value)


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % _ELEVEN


def _check_digit(digits: str, first: tuple[int, ...], second: tuple[int, ...]) -> int:
    """Return the check digit: the second weights decide where the first leave ten; ten again is zero."""
    rest = _weighted(digits, first)
    if rest == _TEN:
        rest = _weighted(digits, second)
    return rest % _TEN


def _eik(value: str, _today: date) -> bool:
    if len(value) != _EIK_LENGTH or not _plain(value):
        return False
    return int(value[8]) == _check_digit(value[:8], (1, 2, 3, 4, 5, 6, 7, 8), (3, 4, 5, 6, 7, 8, 9, 10))


def _bulstat(value: str, today: date) -> bool:
    if len(value) != _BULSTAT_LENGTH or not _plain(value):
        return False
    return _eik(value[:9], today) and int(value[12]) == _check_digit(value[8:12], (2, 7, 3, 5), (4, 9, 5, 7))


_CHECKS = {
    IdentifierKind.EGN: _egn,
    IdentifierKind.LNCH: _lnch,
    IdentifierKind.EIK: _eik,
    IdentifierKind.BULSTAT: _bulstat,
}
