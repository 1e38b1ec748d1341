"""What is loaded behind the door, when and where (зареждане): a start loads Qt, the door and nothing else.

A class of Qt is made on the window's own thread only: PySide6 builds its meta-object unguarded, and one that a worker
makes while the window makes an object of another has brought the process down. So workers load what is plain (the
store, SQLAlchemy, rules, papers), and the window loads its own modules afterwards, a few dozen milliseconds at a time.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.village.session import Session

# ruff: noqa: PLC0415 - when each is loaded is what this module says

REGISTER = ("courier", "session", "entries")
"""The window's modules of the first picture."""
PAGES = ("form_page", "entry_form", "printers", "paper_out", "fee", "saved", "till", "road")
"""Those of the pages that are made ahead, in the order in which they are wanted."""


def load_the_store() -> None:
    """Load what reads and writes the store, on a worker, while the clerk types the password."""
    from app.services import book, registration, status
    from app.ui.village import road_words

    del book, registration, status, road_words


def load_for_pages(session: "Session") -> None:
    """Load what the pages after the register stand on, on a worker: rules, papers and the settlements."""
    from app.domain import cash, receipt_codes, slip_codes
    from app.printing import application, protocol, receipt, slip
    from app.services import cash_desk, receipts, slips, till
    from app.ui.village import drives, form_places

    del application, protocol
    del cash, receipt_codes, slip_codes, receipt, slip, cash_desk, receipts, slips, till, drives
    form_places.places_of_station(session)


def load(module: str) -> None:
    """Load a module of the window; on the window's thread."""
    import_module(f"app.ui.village.{module}")
