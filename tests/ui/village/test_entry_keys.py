"""The register's keys do only what its buttons offer: nothing is answered that nobody asked, nothing annulled twice."""

import pytest

from app.ui.look.theme import theme
from app.ui.village.entries import EntriesPage
from app.ui.village.window import VillageWindow
from tests.town import Town
from tests.ui import shown, stage
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


def test_the_history_tells_the_towns_reason_in_words(town: Town) -> None:
    stage.fill(town)
    with open_window(town.village) as window:
        choose(window, "disputed")
        told = "\n".join(shown.texts(window))
        assert "Липсва плащане на таксата\nПриложете копие на квитанцията." in told
        assert "fee_missing" not in told


def test_the_status_keeps_its_sentence_whole_in_large_text(town: Town) -> None:
    stage.fill(town)
    with open_window(town.village) as window:
        until(lambda: "чакат потвърждение" in window.status.sentence.text(), "for the status")
        for scale in (1.0, 1.5):
            theme().set_scale(scale)
            quiet(window)
            label = window.status.sentence
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
        assert not window.status.place.isVisible()
