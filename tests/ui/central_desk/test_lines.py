"""The lines by keys: nothing is decided unseen or twice, what is typed stays, and an answer is judged again."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from app.domain.entries import Filing
from app.domain.terms import DisputeReason, Speed, TownState
from app.services import book, registration
from app.ui.central_desk.window import DeskWindow
from sync.central import decisions
from tests.town import TestVillage, Town
from tests.ui.central_desk.desk import door, served, signed_in
from tests.ui.central_desk.test_desk import arrived, go_to, notes, open_line, shown, town_states, wait
from tests.ui.hands import press, settle, type_text, until

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def correct(village: TestVillage, entry: bytes, **changes: object) -> None:
    """Correct an entry: what is registered, with these fields changed."""
    with village.store.ledger.reading() as connection:
        was = book.filing_of(connection, entry)
    fields = {name: getattr(was, name) for name in was.__struct_fields__}
    filing: Filing = village.filing(**fields | changes)
    registration.correct(village.store, village.lists, entry, filing, "Сбъркано при вписването")


def note_of(window: DeskWindow) -> str:
    """Return what stands in the field of the note, read as it is shown."""
    go_to(window, "Бележка към кметството")
    return str(window.focusWidget().property("text"))


def to_list(window: DeskWindow) -> None:
    """Bring the keyboard back to the lines."""
    press(window, "Escape")
    assert window.focusWidget().accessibleName() == "Разлики"


def test_a_key_pressed_before_the_next_line_is_shown_decides_nothing(town: Town, tmp_path: Path) -> None:
    arrived(town, paid=False)
    arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        open_line(window)
        wait(window, "ред 1 от 2")
        type_text(window, "na")
        wait(window, "ред 2 от 2")
        settle(0.3)
        assert town_states(town) == ["new", "new"]
        type_text(window, "a")
        wait(window, "Прието с номер")
        wait(window, "ред 1 от 1")
    assert town_states(town) == ["new", "accepted"]


def test_notes_stay_with_their_lines_until_these_are_decided(town: Town, tmp_path: Path) -> None:
    arrived(town, paid=False)
    arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        open_line(window)
        wait(window, "ред 1 от 2")
        go_to(window, "Бележка към кметството")
        type_text(window, "За първото")
        to_list(window)
        press(window, "Down")
        wait(window, "ред 2 от 2")
        assert note_of(window) == ""
        type_text(window, "За второто")
        to_list(window)
        press(window, "Up")
        wait(window, "ред 1 от 2")
        assert note_of(window) == "За първото"
        press(window, "Ctrl+L")
        type_text(window, town.centre.secrets.desk_token)
        press(window, "Return")
        wait(window, "ред 1 от 2")
        type_text(window, "r")
        wait(window, "Оспорено. Кметството ще види основанието.")
        wait(window, "ред 1 от 1")
        assert note_of(window) == "За второто"
    assert notes(town) == ["За първото", None]


def test_news_from_a_village_leave_the_line_and_the_note_where_they_are(town: Town, tmp_path: Path) -> None:
    arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        open_line(window)
        go_to(window, "Бележка към кметството")
        type_text(window, "Плат")
        arrived(town, paid=False)
        wait(window, "ред 1 от 2")
        assert window.focusWidget().accessibleName() == "Бележка към кметството"
        type_text(window, "ете")
        assert note_of(window) == "Платете"
    assert town_states(town) == ["new", "new"]


def test_the_card_that_has_the_keyboard_shows_its_outcome(town: Town, tmp_path: Path) -> None:
    arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        open_line(window)
        assert shown(window, "остава, ако приемете")
        go_to(window, "Оспори Връща се с основание. Записът там остава.")
        assert shown(window, "връща се с това, ако оспорите")
        assert not shown(window, "остава, ако приемете")
        go_to(window, "Следващ Остава за после. Нищо не се променя.")
        assert not shown(window, "връща се с това, ако оспорите")
        press(window, "Escape")
        assert shown(window, "остава, ако приемете")


def test_f6_shows_all_fields_and_only_those_that_differ(town: Town, tmp_path: Path) -> None:
    arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        open_line(window)
        assert not shown(window, "Вид документ")
        press(window, "F6")
        wait(window, "Вид документ")
        assert shown(window, "Само разликите")
        press(window, "F6")
        assert not shown(window, "Вид документ")


def test_a_correction_comes_back_with_its_old_and_its_new_value_and_is_judged_again(town: Town, tmp_path: Path) -> None:
    entry = arrived(town, paid=False)
    decisions.dispute(town.centre, entry, DisputeReason.WRONG_SERVICE, "Вижте молбата", 1)
    town.centre_exchange()
    town.village.exchange()
    correct(town.village, entry, subject="Удостоверение за раждане", speed=Speed.EXPRESS)
    town.village.exchange()
    town.centre_exchange()
    with signed_in(town, tmp_path) as window:
        press(window, "Alt+2")
        wait(window, "Отговор на кметството: поправка")
        for words in ("Услугата не е тази. Вижте молбата", "Сбъркано при вписването", "Удостоверение за раждане"):
            assert shown(window, words)
        for words in ("Относно", "Удостоверение за настоящ адрес", "Скорост", "обикновена", "експресна"):
            assert shown(window, words)
        type_text(window, "r")
        wait(window, "Оспорено. Кметството ще види основанието.")
    assert town_states(town) == [TownState.DISPUTED]


def test_an_annulment_that_answers_a_dispute_is_closed_without_a_number(town: Town, tmp_path: Path) -> None:
    entry = arrived(town, paid=False)
    decisions.dispute(town.centre, entry, DisputeReason.FEE_MISSING, "", 1)
    town.centre_exchange()
    town.village.exchange()
    town.village.annul(entry)
    town.village.exchange()
    town.centre_exchange()
    with signed_in(town, tmp_path) as window:
        press(window, "Alt+2")
        wait(window, "Отговор на кметството: анулиране")
        type_text(window, "a")
        wait(window, "Анулираното вписване не получава номер.")


def test_of_two_desks_the_second_hears_that_the_line_is_decided(town: Town, tmp_path: Path) -> None:
    arrived(town, paid=False)
    token = town.centre.secrets.desk_token
    with served(town) as address, ExitStack() as opened:
        first, second = (opened.enter_context(door(address, tmp_path / name)) for name in ("one", "two"))
        for desk in (first, second):
            desk.activateWindow()
            until(desk.isActiveWindow)
            type_text(desk, token)
            press(desk, "Return")
            wait(desk, "1 вписване чака решение")
            open_line(desk)
        type_text(first, "a")
        wait(first, "Прието с номер")
        type_text(second, "r")
        until(lambda: shown(second, "Код: already_decided") or shown(second, "Този ред вече не чака"))
        press(second, "Escape")
        wait(second, "Няма редове, които искат човек.")
    assert town_states(town) == [TownState.ACCEPTED]


def test_after_the_last_line_of_a_village_enter_leads_to_the_next_one(neighbours: Town, tmp_path: Path) -> None:
    for village in neighbours.villages:
        village.register()
        village.exchange()
    neighbours.centre_exchange()
    with signed_in(neighbours, tmp_path) as window:
        wait(window, "station 18, Чака решение, 1 вписване иска човек.")
        press(window, "Return")
        wait(window, "station 17 · ред 1 от 1")
        type_text(window, "a")
        wait(window, "Към station 18, 1 ред")
        press(window, "Return")
        wait(window, "station 18 · ред 1 от 1")
        press(window, "Escape")
        assert window.current.name == "villages"
