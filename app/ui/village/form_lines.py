"""What a filing says, line by line (ред по ред): for the check before saving, and for what a correction changes."""

from collections.abc import Iterator
from typing import NamedTuple

from app.domain.entries import Filing
from app.domain.facts import Correspondent
from app.domain.particulars import OUR_NUMBER
from app.domain.terms import CorrespondentKind
from app.services.deriving import Derived
from app.ui.own_words import own_values, papers_line
from app.ui.village.form_filing import OWN
from app.ui.village.session import Session
from app.ui.village.term_words import term_length
from app.ui.village.wording import capital, kind_name, no_fee, service_name
from resources.speech import Speech


class Said(NamedTuple):
    """A line: the part of the form, the field as findings name it, its label, its value (empty: not stated)."""

    part: str
    field: str
    label: str
    value: str


class Changed(NamedTuple):
    """A line of a correction: what stood, and what is to stand."""

    label: str
    before: str
    after: str


def lines(session: Session, filing: Filing) -> list[Said]:
    """Return all that a filing says, in the order of the form."""
    return [
        *_document(session, filing),
        *_people(session, filing),
        *_request(session, filing),
        _result(session, filing),
    ]


def changed(session: Session, was: Filing, now: Filing) -> list[Changed]:
    """Return the lines in which two contents of one entry differ, with what each says; nothing stated is empty."""
    before = {one.field: one for one in lines(session, was)}
    after = {one.field: one for one in lines(session, now)}
    found = []
    for field in dict.fromkeys((*before, *after)):
        old, new = before.get(field), after.get(field)
        label = (new or old or Said("", "", "", "")).label
        values = (old.value if old else "", new.value if new else "")
        if values[0] != values[1]:
            found.append(Changed(label, *values))
    return found


def derived_lines(session: Session, filing: Filing, derived: Derived) -> list[Said]:
    """Return what follows from a filing: term and fee."""
    speech, say = session.speech, session.speech.say
    due = say("village.term.none")
    if derived.due is not None:
        on = session.today()
        length = term_length(session.lists, speech, filing.kind, filing.service, filing.speed, on)
        due = " · ".join(filter(None, (speech.long_date(derived.due.on), length, derived.due.article)))
    fee = no_fee(session.lists, speech, filing.service)
    if derived.fee is not None:
        money = speech.money(derived.fee.cents, derived.fee.currency)
        fee = money if derived.fee.cents else say("village.form.fee_free")
    return [
        Said("derived", "due", say("village.details.due"), due),
        Said("derived", "fee", say("village.details.fee"), fee),
    ]


def _label(speech: Speech, key: str) -> str:
    return speech.say(f"village.form.{key}").replace("&", "")


def _document(session: Session, filing: Filing) -> Iterator[Said]:
    speech = session.speech
    kind = kind_name(session.lists, filing.kind, speech) if filing.kind else ""
    yield Said("document", "kind", _label(speech, "kind"), kind)
    for one in own_values(session.lists, speech, filing.kind, filing.particulars):
        yield Said("document", f"{OWN}{one.code}", one.label, one.value)
    yield Said("document", "channel", _label(speech, "channel"), speech.label(filing.channel))
    sheets = speech.count("village.details.sheets", filing.sheets) if filing.sheets else ""
    yield Said("document", "sheets", _label(speech, "sheets"), sheets)
    signed = "signed_yes" if filing.signed else "signed_no"
    yield Said("document", "signed", _label(speech, "signed"), _label(speech, signed))
    if filing.received is not None:
        text = ", ".join(filter(None, (speech.date(filing.received.on), filing.received.reason)))
        yield Said("document", "received", _label(speech, "received"), text)
    if filing.sender_number or filing.sender_date:
        day = speech.date(filing.sender_date) if filing.sender_date else ""
        text = " / ".join(filter(None, (filing.sender_number, day)))
        yield Said("document", "sender_number", _label(speech, "sender_number"), text)
    our_number = filing.particulars.value(OUR_NUMBER)
    if our_number:
        yield Said("document", "our_number", _label(speech, "our_number"), our_number)


def _people(session: Session, filing: Filing) -> Iterator[Said]:
    for place, one in enumerate(filing.correspondents):
        yield from _person(session, place, one)


def _person(session: Session, place: int, one: Correspondent) -> Iterator[Said]:
    speech, field = session.speech, f"correspondents.{place}"
    role = capital(speech.label(one.role))
    if one.kind is CorrespondentKind.ANONYMOUS:
        yield Said("person", f"{field}.name", role, speech.say("village.entries.anonymous"))
        return
    yield Said("person", f"{field}.name", role, one.name)
    told = speech.label(one.identifier_kind) if one.identifier_kind else speech.say("village.form.identifier")
    yield Said("person", f"{field}.identifier", told, one.identifier)
    address = ", ".join(filter(None, (session.settlement_name(one.settlement), one.address)))
    yield Said("person", f"{field}.address", speech.say("village.form.whole_address"), address)
    contacts = ", ".join(filter(None, (one.phone, one.e_mail)))
    if contacts:
        yield Said("person", f"{field}.contacts", speech.say("village.form.contacts"), contacts)


def _request(session: Session, filing: Filing) -> Iterator[Said]:
    speech = session.speech
    name = service_name(session.lists, filing.service)
    service = " · ".join(filter(None, (name, str(filing.service or ""))))
    yield Said("request", "service", _label(speech, "service"), service)
    yield Said("request", "subject", _label(speech, "subject"), filing.subject)
    if filing.speed is not None:
        yield Said("request", "speed", _label(speech, "speed"), speech.label(filing.speed))
    if filing.particulars.before_closing:
        yield Said("request", "before_closing", _label(speech, "before_closing"), _label(speech, "early_yes"))
    papers = papers_line(session.lists, speech, filing.service, filing.particulars)
    if papers:
        yield Said("request", "papers", _label(speech, "papers"), papers)


def _result(session: Session, filing: Filing) -> Said:
    speech = session.speech
    way = speech.label(filing.result_way) if filing.result_way else ""
    return Said("result", "result_way", _label(speech, "result_way"), way)
