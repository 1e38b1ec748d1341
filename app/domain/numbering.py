"""Numbers of entries and cash documents (номера): gapless from 1 in each (series, year)."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

WIDTH = 6


class SeriesKind(StrEnum):
    """What a series counts: entries of a register, results that leave it, or cash documents of a till."""

    REGISTER = "register"
    OUTGOING = "outgoing"
    TILL = "till"


class Series(NamedTuple):
    """Поредица: the series of one register or till in one calendar year."""

    kind: SeriesKind
    number_index: int
    year: int


def next_number(last: int) -> int:
    """Return the number after ``last``; a new year's series starts from last = 0."""
    if last < 0:
        raise ValueError(last)
    return last + 1


def written(index: int, number: int, on: date) -> str:
    """Return the number as told and printed, ``17-000042/20.11.2026`` (НОДА чл. 28, ал. 4)."""
    return f"{index}-{number:0{WIDTH}d}/{on:%d.%m.%Y}"
