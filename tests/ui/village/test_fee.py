"""A clerk takes fees: by keys alone, with nothing typed twice, and nothing taken twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from app.domain.errors import DiskFull
from app.domain.facts import Correspondent
from app.domain.terms import CorrespondentKind, IdentifierKind
from app.ledger.tables import receipt_lines, receipts
from app.printing.printer import to_printer
from app.services import cash_desk
from app.services.registration import Registered
from app.ui.village import receipt_sheet
from app.ui.village.fee import FeePage
from app.ui.village.paper_out import Drawn, SavePaperSheet
from app.ui.village.receipt_sheet import ReceiptSheet
from app.ui.village.window import VillageWindow
from tests.town import Town
from tests.ui.hands import press, settle, type_text, until
from tests.ui.village.office import laid, open_window

PAYER = Correspondent(
    CorrespondentKind.PERSON, "Мария Примерова Образцова", identifier_kind=IdentifierKind.EGN, identifier="9501011234"
)


def fee_page(window: VillageWindow) -> FeePage:
    """Return the page of the fee, once it is shown with something to pay."""
    until(lambda: window.current.name == "fee", "for the fee's page")
    page = window.current
    assert isinstance(page, FeePage)
    return page


def until_offered(page: FeePage) -> None:
    """Wait for the offers of what to take a fee for."""
    until(lambda: page.choice.what.offering, "for offers")


def until_due(page: FeePage) -> None:
    """Wait for a fee to pay."""
    until(lambda: page.money.due.text not in {"", "0,00"}, "for the fee that is due")


def fee_of(window: VillageWindow) -> FeePage:
    """Press F3 on the entry that is chosen, and wait until its fee stands there."""
    until(window.current.current_entry, "for an entry in the list")
    press(window, "F3")
    page = fee_page(window)
    until_due(page)
    return page


def issued(town: Town) -> list[sa.Row[tuple[object, ...]]]:
    """Return the receipts in the store, oldest first."""
    with town.village.store.ledger.reading() as connection:
        return list(connection.execute(sa.select(receipts).order_by(receipts.c.position)))


def filed(town: Town) -> Registered:
    """Register an application for a paid certificate."""
    return town.village.register(correspondents=(PAYER,))


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the default printer be one that prints into a file; everything before the device is the program's own."""
    paper = tmp_path / "paper.pdf"

    def print_into(_name: str, drawn: Drawn) -> None:
        device = QPrinter()
        device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        device.setOutputFileName(str(paper))
        to_printer(device, drawn.sheets, drawn.number)

    monkeypatch.setattr(receipt_sheet, "default_printer", lambda: "Лазерен принтер")
    monkeypatch.setattr(receipt_sheet, "print_on", print_into)
    return paper


def test_a_known_fee_is_taken_and_printed_in_at_most_nine_keys(town: Town, printer: Path) -> None:
    filed(town)
    with open_window(town.village) as window:
        fee_of(window)
        type_text(window, "10")
        press(window, "Return")
        sheet = laid(window)
        assert isinstance(sheet, ReceiptSheet)
        press(window, "Return")
        until(printer.exists, "for the paper")
        until(lambda: sheet.banner.title.text() == window.speech.say("village.receipt.printed"))
        press(window, "Return")
        until(lambda: window.cover.sheet is None)
        keys = ["F3", "Return", "Return", "Return"]
        assert len(keys) <= 9
        assert window.current.name == "entries"
    [row] = issued(town)
    assert (row.cents, row.given, row.change) == (102, 1000, 898)


def test_the_keys_of_the_receipt_go_before_the_windows_own(town: Town, printer: Path) -> None:
    """Ctrl+Shift+P was the window's and the sheet's: both were silent."""
    filed(town)
    with open_window(town.village) as window:
        fee_of(window)
        type_text(window, "20")
        press(window, "Return")
        until(lambda: isinstance(window.cover.sheet, ReceiptSheet), "for the receipt")
        press(window, "Ctrl+Shift+P")
        until(lambda: isinstance(window.cover.sheet, SavePaperSheet), "for the name of the file")
    assert not printer.exists()


def test_the_applicant_pays_and_nothing_is_typed_again(town: Town) -> None:
    entry = filed(town)
    with open_window(town.village) as window:
        fee_of(window)
        press(window, "Down", "Return")
        laid(window)
    [row] = issued(town)
    assert (row.payer, row.payer_identifier) == (PAYER.name, PAYER.identifier)
    assert (row.given, row.change) == (102, 0)
    with town.village.store.ledger.reading() as connection:
        [line] = connection.execute(sa.select(receipt_lines)).all()
        assert cash_desk.fees_due(connection, entry.entry) == ()
    assert (bytes(line.entry), line.service, line.cents) == (entry.entry, 1997, 102)


@pytest.mark.parametrize(
    ("typed", "change"), [("10", "8,98"), ("10,00", "8,98"), ("10.5", "9,48"), ("1,02", "0,00"), (",5", "0,52")]
)
def test_the_change_follows_what_is_typed(town: Town, typed: str, change: str) -> None:
    filed(town)
    with open_window(town.village) as window:
        page = fee_of(window)
        type_text(window, typed)
        assert page.money.change.text == change


def test_what_is_missing_is_said_and_nothing_is_taken(town: Town) -> None:
    filed(town)
    with open_window(town.village) as window:
        page = fee_of(window)
        type_text(window, "1")
        assert page.money.change_label.text() == "Липсват"
        assert page.money.change.text == "0,02"
        press(window, "Return")
        assert page.banner.title.text() == "Дадени са по-малко, липсват 0,02\u00a0EUR."
        type_text(window, "0")
        assert page.banner.isHidden()
        assert page.money.change.text == "8,98"
        settle()
    assert issued(town) == []


def test_enter_without_an_amount_asks_for_it(town: Town) -> None:
    filed(town)
    with open_window(town.village) as window:
        page = fee_of(window)
        press(window, "Return")
        assert page.banner.title.text() == "Въведете колко са дадени."
        assert window.focusWidget() is page.given
    assert issued(town) == []


def test_enter_twice_takes_once(town: Town) -> None:
    filed(town)
    with open_window(town.village) as window:
        fee_of(window)
        type_text(window, "5")
        for _ in range(3):
            # Without letting the window live in between: a finger that trembles.
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
        laid(window)
    assert len(issued(town)) == 1


def test_several_fees_stand_on_one_receipt(town: Town) -> None:
    filed(town)
    with open_window(town.village) as window:
        page = fee_of(window)
        press(window, "F4")
        type_text(window, "наследници")
        until_offered(page)
        press(window, "Return")
        until(lambda: window.focusWidget() is page.choice.quantity, "for the quantity")
        type_text(window, "3")
        press(window, "Return")
        assert page.money.due.text == "8,70"
        assert page.money.count.text() == "2 такси"
        press(window, "Down", "Return")
        laid(window)
    [row] = issued(town)
    assert row.cents == 102 + 3 * 256
    with town.village.store.ledger.reading() as connection:
        lines = connection.execute(sa.select(receipt_lines).order_by(receipt_lines.c.place)).all()
    assert [(one.service, one.quantity, one.cents, one.entry is None) for one in lines] == [
        (1997, 1, 102, False),
        (2016, 3, 768, True),
    ]


def test_a_fee_without_an_entry_asks_who_pays_and_takes_no_name_too(town: Town) -> None:
    with open_window(town.village) as window:
        press(window, "F3")
        page = fee_page(window)
        until(lambda: window.focusWidget() is page.choice.what, "for the choice")
        type_text(window, "1997")
        until_offered(page)
        press(window, "Return", "Return")
        until(lambda: window.focusWidget() is page.payer.line, "for the payer")
        press(window, "Return")
        assert window.focusWidget() is page.given
        press(window, "Down", "Return")
        laid(window)
        press(window, "Escape")
        assert window.current.name == "till"
    [row] = issued(town)
    assert (row.payer, row.cents) == ("", 102)


def test_an_unpaid_entry_is_found_by_name_and_by_number(town: Town) -> None:
    filed(town)
    town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        press(window, "Alt+2")
        until(lambda: window.current.name == "till")
        for typed in ("образ", "17-000001"):
            press(window, "F3")
            page = fee_page(window)
            until(page.choice.what.hasFocus, "for the choice")
            type_text(window, typed)
            until_offered(page)
            press(window, "Return")
            until_due(page)
            assert page.money.due.text == "1,02"
            assert page.payer.isHidden()
            press(window, "Escape")
            until(lambda: window.current.name == "till")


def test_a_paid_entry_owes_nothing(town: Town) -> None:
    entry = filed(town)
    town.village.pay(entry.entry)
    with open_window(town.village) as window:
        until(window.current.current_entry)
        press(window, "F3")
        page = fee_page(window)
        until(lambda: not page.banner.isHidden(), "for the sentence")
        assert page.banner.title.text() == f"По вписване {entry.number} не се дължи такса."


def test_somebody_else_may_pay(town: Town) -> None:
    filed(town)
    with open_window(town.village) as window:
        page = fee_of(window)
        press(window, "F6")
        assert window.focusWidget() is page.payer.line
        page.payer.line.selectAll()
        type_text(window, "Петър Образцов")
        press(window, "Return", "Down", "Return")
        laid(window)
    assert issued(town)[0].payer == "Петър Образцов"


def test_what_is_typed_survives_the_window(town: Town) -> None:
    filed(town)
    with open_window(town.village) as window:
        fee_of(window)
        press(window, "F4")
        page = fee_page(window)
        type_text(window, "наследници")
        until_offered(page)
        press(window, "Return", "Return")
        until(lambda: window.focusWidget() is page.given)
        type_text(window, "20")
        receipt = page.open.bill.receipt
    with open_window(town.village) as window:
        press(window, "Alt+2")
        until(lambda: window.current.name == "till")
        press(window, "F3")
        page = fee_page(window)
        until(lambda: page.given.text() == "20", "for the draft")
        assert page.money.due.text == "3,58"
        press(window, "Return")
        laid(window)
    [row] = issued(town)
    assert bytes(row.receipt) == receipt
    with open_window(town.village) as window:
        press(window, "Alt+2")
        until(lambda: window.current.name == "till")
        press(window, "F3")
        settle()
        assert fee_page(window).money.due.text == "0,00"


def test_a_draft_forgets_a_fee_that_was_paid_meanwhile(town: Town) -> None:
    entry = filed(town)
    with open_window(town.village) as window:
        fee_of(window)
        press(window, "F4")
        page = fee_page(window)
        type_text(window, "наследници")
        until_offered(page)
        press(window, "Return", "Return")
        until(page.given.hasFocus)
    town.village.pay(entry.entry)
    with open_window(town.village) as window:
        press(window, "Alt+2")
        until(lambda: window.current.name == "till")
        press(window, "F3")
        page = fee_page(window)
        until_due(page)
        assert page.money.due.text == "2,56"


def test_a_lock_in_the_middle_keeps_every_sign(town: Town) -> None:
    filed(town)
    with open_window(town.village) as window:
        page = fee_of(window)
        type_text(window, "20")
        press(window, "Ctrl+L")
        until(lambda: window.current.name == "unlock")
        type_text(window, "селска парола")
        press(window, "Return")
        until(lambda: window.current is page, "for the fee")
        assert page.given.text() == "20"
        assert window.focusWidget() is page.given


def test_a_full_disk_takes_nothing_and_loses_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    filed(town)

    def full(*_any: object) -> None:
        raise DiskFull

    with open_window(town.village) as window:
        page = fee_of(window)
        type_text(window, "20")
        with monkeypatch.context() as broken:
            broken.setattr(cash_desk, "issue", full)
            press(window, "Return")
            laid(window)
        press(window, "Escape")
        assert page.given.text() == "20"
        press(window, "Return")
        until(lambda: isinstance(window.cover.sheet, ReceiptSheet), "for the receipt")
    assert len(issued(town)) == 1


def test_a_closed_till_says_so_at_once(town: Town) -> None:
    town.village.pay(filed(town).entry)
    town.village.close_day()
    filed(town)
    with open_window(town.village) as window:
        page = fee_of(window)
        until(lambda: page.banner.title.text() == "Касата е приключена за днес.", "for the sentence")


def test_back_leaves_without_a_receipt_and_without_a_draft(town: Town) -> None:
    filed(town)
    with open_window(town.village) as window:
        fee_of(window)
        type_text(window, "20")
        press(window, "Escape")
        until(lambda: window.current.name == "entries")
        page = fee_of(window)
        assert page.given.text() == ""
    assert issued(town) == []


def test_the_next_number_is_thin_until_it_is_given(town: Town) -> None:
    town.village.pay(filed(town).entry)
    filed(town)
    with open_window(town.village) as window:
        page = fee_of(window)
        until(lambda: page.side.number.text() == "17-000002", "for the number to come")


@pytest.mark.parametrize("language", ["bg", "en"])
def test_every_control_has_a_name(town: Town, language: str, named: Callable[[VillageWindow], list[str]]) -> None:
    filed(town)
    with open_window(town.village, "en" if language == "en" else "bg") as window:
        until(window.current.current_entry)
        press(window, "F3")
        fee_page(window)
        settle()
        press(window, "F4", "F6")
        assert named(window) == []
