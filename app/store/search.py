"""The search index (търсене): full text over number, names, identifiers and subject, kept in the same transaction."""

from typing import Any

import sqlalchemy as sa

from app.domain.facts import EntryRegistered, Fact
from app.domain.folding import fold, words
from app.domain.numbering import written
from app.ledger.journal import Writing
from app.ledger.projection import Place
from app.ledger.tables import entries

CREATE = (
    "CREATE VIRTUAL TABLE entry_search USING fts5(number, who, identifier, subject, "
    "content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
)
_INSERT = "INSERT INTO entry_search (rowid, number, who, identifier, subject) VALUES (?, ?, ?, ?, ?)"
_MATCH = "SELECT rowid FROM entry_search WHERE entry_search MATCH ? ORDER BY rowid DESC LIMIT ?"


def index(writing: Writing, fact: Fact, place: Place) -> None:
    """Index an entry as it is registered: the listener of a station's ledger."""
    body = fact.body
    if isinstance(body, EntryRegistered):
        cursor = writing.connection.connection.cursor()
        cursor.execute(_INSERT, (place.position, *indexed(fact, body)))
        cursor.close()


def indexed(fact: Fact, body: EntryRegistered) -> tuple[str, str, str, str]:
    """Return the folded columns of an entry."""
    return (
        f"{body.number} {written(body.register, body.number, fact.office_date)}",
        fold(" ".join(one.name for one in body.correspondents)),
        " ".join(one.identifier for one in body.correspondents),
        fold(body.subject),
    )


def question(typed: str) -> str:
    """Return the full-text question for what was typed: every word as a prefix, in any column."""
    return " ".join(f'"{word}"*' for word in words(typed))


def positions(connection: sa.Connection, typed: str, limit: int = 50) -> list[int]:
    """Return the positions of the entries that hold every word typed, newest first."""
    asked = question(typed)
    if not asked:
        return []
    return [int(row[0]) for row in connection.exec_driver_sql(_MATCH, (asked, limit))]


def find(connection: sa.Connection, typed: str, limit: int = 50) -> list[dict[str, Any]]:
    """Return the rows of the entries found, newest first."""
    found = positions(connection, typed, limit)
    query = sa.select(entries).where(entries.c.position.in_(found)).order_by(entries.c.position.desc())
    return [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's public name for it


def create(engine: sa.Engine) -> None:
    """Make an empty index, for a replay."""
    with engine.begin() as connection:
        connection.exec_driver_sql(CREATE)
