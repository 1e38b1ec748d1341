"""Save all papers with sample content as PDF and as pictures: ``python -m tests.unit.printing.pages DIR``."""

import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from app.domain.terms import ResultWay
from app.printing import sheets
from app.printing.application import application, complex_application
from app.printing.output import preview, save_pdf
from app.printing.protocol import protocol
from app.printing.sheets import Sheet
from app.system import SystemDisk
from resources.speech import speech
from tests.unit.printing import requests, samples
from tests.unit.printing.rendering import rendered

_PREVIEW_WIDTH = 420


def papers() -> dict[str, tuple[Sheet, ...]]:
    """Return every paper by the name of its file."""
    bg, en = speech("bg"), speech("en")
    return {
        "slip": sheets.slip(samples.slip(), bg),
        "slip-unpaid": sheets.slip(samples.slip(receipt="", paid_at=None, office=samples.UNREAL), bg),
        "slip-plain": sheets.slip(
            samples.slip(submitters=(), service=None, subject="", due=None, fee=None, receipt="", paid_at=None), bg
        ),
        "slip-long": sheets.slip(samples.long_slip(), bg),
        "slip-english": sheets.slip(samples.slip(), en),
        "slip-endless": sheets.slip(samples.slip(subject="Жалба срещу съседите. " * 300), bg),
        "receipt": sheets.receipt(samples.receipt(), "payer", bg),
        "receipt-copies": sheets.both_copies(samples.receipt(), bg),
        "receipt-english": sheets.receipt(samples.receipt(), "office", en),
        "receipt-long": sheets.both_copies(samples.long_receipt(3), bg),
        "receipt-many": sheets.receipt(samples.long_receipt(14), "payer", bg),
        "receipt-fortune": sheets.receipt(samples.fortune(), "payer", bg),
        "storno": sheets.both_copies(samples.storno(), bg),
        "storno-english": sheets.receipt(samples.storno(), "payer", en),
        "together": sheets.together(samples.slip(), samples.receipt(), bg),
        "protocol": protocol(requests.request(), bg),
        "protocol-blank": protocol(requests.blank(), bg),
        "protocol-long": protocol(requests.longest(), bg),
        "protocol-english": protocol(requests.request(result_way=ResultWay.COURIER), en),
        "application": application(requests.request(), bg),
        "application-blank": application(requests.blank(), bg),
        "application-long": application(requests.longest(), bg),
        "application-english": application(requests.request(result_way=ResultWay.ELECTRONIC), en),
        "complex": complex_application(requests.request(receipt="17-000132/20.11.2026"), bg),
        "complex-blank": complex_application(requests.blank(), bg),
        "complex-long": complex_application(requests.longest(), bg),
        "complex-english": complex_application(requests.request(result_way=ResultWay.POST_REGISTERED), en),
    }


def save(folder: Path) -> None:
    """Save each paper as PDF, each of its pages as PNG, and how the screen shows the first."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in papers().items():
        target = folder / f"{name}.pdf"
        save_pdf(SystemDisk(), str(target), made, name)
        preview(made[0], _PREVIEW_WIDTH, 1.5).save(str(folder / f"{name}-preview.png"))
        for number in range(len(made)):
            rendered(target.read_bytes(), number).save(str(folder / f"{name}-{number + 1}.png"))


def main(folder: str) -> None:
    """Save all papers into a folder."""
    application = QGuiApplication.instance() or QGuiApplication([])
    save(Path(folder))
    application.quit()


if __name__ == "__main__":
    main(sys.argv[1])
