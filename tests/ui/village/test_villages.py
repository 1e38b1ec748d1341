"""One clerk serves two villages: each has its desk, its register and its till, and one key goes to the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.domain.terms import TownState, View
from app.ledger.tables import entries, receipts, till_days
from app.ui.village.entries import EntriesPage
from app.ui.village.fee import FeePage
from app.ui.village.papers_slip import slip_content
from app.ui.village.road import RoadPage
from app.ui.village.till import TillPage
from app.ui.village.window import VillageWindow
from tests.town import PASSWORD, SECOND, SharedTown, TestVillage, Town
from tests.ui.hands import press, quiet, settle, type_text, until
from tests.ui.shown import texts
from tests.ui.village.form_hands import KNOWN, NEW, begin, known_person
from tests.ui.village.office import laid, open_window

FIRST, OTHER = "Микрево", "Цапарево"


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[SharedTown]:
    """One station that two villages share."""
    with SharedTown(tmp_path) as made:
        yield made


def second(town: Town) -> TestVillage:
    """Return the second village at the same store."""
    return town.village.beside(SECOND)


def at_work(window: VillageWindow) -> str:
    """Return the village that is marked as the one at work, and see that the window's title says the same."""
    (marked,) = [chip.text() for chip in window.villages.bar.chips.values() if chip.isChecked()]
    assert window.windowTitle().endswith(f"· {marked}")
    return marked


def rows(window: VillageWindow) -> list[str]:
    """Return the numbers in the register that is shown, once it has come."""
    page = window.current
    assert isinstance(page, EntriesPage)
    quiet(window)
    return [text for text in texts(page.list) if "-0" in text]


def count(window: VillageWindow) -> str:
    """Return how many entries the chip of all says, once it says it."""
    page = window.current
    assert isinstance(page, EntriesPage)
    until(lambda: page.chips[View.ALL].note, "for the counts")
    return page.chips[View.ALL].note


def test_with_one_village_nothing_of_it_is_seen(town: Town) -> None:
    with open_window(town.village) as window:
        quiet(window)
        assert not window.villages.bar.isVisible()
        assert not [one for one in texts(window) if one.startswith("Ctrl+")]
        press(window, "Ctrl+2")
        assert window.current.name == "entries"
        press(window, "F1")
        assert "Ctrl+1" not in texts(window)


def test_each_village_has_its_register_its_numbers_and_its_counts(shared: SharedTown) -> None:
    shared.village.register()
    other = second(shared)
    other.register(subject="Сигнал за дупка")
    other.register(subject="Сигнал за куче")
    with open_window(shared.village) as window:
        assert window.villages.bar.isVisible()
        assert at_work(window) == FIRST
        assert [one[:9] for one in rows(window)] == ["17-000001"]
        assert count(window) == "1"
        press(window, "Ctrl+2")
        assert at_work(window) == OTHER
        assert count(window) == "2"
        assert [one[:9] for one in rows(window)] == ["18-000002", "18-000001"]
        press(window, "Ctrl+F")
        type_text(window, "сигнал")
        assert len(rows(window)) == 2
        press(window, "Ctrl+1", "Ctrl+F")
        type_text(window, "сигнал")
        assert rows(window) == []
        press(window, "Escape", "F2")
        until(lambda: any("17-000002" in one for one in texts(window)), "for the number to come")
        press(window, "Escape", "Ctrl+2")
        quiet(window)
        assert window.current.name == "entries"
        assert "сигнал" in texts(window), "the search is as it was left"


def test_the_form_begins_with_the_own_settlement_and_recalls_the_own_people(shared: SharedTown) -> None:
    shared.village.register(correspondents=(known_person(),))
    with open_window(shared.village) as window:
        page = begin(window)
        assert page.body.people.settlement.text().startswith(f"с. {FIRST}")
        type_text(window, KNOWN.egn)
        until(lambda: page.body.people.name.text() == KNOWN.name, "for who came before")
        press(window, "Ctrl+2")
        page = begin(window)
        assert page.body.people.settlement.text().startswith(f"с. {OTHER}")
        type_text(window, KNOWN.egn)
        quiet(window)
        assert page.body.people.name.text() == ""
        press(window, "Ctrl+D")
        quiet(window)
        assert page.body.request.subject.text() == "", "this register has no last document"


def test_what_is_half_typed_belongs_to_its_village_and_is_there_again(shared: SharedTown) -> None:
    with open_window(shared.village) as window:
        page = begin(window)
        press(window, "Return")
        type_text(window, NEW.name)
        press(window, "Ctrl+2")
        assert window.current.name == "entries"
        quiet(window)
        register = window.current
        assert isinstance(register, EntriesPage)
        assert not register.begun.isVisible(), "nothing waits in this village"
        other = begin(window)
        assert other is not page
        assert other.body.people.name.text() == ""
        press(window, "Return")
        type_text(window, KNOWN.name)
        press(window, "Ctrl+1")
        assert window.current is page
        assert page.body.people.name.text() == NEW.name
        type_text(window, " младши")
        assert page.body.people.name.text() == f"{NEW.name} младши", "the keyboard is where it was"
        press(window, "Ctrl+2")
        assert other.body.people.name.text() == KNOWN.name
    with open_window(shared.village) as window:
        assert at_work(window) == OTHER, "the desk was left there"
        assert begin(window).body.people.name.text() == KNOWN.name
        press(window, "Ctrl+1")
        assert begin(window).body.people.name.text() == f"{NEW.name} младши"


def test_a_lock_leaves_the_village_at_work_and_what_is_typed(shared: SharedTown) -> None:
    with open_window(shared.village) as window:
        press(window, "Ctrl+2")
        page = begin(window)
        press(window, "Return")
        type_text(window, NEW.name)
        press(window, "Ctrl+L")
        assert not window.villages.bar.isVisible(), "nothing of the desk is seen"
        press(window, "Ctrl+1")
        type_text(window, PASSWORD)
        press(window, "Return")
        until(lambda: window.current is page, "for the form")
        assert window.villages.bar.isVisible()
        assert at_work(window) == OTHER
        assert page.body.people.name.text() == NEW.name


def test_a_sheet_holds_the_next_village_back(shared: SharedTown) -> None:
    shared.village.register()
    with open_window(shared.village) as window:
        until(window.current.current_entry, "for the entry")
        quiet(window)
        press(window, "Ctrl+Delete")
        laid(window)
        press(window, "Ctrl+2")
        assert at_work(window) == FIRST
        press(window, "Escape", "Ctrl+2")
        assert at_work(window) == OTHER


def test_a_key_that_waits_for_its_entry_is_not_heard_in_the_next_village(shared: SharedTown) -> None:
    for subject in ("Молба", "Жалба"):
        shared.village.register(subject=subject)
    with open_window(shared.village) as window:
        quiet(window)
        press(window, "Down", "Ctrl+Delete", "Ctrl+2")
        quiet(window)
        assert at_work(window) == OTHER
        assert window.cover.sheet is None


def test_an_act_is_waited_for_before_the_next_village(shared: SharedTown) -> None:
    """What an act gave belongs to the village that asked: its receipt is not laid over the desk of the other."""
    shared.village.register()
    with open_window(shared.village) as window:
        _fee(window)
        type_text(window, "20")
        press(window, "Return", "Ctrl+2")
        laid(window)
        assert at_work(window) == FIRST
        press(window, "Escape", "Ctrl+2")
        assert at_work(window) == OTHER


def test_a_day_begun_in_one_till_leaves_the_other_alone(shared: SharedTown) -> None:
    shared.village.register()
    second(shared).register()
    with open_window(shared.village) as window:
        _pay(window)
        press(window, "Alt+2")
        assert _till(window) == ["17-000001"]
        press(window, "Ctrl+2", "Alt+2")
        assert _till(window) == []
        press(window, "Alt+1")
        _pay(window)
        press(window, "Alt+2")
        assert _till(window) == ["18-000001"]
        press(window, "F8")
        _count(window, "5")
        press(window, "Ctrl+1")
        assert _till(window) == ["17-000001"]
        assert window.current.name == "till"
        press(window, "Ctrl+2")
        assert window.current.name == "day_close"
    with shared.village.store.ledger.reading() as connection:
        days = connection.execute(sa.select(till_days.c.till, till_days.c.state).order_by(till_days.c.till)).all()
    assert [tuple(one) for one in days] == [(17, "open"), (SECOND, "open")]


def test_the_road_is_shared_and_says_whose_each_line_is(shared: SharedTown) -> None:
    shared.village.register()
    told = second(shared).register(subject="Сигнал за дупка", service=None, speed=None)
    with open_window(shared.village) as window:
        press(window, "Alt+3")
        page = window.current
        assert isinstance(page, RoadPage)
        until(lambda: len(page.list.model.items) == 2, "for the list")
        shown = texts(page.list)
        assert any(f"{FIRST} · " in one for one in shown)
        assert any(f"{OTHER} · Сигнал за дупка" in one for one in shown)
        page.list.view.setFocus()
        press(window, "End", "Return")
        until(lambda: at_work(window) == OTHER, "for the village of the line")
        assert window.current.name == "entries"
        until(lambda: window.current.current_entry() == told.entry, "for the entry")


def test_the_slip_is_of_the_village_in_which_it_was_registered(shared: SharedTown) -> None:
    second(shared).register()
    with open_window(shared.village) as window:
        press(window, "Ctrl+2")
        until(window.current.current_entry, "for the entry")
        entry, session = window.current.current_entry(), window.open_session()
        assert entry is not None
        until(lambda: session.whole, "for the store")
        with session.store.ledger.reading() as connection:
            assert slip_content(session, connection, entry).office.mayoralty == OTHER


def test_both_villages_by_keys_travel_to_the_town_and_are_apart_there(shared: SharedTown) -> None:
    for village in (shared.village, second(shared)):
        village.register()
    with open_window(shared.village) as window:
        for key in ("Ctrl+1", "Ctrl+2"):
            press(window, key, "Alt+1")
            quiet(window)
            _pay(window)
            press(window, "Alt+1")
    shared.settle()
    with shared.centre.ledger.reading() as connection:
        of = entries.c
        lines = connection.execute(sa.select(of.register, of.number, of.town).order_by(of.register)).all()
        paid = connection.execute(sa.select(receipts.c.till, receipts.c.number).order_by(receipts.c.till)).all()
    assert [tuple(one) for one in lines] == [(17, 1, TownState.ACCEPTED), (SECOND, 1, TownState.ACCEPTED)]
    assert [tuple(one) for one in paid] == [(17, 1), (SECOND, 1)]


# --- hands ---


def _fee(window: VillageWindow) -> FeePage:
    """Go to the fee of the entry that is chosen."""
    until(window.current.current_entry, "for an entry")
    press(window, "F3")
    until(lambda: window.current.name == "fee", "for the fee")
    page = window.current
    assert isinstance(page, FeePage)
    until(lambda: page.money.due.text not in {"", "0,00"}, "for what is due")
    return page


def _pay(window: VillageWindow) -> None:
    """Take the fee of the entry that is chosen, by keys."""
    _fee(window)
    type_text(window, "20")
    press(window, "Return")
    laid(window)
    press(window, "Escape")
    settle()


def _till(window: VillageWindow) -> list[str]:
    """Return the numbers of the receipts on the till's page."""
    until(lambda: isinstance(window.current, TillPage), "for the till")
    page = window.current
    assert isinstance(page, TillPage)
    quiet(window)
    return [word for text in texts(page.list) for word in [text.split(",")[0].split()[-1]] if "-0" in word]


def _count(window: VillageWindow, text: str) -> None:
    until(lambda: window.current.name == "day_close", "for the close")
    quiet(window)
    type_text(window, text)
