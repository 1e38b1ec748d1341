"""A clerk counts the till and closes the day, by keys alone."""

import pytest
import sqlalchemy as sa

from app.ledger.tables import till_days
from app.ui.look.theme import theme
from app.ui.village.day_close import DayClosePage
from app.ui.village.window import VillageWindow
from tests.town import Town
from tests.ui.hands import press, settle, type_text, until
from tests.ui.village.office import open_window


def close_page(window: VillageWindow) -> DayClosePage:
    """Go to the count by keys, and wait for what the book says."""
    press(window, "Alt+2")
    until(lambda: window.current.name == "till", "for the till")
    press(window, "F8")
    until(lambda: window.current.name == "day_close", "for the count")
    page = window.current
    assert isinstance(page, DayClosePage)
    until(lambda: page._preview is not None or not page.banner.isHidden(), "for the book")
    return page


def count(window: VillageWindow, page: DayClosePage, counts: dict[int, int]) -> None:
    """Type a count field by field; Enter goes on, also over what there is none of."""
    for worth in (*page.notes.fields, *page.coins.fields):
        if not page.notes.fields.get(worth, page.coins.fields.get(worth)).isVisible():  # type: ignore[union-attr]  # one of both
            continue
        type_text(window, str(counts[worth]) if worth in counts else "")
        press(window, "Return")


def days(town: Town) -> list[tuple[str, str, int, str]]:
    """Return (day, state, difference, reason) of the till's days."""
    with town.village.store.ledger.reading() as connection:
        rows = connection.execute(sa.select(till_days).order_by(till_days.c.day)).all()
    return [(row.day, row.state, row.difference or 0, row.reason or "") for row in rows]


def test_a_right_till_is_counted_and_closed(town: Town) -> None:
    town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        page = close_page(window)
        assert page.side.difference.words.text() == "Пребройте касата"
        assert "16 ноември 2026 · 1 касов документ, от 000001 до 000001" in page.day.text()
        count(window, page, {100: 1, 2: 1})
        assert page.side.difference.words.text() == "Касата е вярна"
        assert page.reason.isHidden()
        press(window, "Ctrl+Return")
        until(lambda: window.current.name == "till", "for the till")
        assert window.status.sentence.text() == "Денят 16.11.2026 е приключен. Преброени 1,02\u00a0EUR, касата е вярна."
    assert days(town) == [("2026-11-16", "closed", 0, "")]


@pytest.mark.parametrize(
    ("counts", "words", "amount", "off"),
    [({100: 1}, "Липсват", "0,02\u00a0EUR", -2), ({500: 1, 200: 2}, "В повече", "7,98\u00a0EUR", 798)],
)
def test_a_difference_is_said_in_words_and_needs_its_explanation(
    town: Town, counts: dict[int, int], words: str, amount: str, off: int
) -> None:
    town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        page = close_page(window)
        count(window, page, counts)
        assert page.side.difference.words.text() == words
        assert page.side.difference.amount.text == amount
        assert page.side.difference.isVisible()
        assert window.focusWidget() is page.reason.line
        press(window, "Ctrl+Return")
        settle()
        assert page.reason.field.note.title == "Напишете или изберете обяснение за разликата."
        assert days(town)[0][1] == "open"
        press(window, "Down", "Ctrl+Return")
        until(lambda: window.current.name == "till")
    assert days(town) == [("2026-11-16", "closed", off, "Грешно върнато ресто")]


def test_the_running_sums_follow_each_key(town: Town) -> None:
    town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        page = close_page(window)
        fields = list(page.notes.fields.values())
        assert window.focusWidget() is fields[1], "the note of 500 is hidden"
        type_text(window, "1")
        assert page.notes.total.text() == "200,00"
        type_text(window, "2")
        assert page.notes.total.text() == "2\u00a0400,00"
        press(window, "Return", "Return")
        type_text(window, "3")
        assert page.notes.total.text() == "2\u00a0550,00"


def test_the_oldest_open_day_is_closed_first(town: Town) -> None:
    village = town.village
    village.pay(village.register().entry)
    town.clock.tick(days=1)
    village.pay(village.register().entry)
    with open_window(village) as window:
        page = close_page(window)
        assert "понеделник, 16 ноември 2026" in page.day.text()
        count(window, page, {100: 1, 2: 1})
        press(window, "Ctrl+Return")
        until(lambda: window.current.name == "till")
        page = close_page(window)
        until(lambda: "вторник, 17 ноември 2026" in page.day.text())
        count(window, page, {200: 1, 2: 2})
        press(window, "Ctrl+Return")
        until(lambda: window.current.name == "till")
    assert [(day, state, off) for day, state, off, _ in days(town)] == [
        ("2026-11-16", "closed", 0),
        ("2026-11-17", "closed", 0),
    ]


def test_a_half_count_survives_the_window(town: Town) -> None:
    town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        page = close_page(window)
        type_text(window, "1")
        press(window, "Return")
        type_text(window, "2")
    with open_window(town.village) as window:
        page = close_page(window)
        until(lambda: page.notes.total.text() == "400,00", "for the draft")
        press(window, "Tab")
    assert days(town)[0][1] == "open"


def test_the_draft_goes_with_the_close(town: Town) -> None:
    village = town.village
    village.pay(village.register().entry)
    with open_window(village) as window:
        page = close_page(window)
        count(window, page, {100: 1, 2: 1})
        page.keep_now()
        press(window, "Ctrl+Return")
        until(lambda: window.current.name == "till")
    town.clock.tick(days=1)
    village.pay(village.register().entry)
    with open_window(village) as window:
        page = close_page(window)
        settle()
        assert page.notes.total.text() == "0,00"


def test_without_a_day_it_says_so(town: Town) -> None:
    with open_window(town.village) as window:
        page = close_page(window)
        assert page.banner.title.text() == "Няма ден за приключване"
        press(window, "Ctrl+Return")
        settle()
        assert window.current is page
        press(window, "Escape")
        until(lambda: window.current.name == "till")


def test_enter_twice_closes_once(town: Town) -> None:
    town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        page = close_page(window)
        count(window, page, {100: 1, 2: 1})
        press(window, "Ctrl+Return", "Ctrl+Return")
        until(lambda: window.current.name == "till")
        assert window.cover.sheet is None
    assert len(days(town)) == 1


def test_in_large_text_the_field_that_has_the_keyboard_is_in_sight(town: Town) -> None:
    town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        theme().set_scale(1.5)
        page = close_page(window)
        for _ in range(13):
            press(window, "Return")
            settle(0.02)
            field = window.focusWidget()
            assert field is not None
            assert field.visibleRegion().boundingRect() == field.rect(), field.accessibleName()
        assert window.focusWidget() is page.coins.fields[1]
