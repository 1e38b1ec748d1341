"""The till as a clerk sees it: its documents, a receipt found, one voided, the paper printed again."""

import threading

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QTimer

from app.domain.errors import TefterError
from app.domain.terms import ReceiptKind, Standing
from app.ledger.tables import entries, receipts
from app.services import book
from app.ui.look.signs import Sign
from app.ui.village.draft_keeper import DraftKeeper
from app.ui.village.paper_out import NoPrinterSheet
from app.ui.village.receipt_sheet import ReceiptSheet
from app.ui.village.storno import NoStornoSheet, StornoSheet
from app.ui.village.till import PAGE, TillPage
from app.ui.village.window import VillageWindow
from app.ui.widgets.ledger import Head, Row
from app.ui.widgets.text import Text
from tests.town import Town
from tests.ui.hands import press, settle, type_text, until
from tests.ui.village.office import laid, open_window


def till_page(window: VillageWindow) -> TillPage:
    """Go to the till by its key, and wait until it shows what lies in it."""
    press(window, "Alt+2")
    until(lambda: window.current.name == "till", "for the till")
    page = window.current
    assert isinstance(page, TillPage)
    until(page.today.figures["balance"].text, "for the balance")
    return page


def shown(page: TillPage) -> list[str]:
    """Return what is spoken of each row, and the heads."""
    return [one.spoken if isinstance(one, Row) else one.text for one in page.list.model.items]


def words_of(widget: object) -> str:
    """Return all words on show in a widget."""
    assert hasattr(widget, "findChildren")
    return "\n".join(one.text() for one in widget.findChildren(Text) if one.isVisible())


def standing(town: Town, receipt: bytes) -> Standing:
    """Return how a receipt stands in the book."""
    with town.village.store.ledger.reading() as connection:
        return book.receipt_details(connection, receipt).row.standing


def test_the_day_stands_with_its_sums_newest_first(town: Town) -> None:
    village = town.village
    village.pay(village.register().entry)
    second = village.pay(village.register().entry)
    village.void(second.receipt)
    with open_window(village) as window:
        page = till_page(window)
        until(lambda: len(page.list.model.items) == 4, "for the rows")
        assert page.today.figures["balance"].text() == "1,02\u00a0EUR"
        assert page.today.figures["taken"].text() == "2,04\u00a0EUR"
        assert page.today.figures["back"].text() == "1,02\u00a0EUR"
        assert page.today.labels["taken"].text() == "Взети, 2 квитанции"
        assert shown(page) == [
            "Днес, понеделник 16 ноември",
            "17-000003, Иван Стоянов Абаджиев, Сторно, −1,02",
            "17-000002, Иван Стоянов Абаджиев, Сторнирана, 1,02",
            "17-000001, Иван Стоянов Абаджиев, Чака, 1,02",
        ]
        voided = page.list.model.items[2]
        assert isinstance(voided, Row)
        assert voided.cells[0].struck
        assert voided.cells[3].sign is Sign.ANNULLED


def test_an_empty_till_says_what_to_do(town: Town) -> None:
    with open_window(town.village) as window:
        page = till_page(window)
        until(lambda: not page.empty.isHidden())
        assert page.empty.text() == "Касата е празна. Натиснете F3, за да вземете първата такса."
        press(window, "Ctrl+F")
        assert window.focusWidget() is page.search


def test_days_have_heads_and_more_come_as_one_walks_down(town: Town) -> None:
    village = town.village
    count = PAGE + 20
    for number in range(count):
        if number == count // 2:
            village.close_day()
            town.clock.tick(days=1)
        village.pay(village.register().entry)
    with open_window(village) as window:
        page = till_page(window)
        until(lambda: len(page.list.model.items) > PAGE)
        press(window, "End")
        until(lambda: len(page.list.model.items) == count + 2, "for the second page")
        press(window, "End")
        assert page.list.current() is not None
        heads = [one.text for one in page.list.model.items if isinstance(one, Head)]
        assert heads == ["Днес, вторник 17 ноември", "Вчера, понеделник 16 ноември"]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("2", ["000002"]),
        ("1", ["000001", "000012", "000011", "000010"]),
        ("000011", ["000011"]),
        ("17-000012/16.11.2026", ["000012"]),
        ("18-000012", []),
        ("иван", []),
    ],
)
def test_a_receipt_is_found_by_its_number(town: Town, typed: str, numbers: list[str]) -> None:
    village = town.village
    for _ in range(12):
        village.pay(village.register().entry)
    with open_window(village) as window:
        page = till_page(window)
        until(lambda: page.list.model.items)
        press(window, "Ctrl+F")
        type_text(window, typed)
        until(lambda: [one.split(",")[0] for one in shown(page)] == [f"17-{number}" for number in numbers])
        assert page.empty.isHidden() == bool(numbers)
        press(window, "Escape")
        until(lambda: len(page.list.model.items) == 13)


def test_the_details_tell_the_receipt_and_its_history(town: Town) -> None:
    village = town.village
    entry = village.register()
    village.pay(entry.entry)
    with open_window(village) as window:
        page = till_page(window)
        until(lambda: "17-000001" in words_of(page.panel), "for the details")
        told = words_of(page.panel)
        for words in ("17-000001", "1,02\u00a0EUR", "едно евро и два цента", "20,00\u00a0EUR", "17-000001", "Служител"):
            assert words in told
        assert "Платено с квитанция" in told
        assert "ресто 18,98\u00a0EUR" in told


def begin_storno(window: VillageWindow) -> StornoSheet:
    """Press the key of the storno on the receipt that is chosen."""
    page = till_page(window)
    until(page.list.current, "for a receipt")
    press(window, "Ctrl+Delete")
    sheet = laid(window)
    assert isinstance(sheet, StornoSheet)
    return sheet


def test_a_storno_shows_its_effect_and_wants_a_reason(town: Town) -> None:
    village = town.village
    entry = village.register()
    paid = village.pay(entry.entry)
    with open_window(village) as window:
        sheet = begin_storno(window)
        told = words_of(sheet)
        for words in ("Връщат се 1,02\u00a0EUR в брой", "остава видима", "17-000002", entry.number.partition("/")[0]):
            assert words in told
        for words in ("В касата сега\n1,02\u00a0EUR", "Това сторно\n−1,02\u00a0EUR", "След това\n0,00\u00a0EUR"):
            assert words in told
        press(window, "Return", "Ctrl+Return")
        settle()
        assert window.cover.sheet is sheet
        assert sheet.reason.field.note.title == "Напишете или изберете основание."
        assert standing(town, paid.receipt) is Standing.IN_FORCE
        type_text(window, "Гражданинът се отказа")
        assert sheet.reason.field.note.title == ""
        press(window, "Ctrl+Return")
        until(lambda: isinstance(window.cover.sheet, ReceiptSheet), "for the storno's paper")
        press(window, "Escape")
        page = window.current
        assert isinstance(page, TillPage)
        until(lambda: len(page.list.model.items) == 3, "for the storno in the list")
    assert standing(town, paid.receipt) is Standing.VOIDED
    with village.store.ledger.reading() as connection:
        storno = connection.execute(sa.select(receipts).where(receipts.c.kind == ReceiptKind.STORNO.value)).one()
    assert (bytes(storno.voids), storno.cents, storno.reason) == (paid.receipt, -102, "Гражданинът се отказа")


def test_no_two_keys_void_a_receipt(town: Town) -> None:
    paid = town.village.pay(town.village.register().entry)
    keys = ("Ctrl+Delete", "Ctrl+Return", "Return", "Down", "Delete", "Space")
    with open_window(town.village) as window:
        page = till_page(window)
        until(lambda: page.details.shown)
        for first in keys:
            for second in keys:
                press(window, first)
                settle(0.02)
                press(window, second)
                settle(0.02)
                assert standing(town, paid.receipt) is Standing.IN_FORCE, (first, second)
                while window.cover.sheet is not None:
                    press(window, "Escape")
                    settle(0.02)
                if window.current.name != "till":
                    till_page(window)


def test_three_keys_are_enough_with_a_usual_reason(town: Town) -> None:
    paid = town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        begin_storno(window)
        press(window, "Down", "Ctrl+Return")
        until(lambda: isinstance(window.cover.sheet, ReceiptSheet))
    assert standing(town, paid.receipt) is Standing.VOIDED


def test_a_closed_day_says_what_to_do_instead(town: Town) -> None:
    paid = town.village.pay(town.village.register().entry)
    town.village.close_day()
    with open_window(town.village) as window:
        page = till_page(window)
        until(page.list.current)
        press(window, "Ctrl+Delete")
        sheet = laid(window)
        assert isinstance(sheet, NoStornoSheet)
        assert "обърнете към общината" in words_of(sheet)
        assert "16.11.2026" in words_of(sheet)
        press(window, "Ctrl+Return", "Escape")
        assert window.cover.sheet is None
    assert standing(town, paid.receipt) is Standing.IN_FORCE


def test_a_storno_has_no_storno(town: Town) -> None:
    town.village.void(town.village.pay(town.village.register().entry).receipt)
    with open_window(town.village) as window:
        page = till_page(window)
        until(page.list.current)
        for _ in range(2):
            press(window, "Ctrl+Delete")
            settle()
            assert window.cover.sheet is None
            press(window, "Down")


def test_the_reason_survives_a_lock(town: Town) -> None:
    town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        begin_storno(window)
        type_text(window, "Взета два пъти по гр")
        press(window, "Ctrl+L")
        until(lambda: window.current.name == "unlock")
        type_text(window, "селска парола")
        press(window, "Return")
        until(lambda: window.current.name == "till")
        sheet = begin_storno(window)
        until(lambda: sheet.reason.text() == "Взета два пъти по гр")
        press(window, "Escape")
        assert begin_storno(window).reason.text() == ""


def test_a_reason_thrown_away_does_not_come_back_while_the_store_is_slow(town: Town) -> None:
    town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        sheet = begin_storno(window)
        type_text(window, "Взета два пъти по гр")
        (keeper,) = sheet.findChildren(DraftKeeper)
        until(lambda: not keeper.pending, "for the store")
        hold = slow_writer(window)
        press(window, "Escape")
        QTimer.singleShot(200, hold.set)
        assert begin_storno(window).reason.text() == ""


def slow_writer(window: VillageWindow) -> threading.Event:
    """Keep the writing thread busy until the event given is set: a slow disk."""
    hold = threading.Event()
    session = window.session
    assert session is not None
    session.act(lambda _confirmed: hold.wait(5), lambda _waited: None, fail_loudly, frozenset())
    return hold


def fail_loudly(error: TefterError) -> None:
    """Nothing may fail here."""
    raise AssertionError(error)


def test_the_entry_owes_its_fee_again_after_a_storno(town: Town) -> None:
    entry = town.village.register()
    town.village.pay(entry.entry)
    with open_window(town.village) as window:
        begin_storno(window)
        press(window, "Down", "Ctrl+Return")
        until(lambda: isinstance(window.cover.sheet, ReceiptSheet))
    with town.village.store.ledger.reading() as connection:
        [row] = connection.execute(sa.select(entries.c.entry)).all()
        assert book.details(connection, bytes(row.entry)).row.paid_cents == 0


def test_a_day_left_open_is_told(town: Town) -> None:
    town.village.pay(town.village.register().entry)
    town.clock.tick(days=1)
    with open_window(town.village) as window:
        page = till_page(window)
        until(lambda: not page.today.banner.isHidden(), "for the sentence")
        assert page.today.banner.title.text() == "Не е приключен денят 16.11.2026"


def test_a_duplicate_is_printed_or_the_missing_printer_is_told(town: Town) -> None:
    town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        page = till_page(window)
        until(page.list.current)
        press(window, "Ctrl+P")
        assert isinstance(laid(window), NoPrinterSheet)
