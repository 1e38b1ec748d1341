"""A day's work as a script: acts in JSON lines, each with its moment. Only a demonstration's store takes them.

Ids are made from the act's label, so that a script that was cut off can be run again: what stands is answered the
same, the rest is done.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.demonstration.clock import ScriptedClock
from app.domain.cash import DENOMINATIONS
from app.domain.entries import Filing
from app.domain.errors import AlreadyAnnulled
from app.domain.facts import Correspondent, EarlierReceipt, NoteCount
from app.domain.office_date import local
from app.domain.terms import Channel, ResultWay, Speed
from app.ledger.tables import tills
from app.services import cash_desk, registration
from app.services.nomenclatures import Nomenclatures
from app.store import drafts
from app.store.station import StationStore


class Register(msgspec.Struct, frozen=True, kw_only=True, tag="register", tag_field="do"):
    """Register what a person brought."""

    at: datetime
    label: str
    register: int
    kind: str
    channel: Channel
    correspondents: list[Correspondent]
    subject: str
    service: int | None = None
    speed: Speed | None = None
    sheets: int = 1
    signed: bool = True
    result_way: ResultWay | None = None
    received: EarlierReceipt | None = None


class Receipt(msgspec.Struct, frozen=True, kw_only=True, tag="receipt", tag_field="do"):
    """Take the fee of an entry; the payer gives the next round sum."""

    at: datetime
    label: str
    entry: str
    till: int
    payer: Correspondent
    text: str


class Annul(msgspec.Struct, frozen=True, kw_only=True, tag="annul", tag_field="do"):
    """Annul an entry."""

    at: datetime
    entry: str
    reason: str
    replaced_by: str | None = None


class Void(msgspec.Struct, frozen=True, kw_only=True, tag="void", tag_field="do"):
    """Void a receipt."""

    at: datetime
    label: str
    receipt: str
    reason: str


class Close(msgspec.Struct, frozen=True, kw_only=True, tag="close", tag_field="do"):
    """Close the till's day; ``off`` cents are found too many or too few."""

    at: datetime
    till: int
    off: int = 0
    reason: str = ""


class Exchange(msgspec.Struct, frozen=True, kw_only=True, tag="exchange", tag_field="do"):
    """Exchange with the town, where there is a line."""

    at: datetime


Step = Register | Receipt | Annul | Void | Close | Exchange

ROUND_SUM = 500
"""Cents; payers hand over the next multiple of a five-euro note."""


def read(script: bytes) -> list[Step]:
    """Return the acts of a script, one JSON object a line."""
    decoder = msgspec.json.Decoder(Step)
    return [decoder.decode(line) for line in script.splitlines() if line.strip()]


def write(steps: list[Step]) -> bytes:
    """Return a script."""
    return msgspec.json.Encoder().encode_lines(steps)


class Player:
    """Plays a script on a store whose clock is the script's."""

    def __init__(
        self, store: StationStore, clock: ScriptedClock, lists: Nomenclatures, exchange: Callable[[], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._lists = lists
        self._exchange = exchange

    def identity(self, label: str) -> bytes:
        """Return the id that a label stands for in this store."""
        return hashlib.sha256(self._store.identity.station + label.encode()).digest()[:16]

    def play(self, step: Step) -> None:
        """Do one act."""
        self._clock.set(step.at)
        match step:
            case Register():
                self._register(step)
            case Receipt():
                self._receipt(step)
            case Annul():
                self._annul(step)
            case Void():
                self._void(step)
            case Close():
                self._close(step)
            case Exchange():
                self._exchange()

    def _register(self, step: Register) -> None:
        fields = {name: getattr(step, name) for name in _FILING_FIELDS}
        filing = Filing(entry=self.identity(step.label), correspondents=tuple(step.correspondents), **fields)
        drafts.save(self._store, filing)
        registration.register(self._store, self._lists, filing)

    def _receipt(self, step: Receipt) -> None:
        line = cash_desk.line_for(self._store, self.identity(step.entry), step.text)
        given = -(-line.cents // ROUND_SUM) * ROUND_SUM
        payment = cash_desk.Payment(
            receipt=self.identity(step.label), till=step.till, payer=step.payer, lines=(line,), given=given
        )
        cash_desk.issue(self._store, self._lists, payment)

    def _annul(self, step: Annul) -> None:
        replaced_by = self.identity(step.replaced_by) if step.replaced_by else None
        try:
            registration.annul(self._store, self.identity(step.entry), step.reason, replaced_by)
        except AlreadyAnnulled:
            return

    def _void(self, step: Void) -> None:
        receipt, storno = self.identity(step.receipt), self.identity(step.label)
        cash_desk.void(self._store, receipt, storno, step.reason)

    def _close(self, step: Close) -> None:
        if self._closed_before(step):
            return
        amount = cash_desk.expected(self._store, step.till)
        if amount is not None:
            cash_desk.close_day(self._store, step.till, notes_for(amount + step.off), step.reason)

    def _closed_before(self, step: Close) -> bool:
        """Return whether an earlier run closed this day: the day open now, if any, is a later one's."""
        day = local(step.at).date().isoformat()
        query = sa.select(tills.c.last_day).where(tills.c.till == step.till)
        with self._store.ledger.reading() as connection:
            last = connection.execute(query).scalar()
        return last is not None and last >= day


_FILING_FIELDS = (
    "register",
    "kind",
    "channel",
    "subject",
    "service",
    "speed",
    "sheets",
    "signed",
    "result_way",
    "received",
)


def notes_for(cents: int) -> tuple[NoteCount, ...]:
    """Return a count of notes and coins that makes up an amount."""
    counts = []
    for denomination in DENOMINATIONS:
        count, cents = divmod(cents, denomination)
        if count:
            counts.append(NoteCount(denomination, count))
    return tuple(counts)
