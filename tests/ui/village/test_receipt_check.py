"""A receipt on paper is checked by its signature, without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.receipt_codes import ReceiptVerdict
from app.services.cash_desk import Issued
from app.ui.village.papers_receipt import receipt_content
from app.ui.village.receipt_check import ReceiptCheckSheet
from app.ui.village.window import VillageWindow
from app.ui.widgets.text import Text
from resources.speech import speech
from tests.town import TestVillage, Town
from tests.ui.hands import press, quiet, settle, type_text, until
from tests.ui.village.office import laid, open_window


def verdict(verdict: ReceiptVerdict) -> str:
    """Return the sentence of a verdict."""
    return speech("bg").say(f"papers.receipt_verdict.{verdict.value}")


GENUINE = verdict(ReceiptVerdict.GENUINE)
ALTERED = verdict(ReceiptVerdict.ALTERED)
UNKNOWN = verdict(ReceiptVerdict.UNKNOWN_STATION)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Town]:
    """A municipality with two villages."""
    with Town(tmp_path, villages=2) as made:
        yield made


def qr_of(village: TestVillage, paid: Issued) -> str:
    """Return the text of the QR that stands on a receipt of a village."""
    with open_window(village) as window:
        assert window.session is not None
        with village.store.ledger.reading() as connection:
            return receipt_content(window.session, connection, paid.receipt).qr


def paid_at(village: TestVillage) -> Issued:
    """Take a fee at a village."""
    return village.pay(village.register().entry)


def check(window: VillageWindow, text: str) -> ReceiptCheckSheet:
    """Open the check by its key and scan a text into it, with the scanner's Enter behind it."""
    if window.current.name != "till":
        press(window, "Alt+2")
        until(lambda: window.current.name == "till")
    press(window, "F7")
    sheet = laid(window)
    assert isinstance(sheet, ReceiptCheckSheet)
    scan(window, text)
    return sheet


def scan(window: VillageWindow, text: str) -> None:
    """Type as a scanner does."""
    type_text(window, text)
    press(window, "Return")


def words_of(sheet: ReceiptCheckSheet) -> str:
    """Return all words on show in the sheet."""
    return "\n".join(one.text() for one in sheet.findChildren(Text) if one.isVisible())


def test_our_own_receipt_is_genuine_and_stands_in_the_book(town: Town) -> None:
    text = qr_of(town.village, paid_at(town.village))
    with open_window(town.village) as window:
        sheet = check(window, text)
        until(lambda: sheet.banner.title.text() == GENUINE, "for the verdict")
        quiet(window)
        told = words_of(sheet)
        for words in (
            "17-000001/16.11.2026",
            "1,02\u00a0EUR",
            "понеделник, 16 ноември 2026",
            "издадена, не е сторнирана",
        ):
            assert words in told


def test_a_voided_receipt_is_genuine_and_told_to_be_voided(town: Town) -> None:
    paid = paid_at(town.village)
    text = qr_of(town.village, paid)
    town.village.void(paid.receipt)
    with open_window(town.village) as window:
        sheet = check(window, text.lower())
        until(lambda: sheet.banner.title.text() == GENUINE)
        assert "издадена и после сторнирана" in words_of(sheet)


@pytest.mark.parametrize(
    ("before", "after"),
    [("EUR1.02", "EUR9.02"), ("17-000001", "17-000002"), ("16.11.2026", "17.11.2026"), (":S:", ":V:")],
)
def test_a_changed_receipt_is_told(town: Town, before: str, after: str) -> None:
    text = qr_of(town.village, paid_at(town.village))
    assert before in text
    with open_window(town.village) as window:
        sheet = check(window, text.replace(before, after))
        until(lambda: sheet.banner.title.text() == ALTERED, "for the verdict")


def test_another_villages_receipt_is_known_once_the_town_introduced_it(two: Town) -> None:
    here, there = two.villages
    text = qr_of(there, paid_at(there))
    with open_window(here) as window:
        sheet = check(window, text)
        until(lambda: sheet.banner.title.text() == UNKNOWN, "for the verdict")
    two.settle()
    with open_window(here) as window:
        sheet = check(window, text)
        until(lambda: sheet.banner.title.text() == GENUINE, "for the verdict")
        assert "station 18" in words_of(sheet)


def test_what_is_no_receipt_is_told_once_it_is_whole(town: Town) -> None:
    with open_window(town.village) as window:
        sheet = check(window, "TR1:17-0000")
        settle()
        assert sheet.banner.title.text() == "Прочетете знака с четец или поставете текста му"
        scan(window, "A" * 180)
        until(lambda: sheet.banner.title.text() == "Това не е текст на квитанция")


def test_the_next_scan_takes_the_place_of_the_one_before(town: Town) -> None:
    first = qr_of(town.village, paid_at(town.village))
    with open_window(town.village) as window:
        sheet = check(window, first.replace("EUR1.02", "EUR9.02"))
        until(lambda: sheet.banner.title.text() == ALTERED)
        scan(window, first)
        until(lambda: sheet.banner.title.text() == GENUINE)
        press(window, "Escape")
        assert window.cover.sheet is None
