"""A registrar at the desk: clean lines by one key, the rest side by side, nothing decided twice or unseen."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QListView

from app.domain.entries import Particulars
from app.domain.facts import PaperSeen, Particular
from app.domain.terms import DisputeReason, PaperState, Standing, TownState
from app.ledger.tables import entries
from app.services import registration
from app.ui.central_desk.window import DeskWindow
from app.ui.look.theme import theme
from sync.central import decisions
from sync.central.api import Centre, application
from tests.central.serving import TownRoad, serving
from tests.town import Town
from tests.ui import reach
from tests.ui.central_desk.desk import door, served, signed_in
from tests.ui.hands import press, settle, type_text, until
from tests.ui.shown import texts

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
PAGES = ("villages", "lines", "batches", "entries", "receipts", "road")


def shown(window: DeskWindow, words: str) -> bool:
    """Return whether words are shown."""
    return any(words in text for text in texts(window))


def wait(window: DeskWindow, words: str) -> None:
    """Wait until words are shown."""
    until(lambda: shown(window, words), f"for {words}, on {window.current.name}: {texts(window)}")


def arrived(town: Town, *, paid: bool = True) -> bytes:
    """Register an entry, paid or not, and let it come to the town."""
    entry = town.village.register().entry
    if paid:
        town.village.pay(entry)
    town.village.exchange()
    town.centre_exchange()
    return entry


def notes(town: Town) -> list[str | None]:
    """Return the notes of the town's disputes."""
    with town.centre.ledger.reading() as connection:
        query = sa.select(entries.c.dispute_note).order_by(entries.c.position)
        return [row[0] for row in connection.execute(query)]


def choose(window: DeskWindow, words: str) -> None:
    """Walk down a list to the row that says some words."""
    wait(window, words)
    view = window.focusWidget()
    assert isinstance(view, QListView)
    for _ in range(view.model().rowCount()):
        if words in str(view.currentIndex().data()):
            return
        press(window, "Down")
    pytest.fail(f"no row with {words}")


def go_to(window: DeskWindow, name: str) -> None:
    """Press Tab until the control of this name has the keyboard."""
    for _ in range(40):
        if window.focusWidget().accessibleName() == name:
            return
        press(window, "Tab")
    pytest.fail(f"no control called {name}")


def town_states(town: Town) -> list[str]:
    """Return the town's decisions as the centre holds them, in order."""
    with town.centre.ledger.reading() as connection:
        return [row[0] for row in connection.execute(sa.select(entries.c.town).order_by(entries.c.position))]


def test_a_wrong_code_is_told_and_the_address_stays(town: Town, tmp_path: Path) -> None:
    with served(town) as address, door(address, tmp_path) as window:
        type_text(window, "не този код".replace(" ", ""))
        press(window, "Return")
        wait(window, "Код: desk_refused")
        assert shown(window, address)
        assert window.current.name == "unlock"


def test_nobody_at_the_address_is_told(town: Town, tmp_path: Path) -> None:
    del town
    with door("http://127.0.0.1:9", tmp_path) as window:
        type_text(window, "code")
        press(window, "Return")
        wait(window, "Код: desk_unreachable")


def test_one_key_accepts_all_that_is_clean_after_its_effect_was_shown(town: Town, tmp_path: Path) -> None:
    for _ in range(3):
        arrived(town)
    arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        wait(window, "Приеми 3 чисти")
        press(window, "Ctrl+Shift+A")
        wait(window, "Ще бъдат приети 3 вписвания.")
        assert shown(window, "1 вписване остава за човек.")
        assert town_states(town) == ["new"] * 4
        press(window, "Return")
        wait(window, "Приети са 3 вписвания.")
    assert sorted(town_states(town)) == ["accepted", "accepted", "accepted", "new"]


def test_esc_accepts_nothing(town: Town, tmp_path: Path) -> None:
    arrived(town)
    with signed_in(town, tmp_path) as window:
        wait(window, "Приеми 1 чисто")
        press(window, "Ctrl+Shift+A")
        wait(window, "Ще бъде прието 1 вписване.")
        press(window, "Escape")
        settle(0.2)
    assert town_states(town) == ["new"]


def open_line(window: DeskWindow) -> None:
    """Go to the lines and wait for the first one."""
    press(window, "Alt+2")
    wait(window, "Таксата не е платена")


@pytest.mark.parametrize("letter", ["r", "р", "и"])
def test_a_dispute_goes_by_a_letter_of_any_layout_with_the_reason_that_was_found(
    town: Town, tmp_path: Path, letter: str
) -> None:
    arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        open_line(window)
        type_text(window, letter)
        wait(window, "Оспорено. Кметството ще види основанието.")
        wait(window, "Няма редове, които искат човек.")
    town.centre_exchange()
    town.village.exchange()
    with town.village.store.ledger.reading() as connection:
        row = connection.execute(entries.select()).one()
    assert (row.town, row.dispute_reason) == (TownState.DISPUTED, DisputeReason.FEE_MISSING)


def test_another_reason_needs_a_note_and_letters_rest_while_one_types(town: Town, tmp_path: Path) -> None:
    arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        open_line(window)
        go_to(window, "Основание за оспорване")
        press(window, "End")
        go_to(window, "Разлики")
        type_text(window, "r")
        wait(window, "За друго основание напишете бележка.")
        assert town_states(town) == ["new"]
        type_text(window, "arn, вижте молбата")
        assert town_states(town) == ["new"]
        go_to(window, "Разлики")
        type_text(window, "r")
        wait(window, "Оспорено.")
    with town.centre.ledger.reading() as connection:
        row = connection.execute(entries.select()).one()
    assert (row.dispute_reason, row.dispute_note) == (DisputeReason.OTHER, "arn, вижте молбата")


def test_an_explanation_comes_back_and_is_judged_again(town: Town, tmp_path: Path) -> None:
    entry = arrived(town, paid=False)
    decisions.dispute(town.centre, entry, DisputeReason.FEE_MISSING, "", 1)
    town.centre_exchange()
    town.village.exchange()
    registration.answer_dispute(town.village.store, entry, "Освободен по чл. 5")
    town.village.exchange()
    town.centre_exchange()
    with signed_in(town, tmp_path) as window:
        press(window, "Alt+2")
        wait(window, "Освободен по чл. 5")
        assert shown(window, "Оспорено преди това")
        type_text(window, "a")
        wait(window, "Прието с номер 94-000001")
    assert town_states(town) == ["accepted"]


def test_what_changed_meanwhile_is_not_decided_unseen(town: Town, tmp_path: Path) -> None:
    entry = arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        open_line(window)
        registration.annul(town.village.store, entry, "Вписано два пъти")
        town.village.exchange()
        town.centre_exchange()
        type_text(window, "a")
        wait(window, "Код: line_changed")
        press(window, "Escape")
    assert town_states(town) == ["new"]
    with town.centre.ledger.reading() as connection:
        assert connection.execute(entries.select()).one().standing == Standing.ANNULLED


def test_a_batch_shows_its_road_its_totals_and_its_lines_and_leads_to_an_entry_and_back(
    town: Town, tmp_path: Path
) -> None:
    arrived(town)
    with signed_in(town, tmp_path) as window:
        press(window, "Alt+3")
        wait(window, "Контролните суми съвпадат")
        assert shown(window, "през пощенската станция")
        assert shown(window, "Преизчислени")
        press(window, "Return")
        wait(window, "1, Въведено място")
        assert (window.current.name, shown(window, "Пакет № 1")) == ("batch", True)
        choose(window, "Вписване, 17-000001")
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the entry")
        wait(window, "17-000001/16.11.2026")
        press(window, "Escape")
        assert window.current.name == "batch"
        choose(window, "Квитанция, 17-000001")
        press(window, "Return")
        wait(window, "Иван Стоянов Абаджиев")
        assert window.current.name == "receipts"
        press(window, "Escape", "Escape")
        assert window.current.name == "batches"
        press(window, "Escape")
        assert window.current.name == "villages"


def test_a_lost_connection_is_told_keeps_what_is_typed_and_heals_by_itself(town: Town, tmp_path: Path) -> None:
    arrived(town, paid=False)
    app = application(Centre(town.centre, town.docflow, town.lists, TownRoad(town)))
    with door("", tmp_path) as window:
        with serving(app) as address:
            type_text(window, address)
            press(window, "Return")
            type_text(window, town.centre.secrets.desk_token)
            press(window, "Return")
            wait(window, "1 вписване чака решение")
            open_line(window)
            go_to(window, "Бележка към кметството")
            type_text(window, "Платено ли е")
        go_to(window, "Разлики")
        type_text(window, "r")
        wait(window, "Код: desk_unreachable")
        press(window, "Escape")
        wait(window, "Няма връзка с общината от")
        assert shown(window, "Платено ли е")
        with serving(app, int(address.rpartition(":")[2])):
            wait(window, "1 вписване чака решение")
            go_to(window, "Разлики")
            type_text(window, "r")
            wait(window, "Оспорено. Кметството ще види основанието.")
    assert notes(town) == ["Платено ли е"]


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("place", range(1, 7), ids=PAGES)
def test_every_page_is_reached_by_tab_named_and_fits(town: Town, tmp_path: Path, place: int, language: str) -> None:
    arrived(town)
    arrived(town, paid=False)
    with signed_in(town, tmp_path, "en" if language == "en" else "bg") as window:
        press(window, f"Alt+{place}")
        settle(0.8)
        assert window.current.name == PAGES[place - 1]
        assert reach.nameless(window) == []
        assert reach.unlabelled(window) == []
        assert reach.twice(window) == []
        seen = reach.tab_round(window)
        assert [one.accessibleName() for one in reach.stops(window) if one not in seen] == []
        for scale in (1.0, 1.5):
            theme().set_scale(scale)
            window.resize(1366, 696)
            settle(0.3)
            assert reach.cut(window) == []
            assert reach.aside(window) == []
            assert (window.width(), window.height()) == (1366, 696)


def test_an_empty_town_says_what_to_do(town: Town, tmp_path: Path) -> None:
    with signed_in(town, tmp_path) as window:
        wait(window, "Няма чисти за приемане")
        for place, words in (
            (2, "Няма редове"),
            (3, "Още няма пакети"),
            (4, "Няма такива"),
            (5, "Още няма квитанции"),
            (6, "Всичко е в ред"),
        ):
            press(window, f"Alt+{place}")
            wait(window, words)


def test_a_lock_asks_for_the_code_again(town: Town, tmp_path: Path) -> None:
    with signed_in(town, tmp_path) as window:
        press(window, "Alt+4", "Ctrl+L")
        assert window.current.name == "unlock"
        press(window, "Alt+1")
        assert window.current.name == "unlock"
        type_text(window, town.centre.secrets.desk_token)
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the page that was left")


def test_an_entry_says_its_own_fields_what_is_missing_and_what_the_town_collects(town: Town, tmp_path: Path) -> None:
    said = Particulars(
        before_closing=True,
        values=(Particular("asked", "Копие от преписката"),),
        papers=(PaperSeen("lichen_dokument", PaperState.MISSING),),
    )
    town.village.register(kind="pismo_organ", service=2518, speed=None, particulars=said)
    town.village.exchange()
    town.centre_exchange()
    with signed_in(town, tmp_path) as window:
        press(window, "Alt+4")
        wait(window, "Какво се иска")
        for words in (
            "Копие от преписката",
            "дошъл преди края на работното време",
            "Документ за самоличност",
            "Местни данъци и такси",
            "Справка от Имотния регистър",
        ):
            assert shown(window, words), words
