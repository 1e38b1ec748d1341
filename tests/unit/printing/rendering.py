"""Render a PDF by an engine that is not Qt's, and read squares from the picture."""

import pypdfium2
import zxingcpp
from PySide6.QtGui import QImage

_POINTS_PER_INCH = 72


def rendered(pdf: bytes, page: int, dots_per_inch: int = 150) -> QImage:
    """Return a page of a PDF as a picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[page].render(scale=dots_per_inch / _POINTS_PER_INCH, prefer_bgrx=True)
        octets = bytes(bitmap.buffer)
        picture = QImage(octets, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
        bitmap.close()
    return picture


def squares(picture: QImage) -> list[str]:
    """Return the texts of the QR codes in a picture, from left to right."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = memoryview(bytes(grey.constBits())).cast("B", (grey.height(), grey.bytesPerLine()))
    found = zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return [one.text for one in sorted(found, key=lambda one: one.position.top_left.x)]
