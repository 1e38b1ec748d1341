"""What the tables say after a fact: one pure function for each kind of body.

A projection decides nothing: every value comes from the fact. It answers with writes, which ``journal`` carries out.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from app.domain import facts as f
from app.domain.numbering import SeriesKind
from app.domain.terms import DayState, Ending, ReceiptKind, Standing, TermAct, TownState

Row = Mapping[str, Any]


class Insert(NamedTuple):
    """A new row."""

    table: str
    row: Row


class Upsert(NamedTuple):
    """A whole row by its primary key: made, or its other columns set."""

    table: str
    key: Row
    row: Row


class Update(NamedTuple):
    """Columns set where ``key`` holds, and where each column of ``only`` has its value."""

    table: str
    key: Row
    row: Row
    only: tuple[tuple[str, str], ...] = ()


Write = Insert | Upsert | Update


class Place(NamedTuple):
    """Where a fact stands: its local position, its stream and the station that stream belongs to."""

    position: int
    stream: bytes
    station: bytes


def writes(fact: f.Fact, place: Place) -> Iterator[Write]:
    """Return the writes of a fact, in order."""
    return _PROJECTIONS[type(fact.body)](fact, fact.body, place)


def _mentions(place: Place, *subjects: bytes | None) -> Iterator[Write]:
    for subject in dict.fromkeys(subjects):
        if subject is not None:
            yield Insert("mentions", {"subject": subject, "position": place.position})


def _code(member: StrEnum | None) -> str | None:
    """Return a code as plain text: the driver is asked for an adapter for every other kind of value."""
    return None if member is None else str(member.value)


def _station_enrolled(_fact: f.Fact, body: f.StationEnrolled, place: Place) -> Iterator[Write]:
    yield Insert("answers", {"stream": body.answers, "sequence": 0, "digest": b""})
    for register in body.registers:
        row = {"station": place.station, "mayoralty": register.mayoralty, "name": register.name}
        yield Insert("registers", {"register": register.index, "spares": _numbers(register.spares), **row})
    for till in body.tills:
        totals = {"gross": 0, "storno": 0, "balance": 0}
        yield Insert("tills", {"till": till.index, "station": place.station, "mayoralty": till.mayoralty, **totals})


def _numbers(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def _account_opened(_fact: f.Fact, body: f.AccountOpened, place: Place) -> Iterator[Write]:
    key = {"stream": place.stream, "account": body.account}
    yield Upsert("accounts", key, {"name": body.name, "role": body.role.value, "recovered": 0})


def _recovery_used(fact: f.Fact, body: f.RecoveryUsed, place: Place) -> Iterator[Write]:
    yield Update("accounts", {"stream": place.stream, "account": body.account}, {"recovered": fact.sequence})


def _entry_registered(fact: f.Fact, body: f.EntryRegistered, place: Place) -> Iterator[Write]:
    yield Insert(
        "entries",
        {
            "position": place.position,
            "entry": body.entry,
            "stream": place.stream,
            "sequence": fact.sequence,
            "register": body.register,
            "year": body.year,
            "number": body.number,
            "case_file": body.case_file,
            "recorded_at": fact.recorded_at,
            "office_date": fact.office_date.isoformat(),
            "clock_doubt": int(fact.clock_doubt),
            "actor": fact.actor,
            "standing": Standing.IN_FORCE.value,
            "town": TownState.NEW.value,
            "central_number": "",
            **_content(body, place),
        },
    )
    yield from _beside(body, place)
    yield _number_used(SeriesKind.REGISTER, body.register, body.year, body.number)
    yield from _mentions(place, body.entry)


def _content(body: f.EntryRegistered | f.EntryCorrected, place: Place) -> dict[str, Any]:
    """Return the columns of an entry that a correction gives anew."""
    due, fee, received = body.due, body.fee, body.received
    return {
        "kind": body.kind,
        "channel": body.channel.value,
        "subject": body.subject,
        "service": body.service,
        "speed": _code(body.speed),
        "sheets": body.sheets,
        "signed": int(body.signed),
        "result_way": _code(body.result_way),
        "sender_number": body.sender_number,
        "sender_date": body.sender_date.isoformat() if body.sender_date else None,
        "received_on": received.on.isoformat() if received else None,
        "received_reason": received.reason if received else None,
        "due_on": due.on.isoformat() if due else None,
        "due_article": due.article if due else None,
        "due_rules": due.rules if due else None,
        "fee_cents": fee.cents if fee else None,
        "fee_currency": fee.currency if fee else None,
        "fee_tariff": fee.tariff if fee else None,
        "fee_article": fee.article if fee else None,
        "content_at": place.position,
        "noticed": len(body.findings),
        "particulars_at": None,  # those of this content come in a fact of their own, after it
        "before_closing": None,
    }


def _beside(body: f.EntryRegistered | f.EntryCorrected, place: Place) -> Iterator[Write]:
    """Return the correspondents and findings of an entry's content."""
    for at, one in enumerate(body.correspondents):
        row = {
            "kind": one.kind.value,
            "name": one.name,
            "role": one.role.value,
            "identifier_kind": _code(one.identifier_kind),
            "identifier": one.identifier,
            "settlement": one.settlement,
            "address": one.address,
            "phone": one.phone,
            "e_mail": one.e_mail,
        }
        yield Insert("entry_correspondents", {"position": place.position, "place": at, **row})
    yield from _findings(body.findings, body.entry, place)


_CORRECTED = {"standing": Standing.CORRECTED.value}
_ANSWERED = {"town": TownState.ANSWERED.value}
_WHILE_IN_FORCE = (("standing", Standing.IN_FORCE.value),)
_WHILE_DISPUTED = (("town", TownState.DISPUTED.value),)


def _entry_corrected(_fact: f.Fact, body: f.EntryCorrected, place: Place) -> Iterator[Write]:
    key = {"entry": body.entry}
    yield Update("entries", key, _content(body, place))
    yield Update("entries", key, _CORRECTED, _WHILE_IN_FORCE)
    yield Update("entries", key, _ANSWERED, _WHILE_DISPUTED)
    yield from _beside(body, place)
    yield from _mentions(place, body.entry)


def _term_act(act: TermAct, entry: bytes, due: f.Due | None, place: Place, **said: str | None) -> Iterator[Write]:
    """Return what an act on the term leaves: its own row, and for the office the due date that it told."""
    told = {"due_on": due.on.isoformat() if due else None, "due_article": due.article if due else None}
    row = {"told_on": None, "code": "", "text": ""} | told | said
    yield Insert("term_acts", {"position": place.position, "entry": entry, "act": act.value, **row})
    office = None if act is TermAct.STOPPED else due  # while the term stands still the office has no due date
    yield Update(
        "entries",
        {"entry": entry},
        {
            "due_on": office.on.isoformat() if office else None,
            "due_article": office.article if office else None,
            "due_rules": office.rules if office else None,
            "stopped": (told["due_on"] or "") if act is TermAct.STOPPED else None,
        },
    )
    yield from _mentions(place, entry)


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _term_started(_fact: f.Fact, body: f.TermStarted, place: Place) -> Iterator[Write]:
    yield from _term_act(TermAct.STARTED, body.entry, body.due, place, told_on=_day(body.on))


def _term_extended(_fact: f.Fact, body: f.TermExtended, place: Place) -> Iterator[Write]:
    said = {"told_on": _day(body.told_on), "code": body.extension, "text": body.reason}
    yield from _term_act(TermAct.EXTENDED, body.entry, body.due, place, **said)


def _defects_noticed(_fact: f.Fact, body: f.DefectsNoticed, place: Place) -> Iterator[Write]:
    said = {"told_on": _day(body.told_on), "text": "\n".join(body.defects)}
    yield from _term_act(TermAct.STOPPED, body.entry, body.until, place, **said)


def _defects_repaired(_fact: f.Fact, body: f.DefectsRepaired, place: Place) -> Iterator[Write]:
    yield from _term_act(TermAct.RESTARTED, body.entry, body.due, place, told_on=_day(body.on))


def _particulars_noted(_fact: f.Fact, body: f.ParticularsNoted, place: Place) -> Iterator[Write]:
    for at, one in enumerate(body.values):
        row = {"position": place.position, "place": at, "name": one.name, "value": one.value}
        yield Insert("entry_particulars", row)
    for at, paper in enumerate(body.papers):
        row = {"position": place.position, "place": at, "paper": paper.paper, "state": paper.state.value}
        yield Insert("entry_papers", row)
    noted = {"particulars_at": place.position, "before_closing": 1 if body.before_closing else None}
    yield Update("entries", {"entry": body.entry}, noted)
    yield from _mentions(place, body.entry)


def _attachment_added(fact: f.Fact, body: f.AttachmentAdded, place: Place) -> Iterator[Write]:
    row = msgspec.structs.asdict(body) | {"source": body.source.value}
    by = {"recorded_at": fact.recorded_at, "actor": fact.actor}
    yield Insert("attachments", {"position": place.position, **row, **by})
    yield from _mentions(place, body.entry)


def _note_added(_fact: f.Fact, body: f.NoteAdded, place: Place) -> Iterator[Write]:
    """Leave nothing but the mention: the history tells it."""
    yield from _mentions(place, body.entry)


def _result_issued(fact: f.Fact, body: f.ResultIssued, place: Place) -> Iterator[Write]:
    row = msgspec.structs.asdict(body) | {"outcome": body.outcome.value}
    stands = {
        "position": place.position,
        "stream": place.stream,
        "sequence": fact.sequence,
        "recorded_at": fact.recorded_at,
        "office_date": fact.office_date.isoformat(),
        "actor": fact.actor,
        "standing": Standing.IN_FORCE.value,
    }
    yield Insert("results", {**row, **stands, "receiver": "", "identifier": "", "tracking": "", "note": ""})
    if body.number:
        yield _number_used(SeriesKind.OUTGOING, body.register, body.year, body.number)
    yield Update("entries", {"entry": body.entry}, {"ended": Ending.RESULTED.value, "ended_by": body.result})
    yield from _mentions(place, body.entry)


def _result_annulled(_fact: f.Fact, body: f.ResultAnnulled, place: Place) -> Iterator[Write]:
    annulled = {"standing": Standing.ANNULLED.value, "annulled_because": body.reason}
    yield Update("results", {"result": body.result}, annulled)
    ended = Ending.RESULTED.value if body.standing is not None else None
    yield Update("entries", {"ended_by": body.result}, {"ended": ended, "ended_by": body.standing})
    yield from _mentions(place, body.entry)


def _delivery_noted(_fact: f.Fact, body: f.DeliveryNoted, place: Place) -> Iterator[Write]:
    moved = {
        "state": body.state.value,
        "way": body.way.value,
        "moved_on": body.on.isoformat(),
        "receiver": body.receiver,
        "identifier": body.identifier,
        "tracking": body.tracking,
        "note": body.note,
    }
    yield Update("results", {"result": body.result}, moved)
    yield from _mentions(place, body.entry)


def _entry_ended(fact: f.Fact, body: f.EntryEnded, place: Place) -> Iterator[Write]:
    yield Insert(
        "endings",
        {
            "position": place.position,
            "entry": body.entry,
            "ending": body.ending.value,
            "addressee": body.addressee,
            "with_envelope": int(body.with_envelope),
            "told_on": _day(body.told_on),
            "reason": body.reason,
            "office_date": fact.office_date.isoformat(),
        },
    )
    yield Update("entries", {"entry": body.entry}, {"ended": body.ending.value, "ended_by": body.entry})
    yield from _mentions(place, body.entry)


def _entry_reopened(_fact: f.Fact, body: f.EntryReopened, place: Place) -> Iterator[Write]:
    yield Update("entries", {"entry": body.entry}, {"ended": None, "ended_by": None})
    yield from _mentions(place, body.entry)


def _identifier_shown(_fact: f.Fact, _body: f.IdentifierShown, _place: Place) -> Iterator[Write]:
    """Leave nothing in the tables: it says nothing of the entry, so no decision on it has to be made anew."""
    return iter(())


def _dispute_answered(_fact: f.Fact, body: f.DisputeAnswered, place: Place) -> Iterator[Write]:
    yield Update("entries", {"entry": body.entry}, _ANSWERED, _WHILE_DISPUTED)
    yield from _mentions(place, body.entry)


def _findings(found: tuple[f.Finding, ...], subject: bytes, place: Place) -> Iterator[Write]:
    for at, one in enumerate(found):
        row = {"subject": subject, "code": one.code.value, "field": one.field}
        yield Insert("findings", {"position": place.position, "place": at, **row})


def _number_used(kind: SeriesKind, index: int, year: int, number: int) -> Write:
    return Upsert("series", {"kind": kind.value, "number_index": index, "year": year}, {"last": number})


def _entry_annulled(_fact: f.Fact, body: f.EntryAnnulled, place: Place) -> Iterator[Write]:
    annulled = {
        "standing": Standing.ANNULLED.value,
        "annulled_because": body.reason,
        "replaced_by": body.replaced_by,
    }
    yield Update("entries", {"entry": body.entry}, annulled)
    yield Update("entries", {"entry": body.entry}, _ANSWERED, _WHILE_DISPUTED)
    yield from _mentions(place, body.entry, body.replaced_by)


def _day_opened(_fact: f.Fact, body: f.DayOpened, place: Place) -> Iterator[Write]:
    day = body.day.isoformat()
    row = dict.fromkeys(_DAY_SUMS, 0) | {
        "stream": place.stream,
        "state": DayState.OPEN.value,
        "currency": body.currency,
        "opening": body.opening,
        "reason": "",
        "notes": "",
        "documents": None,
    }
    yield Insert("till_days", {"till": body.till, "day": day, **row})
    yield Update("tills", {"till": body.till}, {"open_day": day})


_DAY_SUMS = (
    "receipts",
    "taken",
    "voids",
    "paid_back",
    "computed",
    "counted",
    "difference",
    "first",
    "last",
    "gross",
    "storno",
    "balance",
)


def _receipt_issued(fact: f.Fact, body: f.ReceiptIssued, place: Place) -> Iterator[Write]:
    yield Insert(
        "receipts",
        {
            **_document(fact, body, place),
            "kind": ReceiptKind.SALE.value,
            "payer": body.payer.name,
            "payer_identifier_kind": _code(body.payer.identifier_kind),
            "payer_identifier": body.payer.identifier,
            "cents": body.cents,
            "given": body.given,
            "change": body.change,
            "tariff": body.tariff,
        },
    )
    for at, line in enumerate(body.lines):
        row = msgspec.structs.asdict(line) | {"speed": _code(line.speed)}
        yield Insert("receipt_lines", {"position": place.position, "place": at, **row})
    yield from _findings(body.findings, body.receipt, place)
    yield from _till_after(body.till, body.year, body.number, body.totals)
    paid = [line.entry for line in body.lines if line.entry is not None]
    for entry in dict.fromkeys(paid):
        yield Update("entries", {"entry": entry}, {"paid_by": body.receipt})
    yield from _mentions(place, body.receipt, *paid)


def _document(fact: f.Fact, body: f.ReceiptIssued | f.ReceiptVoided, place: Place) -> dict[str, Any]:
    """Return the columns that a receipt and a storno share."""
    return {
        "position": place.position,
        "receipt": body.receipt,
        "stream": place.stream,
        "sequence": fact.sequence,
        "till": body.till,
        "year": body.year,
        "number": body.number,
        "currency": body.currency,
        "recorded_at": fact.recorded_at,
        "office_date": fact.office_date.isoformat(),
        "day": body.day.isoformat(),
        "actor": fact.actor,
        "standing": Standing.IN_FORCE.value,
    }


def _till_after(till: int, year: int, number: int, totals: f.TillTotals) -> Iterator[Write]:
    yield _number_used(SeriesKind.TILL, till, year, number)
    yield Update("tills", {"till": till}, msgspec.structs.asdict(totals))


def _receipt_voided(fact: f.Fact, body: f.ReceiptVoided, place: Place) -> Iterator[Write]:
    yield Insert(
        "receipts",
        {
            **_document(fact, body, place),
            "kind": ReceiptKind.STORNO.value,
            "voids": body.voided,
            "payer": "",
            "payer_identifier": "",
            "cents": -body.cents,
            "given": 0,
            "change": 0,
            "reason": body.reason,
        },
    )
    yield Update("receipts", {"receipt": body.voided}, {"standing": Standing.VOIDED.value})
    yield Update("entries", {"paid_by": body.voided}, {"paid_by": None})
    yield from _till_after(body.till, body.year, body.number, body.totals)
    yield from _mentions(place, body.receipt, body.voided)


def _day_closed(_fact: f.Fact, body: f.DayClosed, place: Place) -> Iterator[Write]:
    day = body.day.isoformat()
    row = {name: getattr(body, name) for name in _DAY_SUMS if name not in {"gross", "storno", "balance"}}
    notes = ",".join(f"{note.denomination}x{note.count}" for note in body.notes)
    state = {
        "stream": place.stream,
        "state": DayState.CLOSED.value,
        "currency": body.currency,
        "opening": body.opening,
    }
    said = {"reason": body.reason, "documents": body.documents, "notes": notes}
    totals = msgspec.structs.asdict(body.totals)
    yield Update("till_days", {"till": body.till, "day": day}, {**row, **state, **said, **totals})
    yield Update("tills", {"till": body.till}, {"open_day": None, "last_day": day, **totals})


def _answer_applied(_fact: f.Fact, body: f.AnswerApplied, _place: Place) -> Iterator[Write]:
    yield Upsert("answers", {"stream": body.stream}, {"sequence": body.sequence, "digest": body.digest})


def _station_admitted(_fact: f.Fact, body: f.StationAdmitted, place: Place) -> Iterator[Write]:
    yield Insert(
        "stations",
        {
            "station": body.station,
            "name": body.name,
            "epoch": body.epoch,
            "enrolment": body.enrolment,
            "signing_key": body.signing_key,
            "receiving_key": body.receiving_key,
        },
    )
    yield _known(body, place)


def _known(body: f.StationAdmitted | f.StationIntroduced, place: Place) -> Write:
    row = {
        "name": body.name,
        "signing_key": body.signing_key,
        "tills": _numbers(tuple(one.index for one in body.tills)),
    }
    return Upsert("known_stations", {"stream": place.stream, "station": body.station}, row)


def _station_introduced(_fact: f.Fact, body: f.StationIntroduced, place: Place) -> Iterator[Write]:
    yield _known(body, place)


def _entry_accepted(fact: f.Fact, body: f.EntryAccepted, place: Place) -> Iterator[Write]:
    decided = {
        "town": TownState.ACCEPTED.value,
        "central_number": body.central_number,
        "decided_by": body.by.value,
        "dispute_reason": None,
        "dispute_note": None,
        "decided_at": fact.recorded_at,
    }
    yield Update("entries", {"entry": body.entry}, decided)
    yield from _mentions(place, body.entry)


def _entry_disputed(fact: f.Fact, body: f.EntryDisputed, place: Place) -> Iterator[Write]:
    decided = {
        "town": TownState.DISPUTED.value,
        "central_number": "",
        "decided_by": "person",
        "dispute_reason": body.reason.value,
        "dispute_note": body.note,
        "decided_at": fact.recorded_at,
    }
    yield Update("entries", {"entry": body.entry}, decided)
    yield from _mentions(place, body.entry)


def _station_revoked(_fact: f.Fact, body: f.StationRevoked, _place: Place) -> Iterator[Write]:
    cut = {"revoked_from_batch": body.from_batch, "revoked_from_sequence": body.from_sequence}
    yield Update("stations", {"station": body.station}, cut)


_PROJECTIONS: dict[type[f.Body], Callable[[f.Fact, Any, Place], Iterator[Write]]] = {
    f.StationEnrolled: _station_enrolled,
    f.AccountOpened: _account_opened,
    f.RecoveryUsed: _recovery_used,
    f.EntryRegistered: _entry_registered,
    f.EntryAnnulled: _entry_annulled,
    f.DayOpened: _day_opened,
    f.ReceiptIssued: _receipt_issued,
    f.ReceiptVoided: _receipt_voided,
    f.DayClosed: _day_closed,
    f.AnswerApplied: _answer_applied,
    f.StationAdmitted: _station_admitted,
    f.EntryAccepted: _entry_accepted,
    f.EntryDisputed: _entry_disputed,
    f.StationRevoked: _station_revoked,
    f.EntryCorrected: _entry_corrected,
    f.DisputeAnswered: _dispute_answered,
    f.StationIntroduced: _station_introduced,
    f.TermStarted: _term_started,
    f.TermExtended: _term_extended,
    f.DefectsNoticed: _defects_noticed,
    f.DefectsRepaired: _defects_repaired,
    f.IdentifierShown: _identifier_shown,
    f.ParticularsNoted: _particulars_noted,
    f.AttachmentAdded: _attachment_added,
    f.NoteAdded: _note_added,
    f.ResultIssued: _result_issued,
    f.ResultAnnulled: _result_annulled,
    f.DeliveryNoted: _delivery_noted,
    f.EntryEnded: _entry_ended,
    f.EntryReopened: _entry_reopened,
}
