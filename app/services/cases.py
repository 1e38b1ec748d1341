"""Case files (преписки): the entry that opened one and the later papers in it, found by „ваш №“ as it was told.

A paper that answers, completes or asks after an earlier one names its number; the GUID of the case links them.
"""

import re
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.domain.numbering import written
from app.domain.terms import Standing
from app.ledger.prepared import Prepared
from app.ledger.tables import LATER, entries

_TYPED = re.compile(r"(?:(?P<register>\d+)\s*-\s*)?(?P<number>\d{1,9})(?:\s*/\s*(?P<day>[\d.]+)\s*(?:г\.?)?)?")
_YEAR = re.compile(r"(?:19|20)\d\d$")

_e = entries.c
_COLUMNS = (
    _e.entry,
    _e.case_file,
    _e.register,
    _e.number,
    _e.office_date,
    _e.kind,
    _e.service,
    _e.subject,
    _e.standing,
)
_BY_NUMBER = Prepared(
    sa.select(*_COLUMNS).where(
        _e.register == sa.bindparam("register"),
        _e.year == sa.bindparam("year"),
        _e.number == sa.bindparam("number"),
    )
)
_BY_ENTRY = Prepared(sa.select(*_COLUMNS).where(_e.entry == sa.bindparam("entry")))
_LATER = Prepared(
    sa.select(*_COLUMNS).where(sa.text(LATER), _e.case_file == sa.bindparam("case_file")).order_by(_e.position)
)


class Member(NamedTuple):
    """A paper of a case: its GUID, that of the case, its number as told, and what it is about."""

    entry: bytes
    case_file: bytes
    told: str
    kind: str
    service: int | None
    subject: str
    in_force: bool


def find(connection: sa.Connection, register: int, typed: str, year: int) -> Member | None:
    """Return the entry with a number as somebody wrote it: ``12``, ``17-12``, ``17-000012/20.11.2026``, ``12/2026``.

    Without a day it is of ``year``, or where that year has none, of the year before. None where nothing has that
    number.
    """
    found = _TYPED.fullmatch(" ".join(typed.split()).removeprefix("№").strip())
    if found is None:
        return None
    day = found["day"]
    said = _YEAR.search(day.rstrip(".")) if day else None
    years = (int(said.group()),) if said else (year, year - 1)
    for one in years:
        asked = {"register": int(found["register"] or register), "year": one, "number": int(found["number"])}
        row = _BY_NUMBER.first(connection, **asked)
        if row is not None:
            return _member(row)
    return None


def papers(connection: sa.Connection, case_file: bytes) -> list[Member]:
    """Return the papers of a case, in the order in which they came: the one that opened it, and the later ones."""
    first = _BY_ENTRY.first(connection, entry=case_file)
    later = [_member(row) for row in _LATER.all(connection, case_file=case_file)]
    return [*([_member(first)] if first is not None else []), *later]


def _member(row: sa.Row[tuple[object, ...]]) -> Member:
    told = written(row.register, row.number, date.fromisoformat(row.office_date))
    in_force = row.standing != Standing.ANNULLED
    return Member(bytes(row.entry), bytes(row.case_file), told, row.kind, row.service, row.subject, in_force)
