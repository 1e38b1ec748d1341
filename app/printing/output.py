"""Sheets to PDF and to pictures. Everything here may run on any thread, once the application object is there."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QPagedPaintDevice, QPainter, QPdfWriter

from app.domain.ports import Disk
from app.printing.sheets import Sheet

_RESOLUTION = 1200
_MM_PER_INCH = 25.4


def to_pdf(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return the sheets as PDF/A-1b (ISO 19005-1) with embedded fonts and text that can be selected.

    ``title`` stands in the file's properties: the number of a paper, never a name.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    write_pdf(buffer, sheets, title)
    return bytes(buffer.data().data())


def write_pdf(device: QIODevice, sheets: Sequence[Sheet], title: str) -> None:
    """Write the same PDF into an open device."""
    writer = QPdfWriter(device)
    writer.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_A1b)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(title)
    writer.setCreator("Tefter")
    paint(writer, sheets, _RESOLUTION / _MM_PER_INCH)


def save_pdf(disk: Disk, path: str, sheets: Sequence[Sheet], title: str) -> None:
    """Write the PDF whole: under a temporary name, then renamed.

    Raises:
        DiskFull, DiskFailed: what stood under the path stands as it was.

    """
    disk.write(path, to_pdf(sheets, title))


def file_name(number: str) -> str:
    """Return the name under which a paper is saved: its number, which names nobody (``26-000188-20.11.2026.pdf``)."""
    return f"{number.replace('/', '-')}.pdf"


def paint(device: QPagedPaintDevice, sheets: Sequence[Sheet], dots_per_mm: float) -> bool:
    """Paint sheet after sheet, each on a page of its size; False where the device refused."""
    device.setPageLayout(sheets[0].layout())
    painter = QPainter()
    if not painter.begin(device):
        return False
    going = True
    for number, sheet in enumerate(sheets):
        if number:
            device.setPageLayout(sheet.layout())
            going = going and device.newPage()
        sheet.draw(painter, dots_per_mm)
    return painter.end() and going


def preview(sheet: Sheet, width: int, device_ratio: float = 1.0) -> QImage:
    """Return a picture of a sheet, ``width`` pixels of the screen's own measure wide, by the same drawing."""
    dots_per_mm = width * device_ratio / sheet.width
    image = QImage(QSize(round(width * device_ratio), round(sheet.height * dots_per_mm)), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    sheet.draw(painter, dots_per_mm)
    painter.end()
    image.setDevicePixelRatio(device_ratio)
    return image
