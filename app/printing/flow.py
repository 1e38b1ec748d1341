"""Set strips one under another on leaves, closer where they would not fit one leaf, on several where they must.

Nothing is cut and nothing is set under ten points: a long name wraps, a long paper goes on on the next leaf.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtGui import QPainter

from app.printing import paper
from app.printing.fonts import Style, label
from app.printing.paper import Paragraph


class Measures(NamedTuple):
    """A leaf in millimetres: its size, its left margin (the right one is the same), top and bottom of what is set.

    ``labels`` is the width of the column of labels, ``page_number_top`` where the number of a leaf stands.
    """

    width: float
    height: float
    left: float
    top: float
    bottom: float
    labels: float
    page_number_top: float

    @property
    def inner(self) -> float:
        """Return the width between the margins."""
        return self.width - 2 * self.left

    @property
    def values(self) -> float:
        """Return the width of the column of values."""
        return self.inner - self.labels


A5 = Measures(148.0, 210.0, 12.0, 10.0, 199.5, 33.0, 199.7)
"""What a citizen takes away (A5 upright, ISO 216)."""

A4 = Measures(210.0, 297.0, 20.0, 14.0, 282.0, 42.0, 284.0)
"""What is signed and goes into a file (A4 upright)."""

WIDTH, HEIGHT = A5.width, A5.height
LEFT, INNER, VALUES = A5.left, A5.inner, A5.values
HAIRLINE, RULE = 0.15, 0.35
_AFTER_HEAD = 2.0
"""Millimetres under the head of a leaf that goes on."""

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

CLOSER = (Density(18, 12, 13, 2.4), Density(16, 11, 12, 1.6), Density(14, 10, 11, 0.9))
"""How closely a form of A4 is set: its number is for the file, not for the counter."""


class Draft(NamedTuple):
    """A paper before it is set: what heads every leaf, what flows, what stands at the foot of the last leaf."""

    head: Strip
    body: tuple[Group, ...]
    foot: Strip


class Leaf(NamedTuple):
    """One side of paper: strips with the heights of their tops, in millimetres."""

    strips: tuple[tuple[float, Strip], ...]

    def draw(self, painter: QPainter) -> None:
        """Draw the leaf with its corner at the origin; the painter's unit is a hundredth of a millimetre."""
        for top, strip in self.strips:
            for mark in strip.marks:
                mark(painter, top)


def leaves(
    make: Callable[[Density], Draft],
    numbered: Callable[[int, int], str],
    page: Measures = A5,
    densities: Sequence[Density] = DENSITIES,
) -> tuple[Leaf, ...]:
    """Return the leaves of a paper, set as widely as one leaf allows.

    ``numbered`` writes the number of a leaf and how many there are; it is asked only where there are several.
    """
    pages: list[Page] = []
    for density in densities:
        pages = _set(make(density), page)
        if len(pages) == 1:
            return (Leaf(tuple(pages[0])),)
    count = len(pages)
    return tuple(
        Leaf((*strips, (page.page_number_top, text(numbered(number, count), label(), page=page))))
        for number, strips in enumerate(pages, start=1)
    )


Page = list[tuple[float, Strip]]


def _set(draft: Draft, page: Measures) -> list[Page]:
    """Set the groups of a draft; the foot stands at the very bottom of the last leaf."""
    pages: list[Page] = [[(page.top, draft.head)]]
    y = page.top + draft.head.height
    again = y + _AFTER_HEAD
    for group in draft.body:
        height = sum(strip.height for strip in group)
        if y + height > page.bottom and again + height <= page.bottom:
            pages, y = _next(pages, draft, page), again
        for strip in group:
            if y + strip.height > page.bottom:
                pages, y = _next(pages, draft, page), again
            pages[-1].append((y, strip))
            y += strip.height
    if y + draft.foot.height > page.bottom:
        pages = _next(pages, draft, page)
    pages[-1].append((page.bottom - draft.foot.height, draft.foot))
    return pages


def _next(pages: list[Page], draft: Draft, page: Measures) -> list[Page]:
    return [*pages, [(page.top, draft.head)]]


# --- strips ---


def text(words: str, style: Style, *, right: bool = False, page: Measures = A5) -> Strip:
    """Return a paragraph over the whole width."""
    paragraph = Paragraph(words, style, page.inner, right=right)
    return Strip(paragraph.height, (lambda painter, y: paragraph.draw(painter, page.left, y),))


def space(height: float) -> Strip:
    """Return so many millimetres of nothing."""
    return Strip(height, ())


def ruled(thickness: float = HAIRLINE, page: Measures = A5) -> Strip:
    """Return a line over the whole width, which takes no height."""
    return Strip(0, (lambda painter, y: paper.line(painter, page.left, y, page.inner, thickness),))


def framed(texts: Sequence[str], style: Style, page: Measures = A5) -> Strip:
    """Return warnings in one frame over the whole width."""
    inside = [Paragraph(words, style, page.inner - 6) for words in texts]
    height = sum(one.height for one in inside)

    def draw(painter: QPainter, y: float) -> None:
        paper.frame(painter, page.left, y + 2, page.inner, height + 2)
        top = y + 3
        for one in inside:
            one.draw(painter, page.left + 3, top)
            top += one.height

    return Strip(height + 5, (draw,))


def row(name: str, values: Iterable[tuple[str, Style]], padding: float, page: Measures = A5) -> Group:
    """Return a label with its values beside it, one strip for each line, and a hairline under the last.

    A row that is longer than a leaf so goes on on the next.
    """
    return (space(padding), *lines(name, values, page), space(padding), ruled(page=page))


def lines(name: str, values: Iterable[tuple[str, Style]], page: Measures = A5) -> Group:
    """Return a label with its values beside it, one strip for each line."""
    paragraphs = [Paragraph(words, style, page.values) for words, style in values if words]
    places = [(one, number) for one in paragraphs for number in range(one.count)]
    strips = [_line(one, number, page) for one, number in places]
    strips[0] = _labelled(name, strips[0], places[0][0], page)
    return tuple(strips)


def _line(paragraph: Paragraph, number: int, page: Measures) -> Strip:
    left = page.left + page.labels
    return Strip(paragraph.pitch, (lambda painter, y: paragraph.draw_line(painter, number, left, y),))


def _labelled(name: str, strip: Strip, beside: Paragraph, page: Measures) -> Strip:
    """Return the strip with a label on the same baseline."""
    written = Paragraph(name, label(), page.labels - 3)
    drop = max(beside.ascent - written.ascent, 0)
    height = max(strip.height, drop + written.height)
    # The label first: whoever copies the text, or has it read aloud, gets it in the order of the paper.
    return Strip(height, (lambda painter, y: written.draw(painter, page.left, y + drop), *strip.marks))
