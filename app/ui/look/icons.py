"""Our icons (знаци за действие): strokes of ``resources/icons`` in any colour, sharp at every scale of the screen.

An icon is drawn once for each colour and size in pixels and kept in Qt's own store of pixmaps, which forgets the
oldest by itself and goes away together with the application.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPixmapCache

from app.ui.look.pixels import side_in_pixels, square_on_pixels
from resources import FOLDER

_SUFFIX = ".svg"


@cache
def icon_names() -> frozenset[str]:
    """Give the names of all icons that travel with the program."""
    found = (file.name for file in (FOLDER / "icons").iterdir())
    return frozenset(name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX))


def paint_icon(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Paint an icon in the middle of ``rect`` (painter's units), as large as fits; KeyError for an unknown name.

    The icon is a square and stands on whole pixels of the device. The transparency of ``color`` counts.
    """
    source = _source(name)
    square = square_on_pixels(painter, rect)
    side = side_in_pixels(painter, square)
    if side > 0:
        painter.drawPixmap(square, _pixmap(name, source, side, color), QRectF(0, 0, side, side))


@cache
def _source(name: str) -> bytes:
    if name not in icon_names():
        raise KeyError(name)
    return (FOLDER / "icons" / (name + _SUFFIX)).read_bytes()


def _pixmap(name: str, source: bytes, side: int, color: QColor) -> QPixmap:
    # The side is counted in pixels of the device, so the key holds the size and the screen's scale together.
    key = f"icon/{name}/{side}/{color.rgba():08x}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = _drawn(source, side, color)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def _drawn(source: bytes, side: int, color: QColor) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415  # the first window must not wait for this library

    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, side, side))
        # Colouring what is there, and not the strokes, keeps crossings of a transparent colour even.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(pixmap.rect(), color)
    return pixmap
