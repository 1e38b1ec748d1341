"""What becomes of a case, by keys: a result with its number, handed over; a parcel; an ending; a mistake taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.domain.errors import DiskFull
from app.domain.facts import Correspondent
from app.domain.terms import CorrespondentKind, DeliveryState, DeliveryWay, Ending, Outcome, ResultWay
from app.services import endings, results
from app.ui.village.case_parts import DeliverPart, EndPart, IssuePart, WordsPart
from app.ui.village.case_sheet import DELIVER, END, ISSUE, NOTE, REOPEN, TAKE_BACK, CaseSheet
from app.ui.village.window import VillageWindow
from tests.town import Town
from tests.ui.hands import press, quiet, type_text, until
from tests.ui.shown import texts
from tests.ui.village.acts_hands import choose, held
from tests.ui.village.office import laid, open_window


@contextmanager
def on_the_case(town: Town, **filing: Any) -> Iterator[tuple[VillageWindow, CaseSheet]]:  # noqa: ANN401
    """Open the window over one entry and lay the sheet of its case by its key."""
    town.village.register(**filing)
    with open_window(town.village) as window:
        yield window, sheet_of(window)


def sheet_of(window: VillageWindow) -> CaseSheet:
    """Press the key of the case on the entry that is chosen."""
    quiet(window)
    press(window, "Ctrl+D")
    sheet = laid(window)
    assert isinstance(sheet, CaseSheet)
    quiet(window)
    return sheet


def test_a_certificate_is_issued_and_handed_over_by_keys_alone(town: Town) -> None:
    with on_the_case(town, result_way=ResultWay.AT_DESK) as (window, sheet):
        until(lambda: "изх. № 17-000001" in sheet.banner.title.text(), "for the number to come")
        part = sheet.part
        assert isinstance(part, IssuePart)
        assert part.copies.text() == "2", "a certificate is drawn up in two copies"
        press(window, "Ctrl+Return")
        until(lambda: isinstance(window.cover.sheet, CaseSheet) and window.cover.sheet is not sheet, "for the delivery")
        quiet(window)
        again = window.cover.sheet
        assert isinstance(again, CaseSheet)
        assert isinstance(again.part, DeliverPart)
        assert again.part.receiver.text() == held(town).correspondents[0].name
        press(window, "Ctrl+Return")
        until(lambda: held(town).results[0].delivery is not None, "for the delivery")
        (result,) = held(town).results
        assert result.delivery is not None
        assert (result.delivery.state, result.delivery.way) == (DeliveryState.HANDED, DeliveryWay.BY_HAND)
        until(lambda: any("предадено лично" in one for one in texts(window)), "for the details")
        assert any("17-000001" in one for one in texts(window))


def test_a_refusal_wants_its_grounds(town: Town) -> None:
    with on_the_case(town) as (window, sheet):
        part = sheet.part
        assert isinstance(part, IssuePart)
        part.outcome.setFocus()
        press(window, "Down")
        press(window, "Ctrl+Return")
        assert part.reason_field.note.title == "Напишете причината"
        assert not held(town).results
        type_text(window, "Няма такъв акт в регистъра")
        press(window, "Ctrl+Return")
        until(lambda: held(town).results, "for the refusal")
        (result,) = held(town).results
        assert (result.outcome, result.reason) == (Outcome.REFUSAL, "Няма такъв акт в регистъра")


def test_a_village_with_a_paper_book_is_asked_for_its_next_number(town: Town) -> None:
    village = town.village
    first = village.register().entry
    results.issue(village.store, results.Issuing(village.new_id(), first, Outcome.ANSWER, "Писмо", book_number="РД-12"))
    village.register()
    with open_window(village) as window:
        sheet = sheet_of(window)
        part = sheet.part
        assert isinstance(part, IssuePart)
        until(lambda: "РД-12" in part.number_field.line.placeholderText(), "for the last number")
        press(window, "Ctrl+Return")
        assert part.number_field.note.title == "Въведете номера от изходящата книга"
        type_text(window, "РД-13")
        press(window, "Ctrl+Return")
        until(lambda: isinstance(window.cover.sheet, CaseSheet) and window.cover.sheet is not sheet, "for the delivery")


def test_a_parcel_that_comes_back_is_sent_again(town: Town) -> None:
    village = town.village
    entry = village.register(result_way=ResultWay.POST_REGISTERED).entry
    results.issue(village.store, results.Issuing(village.new_id(), entry, Outcome.DOCUMENT, "Удостоверение"))
    with open_window(village) as window:
        for state in (DeliveryState.SENT, DeliveryState.RETURNED, DeliveryState.SENT):
            sheet = sheet_of(window)
            part = sheet.part
            assert isinstance(part, DeliverPart)
            part.state.choose(state.value)
            press(window, "Ctrl+Return")
            until(lambda state=state: _state(town) is state, "for the delivery")  # type: ignore[misc]
            until(lambda: window.cover.sheet is None, "for the page")
    (result,) = held(town).results
    assert result.delivery is not None
    assert result.delivery.way is DeliveryWay.POST


def _state(town: Town) -> DeliveryState | None:
    known = held(town).results[0].delivery
    return known.state if known is not None else None


def test_an_anonymous_signal_ends_without_proceeding_in_three_keys(town: Town) -> None:
    nobody = (Correspondent(CorrespondentKind.ANONYMOUS, ""),)
    with on_the_case(town, kind="signal", service=None, speed=None, correspondents=nobody) as (window, sheet):
        choose(window, sheet, END)
        until(lambda: "Производство не се образува" in sheet.banner.title.text(), "for what it means")
        press(window, "Ctrl+Return")
        until(lambda: held(town).ended is not None, "for the ending")
        until(lambda: any("Без производство: анонимна" in one for one in texts(window)), "for the details")


def test_what_goes_elsewhere_says_until_when_and_where(town: Town) -> None:
    with on_the_case(town, kind="signal", service=None, speed=None) as (window, sheet):
        choose(window, sheet, END)
        until(lambda: "Препраща се до" in sheet.banner.title.text(), "for the date")
        assert "АПК чл.112" in sheet.banner.title.text()
        press(window, "Ctrl+Return")
        part = sheet.part
        assert isinstance(part, EndPart)
        assert part.addressee_field.note.title == "Напишете до кого отива"
        type_text(window, "Община Струмяни")
        press(window, "Ctrl+Return")
        until(lambda: held(town).ended is not None, "for the ending")
        again = sheet_of(window)
        choose(window, again, END)
        part = again.part
        assert isinstance(part, EndPart)
        part.told_on.setFocus()
        type_text(window, "17.11.2026")
        press(window, "Ctrl+Return")
        until(lambda: "уведомен на 17.11.2026" in " ".join(texts(window)), "for the day on which the sender was told")


@pytest.mark.parametrize("act", [TAKE_BACK, REOPEN])
def test_a_mistake_is_taken_back_with_a_reason(town: Town, act: str) -> None:
    village = town.village
    entry = village.register().entry
    if act == TAKE_BACK:
        results.issue(village.store, results.Issuing(village.new_id(), entry, Outcome.DOCUMENT, "Удостоверение"))
    else:
        endings.end(village.store, entry, endings.EndingSaid(Ending.WITHDRAWN, reason="Вече не му трябва"))
    with open_window(village) as window:
        sheet = sheet_of(window)
        choose(window, sheet, act)
        press(window, "Ctrl+Return")
        part = sheet.part
        assert isinstance(part, WordsPart)
        assert part.text_field.note.title == "Напишете причината"
        type_text(window, "Беше друг човек")
        press(window, "Ctrl+Return")
        until(lambda: held(town).ended is None, "for the entry to be open again")


def test_what_was_typed_into_a_note_survives_a_lock_and_a_full_disk(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "Донесе и нотариален акт"
    with on_the_case(town) as (window, sheet):
        choose(window, sheet, NOTE)
        type_text(window, words)
        press(window, "Ctrl+L")
        until(lambda: window.current.name == "unlock", "for the lock")
        type_text(window, "селска парола")
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the register")
        again = sheet_of(window)
        part = again.parts[NOTE]
        assert isinstance(part, WordsPart)
        until(lambda: part.text.toPlainText() == words, "for the words")
        choose(window, again, NOTE)

        def full(*_: object) -> None:
            raise DiskFull(folder="store")

        with monkeypatch.context() as broken:
            broken.setattr(endings, "note", full)
            press(window, "Ctrl+Return")
            until(lambda: window.cover.sheet is not again, "for what went wrong")
        press(window, "Escape")
        last = sheet_of(window)
        note = last.parts[NOTE]
        assert isinstance(note, WordsPart)
        until(lambda: note.text.toPlainText() == words, "for the words")
        assert ISSUE in last.parts
        assert DELIVER not in last.parts


@pytest.mark.parametrize("day", ["15.11.2026", "17.11.2026", "тази сутрин"])
def test_a_delivery_is_of_a_day_between_its_issue_and_today(town: Town, day: str) -> None:
    village = town.village
    entry = village.register(result_way=ResultWay.AT_DESK).entry
    results.issue(village.store, results.Issuing(village.new_id(), entry, Outcome.DOCUMENT, "Удостоверение"))
    with open_window(village) as window:
        part = sheet_of(window).part
        assert isinstance(part, DeliverPart)
        part.on.setFocus()
        part.on.clear()
        type_text(window, day)
        press(window, "Ctrl+Return")
        assert part.day_field.note.title
        assert held(town).results[0].delivery is None
        press(window, "Escape")
