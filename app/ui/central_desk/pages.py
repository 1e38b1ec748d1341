"""The pages of the desk, each made when it is first wanted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ui.central_desk.batch import BatchPage
from app.ui.central_desk.batches import batches_page
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
        "batch": lambda: BatchPage(link, window),
        "entries": lambda: entries_page(link, window),
        "receipts": lambda: receipts_page(link, window),
        "road": lambda: DeskRoadPage(link, window),
    }


def choose_station(window: "DeskWindow", name: str, station: str | None) -> None:
    """Let a page show one village, or all."""
    page = window.page(name)
    if isinstance(page, LinesPage | ListPage):
        page.show_station(station)


def choose_batch(window: "DeskWindow", envelope: str) -> None:
    """Let the page of a batch show this one."""
    page = window.page("batch")
    if isinstance(page, BatchPage):
        page.show_batch(envelope)


def find(window: "DeskWindow", name: str, text: str) -> None:
    """Let a list page search for a text."""
    page = window.page(name)
    if isinstance(page, ListPage):
        page.search_for(text)


def lead_to(window: "DeskWindow", name: str, key: str, text: str) -> None:
    """Let a list page show one row."""
    page = window.page(name)
    if isinstance(page, ListPage):
        page.lead_to(key, text)
