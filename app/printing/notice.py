"""The notice to a person about a term (уведомление): what is wanting (АПК чл. 30, ал. 2), or that it is extended.

АПК чл. 57, ал. 8, чл. 118, 121; ЗДОИ чл. 30. Two copies: one for the person, one that comes back signed.
"""

from datetime import date
from typing import Literal

import msgspec
from PySide6.QtGui import QPainter

from app.printing import heading, paper
from app.printing.contents import Office
from app.printing.flow import INNER, LEFT, Density, Draft, Group, Leaf, Strip, leaves, row, space, text
from app.printing.fonts import Style, label, medium, plain, strong
from app.printing.paper import Paragraph
from app.printing.sheets import PaperSize, Sheet
from resources.speech import Speech

Copy = Literal["person", "office"]
COPIES: tuple[Copy, ...] = ("person", "office")

_SIGNATURE = 52.0
"""Millimetres of the line on which somebody signs."""


class NoticeContent(msgspec.Struct, frozen=True, kw_only=True):
    """Уведомление. ``defects`` are what is wanting; none where ``due`` and ``reason`` tell of an extension.

    ``number`` and ``filed_on`` are those of the entry, ``on`` the day of the notice, ``person`` and ``address`` whom it
    goes to, ``length`` the person's term in words, ``article`` what the notice stands on.
    """

    office: Office
    number: str
    on: date
    person: str
    address: str
    about: str
    article: str
    defects: tuple[str, ...] = ()
    length: str = ""
    due: date | None = None
    reason: str = ""


def notice(content: NoticeContent, speech: Speech) -> tuple[Sheet, ...]:
    """Return both copies, each on leaves of A5."""
    return tuple(Sheet(PaperSize.A5, (leaf,)) for copy in COPIES for leaf in _leaves(content, copy, speech))


def _leaves(content: NoticeContent, copy: Copy, speech: Speech) -> tuple[Leaf, ...]:
    return leaves(
        lambda density: _draft(content, copy, speech, density),
        lambda page, pages: speech.say("papers.text.leaf", number=content.number, page=page, pages=pages),
    )


def _draft(content: NoticeContent, copy: Copy, speech: Speech, density: Density) -> Draft:
    say = speech.say
    what = "defects" if content.defects else "extension"
    head = heading.head(content.office, say(f"papers.notice.{what}"), say(f"papers.notice.copy_{copy}"), speech)
    body = (
        *heading.marks(content.office, speech, priced=False),
        row(say("papers.notice.day"), [(heading.long_day(content.on, speech), plain(density.value))], density.padding),
        row(say("papers.notice.to"), _to(content, density), density.padding),
        row(say("papers.notice.about"), _about(content, density), density.padding),
        *(_wanting(content, speech, density) if content.defects else _extended(content, speech, density)),
    )
    return Draft(head, body, _foot(content, speech))


def _to(content: NoticeContent, density: Density) -> list[tuple[str, Style]]:
    return [(content.person, medium(density.value)), (content.address, label())]


def _about(content: NoticeContent, density: Density) -> list[tuple[str, Style]]:
    return [(content.number, medium(density.value)), (content.about, label())]


def _wanting(content: NoticeContent, speech: Speech, density: Density) -> tuple[Group, ...]:
    """Return what is wanting, one under another, and what the person has to know of the term."""
    say = speech.say
    items = tuple(
        row(str(at), [(one, plain(density.value))], density.padding) for at, one in enumerate(content.defects, 1)
    )
    term = say("papers.notice.person_term", length=content.length, article=content.article)
    return (
        (space(density.padding), text(say("papers.notice.wanting"), strong(density.strong)), space(density.padding)),
        *items,
        (space(density.padding), text(term, medium(density.value))),
        (text(say("papers.notice.else"), plain(density.value)),),
        (text(say("papers.notice.restarts"), plain(density.value)),),
    )


def _extended(content: NoticeContent, speech: Speech, density: Density) -> tuple[Group, ...]:
    say = speech.say
    until = heading.long_day(content.due, speech) if content.due is not None else ""
    return (
        row(say("papers.notice.until"), [(until, strong(density.strong)), (content.article, label())], density.padding),
        row(say("papers.notice.reason"), [(content.reason, plain(density.value))], density.padding),
    )


def _foot(content: NoticeContent, speech: Speech) -> Strip:
    """Return two lines to sign on: the clerk's, and the person's with the day of receipt."""
    said = [
        Paragraph(speech.say("papers.notice.signed", clerk=content.office.clerk), label(), INNER / 2 - 4),
        Paragraph(speech.say("papers.notice.received"), label(), INNER / 2 - 4),
    ]
    height = max(one.height for one in said) + 14

    def draw(painter: QPainter, y: float) -> None:
        for at, one in enumerate(said):
            x = LEFT + at * INNER / 2
            paper.line(painter, x, y + height - one.height - 1, _SIGNATURE, 0.2)
            one.draw(painter, x, y + height - one.height)

    return Strip(height, (draw,))
