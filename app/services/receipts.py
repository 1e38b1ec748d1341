"""Receipts looked up (справки за квитанции): by number as one types, by the signature on paper. Reading only."""

import re
from collections import defaultdict
from typing import NamedTuple

import sqlalchemy as sa

from app.ledger.prepared import Prepared
from app.ledger.tables import known_stations, receipts
from app.services.rows import RECEIPT_COLUMNS, ReceiptRow, receipt_rows

_DIGITS = 6
"""Digits of a number as it is printed; a larger one has more."""
_TYPED = re.compile(
    r"(?:(?P<till>\d+)\s*-\s*)?(?P<number>\d+)(?:\s*/\s*(?P<day>\d{1,2}(?:\.\d{1,2}(?:\.\d{0,4})?)?)?)?\.?"
)

_BETWEEN = Prepared(
    sa.select(*RECEIPT_COLUMNS)
    .where(
        receipts.c.till == sa.bindparam("till"),
        receipts.c.year == sa.bindparam("year"),
        receipts.c.number >= sa.bindparam("first"),
        receipts.c.number <= sa.bindparam("last"),
    )
    .order_by(receipts.c.number.desc())
    .limit(sa.bindparam("limit"))
)
_YEARS = Prepared(
    sa.select(receipts.c.year)
    .where(receipts.c.till == sa.bindparam("till"))
    .distinct()
    .order_by(receipts.c.year.desc())
)
_KNOWN = Prepared(sa.select(known_stations.c.station, known_stations.c.name, known_stations.c.signing_key).distinct())


def find_receipts(connection: sa.Connection, till: int, typed: str, limit: int = 100) -> list[ReceiptRow]:
    """Return the cash documents of a till whose number begins as typed: ``13``, ``000131``, ``17-000131/20.11.2026``.

    The number typed itself comes first, then those that it begins; the newest year before older ones. Nothing is found
    for what is no number, or is one of another till.
    """
    found = _TYPED.fullmatch(typed.strip())
    if found is None or (found["till"] and int(found["till"]) != till):
        return []
    ranges = _ranges(found["number"])
    rows = [
        row
        for year in _YEARS.all(connection, till=till)
        for first, last in ranges
        for row in _BETWEEN.all(connection, till=till, year=year.year, first=first, last=last, limit=limit)
    ]
    return receipt_rows(connection, rows[:limit])


def _ranges(digits: str) -> list[tuple[int, int]]:
    """Return the ranges of numbers that begin with these digits; with a zero before, only the number printed so."""
    number = int(digits)
    if digits.startswith("0"):
        unit = 10 ** max(0, _DIGITS - len(digits))
        return [(max(1, number * unit), number * unit + unit - 1)]
    return [(number * 10**more, (number + 1) * 10**more - 1) for more in range(_DIGITS + 1 - len(digits))]


class Known(NamedTuple):
    """Познато работно място: its name, and every public key that it ever had (32 octets each)."""

    name: str
    keys: frozenset[bytes]


def known_stations_by_id(connection: sa.Connection) -> dict[bytes, Known]:
    """Return the stations that the town introduced to this one, by their ids."""
    keys: dict[bytes, set[bytes]] = defaultdict(set)
    names: dict[bytes, str] = {}
    for row in _KNOWN.all(connection):
        keys[bytes(row.station)].add(bytes(row.signing_key))
        names[bytes(row.station)] = row.name
    return {station: Known(names[station], frozenset(held)) for station, held in keys.items()}
