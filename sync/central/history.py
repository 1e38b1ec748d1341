"""The history of an entry or a receipt (история): both sides' facts that mention it, and the batches that carried them.

The order is that of the centre's journal, never that of clocks.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain import canonical
from app.domain import facts as f
from app.domain.numbering import written
from app.domain.terms import MomentCode, Road, VillageAnswer
from app.ledger import post
from app.ledger.tables import accounts, inbox, journal, mentions, streams
from app.ledger.timeline import CaseBody, TermBody, day_told, of_the_case
from sync.central.answers import Answered, Change, Moment
from sync.central.schema import batch_checks


class Told(NamedTuple):
    """A fact that mentions a subject: by whose stream and where it stands there."""

    stream: bytes
    by_village: bool
    fact: f.Fact


def newest_kind_after(connection: sa.Connection, subject: bytes, seen: int) -> str | None:
    """Return the kind of the newest fact after a position that mentions a subject, None where there is none."""
    query = (
        sa.select(journal.c.kind)
        .join(mentions, mentions.c.position == journal.c.position)
        .where(mentions.c.subject == subject, mentions.c.position > seen)
        .order_by(mentions.c.position.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def changed_since(connection: sa.Connection, ids: sa.Select[Any], seen: int) -> frozenset[bytes]:
    """Return which of these entries a fact after a position mentions."""
    query = sa.select(mentions.c.subject).where(mentions.c.subject.in_(ids), mentions.c.position > seen)
    return frozenset(bytes(row[0]) for row in connection.execute(query))


def told(connection: sa.Connection, subject: bytes) -> list[Told]:
    """Return the facts that mention a subject, oldest first."""
    query = (
        sa.select(journal.c.stream, streams.c.author, journal.c.canonical)
        .join(mentions, mentions.c.position == journal.c.position)
        .join(streams, streams.c.stream == journal.c.stream)
        .where(mentions.c.subject == subject)
        .order_by(journal.c.position)
    )
    rows = connection.execute(query).all()
    return [Told(bytes(row[0]), row[1] == "village", canonical.decode(bytes(row[2]))) for row in rows]


_ANSWERS: Mapping[type[f.Body], VillageAnswer] = {
    f.EntryCorrected: VillageAnswer.CORRECTION,
    f.DisputeAnswered: VillageAnswer.EXPLANATION,
    f.EntryAnnulled: VillageAnswer.ANNULMENT,
}


def answers(connection: sa.Connection, ids: sa.Select[Any]) -> dict[bytes, Answered]:
    """Return the newest answer of the village on each of these entries."""
    kinds = [body.__name__ for body in _ANSWERS]
    query = (
        sa.select(mentions.c.subject, journal.c.canonical)
        .join(journal, journal.c.position == mentions.c.position)
        .where(mentions.c.subject.in_(ids), journal.c.kind.in_(kinds))
        .order_by(journal.c.position)
    )
    found: dict[bytes, Answered] = {}
    for subject, octets in connection.execute(query):
        fact = canonical.decode(bytes(octets))
        body = fact.body
        if isinstance(body, f.EntryCorrected | f.EntryAnnulled | f.DisputeAnswered) and body.entry == subject:
            text = body.text if isinstance(body, f.DisputeAnswered) else body.reason
            found[bytes(subject)] = Answered(kind=_ANSWERS[type(body)], text=text, at=fact.recorded_at)
    return found


# --- moments -------------------------------------------------------------------------------------------------------


class _Batch(NamedTuple):
    number: int
    first: int
    last: int
    sealed_at: int
    arrived_at: int
    road: str


def timeline(connection: sa.Connection, subject: bytes) -> tuple[Moment, ...]:
    """Return the moments of an entry or a receipt, oldest first."""
    facts = told(connection, subject)
    names = _names(connection, facts)
    batches = [_batch(connection, one) if one.by_village else None for one in facts]
    moments: list[Moment] = []
    before: f.Body | None = None
    for place, one in enumerate(facts):
        moments += _moments(one, subject, names.get((one.stream, one.fact.actor), ""), before)
        batch = batches[place]
        following = batches[place + 1] if place + 1 < len(facts) else None
        if batch is not None and batch != following:
            moments += _road(batch)
        before = one.fact.body if isinstance(one.fact.body, f.EntryRegistered | f.EntryCorrected) else before
    return tuple(moments)


def _names(connection: sa.Connection, facts: list[Told]) -> dict[tuple[bytes, int], str]:
    """Return the names of the clerks' accounts in these facts' streams."""
    query = sa.select(accounts).where(accounts.c.stream.in_({one.stream for one in facts}))
    return {(bytes(row.stream), row.account): row.name for row in connection.execute(query)}


def _batch(connection: sa.Connection, one: Told) -> _Batch | None:
    """Return the batch in which a village's fact came."""
    checks = sa.and_(batch_checks.c.stream == inbox.c.stream, batch_checks.c.number == inbox.c.number)
    query = (
        sa.select(inbox.c.number, inbox.c.first, inbox.c.last, batch_checks.c.sealed_at)
        .add_columns(inbox.c.arrived_at, inbox.c.road)
        .join(batch_checks, checks)
        .where(inbox.c.stream == one.stream, inbox.c.state == post.RECORDED)
        .where(inbox.c.first <= one.fact.sequence, inbox.c.last >= one.fact.sequence)
        .order_by(inbox.c.number)
        .limit(1)
    )
    row = connection.execute(query).first()
    return _Batch(*row) if row else None


def _road(batch: _Batch) -> Iterator[Moment]:
    number = str(batch.number)
    yield Moment(at=batch.sealed_at, by_village=True, code=MomentCode.SEALED, number=number)
    road = Road(batch.road)
    yield Moment(at=batch.arrived_at, by_village=False, code=MomentCode.RECEIVED, number=number, road=road)


def _moments(one: Told, subject: bytes, actor: str, before: f.Body | None) -> Iterator[Moment]:
    """Return what a fact tells of a subject; a fact that only names it beside another tells nothing here."""
    for details in _told_of(one.fact, subject, before):
        yield Moment(at=one.fact.recorded_at, by_village=one.by_village, actor=actor, **details)


_TERM_CODES: Mapping[type[f.Body], MomentCode] = {
    f.TermStarted: MomentCode.STARTED,
    f.TermExtended: MomentCode.EXTENDED,
    f.DefectsNoticed: MomentCode.DEFECTS,
    f.DefectsRepaired: MomentCode.REPAIRED,
}


def term_words(body: TermBody) -> str:
    """Return what an act on the term says: why it was extended, or what is wanting; a repair says nothing."""
    if isinstance(body, f.TermExtended):
        return body.reason
    return ", ".join(body.defects) if isinstance(body, f.DefectsNoticed) else ""


def _of_the_case(fact: f.Fact, body: CaseBody) -> dict[str, Any]:
    """Return what was done with an entry: number and words, and the codes of a delivery or an ending."""
    code, values = of_the_case(body, fact.office_date)
    words = (values.get(name) for name in ("text", "reason", "note"))
    told = {
        "code": code,
        "number": str(values.get("number") or ""),
        "text": " · ".join(str(one) for one in words if one),
    }
    if isinstance(body, f.DeliveryNoted):
        return told | {"delivery": body.state, "way": body.way, "on": body.on}
    return told | ({"ending": body.ending, "on": body.told_on} if isinstance(body, f.EntryEnded) else {})


def case_words(fact: f.Fact, body: CaseBody) -> str:
    """Return what was done with an entry as one line of words, without its codes."""
    told = _of_the_case(fact, body)
    return " · ".join(filter(None, (told["number"], told["text"])))


def _told_of(fact: f.Fact, subject: bytes, before: f.Body | None) -> Iterator[dict[str, Any]]:
    body = fact.body
    if isinstance(body, f.EntryRegistered):
        yield {"code": MomentCode.REGISTERED, "number": written(body.register, body.number, fact.office_date)}
    elif isinstance(body, f.EntryCorrected):
        yield {"code": MomentCode.CORRECTED, "text": body.reason, "changes": _changes(before, body)}
    elif isinstance(body, f.EntryAnnulled):
        code = MomentCode.ANNULLED if body.entry == subject else MomentCode.REPLACES
        yield {"code": code, "text": body.reason}
    elif isinstance(body, f.DisputeAnswered):
        yield {"code": MomentCode.ANSWERED, "text": body.text}
    elif isinstance(body, TermBody):
        yield {"code": _TERM_CODES[type(body)], "text": term_words(body), "until": day_told(body)}
    elif isinstance(body, CaseBody):
        yield _of_the_case(fact, body)
    elif isinstance(body, f.EntryAccepted):
        yield {"code": MomentCode.ACCEPTED, "number": body.central_number}
    elif isinstance(body, f.EntryDisputed):
        yield {"code": MomentCode.DISPUTED, "reason": body.reason, "text": body.note}
    elif isinstance(body, f.ReceiptIssued | f.ReceiptVoided):
        yield _money(fact, body, subject)


def _money(fact: f.Fact, body: f.ReceiptIssued | f.ReceiptVoided, subject: bytes) -> dict[str, Any]:
    number = written(body.till, body.number, fact.office_date)
    if isinstance(body, f.ReceiptVoided):
        return {"code": MomentCode.VOIDED, "number": number, "text": body.reason, "cents": -body.cents}
    cents = sum(line.cents for line in body.lines if line.entry == subject) or body.cents
    return {"code": MomentCode.PAID, "number": number, "cents": cents}


# --- what a correction changed -------------------------------------------------------------------------------------

_CONTENT = (
    "kind",
    "channel",
    "correspondents",
    "subject",
    "service",
    "speed",
    "sheets",
    "signed",
    "result_way",
    "sender_number",
    "sender_date",
    "received",
    "due",
    "fee",
)


def _changes(before: f.Body | None, after: f.EntryCorrected) -> tuple[Change, ...]:
    if not isinstance(before, f.EntryRegistered | f.EntryCorrected):
        return ()
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in _CONTENT]
    return tuple(Change(field=name, old=_plain(old), new=_plain(new)) for name, old, new in pairs if old != new)


def _plain(value: object) -> str:
    """Return a value of an entry as text: codes as codes, money in minor units, people by their names."""
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return str(value.value)
    if isinstance(value, tuple):
        return ", ".join(one.name for one in value if isinstance(one, f.Correspondent))
    if isinstance(value, f.Due | f.EarlierReceipt):
        return value.on.isoformat()
    if isinstance(value, f.Fee):
        return str(value.cents)
    return value.isoformat() if isinstance(value, date) else str(value)
