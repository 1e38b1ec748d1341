"""The system's printers (принтери); asked on the papers' thread, for a printer in the network may take its time."""

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.printing.printer import to_printer
from app.ui.village.paper_out import Drawn


def default_printer() -> str:
    """Return the name of the default printer, empty where there is none."""
    return QPrinterInfo.defaultPrinterName()


def print_on(name: str, drawn: Drawn) -> None:
    """Print a paper on a printer by its name; its queue shows the paper's number.

    Raises:
        PrinterFailed: the printer does not begin or gives up.

    """
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    to_printer(printer, drawn.sheets, drawn.number)
