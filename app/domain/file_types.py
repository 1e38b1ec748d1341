"""What may be attached (вид на приложен файл): told by its content, never by its name alone; nothing that runs.

Pictures and PDF can be shown; documents, signed messages and letters are kept as they came. What is not known is kept
too, without a picture: a registration is never held up by a format.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from app.domain.errors import EmptyFile, FileTooLarge, ProgramRefused

MOST_OCTETS = 20 * 1_048_576
"""A file: some sixty sheets scanned in colour. More goes over a village's line in no reasonable time."""
MOST_FILES = 50
"""Files of one entry: a list that a person still overlooks."""
LONGEST_NAME = 120
"""Signs of a file's name: with it and a folder a path stays below the 260 of Windows."""

_START, _END = 8_192, 66_000
"""So much of a file's beginning and end is looked at; a directory of a ZIP archive stands at its end."""


class FileType(NamedTuple):
    """A type: its short name, its media type, how it is drawn (``pdf``, ``image`` or not), its endings."""

    code: str
    media: str
    drawn: str = ""
    endings: tuple[str, ...] = ()


PDF = FileType("pdf", "application/pdf", "pdf", (".pdf",))
PNG = FileType("picture", "image/png", "image", (".png",))
JPEG = FileType("picture", "image/jpeg", "image", (".jpg", ".jpeg", ".jpe", ".jfif"))
TIFF = FileType("picture", "image/tiff", "image", (".tif", ".tiff"))
GIF = FileType("picture", "image/gif", "image", (".gif",))
BMP = FileType("picture", "image/bmp", "image", (".bmp", ".dib"))
WEBP = FileType("picture", "image/webp", "image", (".webp",))
DOCX = FileType(
    "text", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "", (".docx", ".dotx")
)
XLSX = FileType("table", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "", (".xlsx", ".xltx"))
ODT = FileType("text", "application/vnd.oasis.opendocument.text", "", (".odt",))
ODS = FileType("table", "application/vnd.oasis.opendocument.spreadsheet", "", (".ods",))
OLE = FileType("text", "application/x-ole-storage", "", (".doc", ".xls", ".ppt", ".msg"))
RTF = FileType("text", "application/rtf", "", (".rtf",))
SIGNED = FileType("signed", "application/pkcs7-mime", "", (".p7m",))
SIGNATURE = FileType("signed", "application/pkcs7-signature", "", (".p7s",))
LETTER = FileType("letter", "message/rfc822", "", (".eml",))
XML = FileType("other", "application/xml", "", (".xml",))
ARCHIVE = FileType("other", "application/zip", "", (".zip",))
PLAIN = FileType("text", "text/plain", "", (".txt", ".csv"))
OTHER = FileType("other", "application/octet-stream")

TYPES = (
    *(PDF, PNG, JPEG, TIFF, GIF, BMP, WEBP, DOCX, XLSX, ODT, ODS, OLE, RTF, SIGNED, SIGNATURE, LETTER),
    *(XML, ARCHIVE, PLAIN, OTHER),
)
_BY_MEDIA = {one.media: one for one in TYPES}


def of_media(media: str) -> FileType:
    """Return the type of a media type that a fact states; one that nobody knows any more cannot be drawn."""
    return _BY_MEDIA.get(media, OTHER)


_RUNS = (
    *(b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe"),
    *(b"\xcf\xfa\xed\xfe", b"L\x00\x00\x00\x01\x14\x02\x00", b"#!", b"<?php", b"MSCF", b"\x00asm", b"ITSF"),
)
"""Programs, libraries, shortcuts, scripts, cabinets and compiled help by their first octets."""
_SAID_TO_RUN = re.compile(
    rb"\A\s*(@echo\b|<script\b|<hta:|on error resume next|option explicit|windows registry)", re.IGNORECASE
)
_SCRIPTED = re.compile(rb"<(script|hta:application)\b", re.IGNORECASE)
_MARKUP = re.compile(rb"\A\s*<(\?xml|!doctype|html|svg)\b", re.IGNORECASE)
_LETTER = re.compile(
    rb"\A(received|return-path|delivered-to|mime-version|message-id|from|to|subject|date|x-[\w-]+|dkim-signature):",
    re.IGNORECASE,
)
_RUNNING = """
    exe com scr pif bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta lnk url msi msp mst dll cpl sys jar reg inf chm hlp
    gadget application appx msix iso img vhd vhdx sh py docm dotm xlsm xlam pptm xll one apk dmg deb rpm
"""
_RUNNING_ENDINGS = frozenset(f".{one}" for one in _RUNNING.split())
_OLE_STARTS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le"))
_PKCS7 = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
_ZIP_ENTRY = b"PK\x01\x02"
_ENTRY_NAME = 46


def _riff_webp(start: bytes) -> bool:
    return start[:4] == b"RIFF" and start[8:12] == b"WEBP"


def _pkcs7(start: bytes) -> bool:
    return (start[:1] == b"\x30" and _PKCS7 in start[:20]) or start.startswith(b"-----BEGIN PKCS7-----")


def _starts(*with_these: bytes) -> Callable[[bytes], bool]:
    return lambda start: start.startswith(with_these)


_BY_START: tuple[tuple[Callable[[bytes], bool], FileType], ...] = (
    (_starts(b"\x89PNG\r\n\x1a\n"), PNG),
    (_starts(b"\xff\xd8\xff"), JPEG),
    (_starts(b"II*\x00", b"MM\x00*"), TIFF),
    (_starts(b"GIF87a", b"GIF89a"), GIF),
    (_riff_webp, WEBP),
    (lambda start: start[:2] == b"BM" and start[6:10] == bytes(4), BMP),
    (_starts(_OLE_STARTS), OLE),
    (_starts(b"{\\rtf"), RTF),
    (_pkcs7, SIGNED),
    (lambda start: b"%PDF-" in start[:1024], PDF),
    (lambda start: _LETTER.match(start) is not None, LETTER),
    (lambda start: _MARKUP.match(start) is not None, XML),
)


class Gauge:
    """Looks at a content as it goes by, in pieces, and says what it is."""

    def __init__(self) -> None:
        self.size = 0
        self._start, self._end = b"", b""
        self._macros = False

    def feed(self, piece: bytes) -> None:
        """Look at the next octets.

        Raises:
            FileTooLarge: there are more than an attachment may have.

        """
        self.size += len(piece)
        if self.size > MOST_OCTETS:
            raise FileTooLarge(most=MOST_OCTETS // 1_048_576)
        if len(self._start) < _START:
            self._start += piece[: _START - len(self._start)]
        joined = self._end[-64:] + piece
        self._macros = self._macros or any(mark in joined for mark in _MACROS)
        self._end = (self._end + piece)[-_END:]

    def judge(self, name: str) -> FileType:
        """Return what the content is; ``name`` only tells a signature from a signed message, and what would run.

        Raises:
            EmptyFile: there is no octet.
            ProgramRefused: it runs, or holds what runs.

        """
        if not self.size:
            raise EmptyFile
        if self._runs(name.lower()):
            raise ProgramRefused
        if self._start.startswith(b"PK\x03\x04"):
            return self._of_archive()
        found = next((kind for fits, kind in _BY_START if fits(self._start)), None)
        if found is SIGNED and name.lower().endswith(SIGNATURE.endings):
            return SIGNATURE
        return found or (PLAIN if _is_text(self._start) else OTHER)

    def _runs(self, name: str) -> bool:
        start = self._start
        return (
            start.startswith(_RUNS)
            or (start.startswith(b"MZ") and b"\0" in start)
            or _SAID_TO_RUN.match(start) is not None
            or (_MARKUP.match(start) is not None and _SCRIPTED.search(start) is not None)
            or (self._macros and start.startswith((b"PK", _OLE_STARTS)))
            or _runs_by_name(name)
        )

    def _of_archive(self) -> FileType:
        names = _names_in_archive(self._end)
        if any(_runs_by_name(one) or one.startswith(("basic/", "scripts/")) for one in names):
            raise ProgramRefused
        for kind in (ODT, ODS):
            if self._start[30:].startswith(b"mimetype" + kind.media.encode()):
                return kind
        if "[content_types].xml" in names:
            for folder, kind in (("word/", DOCX), ("xl/", XLSX)):
                if any(one.startswith(folder) for one in names):
                    return kind
        return ARCHIVE


def _names_in_archive(end: bytes) -> list[str]:
    """Return the names in the directory of a ZIP archive, in small letters, as far as the end of the file shows it."""
    found = []
    at = end.find(_ZIP_ENTRY)
    while at >= 0:
        length = int.from_bytes(end[at + 28 : at + 30], "little")
        found.append(end[at + _ENTRY_NAME : at + _ENTRY_NAME + length].decode("utf-8", "replace").lower())
        at = end.find(_ZIP_ENTRY, at + _ENTRY_NAME)
    return found


def _runs_by_name(name: str) -> bool:
    return _ending(name.rstrip(". ")) in _RUNNING_ENDINGS


def _ending(name: str) -> str:
    _, dot, after = name.rpartition(".")
    return f".{after}".lower() if dot else ""


def _is_text(start: bytes) -> bool:
    return not any(octet < 32 and octet not in b"\t\n\r\f\x1b" for octet in start)  # noqa: PLR2004 - ASCII's controls


_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def proper_name(name: str, kind: FileType) -> str:
    """Return a file's own name as it may be kept and shown: without folders, hidden signs and what no disk takes.

    A name that says another type than the content gets the content's ending behind it.
    """
    plain = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    visible = "".join(" " if sign.isspace() else sign for sign in plain if sign.isspace() or sign.isprintable())
    clean = _FORBIDDEN.sub("_", " ".join(visible.split())).strip(". ")
    if _DEVICE.match(clean):
        clean = f"_{clean}"
    ending = _ending(clean)
    if kind.endings and ending not in kind.endings:
        ending = kind.endings[0]
        clean += ending
    stem = clean[: len(clean) - len(ending)] if ending and len(ending) < LONGEST_NAME else clean
    return (stem[: LONGEST_NAME - len(ending)].rstrip(". ") or "file") + (clean[len(stem) :])
