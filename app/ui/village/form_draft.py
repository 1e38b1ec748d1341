"""What is typed into the form (чернова): raw texts and where the keyboard was, so that nothing is lost by a kill.

Structs in MessagePack with names: an older draft is still read after an update, and a field it lacks is empty.
"""

from enum import StrEnum

import msgspec

from app.domain.entries import Filing
from app.domain.facts import Correspondent
from app.domain.particulars import OUR_NUMBER, day
from app.domain.terms import (
    Channel,
    CorrespondentKind,
    CorrespondentRole,
    IdentifierKind,
    PaperState,
    ResultWay,
    Speed,
)
from app.services.nomenclatures import Nomenclatures

NEW, CORRECTION = "form", "correction"
"""Kinds of drafts in the store."""


class Who(StrEnum):
    """Who files, and by which number one is told: chosen by the clerk, never guessed from the digits."""

    EGN = "egn"
    LNCH = "lnch"
    EIK = "eik"
    BULSTAT = "bulstat"
    ADMINISTRATION = "administration"
    ANONYMOUS = "anonymous"


WHO: dict[Who, tuple[CorrespondentKind, IdentifierKind | None]] = {
    Who.EGN: (CorrespondentKind.PERSON, IdentifierKind.EGN),
    Who.LNCH: (CorrespondentKind.PERSON, IdentifierKind.LNCH),
    Who.EIK: (CorrespondentKind.LEGAL_ENTITY, IdentifierKind.EIK),
    Who.BULSTAT: (CorrespondentKind.LEGAL_ENTITY, IdentifierKind.BULSTAT),
    Who.ADMINISTRATION: (CorrespondentKind.ADMINISTRATION, IdentifierKind.EIK),
    Who.ANONYMOUS: (CorrespondentKind.ANONYMOUS, None),
}
_BY_KIND = {
    CorrespondentKind.PERSON: Who.EGN,
    CorrespondentKind.LEGAL_ENTITY: Who.EIK,
    CorrespondentKind.ADMINISTRATION: Who.ADMINISTRATION,
    CorrespondentKind.ANONYMOUS: Who.ANONYMOUS,
}


def who_of(one: Correspondent) -> Who:
    """Return how the form names a correspondent."""
    meant = (one.kind, one.identifier_kind)
    return next((who for who, pair in WHO.items() if pair == meant), _BY_KIND[one.kind])


class PersonDraft(msgspec.Struct):
    """One correspondent as typed. ``settlement`` is a code taken from the list, ``settlement_text`` what is typed."""

    who: Who = Who.EGN
    role: CorrespondentRole = CorrespondentRole.APPLICANT
    identifier: str = ""
    name: str = ""
    settlement: str = ""
    settlement_text: str = ""
    address: str = ""
    phone: str = ""
    e_mail: str = ""
    visit: bytes | None = None
    """The entry from which this correspondent was recalled."""

    @property
    def empty(self) -> bool:
        """Whether nothing of a person was typed; a settlement alone is only the usual one."""
        texts = (self.identifier, self.name, self.address, self.phone, self.e_mail)
        return self.who is not Who.ANONYMOUS and not any(text.strip() for text in texts)


class FormDraft(msgspec.Struct):
    """The form as typed. ``entry`` is the GUID that will be registered, or the entry that is corrected.

    ``particulars`` are the kind's own fields as typed, by code; ``papers`` those of the service's papers of which the
    clerk said how they stand.
    """

    entry: bytes
    draft: bytes
    kind: str = ""
    kind_text: str = ""
    channel: Channel = Channel.BY_HAND
    sheets: str = "1"
    signed: bool = True
    received_on: str = ""
    received_reason: str = ""
    sender_number: str = ""
    sender_date: str = ""
    people: list[PersonDraft] = msgspec.field(default_factory=lambda: [PersonDraft()])
    at: int = 0
    service: int | None = None
    service_text: str = ""
    subject: str = ""
    speed: Speed = Speed.ORDINARY
    result_way: ResultWay | None = ResultWay.AT_DESK
    case_file: bytes | None = None
    our_number: str = ""
    reason: str = ""
    focus: str = ""
    began_at: int = 0
    touched: bool = False
    before_closing: bool = False
    particulars: dict[str, str] = msgspec.field(default_factory=dict)
    papers: dict[str, PaperState] = msgspec.field(default_factory=dict)


def encode(draft: FormDraft) -> bytes:
    """Return a draft's octets."""
    return msgspec.msgpack.encode(draft)


def decode(content: bytes) -> FormDraft | None:
    """Return a draft from its octets; None where another version of the program wrote what this one cannot read."""
    try:
        return msgspec.msgpack.decode(content, type=FormDraft)
    except msgspec.MsgspecError:
        return None


def from_filing(filing: Filing, draft: bytes, lists: Nomenclatures) -> FormDraft:
    """Return what stands in an entry as if it had been typed; names of places and services are the page's to add."""
    received = filing.received
    return FormDraft(
        entry=filing.entry,
        draft=draft,
        kind=filing.kind,
        channel=filing.channel,
        sheets=str(filing.sheets) if filing.sheets else "",
        signed=filing.signed,
        received_on=f"{received.on:%d.%m.%Y}" if received else "",
        received_reason=received.reason if received else "",
        sender_number=filing.sender_number,
        sender_date=f"{filing.sender_date:%d.%m.%Y}" if filing.sender_date else "",
        people=[from_correspondent(one) for one in filing.correspondents] or [PersonDraft()],
        service=filing.service,
        subject=filing.subject,
        speed=filing.speed or Speed.ORDINARY,
        result_way=filing.result_way,
        case_file=filing.case_file,
        our_number=filing.particulars.value(OUR_NUMBER),
        before_closing=filing.particulars.before_closing,
        particulars=_typed(filing, lists),
        papers={one.paper: one.state for one in filing.particulars.papers},
    )


def _typed(filing: Filing, lists: Nomenclatures) -> dict[str, str]:
    """Return what stands in the kind's own fields as a clerk types it."""
    dates = {one.code for one in lists.fields.get(filing.kind, ()) if one.type == "date"}
    typed = {}
    for one in filing.particulars.values:
        on = day(one.value) if one.name in dates else None
        typed[one.name] = f"{on:%d.%m.%Y}" if on is not None else one.value
    return typed


def from_correspondent(one: Correspondent, visit: bytes | None = None) -> PersonDraft:
    """Return a correspondent as if typed."""
    return PersonDraft(
        who=who_of(one),
        role=one.role,
        identifier=one.identifier,
        name=one.name,
        settlement=one.settlement,
        address=one.address,
        phone=one.phone,
        e_mail=one.e_mail,
        visit=visit,
    )
