"""Whole pixels of the screen: at 125 and 150 % a logical unit is none, and what is drawn between two is blurred."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter


def square_on_pixels(painter: QPainter, rect: QRectF) -> QRectF:
    """Give the greatest centred square in ``rect`` whose edges are whole pixels of the painter's device.

    Both rectangles are in the painter's own coordinates, which may be moved and scaled but not turned.
    The square is empty when less than one pixel is left.
    """
    to_device = painter.deviceTransform()
    wanted = to_device.mapRect(rect)
    side = round(min(wanted.width(), wanted.height()))
    left = round(wanted.center().x() - side / 2)
    top = round(wanted.center().y() - side / 2)
    to_painter, _ = to_device.inverted()
    return to_painter.mapRect(QRectF(left, top, side, side))


def side_in_pixels(painter: QPainter, square: QRectF) -> int:
    """Give how many pixels of the painter's device a square of ``square_on_pixels`` is wide."""
    return round(painter.deviceTransform().mapRect(square).width())
