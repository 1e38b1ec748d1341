"""The slip (потвърждение за приет документ): what was filed, when it is ready, what it costs, and how to ask."""

from PySide6.QtGui import QPainter

from app.printing import heading, paper
from app.printing.amounts import in_words
from app.printing.contents import ServiceName, SlipContent
from app.printing.flow import INNER, LEFT, Density, Draft, Leaf, Strip, leaves, row
from app.printing.fonts import Style, label, medium, plain, strong
from app.printing.paper import Paragraph
from resources.speech import Speech

QR_SIZE = 36.0
"""Millimetres: a link of 120 characters (version 7, 45 squares a side) still gets squares of 0.8 mm."""

_SEPARATOR = " · "
_BESIDE_QR = INNER - QR_SIZE - 6

Values = list[tuple[str, Style]]


def slip_leaves(content: SlipContent, speech: Speech) -> tuple[Leaf, ...]:
    """Return the leaves of a slip, nearly always one."""
    return leaves(
        lambda density: _draft(content, speech, density),
        lambda page, pages: speech.say("papers.text.leaf", number=content.number, page=page, pages=pages),
    )


def service_text(service: ServiceName, speech: Speech, *, named: bool) -> str:
    """Return ``услуга 2016, обикновена``, with the official name where the text beside it is another."""
    key = "papers.text.service_named" if named else "papers.text.service"
    said = speech.say(key, number=service.number, name=service.name)
    return said if service.speed is None else f"{said}, {speech.label(service.speed)}"


def _draft(content: SlipContent, speech: Speech, density: Density) -> Draft:
    office = content.office
    say = speech.say
    title = say("papers.slip.title")
    rows = [
        ("submitter", [(name, medium(density.value)) for name in _submitters(content, speech)]),
        ("subject", _subject(content, speech, density)),
        ("due", _due(content, speech, density)),
        ("term", [(content.term, plain(density.value))] if content.term else []),
        ("result", _result(content, speech, density)),
        ("fee", _fee(content, speech, density)),
        ("receipt", _receipt(content, speech, density)),
    ]
    moment = heading.moment(content.on, content.at, speech)
    body = [
        *heading.marks(office, speech, priced=content.fee is not None),
        heading.opening(say("papers.slip.number"), content.number, moment, density),
    ]
    for name, values in rows:
        if values:
            body.append(row(say(f"papers.slip.{name}"), values, density.padding))
    return Draft(heading.head(office, title, say("papers.slip.copy"), speech), tuple(body), _foot(content, speech))


def _submitters(content: SlipContent, speech: Speech) -> tuple[str, ...]:
    return content.submitters or (speech.say("papers.slip.anonymous"),)


def _subject(content: SlipContent, speech: Speech, density: Density) -> Values:
    service = content.service
    main = content.subject or (service.name if service else content.kind)
    notes = [content.kind] if main != content.kind else []
    if service:
        notes.append(service_text(service, speech, named=main != service.name))
    if content.sheets:
        notes.append(speech.count("papers.slip.sheets", content.sheets))
    return [(main, medium(density.value)), (_SEPARATOR.join(notes), label())]


def _due(content: SlipContent, speech: Speech, density: Density) -> Values:
    due = content.due
    if due is None:
        return []
    notes = [", ".join(part for part in (due.length, due.article) if part), _way(content, speech)]
    said = _SEPARATOR.join(note for note in notes if note)
    return [(heading.long_day(due.on, speech), strong(density.strong)), (said, label())]


def _result(content: SlipContent, speech: Speech, density: Density) -> Values:
    """Return how the result is had; with a due date it stands there."""
    way = _way(content, speech)
    return [(way, plain(density.value))] if way and content.due is None else []


def _way(content: SlipContent, speech: Speech) -> str:
    return speech.say(f"papers.way.{content.result_way}") if content.result_way else ""


def _fee(content: SlipContent, speech: Speech, density: Density) -> Values:
    if content.fee is None:
        return []
    if content.fee == 0:
        return [(speech.say("papers.slip.free"), plain(density.value))]
    money = speech.money(content.fee, content.currency)
    values = [(money, strong(density.strong)), (in_words(content.fee, speech, content.office.minor), label())]
    return values if content.receipt else [*values, (speech.say("papers.slip.unpaid"), label())]


def _receipt(content: SlipContent, speech: Speech, density: Density) -> Values:
    if not content.receipt:
        return []
    values = [(content.receipt, plain(density.value))]
    if content.paid_at is not None:
        values.append((speech.say("papers.slip.paid", hour=speech.clock(content.paid_at)), label()))
    return values


def _foot(content: SlipContent, speech: Speech) -> Strip:
    """Return the code, where one asks with it, the clerk's signature, and the QR beside them."""
    say, office = speech.say, content.office
    texts = [
        Paragraph(say("papers.slip.code"), label(), _BESIDE_QR),
        Paragraph(content.code, paper.fitting(content.code, strong(17), _BESIDE_QR), _BESIDE_QR),
        Paragraph(say("papers.slip.ask"), plain(10.5), _BESIDE_QR),
    ]
    if office.hours:
        texts.append(Paragraph(office.hours, label(), _BESIDE_QR))
    signed = Paragraph(say("papers.slip.signed", clerk=office.clerk), label(), _BESIDE_QR)
    height = max(sum(one.height for one in texts) + 11 + signed.height, QR_SIZE) + 6

    def draw(painter: QPainter, y: float) -> None:
        paper.qr(painter, LEFT + INNER - QR_SIZE, y + height - QR_SIZE, QR_SIZE, content.qr)
        top = y + 4
        for one in texts:
            one.draw(painter, LEFT, top)
            top += one.height
        paper.line(painter, LEFT, y + height - signed.height - 1, 52, 0.2)
        signed.draw(painter, LEFT, y + height - signed.height)

    return Strip(height, (draw,))
