"""The first look (първи поглед) into a store: what the first picture of a window shows, asked of the driver itself.

SQLAlchemy and the verbs take as long to load as all that comes before them, and the clerk waits for a list only. What
is asked here is what ``book.page`` and ``book.awaits_clerk`` answer; a test holds them together. A store that needs
more than a look (another schema, an enrolment that is not confirmed, any error) gives none: it is opened as a whole
first, and that says what is the matter.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from app.domain.errors import LibraryTooOld, StoreDamaged
from app.ledger import driver
from app.services.list_rows import EntryRow, entry_row
from app.store import identity

DATABASE = "store.db"
SCHEMA = ("0004", "0002")
"""Versions of the ledger's and the store's tables. As ``app.store.station`` and the migrations have them: a test."""

_SCHEMA = "SELECT (SELECT version_num FROM ledger_version), (SELECT version_num FROM store_version)"
_ENTRIES = """
SELECT e.position, e.entry, e.register, e.number, e.year, e.recorded_at, e.office_date,
    (SELECT c.name FROM entry_correspondents AS c WHERE c.position = e.content_at AND c.place = 0) AS who,
    e.subject, e.kind, e.service, e.speed, e.due_on, e.standing, e.town, e.fee_cents,
    (SELECT coalesce(sum(l.cents), 0) FROM receipt_lines AS l JOIN receipts AS r ON r.position = l.position
     WHERE l.entry = e.entry AND r.standing = 'in_force') AS paid_cents,
    e.noticed, e.central_number, e.dispute_reason, e.stream, e.sequence, e.stopped, e.ended
FROM entries AS e WHERE e.register = :register
"""
_NEWEST = _ENTRIES + "ORDER BY e.office_date DESC, e.position DESC"
_DISPUTED = _ENTRIES + "AND e.town = 'disputed' ORDER BY e.position DESC"
_LATE = _ENTRIES + (
    "AND e.standing <> 'annulled' AND e.town <> 'accepted' AND e.ended IS NULL "
    "AND coalesce(e.due_on, '9999') < :today ORDER BY e.position DESC"
)
_NOT_MENDED = _ENTRIES + (  # noqa: S608 - a constant
    "AND e.position IN ("
    "SELECT o.position FROM entries AS o WHERE o.register = :register AND o.standing <> 'annulled' "
    "AND o.stopped IS NOT NULL AND o.ended IS NULL AND o.stopped > '' AND o.stopped < :today "
    "ORDER BY o.position DESC LIMIT :limit) ORDER BY e.position DESC"
)
_VILLAGES = """
SELECT r.register, r.name, (SELECT min(t.till) FROM tills AS t WHERE t.mayoralty = r.mayoralty)
FROM registers AS r ORDER BY r.register
"""
_ACKNOWLEDGED = "SELECT sequence FROM acknowledgements WHERE stream = :stream ORDER BY number DESC"


class VillageSeen(NamedTuple):
    """A mayoralty of this desk: its register, its name, and its till, None where none is kept for it."""

    register: int
    name: str
    till: int | None


class FirstLook:
    """An open look into a store. ``register`` is the one that is shown: the first, until another is chosen.

    It is None where the desk keeps none; ``villages`` are all that it keeps, by register.
    """

    def __init__(self, connection: dbapi2.Connection, me: identity.Identity, account: int) -> None:
        self._connection = connection
        self._acknowledged: dict[bytes, int] = {}
        self.identity = me
        named = "SELECT name FROM accounts WHERE stream = :stream AND account = :account"
        self.clerk = str(self._value(named, stream=me.epoch, account=account) or "")
        self.villages = tuple(VillageSeen(*row) for row in connection.execute(_VILLAGES))
        self.register = self.villages[0].register if self.villages else None
        self.recorded_at: int | None = self._value("SELECT recorded_at FROM streams WHERE stream = :s", s=me.epoch)
        """UTC seconds of this station's last fact."""

    def choose(self, register: int) -> None:
        """Show another register of this desk."""
        self.register = register

    def close(self) -> None:
        """Let go of the database; while it is the only connection, this carries the WAL over."""
        self._connection.close()

    def newest(self, limit: int) -> list[EntryRow]:
        """Return the first page of the register, newest first (``book.page``, all)."""
        return self._rows(_NEWEST, {}, limit)

    def awaits_clerk(self, today: date, limit: int) -> list[EntryRow]:
        """Return what waits for the clerk (``book.awaits_clerk``)."""
        disputed = self._rows(_DISPUTED, {}, limit)
        late = self._rows(_LATE, {"today": today.isoformat()}, limit)
        not_mended = self._rows(_NOT_MENDED, {"today": today.isoformat()}, limit)
        return list({one.position: one for one in (*disputed, *late, *not_mended)}.values())[:limit]

    def through(self, stream: bytes) -> int:
        """Return the last sequence of a stream that the town acknowledged."""
        if stream not in self._acknowledged:
            self._acknowledged[stream] = int(self._value(_ACKNOWLEDGED, stream=stream) or 0)
        return self._acknowledged[stream]

    def _rows(self, query: str, values: Mapping[str, object], limit: int) -> list[EntryRow]:
        asked = {"register": self.register, "limit": limit, **values}
        found = self._connection.execute(f"{query} LIMIT :limit", asked)
        names = [column[0] for column in found.description]
        return [entry_row(SimpleNamespace(**dict(zip(names, row, strict=True))), self) for row in found]

    def _value(self, query: str, **values: object) -> Any:  # noqa: ANN401 - a column's value
        found = self._connection.execute(f"{query} LIMIT 1", values).fetchone()
        return found[0] if found else None


def first_look(folder: Path, account: int, key: bytes) -> FirstLook | None:
    """Return a look into the store in ``folder``, None where it must be opened as a whole first."""
    if not (folder / DATABASE).is_file():
        return None
    try:
        driver.check_library()
        connection = driver.connect(folder / DATABASE, key)
    except (LibraryTooOld, dbapi2.Error):
        return None
    try:
        look = _looked(connection, account)
    except (StoreDamaged, dbapi2.Error):
        look = None
    if look is None:
        connection.close()
    return look


def _looked(connection: dbapi2.Connection, account: int) -> FirstLook | None:
    connection.execute("PRAGMA query_only = ON")
    if connection.execute(_SCHEMA).fetchone() != SCHEMA:
        return None
    stored = connection.execute("SELECT content FROM secrets WHERE name = ?", (identity.NAME,)).fetchone()
    me = identity.decoded(stored[0] if stored else b"")
    return FirstLook(connection, me, account) if me.confirmed else None
