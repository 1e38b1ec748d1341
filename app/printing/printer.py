"""Sheets to a printer. The only module that knows Qt's printing."""

from collections.abc import Sequence

from PySide6.QtPrintSupport import QPrinter

from app.domain.errors import PrinterFailed
from app.printing.output import paint
from app.printing.sheets import Sheet

_MM_PER_INCH = 25.4


def to_printer(printer: QPrinter, sheets: Sequence[Sheet], title: str) -> None:
    """Print sheets, each on paper of its size; what the printer cannot reach at the edge lies in our margins.

    ``title`` is what the printer's queue shows: the number of a paper, never a name.

    Raises:
        PrinterFailed: the printer does not begin or gives up.

    """
    printer.setFullPage(True)
    printer.setDocName(title)
    if not paint(printer, sheets, printer.resolution() / _MM_PER_INCH):
        raise PrinterFailed
