"""What every paper that a person signs says alike (искане): who asks, for what, with what, and how the answer comes.

АПК чл. 29, ал. 2; НАО чл. 5. What is not known becomes lines to write on, so that nobody has to print it again.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from app.domain.terms import CorrespondentRole, IdentifierKind, ResultWay
from app.printing import by_hand, heading
from app.printing.by_hand import Cell, Values
from app.printing.contents import Office, ServiceName
from app.printing.flow import A4, CLOSER, Density, Draft, Group, Leaf, leaves, space, text
from app.printing.fonts import label, medium, plain, strong
from app.printing.sheets import PaperSize, Sheet
from app.printing.slip import service_text
from resources.speech import Speech

_REQUEST_LINES, _ATTACHED_LINES = 4, 3
"""Empty lines for what is not known."""

_BY_PARCEL = frozenset({ResultWay.POST_REGISTERED, ResultWay.COURIER, ResultWay.POST_INTERNATIONAL})
_SIGN = (CorrespondentRole.APPLICANT, CorrespondentRole.CO_APPLICANT, CorrespondentRole.REPRESENTATIVE)


class Applicant(msgspec.Struct, frozen=True, kw_only=True):
    """Заявител, or another person of the request. ``address`` is in words, with the settlement; empty where unknown."""

    name: str
    role: CorrespondentRole = CorrespondentRole.APPLICANT
    identifier_kind: IdentifierKind | None = None
    identifier: str = ""
    address: str = ""
    phone: str = ""
    e_mail: str = ""


class RequestContent(msgspec.Struct, frozen=True, kw_only=True):
    """Искане: what stands in the entry of it. The first of ``people`` is the one who asks.

    ``number`` as told, ``on`` and ``at`` its day and moment; ``attached`` are names of papers, ``sheets`` how many
    sheets came in all; ``receipt`` is the number of the receipt that paid the fee, empty where none did. Of a complex
    service ``body`` is the competent body, ``to_send`` what is to be issued and sent to it.
    """

    office: Office
    number: str
    on: date
    at: datetime
    people: tuple[Applicant, ...]
    subject: str = ""
    service: ServiceName | None = None
    sheets: int = 0
    attached: tuple[str, ...] = ()
    result_way: ResultWay | None = None
    receipt: str = ""
    body: str = ""
    to_send: str = ""


class Form(NamedTuple):
    """A paper to sign before it is set: its name, what it stands on, its rows, what is said under each signature."""

    title: str
    basis: str
    rows: tuple[Group, ...]
    signers: tuple[str, ...]


FormMaker = Callable[[RequestContent, Speech, Density], Form]


def sheets_of(content: RequestContent, speech: Speech, make: FormMaker) -> tuple[Sheet, ...]:
    """Return the sheets of a paper to sign, on A4."""

    def draft(density: Density) -> Draft:
        return _draft(content, speech, make(content, speech, density))

    def numbered(page: int, pages: int) -> str:
        return speech.say("papers.text.leaf", number=content.number, page=page, pages=pages)

    made: tuple[Leaf, ...] = leaves(draft, numbered, A4, CLOSER)
    return tuple(Sheet(PaperSize.A4_UPRIGHT, (leaf,)) for leaf in made)


def _draft(content: RequestContent, speech: Speech, form: Form) -> Draft:
    flowing, foot = by_hand.signatures(form.signers)
    body = (*heading.marks(content.office, speech, priced=False, page=A4), *form.rows, *flowing)
    return Draft(heading.head(content.office, form.title, form.basis, speech, A4), body, foot)


# --- rows ---


def number_row(content: RequestContent, speech: Speech, density: Density) -> Group:
    """Return the number of the entry, its day and hour."""
    moment = heading.moment(content.on, content.at, speech)
    values: Values = [(content.number, strong(density.number)), (moment, label())]
    return by_hand.filled_row(speech.say("papers.request.number"), values, density.padding)


def plain_row(name: str, value: str, density: Density) -> Group:
    """Return a value, or a line to write it on."""
    return by_hand.filled_row(name, [(value, plain(density.value))], density.padding)


def people_rows(content: RequestContent, speech: Speech, density: Density, *, identified: bool) -> tuple[Group, ...]:
    """Return who asks, with lines for what is not known, and the others as far as they are.

    ``identified``: with ЕГН, ЛНЧ or ЕИК, where the paper has to say whose data is meant.
    """
    first, *others = content.people
    say, style = speech.say, plain(density.value)
    rows: list[Group] = [
        by_hand.filled_row(_role(first, speech), [(first.name, medium(density.value))], density.padding),
        *([_identifier_row(first, speech, density)] if identified else []),
        plain_row(say("papers.request.address"), first.address, density),
    ]
    phone, fax = Cell(say("papers.request.phone"), first.phone), Cell(say("papers.request.fax"), "")
    rows += by_hand.cells(phone, fax, style, density.padding)
    rows.append(plain_row(say("papers.request.e_mail"), first.e_mail, density))
    return (*rows, *(_other(one, speech, density, identified=identified) for one in others))


def _identifier_row(one: Applicant, speech: Speech, density: Density) -> Group:
    kind = one.identifier_kind if one.identifier else None
    name = speech.label(kind) if kind is not None else speech.say("papers.request.identifier")
    return plain_row(name, one.identifier, density)


def _other(one: Applicant, speech: Speech, density: Density, *, identified: bool) -> Group:
    """Return somebody else of the request: the name, and under it what is known."""
    kind = one.identifier_kind
    identifier = f"{speech.label(kind)} {one.identifier}" if identified and kind is not None and one.identifier else ""
    known = " · ".join(filter(None, (identifier, one.address, one.phone, one.e_mail)))
    values: Values = [(one.name, medium(density.value)), (known, label())]
    return by_hand.filled_row(_role(one, speech), values, density.padding)


def _role(one: Applicant, speech: Speech) -> str:
    return _capital(speech.label(one.role))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def request_row(name: str, content: RequestContent, speech: Speech, density: Density) -> Group:
    """Return what is asked for: the service by its official name and number, and the words of the entry."""
    service, values = content.service, Values()
    if service is not None:
        values += [(service.name, medium(density.value)), (service_text(service, speech, named=False), label())]
    if content.subject and (service is None or content.subject != service.name):
        values.append((content.subject, plain(density.value)))
    return by_hand.filled_row(name, values, density.padding, blank=_REQUEST_LINES)


def attached_row(content: RequestContent, speech: Speech, density: Density) -> Group:
    """Return the papers that are attached, or lines to write them on, and how many sheets came."""
    name = speech.say("papers.request.attached")
    came = speech.count("papers.request.sheets", content.sheets) if content.sheets else ""
    if content.attached:
        items: Values = [(f"{at}. {words}", plain(density.value)) for at, words in enumerate(content.attached, start=1)]
        return by_hand.filled_row(name, [*items, (came, label())], density.padding)
    return by_hand.blank_row(name, _ATTACHED_LINES, density.padding, came)


def way_rows(content: RequestContent, speech: Speech, density: Density) -> tuple[Group, ...]:
    """Return how the answer is to come, with the declaration on postage where it comes as a parcel.

    Where nobody has said it, the ways stand there with boxes to tick (004, чл. 8, ал. 1).
    """
    say, way, first = speech.say, content.result_way, content.people[0]
    name, style = say("papers.request.way"), plain(density.value)
    if way is None:
        choices = [say(f"papers.request.way_{one.value}") for one in ResultWay]
        ticked = by_hand.boxes(name, choices, style, density.padding)
        return ticked, plain_row(say("papers.request.to"), "", density), *_declared("any", speech, density)
    rows = [by_hand.filled_row(name, [(say(f"papers.request.way_{way.value}"), style)], density.padding)]
    if way in _BY_PARCEL:
        paid = "prepaid" if way is ResultWay.POST_INTERNATIONAL else "delivered"
        rows.append(plain_row(say("papers.request.to"), first.address, density))
        return (*rows, *_declared(paid, speech, density))
    if way is ResultWay.ELECTRONIC:
        rows.append(plain_row(say("papers.request.to"), first.e_mail, density))
    return tuple(rows)


def _declared(how: str, speech: Speech, density: Density) -> tuple[Group, ...]:
    name, words = speech.say("papers.request.declares"), speech.say(f"papers.request.declares_{how}")
    return (by_hand.filled_row(name, [(words, plain(density.value))], density.padding),)


def place_rows(content: RequestContent, speech: Speech, density: Density) -> tuple[Group, ...]:
    """Return the day of signing, which is written by hand, and the place."""
    say = speech.say
    day, place = Cell(say("papers.request.day"), ""), Cell(say("papers.request.place"), content.office.mayoralty)
    return by_hand.cells(day, place, plain(density.value), density.padding)


def note(words: str, density: Density) -> Group:
    """Return a sentence over the whole width."""
    return (space(density.padding), text(words, label(), page=A4))


def signers(content: RequestContent, speech: Speech) -> tuple[str, ...]:
    """Return what stands under each line to sign: everybody who asks, or for whom it is asked."""
    who = [one for one in content.people if one.role in _SIGN] or [content.people[0]]
    return tuple(_signer(one, speech) for one in who)


def _signer(one: Applicant, speech: Speech) -> str:
    role = speech.label(one.role)
    if not one.name:
        return speech.say("papers.request.signed_nameless", role=role)
    return speech.say("papers.request.signed", role=role, name=one.name)
