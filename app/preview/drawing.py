"""Draws the pages of a file (рисуване). Runs in the process that may die of it; nothing here is caught."""

from typing import Protocol

import pypdfium2
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QPainter

from app.preview.frames import MOST_PAGES, MOST_PIXELS, Picture

PDF = "application/pdf"
_READERS = {
    "image/png": b"png",
    "image/jpeg": b"jpeg",
    "image/tiff": b"tiff",
    "image/gif": b"gif",
    "image/bmp": b"bmp",
    "image/webp": b"webp",
}
_PAGED = {"image/tiff"}
_MEGABYTES = 256
"""So much memory may one image take while it is read: a sheet at 600 dpi in colour takes half."""


class Pages(Protocol):
    """A file that can be drawn page by page."""

    count: int

    def draw(self, page: int, width: int) -> Picture:
        """Return a page scaled to a width; a very long one is narrower."""


def opened(media: str, content: bytes) -> Pages:
    """Return a file's pages. Whatever is wrong with it ends the process."""
    return _Document(content) if media == PDF else _Image(content, media)


def _scale(width: float, height: float, wanted: int) -> float:
    """Return by how much a page of this size is scaled to the width wanted, within the most pixels."""
    whole = wanted / width
    return float(min(whole, (MOST_PIXELS / (width * height)) ** 0.5 * 0.99))


class _Document:
    """A PDF."""

    def __init__(self, content: bytes) -> None:
        self._document = pypdfium2.PdfDocument(content)
        self.count = min(len(self._document), MOST_PAGES)

    def draw(self, page: int, width: int) -> Picture:
        """Draw a page on white."""
        sheet = self._document[page]
        across, along = sheet.get_size()
        bitmap = sheet.render(scale=_scale(across, along, width), rev_byteorder=True)
        # Its buffer lives as long as the bitmap; converting copies.
        form = QImage.Format.Format_RGB888 if bitmap.mode == "RGB" else QImage.Format.Format_RGBX8888
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form)
        return _picture(image)


class _Image:
    """A picture, or the sheets of a TIFF."""

    def __init__(self, content: bytes, media: str) -> None:
        QImageReader.setAllocationLimit(_MEGABYTES)
        self._content = QByteArray(content)
        # It outlives every reader: that of a TIFF still asks it while it goes.
        self._buffer = QBuffer(self._content)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._reads = QByteArray(_READERS[media])
        reader = self._reader()
        if not reader.canRead():
            raise ValueError
        self.count = min(max(1, reader.imageCount()), MOST_PAGES) if media in _PAGED else 1

    def _reader(self) -> QImageReader:
        self._buffer.seek(0)
        reader = QImageReader(self._buffer, self._reads)
        reader.setAutoDetectImageFormat(False)
        reader.setAutoTransform(True)
        return reader

    def draw(self, page: int, width: int) -> Picture:
        """Draw a page on white, never larger than it is."""
        reader = self._reader()
        if page and not reader.jumpToImage(page):
            raise ValueError
        size = reader.size()
        if size.isValid() and not size.isEmpty():
            turned = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
            across, along = (size.height(), size.width()) if turned else (size.width(), size.height())
            scale = min(1.0, _scale(across, along, width))
            reader.setScaledSize(QSize(max(1, round(size.width() * scale)), max(1, round(size.height() * scale))))
        image = reader.read()
        if image.isNull():
            raise ValueError
        scale = min(1.0, _scale(image.width(), image.height(), width))
        if scale < 1.0:
            image = image.scaledToWidth(max(1, int(image.width() * scale)), Qt.TransformationMode.SmoothTransformation)
        return _picture(_on_white(image))


def _on_white(image: QImage) -> QImage:
    if not image.hasAlphaChannel():
        return image
    ground = QImage(image.size(), QImage.Format.Format_RGB32)
    ground.fill(Qt.GlobalColor.white)
    with QPainter(ground) as painter:
        painter.drawImage(0, 0, image)
    return ground


def _picture(image: QImage) -> Picture:
    """Return an image's pixels without the gaps at the ends of its rows."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    row, step = plain.width() * 3, plain.bytesPerLine()
    octets = bytes(plain.constBits())
    if step != row:
        octets = b"".join(octets[at : at + row] for at in range(0, step * plain.height(), step))
    return Picture(plain.width(), plain.height(), octets[: row * plain.height()])
