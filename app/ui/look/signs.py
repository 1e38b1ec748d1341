"""The signs of state (знаци за състояние): amber waits, red is wrong, green is settled, each told by its shape too.

Drawn as filled outlines, never as letters of a font: Noto Sans lacks most of them. Shapes live in a square of
16 units and grow with it. Who shows a sign writes its word beside it.
"""

from collections.abc import Callable
from enum import Enum, StrEnum, auto
from functools import cache
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPolygonF

from app.ui.look.pixels import square_on_pixels

SIDE = 16.0
"""Units of the square in which the shapes are described."""
_SMOOTH = 0.02
"""Units by which the outline of a stroke may part from the true curve; unseen up to some 200 pixels."""
_CENTRE = QPointF(SIDE / 2, SIDE / 2)


class Sign(StrEnum):
    """What state a thing is in, as a shape."""

    WRONG = "wrong"
    """Filled triangle with a mark: late, refused, missing (сгрешено, закъсняло)."""
    FORK = "fork"
    """Filled diamond with a mark: one station, two journals (два дневника)."""
    WAITS = "waits"
    """Half-filled ring: on its way, nobody need act (чака)."""
    FINDING = "finding"
    """Rounded square with a mark: worth a look, blocks nothing (забележка, разлика)."""
    QUESTION = "question"
    """Speech bubble: somebody asked and waits for an answer (въпрос)."""
    SETTLED = "settled"
    """Filled disc with a tick: confirmed by the centre (прието)."""
    DONE = "done"
    """Ring with a tick: finished here (приключено)."""
    ANNULLED = "annulled"
    """Struck ring: annulled, still to be read (анулирано)."""
    OPEN = "open"
    """Empty ring: not yet happened (предстои)."""
    CLEAN = "clean"
    """Small dot: nothing to see (чисто)."""


class SignColours(Protocol):
    """The tokens that signs are painted with, each a colour that QColor reads: ``#RRGGBB``."""

    @property
    def sign_amber(self) -> str:
        """Waits."""

    @property
    def sign_red(self) -> str:
        """Is wrong."""

    @property
    def sign_green(self) -> str:
        """Is settled."""

    @property
    def text3(self) -> str:
        """Grey of what is over or has not begun."""

    @property
    def surface(self) -> str:
        """The ground; a mark inside a filled shape is drawn in it."""


class _Ink(Enum):
    AMBER = auto()
    RED = auto()
    GREEN = auto()
    GREY = auto()
    GROUND = auto()


_Part = tuple[QPainterPath, _Ink]


def paint_sign(painter: QPainter, sign: Sign, rect: QRectF, tokens: SignColours) -> None:
    """Paint a sign in the middle of ``rect`` (painter's units), as large as fits, on whole pixels of the device."""
    square = square_on_pixels(painter, rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(square.topLeft())
    painter.scale(square.width() / SIDE, square.height() / SIDE)
    for path, ink in _parts(sign):
        painter.fillPath(path, _colour(ink, tokens))
    painter.restore()


def _colour(ink: _Ink, tokens: SignColours) -> QColor:
    colours = {
        _Ink.AMBER: tokens.sign_amber,
        _Ink.RED: tokens.sign_red,
        _Ink.GREEN: tokens.sign_green,
        _Ink.GREY: tokens.text3,
        _Ink.GROUND: tokens.surface,
    }
    return QColor(colours[ink])


@cache
def _parts(sign: Sign) -> tuple[_Part, ...]:
    return _SHAPES[sign]()


def _wrong() -> tuple[_Part, ...]:
    corners = _polygon((8, 2.3), (14.6, 13.5), (1.4, 13.5))
    return *_rounded(corners, _Ink.RED), (_exclamation(6.1, 9.3, 11.9), _Ink.GROUND)


def _fork() -> tuple[_Part, ...]:
    corners = _polygon((8, 1.4), (14.6, 8), (8, 14.6), (1.4, 8))
    return *_rounded(corners, _Ink.RED), (_exclamation(4.6, 8.3, 11.1), _Ink.GROUND)


def _waits() -> tuple[_Part, ...]:
    half = QPainterPath(QPointF(8, 3.9))
    half.arcTo(QRectF(3.9, 3.9, 8.2, 8.2), 90, -180)
    half.closeSubpath()
    return (_ring(), _Ink.AMBER), (half, _Ink.AMBER)


def _finding() -> tuple[_Part, ...]:
    body = QPainterPath()
    body.addRoundedRect(QRectF(1.5, 1.5, 13, 13), 3, 3)
    return (body, _Ink.AMBER), (_exclamation(4.5, 8.5, 11.5), _Ink.GROUND)


def _question() -> tuple[_Part, ...]:
    body = QPainterPath()
    body.addRoundedRect(QRectF(1, 1, 14, 11), 3, 3)
    tail = _polygon((4, 10), (4, 14.6), (8.6, 10))
    return (body, _Ink.AMBER), *_rounded(tail, _Ink.AMBER, 1), (_question_mark(), _Ink.GROUND)


def _settled() -> tuple[_Part, ...]:
    body = QPainterPath()
    body.addEllipse(_CENTRE, 7.2, 7.2)
    return (body, _Ink.GREEN), (_tick(), _Ink.GROUND)


def _done() -> tuple[_Part, ...]:
    return (_ring(), _Ink.GREEN), (_tick(), _Ink.GREEN)


def _annulled() -> tuple[_Part, ...]:
    # Against the long arm of the tick: the other way round, struck and done look alike in grey at 16 pixels.
    return (_ring(), _Ink.GREY), (_line(1.8, (3.6, 3.6), (12.4, 12.4)), _Ink.GREY)


def _open() -> tuple[_Part, ...]:
    return ((_ring(), _Ink.GREY),)


def _clean() -> tuple[_Part, ...]:
    dot = QPainterPath()
    dot.addEllipse(_CENTRE, 3, 3)
    return ((dot, _Ink.GREEN),)


_SHAPES: dict[Sign, Callable[[], tuple[_Part, ...]]] = {
    Sign.WRONG: _wrong,
    Sign.FORK: _fork,
    Sign.WAITS: _waits,
    Sign.FINDING: _finding,
    Sign.QUESTION: _question,
    Sign.SETTLED: _settled,
    Sign.DONE: _done,
    Sign.ANNULLED: _annulled,
    Sign.OPEN: _open,
    Sign.CLEAN: _clean,
}


def _ring() -> QPainterPath:
    ring = QPainterPath()
    ring.addEllipse(_CENTRE, 6.4, 6.4)
    return _stroked(ring, 1.6)


def _tick() -> QPainterPath:
    return _line(1.8, (4.9, 8.2), (7.1, 10.4), (11.1, 5.9))


def _exclamation(top: float, bottom: float, dot: float) -> QPainterPath:
    mark = _line(1.8, (8, top), (8, bottom))
    mark.addEllipse(QPointF(8, dot), 1.1, 1.1)
    return mark


def _question_mark() -> QPainterPath:
    hook = QPainterPath()
    hook.arcMoveTo(QRectF(5.9, 3, 4.2, 3.6), 180)
    hook.arcTo(QRectF(5.9, 3, 4.2, 3.6), 180, -225)
    hook.quadTo(8, 6.6, 8, 7.5)
    mark = _stroked(hook, 1.5)
    mark.addEllipse(QPointF(8, 9.9), 1, 1)
    return mark


def _line(width: float, start: tuple[float, float], *rest: tuple[float, float]) -> QPainterPath:
    line = QPainterPath(QPointF(*start))
    for point in rest:
        line.lineTo(*point)
    return _stroked(line, width)


def _polygon(*corners: tuple[float, float]) -> QPainterPath:
    polygon = QPainterPath()
    polygon.addPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    polygon.closeSubpath()
    return polygon


def _rounded(polygon: QPainterPath, ink: _Ink, width: float = 1.8) -> tuple[_Part, ...]:
    """Give a polygon whose corners are rounded by half a stroke around it.

    Two parts and not one path: QPainterPath.united() turns curves of this size into corners.
    """
    return (polygon, ink), (_stroked(polygon, width), ink)


def _stroked(path: QPainterPath, width: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCurveThreshold(_SMOOTH)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    outline = stroker.createStroke(path)
    outline.setFillRule(Qt.FillRule.WindingFill)
    return outline
