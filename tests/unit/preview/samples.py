"""Files to look at: PDF, pictures, a TIFF of two sheets; and the same files spoiled."""

import io
import struct
import zlib

import pypdfium2
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage

RED, GREEN = (200, 30, 30), (30, 160, 60)


def pdf(pages: int = 2) -> bytes:
    """Return a PDF of so many empty sheets, the second one lying."""
    made = pypdfium2.PdfDocument.new()
    for page in range(pages):
        made.new_page(*((595, 842) if page != 1 else (842, 595)))
    target = io.BytesIO()
    made.save(target)
    made.close()
    return target.getvalue()


def picture(form: str = "PNG", width: int = 300, height: int = 200, colour: tuple[int, int, int] = RED) -> bytes:
    """Return a picture of one colour with a clear corner."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(*colour))
    for at in range(10):
        image.setPixelColor(at, 0, QColor(Qt.GlobalColor.transparent))
    octets = QByteArray()
    buffer = QBuffer(octets)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, form)  # type: ignore[call-overload]  # Qt takes the name as text
    return bytes(octets.data())


def tiff(colours: tuple[tuple[int, int, int], ...] = (RED, GREEN), side: int = 40) -> bytes:
    """Return an uncompressed TIFF with a sheet for each colour."""
    octets = bytearray(b"II*\x00\x00\x00\x00\x00")
    last = 4
    for colour in colours:
        data, bits = len(octets), len(octets) + side * side * 3
        octets += bytes(colour) * side * side + struct.pack("<HHH", 8, 8, 8)
        octets += bytes(len(octets) % 2)
        struct.pack_into("<I", octets, last, len(octets))
        tags = (
            *((256, 4, 1, side), (257, 4, 1, side), (258, 3, 3, bits), (259, 3, 1, 1), (262, 3, 1, 2)),
            *((273, 4, 1, data), (277, 3, 1, 3), (278, 4, 1, side), (279, 4, 1, side * side * 3)),
        )
        octets += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags)
        last = len(octets)
        octets += bytes(4)
    return bytes(octets)


def flood() -> bytes:
    """Return a small PNG that says to be 60,000 pixels on each side."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
