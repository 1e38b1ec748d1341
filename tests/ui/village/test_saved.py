"""After the commit: the number large, what it means, and a slip that leaves the window as paper or PDF."""

from pathlib import Path

import pypdf
import pytest
from PySide6.QtPrintSupport import QPrinterInfo

from app.domain import slip_codes
from app.services.slips import registration_digest
from app.ui.village.paper_out import NoPrinterSheet, SavePaperSheet
from app.ui.village.papers_slip import slip_content
from app.ui.village.saved import SavedPage
from app.ui.village.window import VillageWindow
from app.ui.widgets.button import Kind
from tests.town import Town
from tests.ui.hands import press, settle, type_text, until
from tests.ui.village.form_hands import NEW, begin, registered, saved
from tests.ui.village.office import laid, open_window


def register_here(window: VillageWindow, service: str = "1997") -> SavedPage:
    """Register an application by keys and return the page with its number."""
    begin(window)
    press(window, "Return")
    type_text(window, NEW.name)
    press(window, "Return", "Return", "Return")
    type_text(window, service)
    press(window, "Return", "Ctrl+Return")
    laid(window)
    press(window, "Return")
    return saved(window)


def test_the_number_stands_whole_with_day_and_hour_term_fee_and_the_slips_code(town: Town) -> None:
    with open_window(town.village) as window:
        page = register_here(window)
        (entry,) = registered(town)
        assert page.number.text == entry.row.told
        assert "16 ноември 2026" in page.when.text()
        assert page.due.value.startswith("23 ноември")
        assert page.fee.value == "1,02\u00a0EUR"
        with town.village.store.ledger.reading() as connection:
            digest = registration_digest(connection, entry.row.entry)
        assert page.code.value == slip_codes.code(digest)
        assert len(page.code.value.replace("-", "")) == 16


def test_the_card_of_what_comes_next_is_filled_the_fee_while_it_is_due_else_the_next_document(town: Town) -> None:
    with open_window(town.village) as window:
        page = register_here(window)
        assert (page.cards.take_fee.kind, page.cards.next.kind) == (Kind.CARD_PRIMARY, Kind.CARD)
        assert window.focusWidget() is page.cards.take_fee
        settle(0.5)
        press(window, "F2")
        until(lambda: window.current.name == "form", "for the form")
        page = register_here(window, "1999")
        assert (page.cards.take_fee.kind, page.cards.next.kind) == (Kind.CARD, Kind.CARD_PRIMARY)
        assert not page.cards.take_fee.isEnabled()
        assert window.focusWidget() is page.cards.next


def test_a_correction_does_not_change_the_code_of_a_slip_that_was_handed_out(town: Town) -> None:
    told = town.village.register()
    with open_window(town.village) as window:
        session = window.open_session()
        with session.store.ledger.reading() as connection:
            before = slip_content(session, connection, told.entry)
        until(window.current.current_entry, "for the entry")
        settle(0.2)
        press(window, "Ctrl+E")
        until(lambda: window.current.name == "correction", "for the correction")
        until(window.current.current_entry, "for the entry")
        settle(0.1)
        type_text(window, "Сбъркано")
        window.current.body.focus_field("subject")  # type: ignore[attr-defined]  # the correction's page
        press(window, "Ctrl+A")
        type_text(window, "Друго")
        press(window, "Ctrl+Return")
        laid(window)
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the register")
        with session.store.ledger.reading() as connection:
            after = slip_content(session, connection, told.entry)
    assert (before.subject, after.subject) == ("Удостоверение за настоящ адрес", "Друго")
    assert (before.code, before.qr, before.number) == (after.code, after.qr, after.number)


def test_the_slip_is_saved_as_pdf_under_a_name_that_names_nobody(town: Town, tmp_path: Path) -> None:
    with open_window(town.village) as window:
        page = register_here(window)
        press(window, "Ctrl+Shift+P")
        sheet = laid(window)
        assert isinstance(sheet, SavePaperSheet)
        proposed = Path(sheet.path.text()).name
        assert proposed == "17-000001-16.11.2026.pdf"
        press(window, "Ctrl+A")
        type_text(window, str(tmp_path / proposed))
        press(window, "Return")
        until((tmp_path / proposed).is_file, "for the file")
        until(lambda: proposed in window.status.sentence.text(), "for the sentence that it is saved")
        code = page.code.value
    reader = pypdf.PdfReader(tmp_path / proposed)
    text = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    assert "17-000001" in text
    assert NEW.name in text
    assert code in text
    assert "понеделник – петък, 08:00–12:00 и 13:00–17:00" in text
    assert NEW.name not in str(reader.metadata)


def test_a_folder_that_is_not_there_is_said_and_nothing_is_written(town: Town, tmp_path: Path) -> None:
    with open_window(town.village) as window:
        register_here(window)
        press(window, "Ctrl+Shift+P")
        laid(window)
        press(window, "Ctrl+A")
        type_text(window, str(tmp_path / "nowhere" / "a.pdf"))
        press(window, "Return")
        until(lambda: window.cover.sheet is not None, "for what went wrong")
        assert not isinstance(laid(window), SavePaperSheet)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(bool(QPrinterInfo.defaultPrinterName()), reason="this computer has a printer")
def test_without_a_printer_the_pdf_is_offered(town: Town) -> None:
    with open_window(town.village) as window:
        register_here(window)
        press(window, "Ctrl+P")
        assert isinstance(laid(window), NoPrinterSheet)
        press(window, "Return")
        assert isinstance(laid(window), SavePaperSheet)
