"""Who came before (познати кореспонденти): what a name or an identifier begins brings the whole person back."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from app.domain.entries import Filing
from app.domain.facts import Correspondent
from app.domain.folding import Reading, fold, holds, readings, words
from app.domain.terms import CorrespondentKind
from app.ledger.prepared import Prepared
from app.ledger.tables import entries, entry_correspondents
from app.services.details import correspondent, filing_of
from app.store import search

FEWEST_LETTERS = 2
_AT_ONCE, _MOST_VISITS = 100, 1_500
"""Visits are read in portions, newest first, until enough different people are found."""


class Acquaintance(NamedTuple):
    """Познат кореспондент as at the last visit, with its office date and the entry."""

    correspondent: Correspondent
    last_visit: date
    entry: bytes


_index = sa.table(search.TABLE, sa.column("rowid"), sa.column(search.TABLE))
_VISITS = Prepared(
    sa.select(entries.c.position.label("visit"), entries.c.entry, entries.c.office_date, entry_correspondents)
    .select_from(
        _index.join(entries, entries.c.position == _index.c.rowid).join(
            entry_correspondents, entry_correspondents.c.position == entries.c.content_at
        )
    )
    .where(
        sa.column(search.TABLE).op("MATCH")(sa.bindparam("asked")),
        _index.c.rowid < sa.bindparam("before"),
        entries.c.register == sa.func.coalesce(sa.bindparam("register"), entries.c.register),
    )
    .order_by(_index.c.rowid.desc())
    .limit(sa.bindparam("limit"))
)
_LAST = Prepared(
    sa.select(entries.c.entry)
    .where(entries.c.register == sa.bindparam("register"))
    .order_by(entries.c.office_date.desc(), entries.c.position.desc())
)


def recall(connection: sa.Connection, typed: str, limit: int = 8, *, register: int | None = None) -> list[Acquaintance]:
    """Return previous correspondents by the beginnings of their names or identifiers, each once, newest visit first.

    ``register``: of this village only; what one knows of people is not told at the desk of another. Fewer than two
    letters or digits recall nobody.
    """
    asked = readings(typed)
    if sum(len(word[0].folded) for word in asked) < FEWEST_LETTERS:
        return []
    found: dict[tuple[str, ...], Acquaintance] = {}
    question = search.question(connection, typed, "who identifier")
    if register is not None:
        question = search.within(connection, question, register)
    for row in _visits(connection, question, register):
        one = correspondent(row)
        if one.kind is not CorrespondentKind.ANONYMOUS and _meant(one, asked):
            found.setdefault(_same(one), Acquaintance(one, date.fromisoformat(row.office_date), bytes(row.entry)))
            if len(found) == limit:
                break
    return list(found.values())


def _visits(connection: sa.Connection, asked: str, register: int | None) -> Iterator[Any]:
    before = 2**62
    for _ in range(_MOST_VISITS // _AT_ONCE):
        rows = _VISITS.all(connection, asked=asked, before=before, register=register, limit=_AT_ONCE)
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        # The last visit may be cut in the middle of its people; it is read again, and its people are the same.
        before = rows[-1].visit + 1 if rows[0].visit != rows[-1].visit else rows[-1].visit


def _meant(one: Correspondent, asked: Sequence[tuple[Reading, ...]]) -> bool:
    """Return whether it is this correspondent of the entry that holds every word typed."""
    held = f" {fold(f'{one.name} {one.identifier}')} "
    return all(holds(held, word) for word in asked)


def _same(one: Correspondent) -> tuple[str, ...]:
    """Return what makes two correspondents one: the identifier, or else name and settlement."""
    return (one.identifier_kind, one.identifier) if one.identifier_kind else ("", *words(one.name), one.settlement)


def last_filing(connection: sa.Connection, register: int) -> Filing | None:
    """Return the content of the last entry of a register, for "as last time"; None in an empty one.

    It bears that entry's GUID, for which the form puts its own; it opens a case of its own.
    """
    entry = _LAST.value(connection, register=register)
    if entry is None:
        return None
    return msgspec.structs.replace(filing_of(connection, bytes(entry)), case_file=None)
