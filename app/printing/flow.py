"""Set strips one under another on leaves of A5, closer where they would not fit one leaf, on several where they must.

Nothing is cut and nothing is set under ten points: a long name wraps, a long paper goes on on the next leaf.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtGui import QPainter

from app.printing import paper
from app.printing.fonts import Style, label
from app.printing.paper import Paragraph

WIDTH, HEIGHT = 148.0, 210.0
"""Millimetres of a leaf (A5, ISO 216)."""

LEFT, TOP, BOTTOM = 12.0, 10.0, 199.5
INNER = WIDTH - 2 * LEFT
LABELS = 33.0
"""Millimetres of the column of labels."""

VALUES = INNER - LABELS
HAIRLINE, RULE = 0.15, 0.35
_AFTER_HEAD = 2.0
"""Millimetres under the head of a leaf that goes on."""

PAGE_NUMBER_TOP = 199.7

Mark = Callable[[QPainter, float], None]
"""Draws something whose top lies at a height in millimetres."""


class Strip(NamedTuple):
    """What stays together on a leaf: its height in millimetres, and what is drawn."""

    height: float
    marks: tuple[Mark, ...]


Group = tuple[Strip, ...]
"""Strips that stay on one leaf where a whole leaf would hold them."""


class Density(NamedTuple):
    """How closely a paper is set: points of the number, of a value and of a strong value, millimetres around a row."""

    number: float
    value: float
    strong: float
    padding: float


DENSITIES = (
    Density(42, 13, 14, 3.0),
    Density(42, 13, 14, 2.2),
    Density(36, 11.5, 12, 1.7),
    Density(28, 10, 11, 0.8),
)


class Draft(NamedTuple):
    """A paper before it is set: what heads every leaf, what flows, what stands at the foot of the last leaf."""

    head: Strip
    body: tuple[Group, ...]
    foot: Strip


class Leaf(NamedTuple):
    """One side of A5: strips with the heights of their tops, in millimetres."""

    strips: tuple[tuple[float, Strip], ...]

    def draw(self, painter: QPainter) -> None:
        """Draw the leaf with its corner at the origin; the painter's unit is a hundredth of a millimetre."""
        for top, strip in self.strips:
            for mark in strip.marks:
                mark(painter, top)


def leaves(make: Callable[[Density], Draft], numbered: Callable[[int, int], str]) -> tuple[Leaf, ...]:
    """Return the leaves of a paper, set as widely as one leaf allows.

    ``numbered`` writes the number of a leaf and how many there are; it is asked only where there are several.
    """
    pages: list[Page] = []
    for density in DENSITIES:
        pages = _set(make(density))
        if len(pages) == 1:
            return (Leaf(tuple(pages[0])),)
    count = len(pages)
    return tuple(
        Leaf((*page, (PAGE_NUMBER_TOP, text(numbered(number, count), label()))))
        for number, page in enumerate(pages, start=1)
    )


Page = list[tuple[float, Strip]]


def _set(draft: Draft) -> list[Page]:
    """Set the groups of a draft; the foot stands at the very bottom of the last leaf."""
    pages: list[Page] = [[(TOP, draft.head)]]
    y = TOP + draft.head.height
    again = y + _AFTER_HEAD
    for group in draft.body:
        height = sum(strip.height for strip in group)
        if y + height > BOTTOM and again + height <= BOTTOM:
            pages, y = _next(pages, draft), again
        for strip in group:
            if y + strip.height > BOTTOM:
                pages, y = _next(pages, draft), again
            pages[-1].append((y, strip))
            y += strip.height
    if y + draft.foot.height > BOTTOM:
        pages = _next(pages, draft)
    pages[-1].append((BOTTOM - draft.foot.height, draft.foot))
    return pages


def _next(pages: list[Page], draft: Draft) -> list[Page]:
    return [*pages, [(TOP, draft.head)]]


# --- strips ---


def text(words: str, style: Style, *, right: bool = False) -> Strip:
    """Return a paragraph over the whole width."""
    paragraph = Paragraph(words, style, INNER, right=right)
    return Strip(paragraph.height, (lambda painter, y: paragraph.draw(painter, LEFT, y),))


def space(height: float) -> Strip:
    """Return so many millimetres of nothing."""
    return Strip(height, ())


def ruled(thickness: float = HAIRLINE) -> Strip:
    """Return a line over the whole width, which takes no height."""
    return Strip(0, (lambda painter, y: paper.line(painter, LEFT, y, INNER, thickness),))


def framed(texts: Sequence[str], style: Style) -> Strip:
    """Return warnings in one frame over the whole width."""
    inside = [Paragraph(words, style, INNER - 6) for words in texts]
    height = sum(one.height for one in inside)

    def draw(painter: QPainter, y: float) -> None:
        paper.frame(painter, LEFT, y + 2, INNER, height + 2)
        top = y + 3
        for one in inside:
            one.draw(painter, LEFT + 3, top)
            top += one.height

    return Strip(height + 5, (draw,))


def row(name: str, values: Iterable[tuple[str, Style]], padding: float) -> Group:
    """Return a label with its values beside it, one strip for each line, and a hairline under the last.

    A row that is longer than a leaf so goes on on the next.
    """
    paragraphs = [Paragraph(words, style, VALUES) for words, style in values if words]
    lines = [(one, number) for one in paragraphs for number in range(one.count)]
    strips = [_line(one, number) for one, number in lines]
    strips[0] = _labelled(name, strips[0], lines[0][0])
    return (space(padding), *strips, space(padding), ruled())


def _line(paragraph: Paragraph, number: int) -> Strip:
    return Strip(paragraph.pitch, (lambda painter, y: paragraph.draw_line(painter, number, LEFT + LABELS, y),))


def _labelled(name: str, strip: Strip, beside: Paragraph) -> Strip:
    """Return the strip with a label on the same baseline."""
    written = Paragraph(name, label(), LABELS - 3)
    drop = max(beside.ascent - written.ascent, 0)
    height = max(strip.height, drop + written.height)
    return Strip(height, (*strip.marks, lambda painter, y: written.draw(painter, LEFT, y + drop)))
