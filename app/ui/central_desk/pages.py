"""The pages of the desk, each made when it is first wanted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ui.central_desk.batches import BatchSource, batches_page
from app.ui.central_desk.entries import entries_page
from app.ui.central_desk.lines import LinesPage
from app.ui.central_desk.link import Link
from app.ui.central_desk.listing import ListPage
from app.ui.central_desk.receipts import receipts_page
from app.ui.central_desk.road import DeskRoadPage
from app.ui.central_desk.villages import VillagesPage
from app.ui.widgets.frame import Page

if TYPE_CHECKING:
    from app.ui.central_desk.window import DeskWindow


def page_makers(link: Link, window: "DeskWindow") -> dict[str, Callable[[], Page]]:
    """Return how each page is made, by its name."""
    return {
        "villages": lambda: VillagesPage(link, window),
        "lines": lambda: LinesPage(link, window),
        "batches": lambda: batches_page(link, window),
        "entries": lambda: entries_page(link, window),
        "receipts": lambda: receipts_page(link, window),
        "road": lambda: DeskRoadPage(link, window),
    }


def show_lines(window: "DeskWindow", station: str | None) -> None:
    """Show the lines of one village, or of all."""
    page = window.page("lines")
    if isinstance(page, LinesPage):
        page.show_station(station)
        window.go("lines")


def show_batches(window: "DeskWindow", station: str | None) -> None:
    """Show the batches of one village, or of all."""
    page = window.page("batches")
    if isinstance(page, ListPage) and isinstance(page.source, BatchSource):
        page.source.station = station
        window.go("batches")


def choose(window: "DeskWindow", name: str, key: str) -> None:
    """Show a row of a list page."""
    page = window.page(name)
    window.go(name)
    if isinstance(page, ListPage):
        page.choose(key)
