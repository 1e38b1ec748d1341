"""A sheet to paint one picture on and to read it back from."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter


def painted(paint: Callable[[QPainter], None], side: int, *, ratio: float = 1.0, ground: str = "transparent") -> QImage:
    """Paint on a square of ``side`` logical units of a screen with ``ratio`` pixels to a unit."""
    pixels = round(side * ratio)
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(ground))
    # An error while painting must end the painter first: an image that dies under its painter ends the process.
    with QPainter(image) as painter:
        paint(painter)
    return image


def square(side: float, at: float = 0) -> QRectF:
    """Give a square of that side, moved by ``at`` along both axes."""
    return QRectF(at, at, side, side)


def pixels(image: QImage) -> list[QColor]:
    """Give every pixel, row by row."""
    return [image.pixelColor(x, y) for y in range(image.height()) for x in range(image.width())]


def border(image: QImage) -> list[QColor]:
    """Give the outermost pixels of the four sides."""
    last = image.width() - 1
    return [image.pixelColor(x, y) for at in range(last + 1) for x, y in ((at, 0), (at, last), (0, at), (last, at))]


def coverage(image: QImage) -> float:
    """Give the share of the area that has paint on it, 0 to 1."""
    found = pixels(image)
    return sum(colour.alphaF() for colour in found) / len(found)
