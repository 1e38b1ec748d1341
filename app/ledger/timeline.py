"""The history (хронология) of an entry or a receipt: the facts that mention it, and where they are on the road.

Both ends keep the same tables, so both tell it by the same code. Nothing here is kept: it is read from the journal.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from app.domain import canonical
from app.domain import facts as f
from app.domain.numbering import written
from app.domain.terms import BatchState, MomentCode
from app.ledger.prepared import Prepared
from app.ledger.tables import accounts, entries, journal, mentions, outbox, streams

Plain = str | int | None


class Change(NamedTuple):
    """One value that a correction changed: ``field`` as in ``EntryCorrected``, parts with dots (``due.on``)."""

    field: str
    before: Plain
    after: Plain


class Moment(NamedTuple):
    """One event: its code, UTC seconds, who (empty where nobody of this side), and what there is to say of it.

    ``values`` holds of number, cents, currency, reason, text, note, central_number, batch, due_on and on (ISO dates),
    state, way (of a delivery) and ending: what its code has.
    """

    code: MomentCode
    at: int
    actor: str
    values: dict[str, Plain]
    changes: tuple[Change, ...] = ()


class Mention(NamedTuple):
    """A fact that concerns a subject, with where it stands."""

    position: int
    stream: bytes
    author: str
    fact: f.Fact


_MENTIONS = Prepared(
    sa.select(journal.c.position, journal.c.stream, streams.c.author, journal.c.canonical)
    .join(journal, journal.c.position == mentions.c.position)
    .join(streams, streams.c.stream == journal.c.stream)
    .where(mentions.c.subject == sa.bindparam("subject"))
    .order_by(mentions.c.position)
)
_ACTOR = Prepared(
    sa.select(accounts.c.name).where(
        accounts.c.stream == sa.bindparam("stream"), accounts.c.account == sa.bindparam("account")
    )
)
_NUMBER = Prepared(
    sa.select(entries.c.register, entries.c.number, entries.c.office_date).where(
        entries.c.entry == sa.bindparam("entry")
    )
)
_BATCH = Prepared(
    sa.select(outbox.c.number, outbox.c.first, outbox.c.state, outbox.c.sealed_at, outbox.c.changed_at)
    .where(outbox.c.stream == sa.bindparam("stream"), outbox.c.last >= sa.bindparam("sequence"))
    .order_by(outbox.c.last)
)


def mentioned(connection: sa.Connection, subject: bytes) -> list[Mention]:
    """Return the facts that concern an entry or receipt, in order; those of its receipts and stornos with them."""
    found: dict[int, Mention] = {}
    for one in _mentioning(connection, subject):
        found[one.position] = one
        for document in _documents(one.fact.body):
            found |= {other.position: other for other in _mentioning(connection, document)}
    return [found[position] for position in sorted(found)]


def _mentioning(connection: sa.Connection, subject: bytes) -> list[Mention]:
    rows = _MENTIONS.all(connection, subject=subject)
    return [Mention(row[0], bytes(row[1]), row[2], canonical.decode(bytes(row[3]))) for row in rows]


def _documents(body: f.Body) -> tuple[bytes, ...]:
    if isinstance(body, f.ReceiptIssued):
        return (body.receipt,)
    return (body.voided,) if isinstance(body, f.ReceiptVoided) else ()


def timeline(connection: sa.Connection, subject: bytes) -> list[Moment]:
    """Return what happened to an entry or receipt, oldest first.

    The acts of both sides stand in the order in which they were recorded here, whatever the clocks said; the steps of
    their batches on the road stand between them by time.
    """
    found = mentioned(connection, subject)
    road = sorted(_road(connection, found), key=lambda one: one.at)
    moments: list[Moment] = []
    for act in _acts(connection, subject, found):
        while road and road[0].at < act.at:
            moments.append(road.pop(0))
        moments.append(act)
    return moments + road


def _acts(connection: sa.Connection, subject: bytes, found: Iterable[Mention]) -> Iterator[Moment]:
    content, beside = None, {}
    noted = {(one.stream, one.fact.sequence): one.fact.body for one in found}
    for one in found:
        if isinstance(one.fact.body, f.ParticularsNoted):
            continue  # part of the registration or correction before it
        code, values = _told(connection, subject, one.fact)
        actor = _ACTOR.value(connection, stream=one.stream, account=one.fact.actor) or ""
        changes: tuple[Change, ...] = ()
        if isinstance(one.fact.body, f.EntryRegistered | f.EntryCorrected):
            own = _beside(noted.get((one.stream, one.fact.sequence + 1)))
            changes = (*_changes(content, one.fact.body), *(_differing(beside, own) if content is not None else ()))
            content, beside = one.fact.body, own
        yield Moment(code, one.fact.recorded_at, actor, values, changes)


Told = tuple[MomentCode, dict[str, Plain]]


def _told(connection: sa.Connection, subject: bytes, fact: f.Fact) -> Told:
    """Return an act's code and what there is to say of it."""
    match fact.body:
        case f.EntryRegistered() as body:
            told: Told = MomentCode.REGISTERED, {"number": written(body.register, body.number, fact.office_date)}
        case f.EntryCorrected() as body:
            told = MomentCode.CORRECTED, {"reason": body.reason}
        case f.EntryAnnulled() as body:
            told = _annulled(connection, subject, body)
        case f.ReceiptIssued() as body:
            told = MomentCode.PAID, _money(body, fact)
        case f.ReceiptVoided() as body:
            told = MomentCode.VOIDED, {**_money(body, fact), "reason": body.reason}
        case _:
            told = _after_registering(fact)
    return told


def _after_registering(fact: f.Fact) -> Told:
    """Return what became of the term, what the town decided, or what the village answered."""
    body = fact.body
    if isinstance(body, TermBody):
        return _of_the_term(body)
    return of_the_case(body, fact.office_date) if isinstance(body, CaseBody) else _between_the_ends(fact)


CaseBody = (
    f.AttachmentAdded
    | f.NoteAdded
    | f.ResultIssued
    | f.ResultAnnulled
    | f.DeliveryNoted
    | f.EntryEnded
    | f.EntryReopened
)
"""What is done with an entry after it was registered, its term apart."""


def of_the_case(body: CaseBody, on: date) -> Told:
    """Return what was added to an entry, issued, delivered or ended on a local day; one telling for both ends."""
    told: Told
    match body:
        case f.NoteAdded():
            told = MomentCode.NOTED, {"text": body.text}
        case f.ResultIssued():
            told = MomentCode.RESULTED, {"number": outgoing(body, on), "text": body.title, "reason": body.reason}
        case f.ResultAnnulled():
            told = MomentCode.RESULT_ANNULLED, {"reason": body.reason}
        case f.DeliveryNoted():
            said = {"state": body.state.value, "way": body.way.value, "on": body.on.isoformat()}
            told = MomentCode.DELIVERY, {**said, "text": body.receiver, "number": body.tracking, "note": body.note}
        case f.EntryEnded():
            told = MomentCode.ENDED, {"ending": body.ending.value, "text": body.addressee, "reason": body.reason}
        case f.EntryReopened():
            told = MomentCode.REOPENED, {"reason": body.reason}
        case _:
            told = MomentCode.ATTACHED, {"text": body.name}
    return told


def outgoing(body: f.ResultIssued, on: date) -> str:
    """Return the outgoing number as told: of our own series, or as it stands in the paper book."""
    return written(body.register, body.number, on) if body.number else body.book_number


TermBody = f.TermStarted | f.TermExtended | f.DefectsNoticed | f.DefectsRepaired


def day_told(body: TermBody) -> date | None:
    """Return the day that an act on a term told: the office's term, or the applicant's to mend what is wanting."""
    told = body.until if isinstance(body, f.DefectsNoticed) else body.due
    return told.on if told else None


def _of_the_term(body: TermBody) -> Told:
    """Return what an act on the term says, and the day that it told."""
    told = day_told(body)
    on = told.isoformat() if told else None
    match body:
        case f.TermStarted():
            return MomentCode.STARTED, {"due_on": on}
        case f.TermExtended():
            return MomentCode.EXTENDED, {"due_on": on, "reason": body.reason}
        case f.DefectsNoticed():
            return MomentCode.DEFECTS, {"due_on": on, "text": "\n".join(body.defects)}
    return MomentCode.REPAIRED, {"due_on": on}


def _between_the_ends(fact: f.Fact) -> Told:
    """Return what the town decided, or what the village answered."""
    match fact.body:
        case f.DisputeAnswered() as body:
            return MomentCode.ANSWERED, {"text": body.text}
        case f.EntryAccepted() as body:
            return MomentCode.ACCEPTED, {"central_number": body.central_number}
        case f.EntryDisputed() as body:
            return MomentCode.DISPUTED, {"reason": body.reason.value, "note": body.note}
    raise TypeError(fact.kind)


def _annulled(connection: sa.Connection, subject: bytes, body: f.EntryAnnulled) -> Told:
    """Return an annulment as its own entry tells it, or as the one that stands instead does."""
    if body.entry != subject:
        return MomentCode.REPLACES, {"reason": body.reason, "number": number_of(connection, body.entry)}
    number = number_of(connection, body.replaced_by) if body.replaced_by else ""
    return MomentCode.ANNULLED, {"reason": body.reason, "number": number}


def _money(body: f.ReceiptIssued | f.ReceiptVoided, fact: f.Fact) -> dict[str, Plain]:
    number = written(body.till, body.number, fact.office_date)
    return {"number": number, "cents": body.cents, "currency": body.currency}


def number_of(connection: sa.Connection, entry: bytes) -> str:
    """Return the number of an entry as told, empty where it is not held here."""
    row = _NUMBER.first(connection, entry=entry)
    return written(row.register, row.number, date.fromisoformat(row.office_date)) if row else ""


def _changes(before: f.Body | None, after: f.Body) -> tuple[Change, ...]:
    """Return what is other in the content of an entry than it was; findings follow from it and are left out."""
    if before is None:
        return ()
    return tuple(
        one
        for one in _differing(dict(_flat("", before)), dict(_flat("", after)))
        if one.field.partition(".")[0] in _CONTENT
    )


def _differing(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> Iterator[Change]:
    for name in dict.fromkeys([*new, *old]):
        if old.get(name) != new.get(name):
            yield Change(name, old.get(name), new.get(name))


def _beside(body: f.Body | None) -> dict[str, Plain]:
    """Return what stands beside a content and was recorded right after it, under paths of its own."""
    if not isinstance(body, f.ParticularsNoted):
        return {}
    said: dict[str, Plain] = {"before_closing": True} if body.before_closing else {}
    said |= {f"particulars.{one.name}": one.value for one in body.values}
    return said | {f"papers.{one.paper}": one.state.value for one in body.papers}


_CONTENT = frozenset(f.EntryCorrected.__struct_fields__) - {"entry", "reason", "findings"}


def _flat(name: str, value: Any) -> Iterator[tuple[str, Plain]]:  # noqa: ANN401 - whatever a body holds
    """Return every plain value within a value, under its path."""
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _flat(f"{name}.{field}" if name else field, getattr(value, field))
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from _flat(f"{name}.{place}", one)
    elif isinstance(value, Enum):
        yield name, str(value.value)
    elif isinstance(value, date):
        yield name, value.isoformat()
    elif not isinstance(value, bytes):
        yield name, value


class OnTheRoad(NamedTuple):
    """The batch that carries a fact: its number, state, and when it was sealed and last changed (UTC seconds)."""

    number: int
    state: BatchState
    sealed_at: int
    changed_at: int | None


def batch_of(connection: sa.Connection, stream: bytes, sequence: int) -> OnTheRoad | None:
    """Return the batch that carries a fact of a stream sealed here, None where it is not sealed yet."""
    row = _BATCH.first(connection, stream=stream, sequence=sequence)
    if row is None or row.first > sequence:
        return None
    return OnTheRoad(row.number, BatchState(row.state), row.sealed_at, row.changed_at)


_PASSED = {
    BatchState.HELD: MomentCode.HELD,
    BatchState.RECEIVED: MomentCode.RECEIVED,
    BatchState.DURABLE: MomentCode.RECEIVED,
}


def _road(connection: sa.Connection, found: Iterable[Mention]) -> Iterator[Moment]:
    """Return where the batches of these facts are; an older program did not write down when they came there."""
    batches = {batch_of(connection, one.stream, one.fact.sequence): None for one in found}
    for one in batches:
        if one is not None:
            values: dict[str, Plain] = {"batch": one.number}
            yield Moment(MomentCode.SEALED, one.sealed_at, "", values)
            if one.state in _PASSED and one.changed_at is not None:
                yield Moment(_PASSED[one.state], one.changed_at, "", values)
