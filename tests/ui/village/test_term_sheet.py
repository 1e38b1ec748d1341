"""The term of an entry by keys: extended with its effect shown before, stopped by defects, run anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.errors import DiskFull
from app.domain.terms import TermAct
from app.services import proceedings
from app.ui.village.entries import EntriesPage
from app.ui.village.paper_out import SavePaperSheet
from app.ui.village.papers_notice import NoticeSheet
from app.ui.village.term_parts import DayPart, ExtendPart
from app.ui.village.term_sheet import TermSheet
from app.ui.village.window import VillageWindow
from tests.town import Town
from tests.ui.hands import press, quiet, type_text, until
from tests.ui.shown import texts
from tests.ui.village.acts_hands import choose, held
from tests.ui.village.office import laid, open_window
from tests.unit.printing.rendering import text_of, tight

ACT = "zayavlenie_akt"
WHY = "Иска се съгласие на друг орган"


@contextmanager
def on_the_term(town: Town, *, kind: str = ACT) -> Iterator[tuple[VillageWindow, TermSheet]]:
    """Open the window over one entry and lay the sheet of its term by its key."""
    town.village.register(kind=kind, service=None, speed=None)
    with open_window(town.village) as window:
        yield window, sheet_of(window)


def sheet_of(window: VillageWindow) -> TermSheet:
    """Press the key of the term on the entry that is chosen."""
    quiet(window)
    press(window, "Ctrl+T")
    sheet = laid(window)
    assert isinstance(sheet, TermSheet)
    quiet(window)
    return sheet


def extending(sheet: TermSheet) -> ExtendPart:
    """Return the part that extends."""
    part = sheet.parts[TermAct.EXTENDED]
    assert isinstance(part, ExtendPart)
    return part


def day_of(sheet: TermSheet, act: TermAct) -> DayPart:
    """Return a part that asks for a day."""
    part = sheet.parts[act]
    assert isinstance(part, DayPart)
    return part


def stop(window: VillageWindow, sheet: TermSheet, wanting: str) -> None:
    """Say what is wanting, by keys, and wait for the notice."""
    choose(window, sheet, TermAct.STOPPED)
    type_text(window, wanting)
    press(window, "Ctrl+Return")
    until(lambda: isinstance(window.cover.sheet, NoticeSheet), "for the act and its notice")
    quiet(window)


def test_an_extension_shows_its_date_before_and_the_register_after(town: Town) -> None:
    with on_the_term(town) as (window, sheet):
        before = held(town).due
        assert before is not None
        until(lambda: "Срокът става" in sheet.banner.title.text(), "for the effect")
        assert "АПК" in sheet.banner.title.text()
        assert "Досега" in sheet.banner.help.text()
        type_text(window, WHY)
        press(window, "Ctrl+Return")
        until(lambda: isinstance(window.cover.sheet, NoticeSheet), "for the act and its notice")
        press(window, "Escape")
        after = held(town)
        assert after.due is not None
        assert after.due.on > before.on
        until(lambda: any("Срокът е удължен" in one for one in texts(window)), "for the history")


def test_an_act_without_its_words_is_not_done_and_says_what_is_wanting(town: Town) -> None:
    with on_the_term(town) as (window, sheet):
        press(window, "Ctrl+Return")
        assert window.cover.sheet is sheet
        assert extending(sheet).reason_field.note.title == "Напишете причината"
        assert held(town).term.act is None


def test_defects_stop_the_term_and_their_repair_runs_it_anew(town: Town) -> None:
    with on_the_term(town) as (window, sheet):
        stop(window, sheet, "подпис")
        press(window, "Escape")
        assert held(town).term.stopped
        until(lambda: any("подпис" in one for one in texts(window)), "for what is wanting")
        page = window.current
        assert isinstance(page, EntriesPage)
        until(lambda: page.details.shown is not None and page.details.shown.term.stopped, "for the details")
        again = sheet_of(window)
        assert again.what.value() == TermAct.RESTARTED.value
        until(lambda: "Срокът става" in again.banner.title.text(), "for the effect")
        press(window, "Ctrl+Return")
        until(lambda: held(town).term.act is TermAct.RESTARTED, "for the repair")


def test_the_notice_is_saved_with_what_is_wanting_under_a_name_that_names_nobody(town: Town, tmp_path: Path) -> None:
    with on_the_term(town) as (window, sheet):
        stop(window, sheet, "пълномощно")
        press(window, "Ctrl+Shift+P")
        until(lambda: isinstance(window.cover.sheet, SavePaperSheet), "for the name of the file")
        proposed = window.cover.sheet
        assert isinstance(proposed, SavePaperSheet)
        file = tmp_path / Path(proposed.path.text()).name
        proposed.path.setText(str(file))
        press(window, "Return")
        until(file.exists, "for the file")
    text = text_of(file.read_bytes())
    assert tight("Уведомление за недостатъци") in text
    assert tight("пълномощно") in text
    assert tight("3 дни от получаването на това уведомление (АПК чл.30(2))") in text
    assert file.name == "17-000001-16.11.2026.pdf"


def test_a_notice_put_off_is_printed_later_and_its_receipt_is_noted_without_typing_again(town: Town) -> None:
    with on_the_term(town) as (window, sheet):
        stop(window, sheet, "скица")
        press(window, "Escape")
        again = sheet_of(window)
        press(window, "Ctrl+P")
        until(lambda: isinstance(window.cover.sheet, NoticeSheet), "for the notice once more")
        press(window, "Escape")
        again = sheet_of(window)
        choose(window, again, TermAct.STOPPED)
        press(window, "Tab")
        type_text(window, "16.11.2026")
        until(lambda: "Лицето има до" in again.banner.title.text(), "for the person's term")
        press(window, "Ctrl+Return")
        until(lambda: held(town).term.until is not None, "for the act")
        assert held(town).term.defects == ("скица",)


def test_a_day_that_is_none_holds_the_act_up_and_says_how_it_is_typed(town: Town) -> None:
    with on_the_term(town) as (window, sheet):
        type_text(window, WHY)
        press(window, "Tab")
        type_text(window, "32.13")
        press(window, "Ctrl+Return")
        quiet(window)
        assert window.cover.sheet is sheet
        assert extending(sheet).told_field.note.title == "Въведете датата като 22.11.2026"
        assert held(town).term.act is None


def test_a_full_disk_changes_no_term_and_keeps_the_words(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_any: object) -> None:
        raise DiskFull

    with on_the_term(town) as (window, sheet):
        type_text(window, WHY)
        with monkeypatch.context() as broken:
            broken.setattr(proceedings, "extend", full)
            press(window, "Ctrl+Return")
            until(lambda: window.cover.sheet is not sheet, "for what went wrong")
        press(window, "Escape")
        again = sheet_of(window)
        until(lambda: extending(again).reason.text() == WHY, "for the words")
        assert held(town).term.act is None


def test_what_was_typed_is_back_after_the_window_was_closed_over_the_sheet(town: Town) -> None:
    with on_the_term(town) as (window, _sheet):
        type_text(window, "Иска се")
    with open_window(town.village) as window:
        quiet(window)
        sheet = sheet_of(window)
        until(lambda: extending(sheet).reason.text() == "Иска се", "for the draft")


def test_a_complex_service_begins_its_term_with_access_to_the_data(town: Town) -> None:
    with on_the_term(town, kind="kao") as (window, sheet):
        assert sheet.what.value() == TermAct.STARTED.value
        assert day_of(sheet, TermAct.STARTED).day.label.text().replace("&", "") == "Достъп до данните на"
        until(lambda: "Срокът става" in sheet.banner.title.text(), "for the effect")
        press(window, "Ctrl+Return")
        until(lambda: held(town).term.act is TermAct.STARTED, "for the act")
        until(lambda: window.cover.sheet is None, "for the register")


def test_a_term_that_binds_the_citizen_has_no_such_act(town: Town) -> None:
    town.village.register(kind="zhalba", service=None, speed=None)
    with open_window(town.village) as window:
        quiet(window)
        press(window, "Ctrl+T")
        quiet(window)
        assert window.cover.sheet is None
