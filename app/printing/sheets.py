"""What goes into the printer: leaves of A5 alone, two beside each other on A4 that is cut in the middle, or a whole A4.

Two leaves lie on A4 across, so that both halves are upright leaves of A5 and look the same as alone.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from app.printing import paper
from app.printing.contents import ReceiptContent, SlipContent
from app.printing.flow import A4, A5, HEIGHT, Leaf
from app.printing.fonts import UNITS_PER_MM
from app.printing.receipt import Copy, receipt_leaves
from app.printing.slip import slip_leaves
from resources.speech import Speech

_A4_WIDTH = 297.0
_HALF = _A4_WIDTH / 2
_CUT = (4.0, 10.0)
"""Millimetres from the edge, and length, of the marks that say where to cut."""


class PaperSize(StrEnum):
    """Формат на хартията: half a sheet upright, a whole one across (two halves), or a whole one upright (a form)."""

    A5 = "A5"
    A4 = "A4"
    A4_UPRIGHT = "A4_UPRIGHT"


class Sheet(NamedTuple):
    """One side of paper: one leaf of its own size, or up to two of A5 on A4 across."""

    size: PaperSize
    leaves: tuple[Leaf | None, ...]

    @property
    def width(self) -> float:
        """Return the width in millimetres."""
        return {PaperSize.A5: A5.width, PaperSize.A4: _A4_WIDTH, PaperSize.A4_UPRIGHT: A4.width}[self.size]

    @property
    def height(self) -> float:
        """Return the height in millimetres."""
        return A4.height if self.size is PaperSize.A4_UPRIGHT else HEIGHT

    def layout(self) -> QPageLayout:
        """Return the page as Qt's devices want it; margins are the leaves' own."""
        layout = QPageLayout()
        layout.setMode(QPageLayout.Mode.FullPageMode)
        across = self.size is PaperSize.A4
        half = self.size is PaperSize.A5
        layout.setPageSize(QPageSize(QPageSize.PageSizeId.A5 if half else QPageSize.PageSizeId.A4))
        layout.setOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)
        return layout

    def draw(self, painter: QPainter, dots_per_mm: float) -> None:
        """Draw the sheet on a device of this resolution, with its corner at the device's origin."""
        painter.save()
        painter.scale(dots_per_mm / UNITS_PER_MM, dots_per_mm / UNITS_PER_MM)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.size is PaperSize.A4:
            _cutting_marks(painter)
        for place, leaf in enumerate(self.leaves):
            if leaf is not None:
                painter.save()
                painter.translate(place * _HALF * UNITS_PER_MM, 0)
                leaf.draw(painter)
                painter.restore()
        painter.restore()


def slip(content: SlipContent, speech: Speech) -> tuple[Sheet, ...]:
    """Return the slip on A5."""
    return tuple(Sheet(PaperSize.A5, (leaf,)) for leaf in slip_leaves(content, speech))


def receipt(content: ReceiptContent, copy: Copy, speech: Speech) -> tuple[Sheet, ...]:
    """Return one copy of a receipt on A5."""
    return tuple(Sheet(PaperSize.A5, (leaf,)) for leaf in receipt_leaves(content, copy, speech))


def both_copies(content: ReceiptContent, speech: Speech) -> tuple[Sheet, ...]:
    """Return both copies of a receipt on A4: the payer's at the left, the mayoralty's at the right."""
    return tuple(_beside(receipt_leaves(content, "payer", speech), receipt_leaves(content, "office", speech)))


def together(filed: SlipContent, paid: ReceiptContent, speech: Speech) -> tuple[Sheet, ...]:
    """Return what the citizen takes, slip and receipt, on one A4, and after it the mayoralty's copy of the receipt."""
    taken = _beside(slip_leaves(filed, speech), receipt_leaves(paid, "payer", speech))
    return (*taken, *_beside(receipt_leaves(paid, "office", speech), ()))


def _beside(left: Sequence[Leaf], right: Sequence[Leaf]) -> Iterator[Sheet]:
    return (Sheet(PaperSize.A4, pair) for pair in zip_longest(left, right))


def _cutting_marks(painter: QPainter) -> None:
    """Draw short dashes at the top and the bottom of the middle; a whole line would run into the text's white."""
    edge, length = _CUT
    paper.dashes(painter, _HALF, edge, length)
    paper.dashes(painter, _HALF, HEIGHT - edge - length, length)
