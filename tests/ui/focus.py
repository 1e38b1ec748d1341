"""Where the keyboard is must be seen (рамка на фокуса): measured on pictures of a control with and without it.

A frame is a line of one colour along the edges of a control, at least two pixels thick, 3:1 against what lies beside
it, and plainly different from what is there while the keyboard is elsewhere.
"""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.ui.look.tokens import PART_CONTRAST, contrast
from tests.ui.hands import press

THICK = 2
"""Pixels that the frame must have."""
SIDES = 3
"""So many of the four sides at least: a row's left side lies on its own bar."""
DEEP = 9
"""Pixels inward from an edge in which the frame is looked for."""
TRACE = 1.25
"""Up to this contrast two pixels are of one line: the edge of a curve is mixed of two colours."""
PLACES = (0.3, 0.5, 0.7)
"""Where along a side it is looked for; where the middle is covered by words, beside it is not."""

Line = list[str]
"""Colours from a control's edge inward."""


def faint(window: QWidget) -> list[str]:
    """Press Tab through what is shown; return the controls at which the keyboard cannot be seen."""
    found: list[str] = []
    seen: set[QWidget] = set()
    press(window, "Tab", "Shift+Tab")
    while (one := window.focusWidget()) not in seen:
        seen.add(one)
        if framed_sides(one) < SIDES:
            found.append(f"{type(one).__name__} {one.accessibleName()}")
        press(window, "Tab")
    return found


def framed_sides(control: QWidget) -> int:
    """Return on how many of its four sides a control that has the keyboard shows a frame."""
    with_keyboard = _grab(control)
    area = _area(control)
    control.clearFocus()
    without = _grab(control)
    control.setFocus()
    sides = zip(_sides(with_keyboard, area), _sides(without, area), strict=True)
    return sum(any(_has_frame(*pair) for pair in zip(*side, strict=True)) for side in sides)


def _grab(control: QWidget) -> QImage:
    return control.window().grab().toImage()


def _area(control: QWidget) -> QRect:
    """Return the place of a control on its window; of a list the place of its current row, where it has one."""
    if isinstance(control, QAbstractItemView):
        row = control.currentIndex()
        inside = control.visualRect(row) if row.isValid() else control.viewport().rect()
        return QRect(control.viewport().mapTo(control.window(), inside.topLeft()), inside.size())
    return QRect(control.mapTo(control.window(), QPoint(0, 0)), control.size())


def _sides(picture: QImage, area: QRect) -> list[list[Line]]:
    """Return for each side the lines that cross it, from the edge inward."""
    across = [area.left() + round(area.width() * place) for place in PLACES]
    down = [area.top() + round(area.height() * place) for place in PLACES]
    return [
        [[_colour(picture, x, area.top() + deep) for deep in range(DEEP)] for x in across],
        [[_colour(picture, x, area.bottom() - deep) for deep in range(DEEP)] for x in across],
        [[_colour(picture, area.left() + deep, y) for deep in range(DEEP)] for y in down],
        [[_colour(picture, area.right() - deep, y) for deep in range(DEEP)] for y in down],
    ]


def _colour(picture: QImage, x: int, y: int) -> str:
    """Return a colour; past the window's edge it is that of the edge."""
    edge = picture.rect()
    x, y = min(max(x, edge.left()), edge.right()), min(max(y, edge.top()), edge.bottom())
    return QColor(picture.pixel(x, y)).name()


def _has_frame(on: Line, off: Line) -> bool:
    """Return whether a line from the edge inward crosses a frame that is not there without the keyboard."""
    at = 0
    while at < len(on):
        end = next((deep for deep in range(at, len(on)) if _differ(on[at], on[deep])), len(on))
        frame, beside, before = on[at], on[end : end + 2], off[at:end]
        if end - at >= THICK and _stands_out(frame, beside) and _stands_out(frame, before):
            return True
        at = end
    return False


def _stands_out(frame: str, colours: Line) -> bool:
    return any(contrast(frame, one) >= PART_CONTRAST for one in colours)


def _differ(one: str, other: str) -> bool:
    """Return whether two colours are seen as two; a curve's pixels differ by a trace."""
    return contrast(one, other) > TRACE
