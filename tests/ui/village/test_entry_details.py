"""A key that is faster than the details of an entry waits for them, and never meets the entry that was shown before."""

from collections.abc import Callable

import pytest

from app.domain.terms import Ending
from app.services import endings, proceedings
from app.services.endings import EndingSaid
from app.services.proceedings import Noticing
from app.ui.village import entries as entries_page
from app.ui.village.correction_form import CorrectionPage
from app.ui.village.entries import EntriesPage
from app.ui.village.window import VillageWindow
from tests.town import PASSWORD, START, Town
from tests.ui import stage
from tests.ui.hands import press, quiet, type_text, until
from tests.ui.shown import texts
from tests.ui.village.office import laid, open_window

FIRST, SECOND = "за скица на имот", "за ремонт на улица"


def register_page(window: VillageWindow) -> EntriesPage:
    """Return the register, its newest entry shown."""
    page = window.current
    assert isinstance(page, EntriesPage)
    until(lambda: page.details.shown is not None, "for the details")
    quiet(window)
    return page


def walk_down(window: VillageWindow) -> None:
    """Go to the entry before by the arrow."""
    press(window, "Down")


def search(window: VillageWindow) -> None:
    """Go to the entry before by a search that finds it alone."""
    press(window, "Ctrl+F")
    type_text(window, "скица")
    page = window.current
    assert isinstance(page, EntriesPage)
    until(lambda: len(page.list.model.items) < 3, "for what was found")


@pytest.mark.parametrize("go", [walk_down, search])
def test_a_fast_key_corrects_the_entry_that_is_chosen(
    town: Town, go: Callable[[VillageWindow], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for pause in ("SHOW_PAUSE", "TYPE_PAUSE"):  # the key is faster than the details, however slow the machine is
        monkeypatch.setattr(entries_page, pause, 2_000)
    town.village.register(subject=FIRST)
    town.village.register(subject=SECOND)
    with open_window(town.village) as window:
        page = register_page(window)
        assert page.details.shown is not None
        assert page.details.shown.row.subject == SECOND
        go(window)
        assert page.details.shown.row.subject == SECOND, "the details are no slower than the key"
        press(window, "Ctrl+E")
        until(lambda: window.current.name == "correction", "for the form")
        form = window.current
        assert isinstance(form, CorrectionPage)
        until(lambda: form.body.request.subject.text() == FIRST, "for the entry that was chosen")


def test_a_fast_key_that_is_no_act_of_the_chosen_entry_does_nothing(town: Town) -> None:
    town.village.annul(town.village.register(subject=FIRST).entry)
    town.village.register(subject=SECOND)
    with open_window(town.village) as window:
        page = register_page(window)
        press(window, "Down", "Ctrl+Delete")
        quiet(window)
        assert page.details.shown is not None
        assert page.details.shown.row.subject == FIRST
        assert window.cover.sheet is None
        press(window, "Up", "Ctrl+Delete")
        laid(window)


def test_an_identifier_is_shown_by_its_key_and_hidden_when_the_page_is_left_or_another_entry_chosen(town: Town) -> None:
    one = stage.somebody(3)
    town.village.register(subject=FIRST)
    town.village.register(subject=SECOND, correspondents=(one,))
    with open_window(town.village) as window:
        register_page(window)
        assert one.identifier not in texts(window)
        press(window, "Ctrl+I")
        until(lambda: one.identifier in texts(window), "for the identifier")
        press(window, "Ctrl+L")
        assert one.identifier not in texts(window)
        type_text(window, PASSWORD)
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the register")
        quiet(window)
        assert one.identifier not in texts(window)
        press(window, "Ctrl+I")
        until(lambda: one.identifier in texts(window), "for the identifier again")
        press(window, "Down", "Up")
        quiet(window)
        assert one.identifier not in texts(window)


def test_where_nobody_mended_in_time_list_and_details_say_so_until_the_entry_ends(town: Town) -> None:
    village = town.village
    entry = village.register().entry
    proceedings.notice_defects(village.store, village.lists, entry, Noticing(("няма подпис",), START.date()))
    for _ in range(2):
        town.clock.tick(days=4)
        village.register()
    with open_window(village) as window:
        quiet(window)
        shown = texts(window)
        assert any("17-000001" in one and "спрян до 19.11, Изтекло" in one for one in shown)
        assert any(one.startswith("Чака вас") for one in shown)
        press(window, "Home")
        until(lambda: "Недостатъците не са отстранени" in texts(window), "for the details")
        assert any("изтече на 19.11.2026" in one and "може да се прекрати" in one for one in texts(window))
    endings.end(village.store, entry, EndingSaid(Ending.NOT_MENDED))
    with open_window(village) as window:
        quiet(window)
        shown = texts(window)
        assert any("17-000001" in one and "спрян, Чака" in one for one in shown)
        assert not any("Изтекло" in one or one.startswith("Чака вас") for one in shown)
