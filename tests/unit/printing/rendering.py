"""Read papers back by engines that are not Qt's: text by pypdf, boxes and pictures by PDFium, squares by ZXing."""

import io
from typing import Any, NamedTuple, cast

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp
from PySide6.QtGui import QImage

_POINTS_PER_INCH = 72


class Box(NamedTuple):
    """A run of text on a page: its text, its size and its corners, all in points."""

    text: str
    size: float
    left: float
    bottom: float
    right: float
    top: float


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


def reader(pdf: bytes) -> pypdf.PdfReader:
    """Return the document, read strictly."""
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def fonts(pdf: bytes) -> list[Any]:
    """Return the dictionaries of all fonts of all pages."""
    pages: list[Any] = [cast("Any", page) for page in reader(pdf).pages]
    return [one.get_object() for page in pages for one in page["/Resources"]["/Font"].values()]


def tight(text: str) -> str:
    """Return a text without any white space: where runs meet, readers of PDF do not agree on it."""
    return "".join(text.split())


def text_of(pdf: bytes) -> str:
    """Return the text of all pages, without white space."""
    return tight("".join(page.extract_text() for page in reader(pdf).pages))


def boxes(pdf: bytes, page: int) -> list[Box]:
    """Return every run of text on a page with its true size."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        texts = sheet.get_textpage()
        found = list(sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], textpage=texts))
        made = [Box(one.extract(), one.get_font_size() * abs(one.get_matrix().d), *one.get_bounds()) for one in found]
        texts.close()
    return made
