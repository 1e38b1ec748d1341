"""What may be attached is told by its content; nothing that runs is; a name is made fit to be kept and shown."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import file_types as types
from app.domain.errors import EmptyFile, FileTooLarge, ProgramRefused
from app.domain.file_types import LONGEST_NAME, MOST_OCTETS, FileType, Gauge, of_media, proper_name


def judged(content: bytes, name: str = "", piece: int = 1_000) -> FileType:
    """Return what a content is, seen in pieces."""
    gauge = Gauge()
    for at in range(0, len(content), piece):
        gauge.feed(content[at : at + piece])
    return gauge.judge(name)


def archive(*names: str, mimetype: str = "") -> bytes:
    """Return a ZIP archive with files of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "x" * 90)
    return made.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")
SIGNED = b"\x30\x82\x05\x10\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + bytes(90)
KNOWN = [
    (b"%PDF-1.7\n%", "", types.PDF),
    (b"\r\n junk before it %PDF-1.4", "", types.PDF),
    (b"\x89PNG\r\n\x1a\n" + bytes(20), "", types.PNG),
    (b"\xff\xd8\xff\xe0" + bytes(20), "x.pdf", types.JPEG),
    (b"II*\x00" + bytes(20), "", types.TIFF),
    (b"MM\x00*" + bytes(20), "", types.TIFF),
    (b"GIF89a" + bytes(20), "", types.GIF),
    (b"BM" + bytes(4) + bytes(20), "", types.BMP),
    (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "", types.WEBP),
    (archive(*WORD), "", types.DOCX),
    (archive("[Content_Types].xml", "xl/workbook.xml"), "", types.XLSX),
    (archive("content.xml", mimetype=types.ODT.media), "", types.ODT),
    (archive("a.pdf"), "", types.ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "", types.OLE),
    (b"{\\rtf1", "", types.RTF),
    (SIGNED, "заявление.pdf.p7m", types.SIGNED),
    (SIGNED, "заявление.P7S", types.SIGNATURE),
    (b"Received: from mail.example\r\nFrom: a", "", types.LETTER),
    (b'<?xml version="1.0"?><a/>', "", types.XML),
    ("До кмета на с. Микрево\n".encode(), "", types.PLAIN),
    ("До кмета".encode("cp1251"), "", types.PLAIN),
    (b"\x00\x01\x02 nobody knows", "", types.OTHER),
]


@pytest.mark.parametrize(("content", "name", "kind"), KNOWN)
def test_a_type_is_told_by_the_content_whatever_the_name(content: bytes, name: str, kind: FileType) -> None:
    assert judged(content, name) == kind == of_media(kind.media)
    assert judged(content, name, piece=7) == kind


RUNS = [
    (b"MZ\x90\x00" + bytes(200), "снимка.jpg"),
    (b"\x7fELF" + bytes(20), "заявление.pdf"),
    (b"#!/bin/sh\nrm", "a.txt"),
    (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60), "документ"),
    (b"@echo off\r\n", "a.txt"),
    (b"<html><script>alert(1)</script>", "a.html"),
    (b'<svg xmlns="x"><script>1</script></svg>', "a.svg"),
    (b"<?php echo 1;", "a"),
    (archive(*WORD, "word/vbaProject.bin"), "заповед.docx"),
    (archive("content.xml", "Basic/Standard/Module1.xml", mimetype=types.ODT.media), "a.odt"),
    (archive("снимки/1.jpg", "снимки/2.jpg.exe"), "снимки.zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000) + "_VBA_PROJECT".encode("utf-16-le"), "a.doc"),
    (b"Set a = CreateObject", "a.vbs"),
    (b"x", "писмо.pdf.js"),
    (b"x", "a.BAT. "),
]


@pytest.mark.parametrize(("content", "name"), RUNS)
def test_nothing_that_runs_is_attached_whatever_its_name_says(content: bytes, name: str) -> None:
    for piece in (1_000, 7):
        with pytest.raises(ProgramRefused):
            judged(content, name, piece)


def test_an_empty_file_is_nothing_to_attach() -> None:
    with pytest.raises(EmptyFile):
        judged(b"")


def test_a_file_of_twenty_megabytes_is_taken_and_one_octet_more_is_not() -> None:
    gauge = Gauge()
    for _ in range(20):
        gauge.feed(bytes(1_048_576))
    assert gauge.size == MOST_OCTETS
    with pytest.raises(FileTooLarge):
        gauge.feed(b"x")


@given(st.binary(max_size=3_000), st.text(max_size=30))
def test_any_octets_are_judged_or_refused(content: bytes, name: str) -> None:
    try:
        assert judged(content, name) in types.TYPES
    except (EmptyFile, ProgramRefused):
        return


NAMES = [
    ("C:\\Сканирани\\заявление.pdf", types.PDF, "заявление.pdf"),
    ("../../../etc/скан.PDF", types.PDF, "скан.PDF"),
    ("scan\u202egpj.pdf", types.PDF, "scangpj.pdf"),
    ("a\nb\tc.pdf", types.PDF, "a b c.pdf"),
    ("скан.pdf", types.JPEG, "скан.pdf.jpg"),
    ("", types.PDF, "file.pdf"),
    ("nul.txt", types.PLAIN, "_nul.txt"),
    ("какво?*.pdf", types.PDF, "какво__.pdf"),
    ("без окончание", types.OTHER, "без окончание"),
]


@pytest.mark.parametrize(("name", "kind", "proper"), NAMES)
def test_a_name_is_kept_as_it_may_stand_on_any_disk(name: str, kind: FileType, proper: str) -> None:
    assert proper_name(name, kind) == proper


@given(st.text(max_size=300), st.sampled_from(types.TYPES))
def test_a_proper_name_is_short_visible_and_proper_again(name: str, kind: FileType) -> None:
    proper = proper_name(name, kind)
    assert 0 < len(proper) <= LONGEST_NAME
    assert proper.isprintable()
    assert not set(proper) & set('/\\<>:"|?*')
    assert not kind.endings or proper.lower().endswith(kind.endings)
    assert proper_name(proper, kind) == proper
