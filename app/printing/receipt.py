"""The receipt (квитанция) and its reversal (сторно): who paid, for what, how much, and the station's signature."""

from typing import Literal

from PySide6.QtGui import QPainter

from app.domain.terms import ReceiptKind
from app.printing import heading, paper
from app.printing.amounts import in_words
from app.printing.contents import PaidLine, ReceiptContent
from app.printing.flow import (
    INNER,
    LEFT,
    RULE,
    Density,
    Draft,
    Group,
    Leaf,
    Mark,
    Strip,
    leaves,
    row,
    ruled,
    space,
)
from app.printing.fonts import Style, label, medium, plain, strong
from app.printing.paper import Paragraph
from app.printing.slip import QR_SIZE, service_text
from resources.speech import Speech

Copy = Literal["payer", "office"]
"""Екземпляр за платеца, екземпляр за кметството."""

_AMOUNTS = 36.0
"""Millimetres of the column of amounts."""

_TEXTS = INNER - _AMOUNTS - 4
_BESIDE_QR = INNER - QR_SIZE - 6
_SIGNATURE = 11.0
"""Millimetres of height in which one signs."""


def receipt_leaves(content: ReceiptContent, copy: Copy, speech: Speech) -> tuple[Leaf, ...]:
    """Return the leaves of one copy of a receipt."""
    return leaves(
        lambda density: _draft(content, copy, speech, density),
        lambda page, pages: speech.say("papers.text.leaf", number=content.number, page=page, pages=pages),
    )


def _draft(content: ReceiptContent, copy: Copy, speech: Speech, density: Density) -> Draft:
    kind, office, say = content.kind, content.office, speech.say
    body = [
        *heading.marks(office, speech, priced=True, duplicate=content.duplicate),
        heading.opening(say("papers.receipt.number"), content.number, _moment(content, speech), density),
        *_voided(content, speech, density),
        row(say(f"papers.receipt.payer_{kind}"), _payer(content, speech, density), density.padding),
        *_lines(content, speech, density),
        (space(density.padding), _total(content, speech, density), *_cash(content, speech, density)),
    ]
    title = say(f"papers.receipt.title_{kind}")
    return Draft(
        heading.head(office, title, say(f"papers.receipt.copy_{copy}"), speech), tuple(body), _foot(content, speech)
    )


def _moment(content: ReceiptContent, speech: Speech) -> str:
    return heading.moment(content.on, content.at, speech)


def _voided(content: ReceiptContent, speech: Speech, density: Density) -> tuple[Group, ...]:
    """Return which receipt a storno reverses, and why."""
    if content.kind is not ReceiptKind.STORNO:
        return ()
    reason = speech.say("papers.receipt.reason", reason=content.reason)
    values = [(content.voids, medium(density.value)), (reason, label(max(density.value - 1, 10)))]
    return (row(speech.say("papers.receipt.voids"), values, density.padding),)


def _payer(content: ReceiptContent, speech: Speech, density: Density) -> list[tuple[str, Style]]:
    payer = content.payer
    values = [(payer.name or speech.say("papers.receipt.nameless"), medium(density.value))]
    if payer.identifier and payer.identifier_kind is not None:
        values.append((f"{speech.label(payer.identifier_kind)} {payer.identifier}", plain(10.5)))
    return values


# --- the lines and the sum ---


def _lines(content: ReceiptContent, speech: Speech, density: Density) -> tuple[Group, ...]:
    heads = _two_columns(
        Paragraph(speech.say("papers.receipt.for"), label(), _TEXTS),
        Paragraph(speech.say("papers.receipt.amount", currency=content.currency), label(), _AMOUNTS, right=True),
    )
    opening = (space(density.padding), heads, space(0.7), ruled())
    first, *rest = (_paid_line(one, speech, density) for one in content.lines)
    return ((*opening, *first), *rest)


def _paid_line(one: PaidLine, speech: Speech, density: Density) -> Group:
    """Return a line of a receipt, one strip for each line of text, so that it may go on on the next leaf."""
    text = Paragraph(one.text, plain(density.value), _TEXTS)
    figures = speech.amount(one.cents)
    amount = Paragraph(figures, paper.fitting(figures, medium(density.value), _AMOUNTS), _AMOUNTS, right=True)
    notes = [Paragraph(note, label(), INNER) for note in _notes(one, speech)]
    lines = [(part, number) for part in (text, *notes) for number in range(part.count)]
    strips = [_left(part, number) for part, number in lines]
    strips[0] = Strip(strips[0].height, (*strips[0].marks, _at_right(amount)))
    return (space(density.padding * 0.6), *strips, space(density.padding * 0.6), ruled())


def _notes(one: PaidLine, speech: Speech) -> list[str]:
    notes = []
    if one.service is not None:
        notes.append(service_text(one.service, speech, named=one.service.name != one.text))
    if one.entry:
        notes.append(speech.say("papers.receipt.entry", number=one.entry))
    if one.quantity > 1:
        notes.append(speech.say("papers.receipt.times", count=one.quantity, amount=speech.amount(one.unit_cents)))
    return [" · ".join(notes)] if notes else []


def _total(content: ReceiptContent, speech: Speech, density: Density) -> Strip:
    """Return the sum in figures and in words; they never part."""
    title = speech.say(f"papers.receipt.total_{content.kind}")
    figures = speech.money(content.cents, content.currency)
    beside = paper.width_of(title, medium(density.value)) + 4
    name = Paragraph(title, medium(density.value), beside)
    style = paper.fitting(figures, strong(density.strong + 8), INNER - beside)
    money = Paragraph(figures, style, INNER - beside, right=True)
    said = in_words(content.cents, speech, content.office.minor)
    words = Paragraph(speech.say("papers.receipt.words", words=said), plain(10.5), INNER, right=True)

    def draw(painter: QPainter, y: float) -> None:
        name.draw(painter, LEFT, y + money.ascent - name.ascent)
        money.draw(painter, LEFT + beside, y)
        words.draw(painter, LEFT, y + money.height)

    return Strip(money.height + words.height, (draw,))


def _cash(content: ReceiptContent, speech: Speech, density: Density) -> Group:
    """Return what was given and what went back; a storno has neither."""
    if not content.given:
        return ()
    said = speech.say(
        "papers.receipt.cash",
        given=speech.money(content.given, content.currency),
        change=speech.money(content.change, content.currency),
    )
    paragraph = Paragraph(said, label(), INNER, right=True)
    return (
        space(density.padding * 0.5),
        Strip(paragraph.height, (lambda painter, y: paragraph.draw(painter, LEFT, y),)),
    )


def _two_columns(left: Paragraph, right: Paragraph) -> Strip:
    height = max(left.height, right.height)
    return Strip(height, (lambda painter, y: left.draw(painter, LEFT, y), _at_right(right)))


def _left(paragraph: Paragraph, number: int) -> Strip:
    return Strip(paragraph.pitch, (lambda painter, y: paragraph.draw_line(painter, number, LEFT, y),))


def _at_right(paragraph: Paragraph) -> Mark:
    return lambda painter, y: paragraph.draw(painter, LEFT + INNER - _AMOUNTS, y)


# --- the foot ---


def _foot(content: ReceiptContent, speech: Speech) -> Strip:
    """Return the signatures with the QR beside them, and that the QR is checked without a network."""
    names = ("clerk",) if content.kind is ReceiptKind.SALE else ("paid_back", "received_back", "approved")
    signatures = [
        Paragraph(speech.say(f"papers.receipt.{name}", clerk=content.office.clerk), label(), _BESIDE_QR)
        for name in names
    ]
    note = Paragraph(speech.say("papers.receipt.check"), label(), _BESIDE_QR)
    needed = sum(one.height + _SIGNATURE for one in signatures) + note.height + 2
    height = max(needed, QR_SIZE) + 4

    def draw(painter: QPainter, y: float) -> None:
        paper.line(painter, LEFT, y, INNER, RULE)
        paper.qr(painter, LEFT + INNER - QR_SIZE, y + height - QR_SIZE, QR_SIZE, content.qr)
        top = y + 4
        for one in signatures:
            top += _SIGNATURE
            paper.line(painter, LEFT, top - 1, 52, 0.2)
            one.draw(painter, LEFT, top)
            top += one.height
        note.draw(painter, LEFT, y + height - note.height)

    return Strip(height, (draw,))
