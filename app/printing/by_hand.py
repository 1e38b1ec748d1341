"""What a person completes by hand (за попълване): ruled lines, boxes to tick, places to sign; on leaves of A4."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from PySide6.QtGui import QPainter

from app.printing import paper
from app.printing.flow import A4, Group, Mark, Strip, lines, ruled, space
from app.printing.fonts import Style, label
from app.printing.paper import Paragraph

WRITING = 8.0
"""Millimetres between two ruled lines: room for handwriting."""

_BOX, _BESIDE_BOX = 3.4, 6.0
"""Millimetres: the side of a box to tick, and from its left edge to its words."""

_SIGNING = 13.0
"""Millimetres above a line on which somebody signs."""

_GAP = 8.0
"""Millimetres between two things beside each other."""

_MOST_IN_FOOT = 4
"""Pairs of places to sign that a foot holds."""

_THIN = 0.2

Values = list[tuple[str, Style]]


class Cell(NamedTuple):
    """A name and its value; an empty value is a line to write on."""

    name: str
    value: str


def blank_row(name: str, count: int, padding: float, note: str = "") -> Group:
    """Return a label with so many empty lines beside it, a note under them, and a hairline under them all."""
    empty = (_blank(name), *(_blank("") for _ in range(count - 1)))
    said = lines("", [(note, label())], A4) if note else ()
    return (*empty, *said, space(padding), ruled(page=A4))


def _blank(name: str) -> Strip:
    written = Paragraph(name, label(), A4.labels - 3)
    height = max(WRITING, written.height + 2)

    def draw(painter: QPainter, y: float) -> None:
        if name:
            written.draw(painter, A4.left, y + height - written.height)
        paper.dots(painter, A4.left + A4.labels, y + height - 1, A4.values)

    return Strip(height, (draw,))


def filled_row(name: str, values: Values, padding: float, *, blank: int = 1) -> Group:
    """Return a label with its values, or with so many empty lines where there is no value."""
    if not any(words for words, _ in values):
        return blank_row(name, blank, padding)
    return (space(padding), *lines(name, values, A4), space(padding), ruled(page=A4))


def cells(first: Cell, second: Cell, style: Style, padding: float) -> tuple[Group, ...]:
    """Return two short values on one line; where one of them is too long for that, a row for each."""
    room = (A4.inner - A4.labels - _GAP - _SECOND_LABEL) / 2
    if max(paper.width_of(one.value, style) for one in (first, second)) > room:
        return tuple(filled_row(one.name, [(one.value, style)], padding) for one in (first, second))
    line = Paragraph("", style, room)
    baseline = max(padding + line.ascent, WRITING - 2)
    left = A4.left + A4.labels
    places = ((first, A4.left, left), (second, left + room + _GAP, left + room + _GAP + _SECOND_LABEL))
    marks = tuple(_cell(one, (name_at, value_at, room), style, baseline) for one, name_at, value_at in places)
    return ((Strip(baseline + line.pitch - line.ascent, marks), space(padding), ruled(page=A4)),)


_SECOND_LABEL = 18.0
"""Millimetres of the label of the second of two cells."""


def _cell(one: Cell, places: tuple[float, float, float], style: Style, baseline: float) -> Mark:
    """Return a cell drawn on a baseline; ``places``: left edges of name and value, and the width of the value."""
    name_at, value_at, room = places
    name, value = Paragraph(one.name, label(), A4.labels - 3), Paragraph(one.value, style, room + 1)

    def draw(painter: QPainter, y: float) -> None:
        name.draw(painter, name_at, y + baseline - name.ascent)
        if one.value:
            value.draw(painter, value_at, y + baseline - value.ascent)
        else:
            paper.dots(painter, value_at, y + baseline + 1, room)

    return draw


def boxes(name: str, choices: Sequence[str], style: Style, padding: float) -> Group:
    """Return a label with choices beside it, each with a box to tick."""
    strips = [strip for at, words in enumerate(choices) for strip in _choice("" if at else name, words, style)]
    return (space(padding), *strips, space(padding), ruled(page=A4))


def _choice(name: str, words: str, style: Style) -> Group:
    said = Paragraph(words, style, A4.values - _BESIDE_BOX)
    written = Paragraph(name, label(), A4.labels - 3)
    height = max(said.height, written.height) + 1
    left = A4.left + A4.labels

    def draw(painter: QPainter, y: float) -> None:
        if name:
            written.draw(painter, A4.left, y + said.ascent - written.ascent)
        paper.frame(painter, left, y + (said.pitch - _BOX) / 2, _BOX, _BOX)
        said.draw(painter, left + _BESIDE_BOX, y)

    return (Strip(height, (draw,)),)


def signatures(signers: Sequence[str]) -> tuple[tuple[Group, ...], Strip]:
    """Return places to sign, two beside each other: those that flow with the text, and the foot of the paper.

    A foot is never cut, so it holds the last few only.
    """
    pairs = [_signed(pair) for pair in zip_longest(signers[::2], signers[1::2], fillvalue="")]
    flowing, last = pairs[:-_MOST_IN_FOOT], pairs[-_MOST_IN_FOOT:]
    return tuple((one,) for one in flowing), _stacked(last)


def _stacked(strips: Sequence[Strip]) -> Strip:
    """Return strips one under another as one that stays together."""

    def draw(painter: QPainter, y: float) -> None:
        for strip in strips:
            for mark in strip.marks:
                mark(painter, y)
            y += strip.height

    return Strip(sum(one.height for one in strips), (draw,))


def _signed(pair: tuple[str, str]) -> Strip:
    width = (A4.inner - _GAP) / 2
    said = [Paragraph(words, label(), width) for words in pair if words]
    height = _SIGNING + max(one.height for one in said)

    def draw(painter: QPainter, y: float) -> None:
        for at, one in enumerate(said):
            x = A4.left + at * (width + _GAP)
            paper.line(painter, x, y + _SIGNING - 1, width, _THIN)
            one.draw(painter, x, y + _SIGNING)

    return Strip(height, (draw,))
