"""The villages by keys: eighty of them worst first, clean ones with one key, the rest line by line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.ui.central_desk.window import DeskWindow
from app.ui.look.theme import theme
from tests.town import SECOND, SharedTown, Town
from tests.ui import reach
from tests.ui.central_desk.desk import signed_in
from tests.ui.central_desk.test_desk import arrived, choose, go_to, shown, town_states, wait
from tests.ui.hands import press, settle, type_text, until
from tests.ui.shown import texts

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
VILLAGES, FAULTY = 80, 4


@pytest.fixture(scope="module")
def municipality(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A municipality of eighty villages: seventy-six with a clean entry, four with a fee that nobody paid."""
    with Town(tmp_path_factory.mktemp("eighty"), villages=VILLAGES) as town:
        for at, village in enumerate(town.villages):
            entry = village.register().entry
            if at >= FAULTY:
                village.pay(entry)
            village.exchange()
        town.centre_exchange()
        yield town


class Counting:
    """Counts the keys that a person presses."""

    def __init__(self, window: DeskWindow) -> None:
        self._window = window
        self.count = 0

    def press(self, *keys: str) -> None:
        """Press and count."""
        self.count += len(keys)
        press(self._window, *keys)

    def type(self, text: str) -> None:
        """Type and count."""
        self.count += len(text)
        type_text(self._window, text)


def test_eighty_villages_fold_open_and_fit_in_every_size(municipality: Town, tmp_path: Path) -> None:
    with signed_in(municipality, tmp_path) as window:
        wait(window, "Приеми 76 чисти")
        assert shown(window, "Чисти 76 кметства · 76 чисти вписвания за приемане")
        assert shown(window, "station 20, Чака решение")
        assert not shown(window, "station 21")
        press(window, "End")
        press(window, "Return")
        wait(window, "station 21, Чисто, за приемане")
        press(window, "Return")
        assert not shown(window, "station 21")
        for scale in (1.0, 1.5):
            theme().set_scale(scale)
            window.resize(1366, 768)
            settle(0.3)
            assert reach.cut(window) == []
            assert window.width() == 1366


def test_a_chip_and_the_search_narrow_the_villages_and_esc_shows_all(municipality: Town, tmp_path: Path) -> None:
    with signed_in(municipality, tmp_path) as window:
        wait(window, "Приеми 76 чисти")
        press(window, "Ctrl+F")
        type_text(window, "STATION 9")
        wait(window, "station 96, Чисто")
        assert not shown(window, "station 20, Чака решение")
        press(window, "Return")
        assert window.focusWidget().accessibleName() == "Кметства"
        press(window, "Escape")
        wait(window, "station 20, Чака решение")
        go_to(window, "Всички 80")
        press(window, "Right", "Right")
        until(lambda: not shown(window, "Чисти 76 кметства"), "for the filter")
        assert shown(window, "station 20, Чака решение")


class Orehovo(SharedTown):
    """Two villages on one station, which is named by letters that both alphabets draw alike."""

    def station_name(self, _number: int) -> str:
        """Return the name of the station."""
        return "Орехово"


def test_a_shared_station_is_found_by_look_alike_letters_and_shows_its_villages_apart(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()
    with Orehovo(tmp_path / "town") as town:
        other = town.village.beside(SECOND)
        other.pay(other.register().entry)
        town.settle()
        with signed_in(town, tmp_path) as window:
            for typed in ("\u004f\u0050\u0045\u0058", "цапар"):
                press(window, "Ctrl+F")
                type_text(window, typed)
                wait(window, "Орехово, Чисто")
                apart = {"Микрево", "Цапарево", "индекс 17", "индекс 18"}
                until(lambda: apart <= set(texts(window)), "for the panel, which follows the row")  # noqa: B023 - at once
                tills = [one.replace("\u00a0", " ") for one in texts(window) if one.startswith("в касата")]
                assert tills == ["в касата 0,00 EUR", "в касата 1,02 EUR"]
                assert reach.cut(window) == []
                press(window, "Escape")
            press(window, "Ctrl+F")
            type_text(window, "хово")
            until(lambda: not shown(window, "Орехово, Чисто"), "for the beginnings of words only")


def test_a_number_in_the_search_leads_to_its_entry(municipality: Town, tmp_path: Path) -> None:
    with signed_in(municipality, tmp_path) as window:
        wait(window, "Приеми 76 чисти")
        press(window, "Ctrl+F")
        type_text(window, "42-1")
        wait(window, "потърсите номер 42-1 във всички кметства")
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the entries")
        wait(window, "42-000001/16.11.2026, station 42, Иван Абаджиев")
        assert sum("Иван Абаджиев" in text for text in texts(window)) == 1
        press(window, "Escape")
        assert window.current.name == "villages"


@pytest.mark.parametrize("place", [3, 4, 5], ids=["batches", "entries", "receipts"])
def test_lists_over_eighty_villages_show_one_of_them_where_that_is_asked(
    municipality: Town, tmp_path: Path, place: int
) -> None:
    with signed_in(municipality, tmp_path) as window:
        wait(window, "Приеми 7")
        press(window, f"Alt+{place}")
        until(lambda: len(rows_of(window)) > 50, "for rows of all villages")
        go_to(window, "Кметство")
        type_text(window, "station 42")
        until(lambda: len(rows_of(window)) == 1, "for the rows of one village")
        assert "42" in rows_of(window)[0]
        assert not any("station 43" in one for one in texts(window))


def rows_of(window: DeskWindow) -> list[str]:
    """Return the rows of the list on show, as they are spoken."""
    return [one for one in texts(window) if ", station " in one]


def test_news_keep_the_row_and_the_place_of_the_list(municipality: Town, tmp_path: Path) -> None:
    with signed_in(municipality, tmp_path) as window:
        wait(window, "Приеми 76 чисти")
        press(window, "End", "Return")
        wait(window, "station 60")
        press(window, *["Down"] * 40)
        chosen = str(window.focusWidget().currentIndex().data())  # type: ignore[attr-defined]  # a list
        bar = window.focusWidget().verticalScrollBar()  # type: ignore[attr-defined]  # a list
        scrolled = bar.value()
        assert scrolled > 0
        arrived(municipality)
        wait(window, "Приеми 77 чисти")
        settle(0.2)
        assert str(window.focusWidget().currentIndex().data()) == chosen  # type: ignore[attr-defined]  # a list
        assert bar.value() == scrolled


def test_seventy_six_clean_villages_and_four_mismatches_take_few_keys(municipality: Town, tmp_path: Path) -> None:
    # One more where the news came to this same municipality before: which tests share it, their workers decide.
    clean = len(town_states(municipality)) - FAULTY
    assert clean in {76, 77}
    with signed_in(municipality, tmp_path) as window:
        wait(window, f"Приеми {clean} чисти")
        keys = Counting(window)
        keys.press("Ctrl+Shift+A", "Return")
        wait(window, "Приети са")
        keys.press("Alt+2")
        for left in range(FAULTY, 0, -1):
            wait(window, f"ред 1 от {left}")
            settle(0.2)
            keys.type("r")
        wait(window, "Няма редове, които искат човек.")
    assert keys.count <= 60
    assert (town_states(municipality).count("accepted"), town_states(municipality).count("disputed")) == (clean, 4)


def test_enter_leads_to_the_lines_of_a_village_and_esc_back(town: Town, tmp_path: Path) -> None:
    arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        wait(window, "1 вписване иска човек.")
        press(window, "Return")
        wait(window, "station 17 · ред 1 от 1")
        press(window, "Escape")
        assert window.current.name == "villages"


def test_the_badge_counts_the_lines_that_need_a_person(town: Town, tmp_path: Path) -> None:
    arrived(town)
    arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        wait(window, "Разлики 1")
        press(window, "Alt+2")
        wait(window, "ред 1 от 1")
        type_text(window, "a")
        until(lambda: "Разлики" in texts(window), "for the badge to go")


def test_what_is_set_aside_is_told_with_its_code_and_where_it_came_from(town: Town, tmp_path: Path) -> None:
    taken = town.carry(b"not an envelope", town.centre_end())
    for _ in range(2):
        town.village.register()
        town.village.exchange()
    with town.village.store.ledger.reading() as connection:
        newest = connection.exec_driver_sql("SELECT sealed FROM outbox ORDER BY place DESC LIMIT 1").scalar_one()
    town.carry(bytes(newest), town.centre_end())
    with signed_in(town, tmp_path) as window:
        wait(window, "Пакет 1 не е дошъл, 1 след него чака.")
        press(window, "Alt+6")
        wait(window, f"Плик {taken.envelope.hex()[:12]}")
        assert shown(window, "като файл, Пликът е скъсен по пътя.")
        assert shown(window, "station 17")
        press(window, "Alt+3")
        choose(window, "station 17, Чака по-ранен пакет")
        wait(window, "Липсва по-ранен пакет. Този е запазен и чака.")
        press(window, "Return")
        wait(window, "Нищо от този плик не е записано, редове няма.")


def test_the_desk_exchanges_now_by_its_key(town: Town, tmp_path: Path) -> None:
    entry = town.village.register().entry
    town.village.pay(entry)
    town.village.exchange()
    with signed_in(town, tmp_path) as window:
        press(window, "Alt+6", "F5")
        wait(window, "Обменът завърши.")
        press(window, "Alt+1")
        wait(window, "Приеми 1 чисто")
