"""What heads every paper: whose it is, what it is, its number and moment, and the marks of what is not for real."""

from datetime import date, datetime

from PySide6.QtGui import QPainter

from app.printing import paper
from app.printing.contents import Office
from app.printing.flow import A5, INNER, LEFT, RULE, Density, Group, Measures, Strip, framed, ruled, space
from app.printing.fonts import Style, label, medium, plain, strong
from app.printing.paper import Paragraph
from resources.speech import Speech

_MOST, _GAP = 0.6, 4.0
"""The share of the width that the paper's name takes at most, and millimetres between it and the mayoralty's."""

_ABOVE, _BELOW = 3.0, 3.0
"""Millimetres around the figures of the number; figures have no ascenders to make room for."""

_SMALL_SHARE = 0.5
"""The date after the number is set at half its size: at the desk one asks for the number."""


def head(office: Office, title: str, copy: str, speech: Speech, page: Measures = A5) -> Strip:
    """Return the head of a leaf: municipality and mayoralty at the left, the paper's name and copy at the right."""
    municipality = speech.say("papers.office.municipality", name=office.municipality)
    mayoralty = speech.say("papers.office.mayoralty", name=office.mayoralty)
    share = min(max(paper.width_of(title, medium(11)), paper.width_of(copy, label())) + 1, page.inner * _MOST)
    rest = page.inner - share - _GAP
    left = (
        Paragraph(municipality, label(), rest),
        Paragraph(mayoralty, paper.fitting(mayoralty, strong(13), rest), rest),
    )
    right = (Paragraph(title, medium(11), share, right=True), Paragraph(copy, label(), share, right=True))
    height = max(sum(one.height for one in side) for side in (left, right)) + 2

    def draw(painter: QPainter, y: float) -> None:
        _column(painter, left, page.left, y)
        _column(painter, right, page.left + page.inner - share, y)
        paper.line(painter, page.left, y + height, page.inner, RULE)

    return Strip(height, (draw,))


def _column(painter: QPainter, paragraphs: tuple[Paragraph, ...], x: float, y: float) -> None:
    for one in paragraphs:
        one.draw(painter, x, y)
        y += one.height


def opening(name: str, number: str, moment: str, density: Density) -> Group:
    """Return the number with its label, and the moment, with a hairline under them."""
    said = Paragraph(moment, medium(max(density.value, 11)), INNER)
    moment_strip = Strip(said.height, (lambda painter, y: said.draw(painter, LEFT, y),))
    caption = Paragraph(name, label(), INNER)
    caption_strip = Strip(caption.height, (lambda painter, y: caption.draw(painter, LEFT, y),))
    return (
        space(density.padding),
        caption_strip,
        _number(number, density),
        moment_strip,
        space(density.padding),
        ruled(),
    )


def marks(
    office: Office, speech: Speech, *, priced: bool, duplicate: bool = False, page: Measures = A5
) -> tuple[Group, ...]:
    """Return the frame that says what of this paper is not for real, or printed again; nothing where all is plain."""
    texts = [speech.say("papers.mark.practice")] if office.practice else []
    if duplicate:
        texts.append(speech.say("papers.mark.duplicate"))
    if office.example_tariff and priced:
        texts.append(speech.say("papers.mark.example_tariff"))
    return ((framed(texts, strong(11), page),),) if texts else ()


def moment(on: date, at: datetime, speech: Speech) -> str:
    """Return day and hour: ``петък, 20 ноември 2026 г., 10:52 ч.``."""
    return speech.say("papers.text.moment", day=speech.long_date(on), hour=speech.clock(at))


def long_day(on: date, speech: Speech) -> str:
    """Return ``петък, 27 ноември 2026 г.``."""
    return speech.say("papers.text.day", day=speech.long_date(on))


def short_moment(at: datetime, on: date, speech: Speech) -> str:
    """Return ``20.11.2026 г., 10:54 ч.``."""
    return speech.say("papers.text.moment", day=speech.date(on), hour=speech.clock(at))


def _number(number: str, density: Density) -> Strip:
    """Return the number in the largest type that the width takes, with its date smaller on the same baseline."""
    short, slash, date_part = number.partition("/")
    large, small = _number_styles(short, slash + date_part, strong(density.number))
    first, second = Paragraph(short, large, INNER), Paragraph(slash + date_part, small, INNER)
    beside = paper.width_of(short, large)
    figures = paper.cap_height(large)
    baseline = figures + _ABOVE

    def draw(painter: QPainter, y: float) -> None:
        first.draw(painter, LEFT, y + baseline - first.ascent)
        second.draw(painter, LEFT + beside, y + baseline - second.ascent)

    return Strip(baseline + _BELOW, (draw,))


def _number_styles(short: str, rest: str, style: Style) -> tuple[Style, Style]:
    small = plain(style.points * _SMALL_SHARE)
    while paper.width_of(short, style) + paper.width_of(rest, small) > INNER:
        style = style._replace(points=style.points - 1)
        small = plain(max(style.points * _SMALL_SHARE, 11))
    return style, small
