"""The pages of the cash desk (страниците на касата), each made when it is first wanted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ui.widgets.frame import Page

if TYPE_CHECKING:
    from app.ui.village.session import Session
    from app.ui.village.ways import Ways


def cash_pages(session: "Session", ways: "Ways") -> dict[str, Callable[[], Page]]:
    """Return how each page of the cash desk is made, by its name."""
    return {
        "fee": lambda: _fee(session, ways),
        "till": lambda: _till(session, ways),
        "day_close": lambda: _day_close(session, ways),
    }


def _fee(session: "Session", ways: "Ways") -> Page:
    from app.ui.village.fee import FeePage  # noqa: PLC0415 - a start loads the register and nothing else

    return FeePage(session, ways)


def _till(session: "Session", ways: "Ways") -> Page:
    from app.ui.village.till import TillPage  # noqa: PLC0415 - the same

    return TillPage(session, ways)


def _day_close(session: "Session", ways: "Ways") -> Page:
    from app.ui.village.day_close import DayClosePage  # noqa: PLC0415 - the same

    return DayClosePage(session, ways)
