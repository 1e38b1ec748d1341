"""More than one portion of everything by keys: lists go on to their last row, full pages cut nothing, F5 may fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListView

from app.ui.central_desk.window import DeskWindow
from app.ui.look.theme import theme
from sync.central.api import Centre, application
from tests.central.serving import TownRoad, serving
from tests.town import Town
from tests.ui import reach
from tests.ui.central_desk.desk import door, signed_in
from tests.ui.central_desk.test_desk import arrived, open_line, shown, town_states, wait
from tests.ui.central_desk.test_lines import correct
from tests.ui.hands import press, settle, type_text, until

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
VILLAGES, CLEAN_EACH, LINES = 14, 3, 120
"""More villages than the sheet of the clean ones shows, and more lines than one portion of a list."""
ENTRIES = VILLAGES * CLEAN_EACH + LINES
PORTION = 100
PAGES = ("villages", "lines", "batches", "entries", "receipts", "road")


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A busy municipality, in which no test decides anything: all lines that need a person are of its first village."""
    with Town(tmp_path_factory.mktemp("busy"), villages=VILLAGES) as town:
        for village in town.villages:
            for _ in range(CLEAN_EACH):
                village.pay(village.register().entry)
        for _ in range(LINES):
            town.village.register()
        for village in town.villages:
            village.exchange()
        town.centre_exchange()
        yield town


def carry(town: Town) -> None:
    """Let what the village did come to the town."""
    town.village.exchange()
    town.centre_exchange()


def rows(window: DeskWindow) -> list[str]:
    """Return what a screen reader says of each row of the list that has the keyboard."""
    view = window.focusWidget()
    assert isinstance(view, QListView)
    return [str(view.model().index(place, 0).data()) for place in range(view.model().rowCount())]


def current(window: DeskWindow) -> str:
    """Return the current row of the list that has the keyboard."""
    view = window.focusWidget()
    assert isinstance(view, QListView)
    return str(view.currentIndex().data())


def test_entries_go_on_to_the_last_one_each_once(busy: Town, tmp_path: Path) -> None:
    with signed_in(busy, tmp_path) as window:
        press(window, "Alt+4")
        until(lambda: len(rows(window)) == PORTION, "for the first portion")
        press(window, "End")
        until(lambda: len(rows(window)) == ENTRIES, "for the second portion")
        assert len(set(rows(window))) == ENTRIES


def test_lines_go_on_to_the_last_one_which_is_shown(busy: Town, tmp_path: Path) -> None:
    with signed_in(busy, tmp_path) as window:
        press(window, "Alt+2")
        wait(window, f"ред 1 от {LINES}")
        until(lambda: len(rows(window)) == PORTION, "for the first portion")
        press(window, "End")
        until(lambda: len(rows(window)) == LINES, "for the second portion")
        press(window, "End")
        wait(window, f"ред {LINES} от {LINES}")
        type_text(window, "n")
        wait(window, f"ред 1 от {LINES}")
        assert current(window) == rows(window)[0]


@pytest.mark.parametrize("place", range(1, 7), ids=PAGES)
def test_a_full_page_cuts_nothing_at_any_size_of_text(busy: Town, tmp_path: Path, place: int) -> None:
    with signed_in(busy, tmp_path) as window:
        wait(window, f"Всички {VILLAGES}")
        press(window, f"Alt+{place}")
        settle(0.5)
        assert window.current.name == PAGES[place - 1]
        for scale in (1.0, 1.5, 2.0):
            theme().set_scale(scale)
            window.resize(1366, 768)
            settle(0.2)
            assert reach.cut(window) == [], scale
            assert window.width() == 1366, scale


def test_the_sheet_of_the_clean_ones_counts_the_villages_that_it_does_not_show(busy: Town, tmp_path: Path) -> None:
    with signed_in(busy, tmp_path) as window:
        wait(window, f"Приеми {VILLAGES * CLEAN_EACH} чисти")
        press(window, "Ctrl+Shift+A")
        wait(window, f"Ще бъдат приети {VILLAGES * CLEAN_EACH} вписвания.")
        assert shown(window, "и още 2 кметства")
        assert shown(window, f"{LINES} вписвания остават за човек.")
        assert reach.cut(window) == []
        press(window, "Escape")
    assert set(town_states(busy)) == {"new"}


def test_a_line_that_the_village_corrected_meanwhile_is_shown_anew_and_decided_then(town: Town, tmp_path: Path) -> None:
    entry = arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        open_line(window)
        correct(town.village, entry, subject="Удостоверение за раждане")
        carry(town)
        type_text(window, "a")
        wait(window, "Код: line_changed")
        assert town_states(town) == ["new"]
        press(window, "Escape")
        wait(window, "Удостоверение за раждане")
        settle(0.3)
        type_text(window, "a")
        wait(window, "Прието с номер 94-000001")
    assert town_states(town) == ["accepted"]


def test_a_line_that_the_village_annulled_meanwhile_leaves_the_list_and_the_badge(town: Town, tmp_path: Path) -> None:
    entry = arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        open_line(window)
        wait(window, "Разлики 1")
        town.village.annul(entry)
        carry(town)
        wait(window, "Няма редове, които искат човек.")
        until(lambda: not shown(window, "Разлики 1"), "for the badge to go")
        type_text(window, "a")
        settle(0.3)
    assert town_states(town) == ["new"]


def test_an_exchange_that_fails_says_why_and_may_be_tried_again(town: Town, tmp_path: Path) -> None:
    town.village.pay(town.village.register().entry)
    town.village.exchange()
    road = TownRoad(town)
    road.away = True
    app = application(Centre(town.centre, town.docflow, town.lists, road))
    with serving(app) as address, door(address, tmp_path) as window:
        type_text(window, town.centre.secrets.desk_token)
        press(window, "Return")
        until(lambda: window.current.name == "villages", "for the villages")
        press(window, "Alt+6", "F5")
        wait(window, "Код: relay_unreachable")
        press(window, "Escape")
        road.away = False
        press(window, "F5")
        wait(window, "Обменът завърши.")
        press(window, "Alt+1")
        wait(window, "Приеми 1 чисто")
