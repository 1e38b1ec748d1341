"""The register's keys do only what its buttons offer: nothing is answered that nobody asked, nothing annulled twice."""

import pytest

from app.ui.village.entries import EntriesPage
from app.ui.village.window import VillageWindow
from tests.town import Town
from tests.ui import stage
from tests.ui.hands import press, quiet, until
from tests.ui.village.office import laid, open_window


def choose(window: VillageWindow, state: str) -> None:
    """Choose the entry in a state."""
    page = window.current
    assert isinstance(page, EntriesPage)
    stage.find(window, state)
    until(lambda: page.details.shown and stage.number(state) in page.details.shown.row.told, "for the details")


@pytest.mark.parametrize("state", ["accepted", "sealed", "annulled"])
def test_what_nobody_disputes_cannot_be_answered(town: Town, state: str) -> None:
    stage.fill(town)
    with open_window(town.village) as window:
        choose(window, state)
        press(window, "Ctrl+R")
        quiet(window)
        assert window.cover.sheet is None


def test_what_is_annulled_is_neither_annulled_again_nor_corrected(town: Town) -> None:
    stage.fill(town)
    with open_window(town.village) as window:
        choose(window, "annulled")
        press(window, "Escape", "Ctrl+Delete", "Ctrl+E")
        quiet(window)
        assert window.cover.sheet is None
        assert window.current.name == "entries"


def test_what_the_town_disputes_is_answered(town: Town) -> None:
    stage.fill(town)
    with open_window(town.village) as window:
        choose(window, "disputed")
        press(window, "Ctrl+R")
        assert stage.number("disputed") in laid(window).accessibleName()
