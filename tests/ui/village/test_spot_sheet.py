"""„Заяви-получи“ by keys: one visit, one sheet, and the person leaves with the document and the receipt."""

from app.ui.village.check_sheet import CheckSheet
from app.ui.village.receipt_sheet import ReceiptSheet
from app.ui.village.spot_sheet import SpotSheet
from app.ui.village.window import VillageWindow
from tests.town import Town
from tests.ui.hands import press, quiet, type_text, until
from tests.ui.village.form_hands import NEW, Clerk, begin, registered
from tests.ui.village.office import laid, open_window

FAMILY, ADDRESS = "2109", "1997"


def asked(window: VillageWindow, service: str) -> CheckSheet:
    """Type what a person asks for, up to the check."""
    clerk = Clerk(window)
    begin(window, clerk)
    clerk.type(NEW.egn)
    clerk.press("Return")
    clerk.type(NEW.name)
    clerk.press("Return", "Return")
    clerk.type("ул. „Втора“ 3")
    clerk.press("Return")
    clerk.type(service)
    clerk.press("Return", "Ctrl+Return")
    sheet = laid(window)
    assert isinstance(sheet, CheckSheet)
    return sheet


def at_once(window: VillageWindow) -> SpotSheet:
    """Go on from the check to serving at once."""
    press(window, "F9")
    until(lambda: isinstance(window.cover.sheet, SpotSheet), "for the sheet")
    quiet(window)
    sheet = window.cover.sheet
    assert isinstance(sheet, SpotSheet)
    return sheet


def test_one_sheet_registers_takes_the_fee_and_issues(town: Town) -> None:
    with open_window(town.village) as window:
        asked(window, FAMILY)
        sheet = at_once(window)
        until(lambda: "изх. № 17-000001" in sheet.banner.help.text(), "for the number to come")
        press(window, "Right", "Tab")
        type_text(window, "20")
        press(window, "Ctrl+Return")
        until(lambda: isinstance(window.cover.sheet, ReceiptSheet), "for the receipt")
        assert window.current.name == "saved"
    (entry,) = registered(town)
    (result,) = entry.results
    assert result.delivery is not None
    assert result.delivery.receiver == NEW.name
    assert "2000" in result.delivery.note
    assert len(entry.receipts) == 1


def test_an_older_event_is_not_served_at_once_and_nothing_is_lost(town: Town) -> None:
    with open_window(town.village) as window:
        asked(window, FAMILY)
        sheet = at_once(window)
        press(window, "Ctrl+Return")
        assert sheet.when_field.note.title == "Попитайте кога е събитието"
        press(window, "Right", "Right", "Ctrl+Return")
        assert "обикновения ред" in sheet.banner.help.text()
        press(window, "Escape", "Ctrl+Return")
        assert isinstance(laid(window), CheckSheet)
        press(window, "Return")
        until(lambda: window.current.name == "saved", "for the number")
    (entry,) = registered(town)
    assert entry.results == ()


def test_too_little_money_takes_nothing(town: Town) -> None:
    with open_window(town.village) as window:
        asked(window, FAMILY)
        sheet = at_once(window)
        press(window, "Right", "Tab")
        type_text(window, "0,10")
        press(window, "Ctrl+Return")
        assert window.cover.sheet is sheet
        assert registered(town) == []
        press(window, "Escape")


def test_a_service_that_is_not_done_at_once_does_not_offer_it(town: Town) -> None:
    with open_window(town.village) as window:
        sheet = asked(window, ADDRESS)
        press(window, "F9")
        quiet(window)
        assert window.cover.sheet is sheet
