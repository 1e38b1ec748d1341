"""The search index (търсене): full text over number, names, identifiers and subject, kept in the same transaction.

A row of the index bears the position of its entry, so that the newest come first without sorting. A corrected entry is
indexed anew: it is found by what it says now, and the values of before are told by its history.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.domain.facts import EntryCorrected, EntryRegistered, Fact
from app.domain.folding import Reading, fold, readings
from app.domain.numbering import written
from app.ledger.journal import Writing
from app.ledger.prepared import Prepared
from app.ledger.projection import Place
from app.ledger.tables import entries, registers

TABLE = "entry_search"
CREATE = (
    "CREATE VIRTUAL TABLE entry_search USING fts5(number, who, identifier, subject, "
    "content='', contentless_delete=1, detail=column, tokenize='ascii', prefix='1 2 3')"
)
"""The words are folded already; the tokenizer only parts them at spaces."""

_LONGEST_PREFIX = 3
_MOST_WORDS = 64
"""More words than these begin alike where they are identifiers and numbers, of which each is in few entries."""

# The dictionary of the index, seen by this connection only. Of this kind of fts5vocab a row is one entry that holds the
# word: stepping on to the next word passes over the pages of a common one without unpacking their entries.
_DICTIONARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.entry_words USING fts5vocab(main, entry_search, instance)"
_BEGINNING = f"""
WITH RECURSIVE found (word) AS (
    SELECT (SELECT term FROM temp.entry_words WHERE term >= ?1 LIMIT 1)
    UNION ALL
    SELECT (SELECT term FROM temp.entry_words WHERE term >= found.word || ' ' LIMIT 1)
    FROM found WHERE found.word < ?1 || char(0x10FFFF) LIMIT {_MOST_WORDS + 2}
)
SELECT word FROM found WHERE word < ?1 || char(0x10FFFF)
"""  # noqa: S608 - a constant
_INSERT = "INSERT INTO entry_search (rowid, number, who, identifier, subject) VALUES (?, ?, ?, ?, ?)"
_DELETE = "DELETE FROM entry_search WHERE rowid = ?"
_MATCH = "SELECT rowid FROM entry_search WHERE entry_search MATCH ? ORDER BY rowid DESC LIMIT ?"
_ENTRY = Prepared(
    sa.select(entries.c.position, entries.c.register, entries.c.number, entries.c.office_date).where(
        entries.c.entry == sa.bindparam("entry")
    )
)


_REGISTERS = Prepared(sa.select(sa.func.count().label("count")).select_from(registers))


def index(writing: Writing, fact: Fact, place: Place) -> None:
    """Index an entry as it is registered or corrected: the listener of a station's ledger."""
    body = fact.body
    if isinstance(body, EntryRegistered):
        number = written(body.register, body.number, fact.office_date)
        _put(writing, _INSERT, (place.position, *indexed(f"{body.number} {number}", body)))
    elif isinstance(body, EntryCorrected):
        writing.pen.flush()  # the entry may be new in the same transaction
        row = _ENTRY.first(writing.connection, entry=body.entry)
        if row is not None:
            number = written(row.register, row.number, date.fromisoformat(row.office_date))
            _put(writing, _DELETE, (row.position,))
            _put(writing, _INSERT, (row.position, *indexed(f"{row.number} {number}", body)))


def _put(writing: Writing, sql: str, values: tuple[Any, ...]) -> None:
    cursor = writing.connection.connection.cursor()
    cursor.execute(sql, values)
    cursor.close()


def indexed(number: str, body: EntryRegistered | EntryCorrected) -> tuple[str, str, str, str]:
    """Return the folded columns of an entry; the number of its service is found like a word of its subject."""
    service = "" if body.service is None else str(body.service)
    return (
        fold(number),
        fold(" ".join(one.name for one in body.correspondents)),
        fold(" ".join(one.identifier for one in body.correspondents)),
        fold(f"{body.subject} {service}"),
    )


def question(connection: sa.Connection, typed: str, columns: str = "") -> str:
    """Return the full-text question for what was typed: every word as a prefix, in any column or in those named.

    A prefix longer than those that have an index is spelled out as the words that begin so. The index would gather all
    that hold one of them before it gave the first: twenty milliseconds for half of a million entries. Words are read
    lazily, the newest entry first.
    """
    asked = " AND ".join(_either(connection, word) for word in readings(typed))
    return f"{{{columns}}} : ({asked})" if asked and columns else asked


def within(connection: sa.Connection, asked: str, register: int) -> str:
    """Return a question of one register's entries only; the whole index is that where no other is kept here.

    Else a word that is common in the one village and rare in the other would be read through all of the first.
    """
    if not asked or int(_REGISTERS.value(connection) or 0) < 2:  # noqa: PLR2004 - two have to be told apart
        return asked
    return f'({asked}) AND number : "{register}"'


def _either(connection: sa.Connection, word: tuple[Reading, ...]) -> str:
    ways = [way for one in word for way in _ways(connection, one)]
    return ways[0] if len(ways) == 1 else f"({' OR '.join(ways)})"


def _ways(connection: sa.Connection, one: Reading) -> list[str]:
    begun = [] if one.whole or len(one.folded) <= _LONGEST_PREFIX else _begun(connection, one.folded)
    if 0 < len(begun) <= _MOST_WORDS:
        return [f'"{word}"' for word in begun]
    return [f'"{one.folded}"' if one.whole else f'"{one.folded}"*']


def _begun(connection: sa.Connection, folded: str) -> list[str]:
    """Return the indexed words that begin so, up to one more than are spelled out."""
    cursor = connection.connection.cursor()
    cursor.execute(_DICTIONARY)
    cursor.execute(_BEGINNING, (folded,))
    found = [str(row[0]) for row in cursor.fetchall()]
    cursor.close()
    return found


def positions(connection: sa.Connection, typed: str, limit: int = 50) -> list[int]:
    """Return the positions of the entries that hold every word typed, newest first."""
    asked = question(connection, typed)
    if not asked:
        return []
    return [int(row[0]) for row in connection.exec_driver_sql(_MATCH, (asked, limit))]


def find(connection: sa.Connection, typed: str, limit: int = 50) -> list[dict[str, Any]]:
    """Return the rows of the entries found, newest first."""
    found = positions(connection, typed, limit)
    query = sa.select(entries).where(entries.c.position.in_(found)).order_by(entries.c.position.desc())
    return [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's public name for it


def empty(connection: sa.Connection) -> None:
    """Take everything out of the index, before a rebuild."""
    connection.exec_driver_sql("INSERT INTO entry_search (entry_search) VALUES ('delete-all')")


def create(engine: sa.Engine) -> None:
    """Make an empty index, for a replay."""
    with engine.begin() as connection:
        connection.exec_driver_sql(CREATE)
