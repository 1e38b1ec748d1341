"""A printer gets the same sheets. There is no printer where tests run: Qt's own printer writes a file instead."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from app.domain.errors import PrinterFailed
from app.printing import sheets
from app.printing.output import to_pdf
from app.printing.printer import to_printer
from resources.speech import speech
from tests.unit.printing import samples
from tests.unit.printing.rendering import reader, rendered, squares, text_of


def printer_into(target: Path) -> QPrinter:
    """Return a printer of ordinary fineness whose paper is a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setResolution(600)
    return printer


def test_a_printer_gets_every_sheet_in_its_size_and_place(tmp_path: Path) -> None:
    target = tmp_path / "printed.pdf"
    made = (*sheets.slip(samples.slip(), speech("bg")), *sheets.both_copies(samples.receipt(), speech("bg")))
    to_printer(printer_into(target), made, "26-000188")
    pdf = target.read_bytes()
    assert [round(float(page.mediabox.width)) for page in reader(pdf).pages] == [420, 842]
    assert text_of(pdf) == text_of(to_pdf(made, "26-000188"))
    assert squares(rendered(pdf, 0)) == [samples.slip().qr]
    assert squares(rendered(pdf, 1)) == [samples.receipt().qr] * 2


@pytest.mark.qt_log_ignore("QPdfEngine|QPainter|cannot open|could not be opened")
def test_a_printer_that_takes_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(PrinterFailed):
        to_printer(printer_into(tmp_path / "gone" / "printed.pdf"), sheets.slip(samples.slip(), speech("bg")), "x")
