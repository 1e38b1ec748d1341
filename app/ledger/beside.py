"""What stands beside the common content of an entry (данни по вида): read alike at both ends."""

import sqlalchemy as sa

from app.domain.entries import NO_PARTICULARS, Particulars
from app.domain.facts import PaperSeen, Particular
from app.domain.terms import PaperState
from app.ledger.prepared import Prepared
from app.ledger.tables import entry_papers, entry_particulars

_VALUES = Prepared(
    sa.select(entry_particulars.c.name, entry_particulars.c.value)
    .where(entry_particulars.c.position == sa.bindparam("position"))
    .order_by(entry_particulars.c.place)
)
_PAPERS = Prepared(
    sa.select(entry_papers.c.paper, entry_papers.c.state)
    .where(entry_papers.c.position == sa.bindparam("position"))
    .order_by(entry_papers.c.place)
)


def particulars(connection: sa.Connection, position: int | None, *, before_closing: bool) -> Particulars:
    """Return what the kind and the service of an entry ask for, as the fact at a position says it."""
    if position is None:
        return NO_PARTICULARS
    values = tuple(Particular(row.name, row.value) for row in _VALUES.all(connection, position=position))
    seen = _PAPERS.all(connection, position=position)
    papers = tuple(PaperSeen(row.paper, PaperState(row.state)) for row in seen)
    return Particulars(before_closing=before_closing, values=values, papers=papers)
