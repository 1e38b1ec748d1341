"""The pages of the window, each made when it is first wanted: a start loads the register and nothing else."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.services.details import EntryDetails
from app.services.registration import Registered
from app.ui.widgets.frame import Page

if TYPE_CHECKING:
    from app.ui.village.session import Session
    from app.ui.village.window import VillageWindow


def page_makers(session: "Session", window: "VillageWindow") -> dict[str, Callable[[], Page]]:
    """Return how each page is made."""
    return {}


def show_correction(window: "VillageWindow", entry: bytes) -> None: ...
def show_saved(window: "VillageWindow", registered: Registered) -> None: ...
def show_fee(window: "VillageWindow", entry: bytes | None) -> None: ...
def show_till(window: "VillageWindow", receipt: bytes | None) -> None: ...
def annul_sheet(window: "VillageWindow", entry: EntryDetails) -> None: ...
def answer_sheet(window: "VillageWindow", entry: EntryDetails) -> None: ...
def print_slip(window: "VillageWindow", entry: bytes) -> None: ...
def save_slip(window: "VillageWindow", entry: bytes) -> None: ...
