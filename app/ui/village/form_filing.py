"""From what is typed to a filing (постъпил документ), and what stands in the way: the three that are required.

All else that is odd or missing becomes a finding, never a refusal. A text that no list knows is kept in words.
"""

from collections.abc import Iterator
from typing import NamedTuple

from app.domain import particulars
from app.domain.entries import Filing, Particulars
from app.domain.facts import Correspondent, EarlierReceipt, Particular
from app.domain.terms import CorrespondentKind
from app.services.nomenclatures import Nomenclatures
from app.ui.village.doubt import typed_date
from app.ui.village.form_draft import WHO, FormDraft, PersonDraft

_NUMBER_DIGITS = 9
OWN = "particulars."
"""Before the code of a kind's own field in the names of fields and findings: ``particulars.told_on``."""
KIND, NAME, RECEIVED, SENDER_DATE, REASON = "kind", "name", "received", "sender_date", "reason"


class Problem(NamedTuple):
    """What must be mended before the form is saved: the field, the key of its words, the correspondent's place."""

    field: str
    key: str
    place: int | None = None


def places_of(draft: FormDraft) -> list[int]:
    """Return the places of the correspondents that were begun; the first stands even while all are empty."""
    return [place for place, one in enumerate(draft.people) if not one.empty] or [0]


def problems(draft: FormDraft, lists: Nomenclatures, *, correcting: bool = False) -> list[Problem]:
    """Return what stands in the way, in the order of the form."""
    found = [Problem(REASON, "reason")] if correcting and not draft.reason.strip() else []
    if not draft.kind:
        found.append(Problem(KIND, "kind"))
    found += [Problem(f"{OWN}{code}", "date") for code in _bad_dates(draft, lists)]
    if draft.received_on.strip() and typed_date(draft.received_on) is None:
        found.append(Problem(RECEIVED, "date"))
    if draft.sender_date.strip() and typed_date(draft.sender_date) is None:
        found.append(Problem(SENDER_DATE, "date"))
    needed = places_of(draft)
    for place, one in enumerate(draft.people):
        if place in needed and WHO[one.who][0] is not CorrespondentKind.ANONYMOUS and not one.name.strip():
            found.append(Problem(NAME, "name", place))
    return found


def _bad_dates(draft: FormDraft, lists: Nomenclatures) -> list[str]:
    """Return the kind's own fields that ask for a date and hold none."""
    dates = [one.code for one in lists.fields.get(draft.kind, ()) if one.type == "date"]
    typed = {code: draft.particulars.get(code, "") for code in dates}
    return [code for code, text in typed.items() if text.strip() and typed_date(text) is None]


def filing_of(draft: FormDraft, register: int, lists: Nomenclatures) -> Filing:
    """Return what is typed as a filing; also of half a form, for what is derived while one types."""
    service, unknown = _service(draft)
    correspondents = tuple(correspondent_of(draft.people[place]) for place in places_of(draft))
    how = particulars.filed(draft.kind, draft.channel, [one.role for one in correspondents])
    subject = "; ".join(filter(None, (unknown, draft.subject.strip())))
    return Filing(
        entry=draft.entry,
        register=register,
        kind=draft.kind,
        channel=draft.channel,
        correspondents=correspondents,
        subject=subject,
        service=service,
        speed=draft.speed if service is not None else None,
        sheets=int(draft.sheets) if draft.sheets.isdecimal() else 0,
        signed=draft.signed,
        result_way=draft.result_way,
        sender_number=draft.sender_number.strip(),
        sender_date=typed_date(draft.sender_date),
        received=_received(draft),
        case_file=draft.case_file,
        particulars=Particulars(
            before_closing=draft.before_closing,
            values=tuple(_own_values(draft, lists)),
            papers=particulars.seen(lists.papers.get(service or 0, ()), how, draft.papers),
        ),
    )


def _own_values(draft: FormDraft, lists: Nomenclatures) -> Iterator[Particular]:
    """Return what stands in the fields of this kind; what was typed for another is left behind."""
    our_number = " ".join(draft.our_number.split())
    if our_number:
        yield Particular(particulars.OUR_NUMBER, our_number)
    for one in lists.fields.get(draft.kind, ()):
        text = " ".join(draft.particulars.get(one.code, "").split())
        on = typed_date(text) if one.type == "date" else None
        value = on.isoformat() if on is not None else text
        if value and (one.type != "date" or on is not None):
            yield Particular(one.code, value)


def _service(draft: FormDraft) -> tuple[int | None, str]:
    """Return the service and, where the list knows none of that name, the words typed."""
    typed = draft.service_text.strip()
    if draft.service is not None:
        return draft.service, ""
    if typed.isascii() and typed.isdecimal() and len(typed) <= _NUMBER_DIGITS:
        return int(typed), ""
    return None, typed


def _received(draft: FormDraft) -> EarlierReceipt | None:
    on = typed_date(draft.received_on)
    return EarlierReceipt(on, draft.received_reason.strip()) if on is not None else None


def correspondent_of(one: PersonDraft) -> Correspondent:
    """Return one correspondent; an anonymous one has nothing but its role."""
    kind, identifier_kind = WHO[one.who]
    if kind is CorrespondentKind.ANONYMOUS:
        return Correspondent(kind, "", one.role)
    identifier = "".join(one.identifier.split())
    return Correspondent(
        kind=kind,
        name=" ".join(one.name.split()),
        role=one.role,
        identifier_kind=identifier_kind if identifier else None,
        identifier=identifier,
        settlement=one.settlement or one.settlement_text.strip(),
        address=one.address.strip(),
        phone=one.phone.strip(),
        e_mail=one.e_mail.strip(),
    )
