"""Rows of what waits for the town (какво чака): number, what, since when, and where it is now."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.domain.facts import (
    AttachmentAdded,
    Body,
    DayClosed,
    DefectsNoticed,
    DefectsRepaired,
    DeliveryNoted,
    DisputeAnswered,
    EntryAnnulled,
    EntryCorrected,
    EntryEnded,
    EntryReopened,
    NoteAdded,
    ResultAnnulled,
    ResultIssued,
    TermExtended,
    TermStarted,
)
from app.domain.office_date import moment
from app.domain.terms import BatchState, ReceiptKind
from app.services.book import Unacknowledged
from app.services.road import OtherAct
from app.ui.look.signs import Sign
from app.ui.village.opening import Place
from app.ui.village.session import Session
from app.ui.village.wording import service_name
from app.ui.widgets.ledger import Cell, Column, Head, Item, Row
from resources.speech import Speech

ENTRY, RECEIPT, NEITHER = "entry", "receipt", ""
_NAMES: dict[type[Body], str] = {
    EntryCorrected: "corrected",
    DisputeAnswered: "explained",
    EntryAnnulled: "annulled",
    DayClosed: "day_closed",
    TermStarted: "started",
    TermExtended: "extended",
    DefectsNoticed: "defects",
    DefectsRepaired: "repaired",
    AttachmentAdded: "attached",
    NoteAdded: "noted",
    ResultIssued: "resulted",
    ResultAnnulled: "result_annulled",
    DeliveryNoted: "delivery",
    EntryEnded: "ended",
    EntryReopened: "reopened",
}


class Opens(NamedTuple):
    """What a row leads to: an entry, a receipt, or nothing, in a village by its register (None: of no village here).

    ``at`` keeps rows of one entry apart.
    """

    kind: str
    subject: bytes
    at: int
    register: int | None = None


def columns(speech: Speech) -> list[Column]:
    """Return the columns of the list."""
    say = speech.say
    return [
        Column(say("village.road.number"), 132),
        Column(say("village.road.what"), 0),
        Column(say("village.road.since"), 128, below=True),
        Column(say("village.road.where"), 216, below=True),
    ]


def rows(session: Session, waiting: Sequence[Unacknowledged], others: Sequence[OtherAct], total: int) -> list[Item]:
    """Return the rows, oldest first; of ``total`` acts those that are not shown are counted at the end."""
    speech, now = session.speech, session.now()
    told = [(one.since, _row(session, one, now)) for one in waiting]
    told += [(one.at, _other_row(session, one, now)) for one in others]
    items: list[Item] = [row for _, row in sorted(told, key=lambda pair: pair[0])]
    left = total - len(items)
    if left > 0:
        items.append(Head(speech.count("village.road.more", left)))
    return items


def _row(session: Session, one: Unacknowledged, now: datetime) -> Row:
    speech, number = session.speech, one.number.partition("/")[0]
    since = speech.moment(moment(one.since), now)
    if one.kind == ENTRY:
        place = session.village_of(register=one.book)
        what = service_name(session.lists, one.service) or one.text or speech.say("village.road.no_subject")
        opens = Opens(ENTRY, one.subject, one.since, _register(place))
        return _line(speech, opens, (number, session.marked(place, what)), since, one.where)
    place = session.village_of(till=one.book)
    key = "storno" if one.kind == ReceiptKind.STORNO else "receipt"
    what = speech.say(f"village.road.{key}", payer=one.text or speech.say("village.road.nameless"))
    number = speech.say("village.road.receipt_number", number=number)
    opens = Opens(RECEIPT, one.subject, one.since, _register(place))
    return _line(speech, opens, (number, session.marked(place, what)), since, one.where)


def _register(place: Place | None) -> int | None:
    return place.register if place is not None else None


def _other_row(session: Session, one: OtherAct, now: datetime) -> Row:
    speech, place = session.speech, session.village_of(register=one.register, till=one.till)
    what = session.marked(place, speech.say(f"village.road.{_NAMES[one.kind]}"))
    kind, subject = (ENTRY, one.entry) if one.entry else (NEITHER, b"")
    opens = Opens(kind, subject, one.at, _register(place))
    return _line(speech, opens, (one.number, what), speech.moment(moment(one.at), now), one.where)


def _line(speech: Speech, opens: Opens, words: tuple[str, str], since: str, where: BatchState | None) -> Row:
    number, what = words
    place = speech.say("village.road.where_relay" if where is BatchState.HELD else "village.road.where_here")
    cells = (
        Cell(number, bold=True),
        Cell(what),
        Cell(since, colour="text2"),
        Cell(place, sign=Sign.WAITS, colour="text2"),
    )
    return Row(opens, cells, ", ".join(filter(None, (number, what, since, place))))
