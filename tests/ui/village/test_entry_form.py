"""A clerk registers what a person brought: by keys alone, few of them, and nothing typed is ever lost."""

from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.domain.errors import DiskFull
from app.domain.terms import Channel, CorrespondentKind, CorrespondentRole, FindingCode, ResultWay, Speed
from app.store import drafts
from app.ui.village.check_sheet import CheckSheet
from app.ui.village.doubt import DoubtSheet
from app.ui.village.entries import EntriesPage
from app.ui.village.entry_form import EntryFormPage
from app.ui.village.form_draft import NEW, decode
from app.ui.village.window import VillageWindow
from app.ui.widgets.text import Text
from tests.town import PASSWORD, Town
from tests.ui.hands import press, settle, type_text, until
from tests.ui.shown import keyboard
from tests.ui.village.form_hands import HOME, KNOWN, Clerk, begin, field, known_person, recall, registered, saved
from tests.ui.village.form_hands import NEW as NEW_PERSON
from tests.ui.village.office import laid, open_window

LEAST_SECONDS = 2.0
"""A draft is kept within this time after the last key."""


def test_u1_a_known_applicant_takes_twelve_control_keys_and_twenty_five_letters(town: Town) -> None:
    town.village.register(correspondents=(known_person(),))
    with open_window(town.village) as window:
        clerk = Clerk(window)
        page = begin(window, clerk)
        clerk.press("Return")
        recall(page, clerk, KNOWN.name[:4])
        clerk.type("2016")
        clerk.press("Return", "Ctrl+Return")
        laid(window)
        clerk.press("Return")
        assert saved(window).number.text.startswith("17-000002/")
    assert clerk.control <= 12
    assert clerk.text <= 25
    entry = registered(town)[-1]
    (one,) = entry.correspondents
    assert (one.name, one.identifier, one.address) == (KNOWN.name, KNOWN.egn, "ул. „Първа“ 12")
    assert (entry.row.service, entry.row.subject) == (2016, "Удостоверение за наследници")
    assert entry.findings == ()


def test_u2_a_new_applicant_takes_twenty_control_keys(town: Town) -> None:
    with open_window(town.village) as window:
        clerk = Clerk(window)
        begin(window, clerk)
        clerk.type(NEW_PERSON.egn)
        clerk.press("Return")
        clerk.type(NEW_PERSON.name)
        clerk.press("Return", "Return")
        clerk.type("ул. „Втора“ 3")
        clerk.press("Return")
        clerk.type("настоящ адрес")
        clerk.press("Return", "Ctrl+Return")
        laid(window)
        clerk.press("Return")
        saved(window)
    assert clerk.control <= 20
    (entry,) = registered(town)
    (one,) = entry.correspondents
    assert (one.name, one.identifier, one.settlement) == (NEW_PERSON.name, NEW_PERSON.egn, HOME)
    assert one.address == "ул. „Втора“ 3"
    assert (entry.channel, entry.sheets, entry.signed) == (Channel.BY_HAND, 1, True)
    assert (entry.result_way, entry.row.speed) == (ResultWay.AT_DESK, Speed.ORDINARY)
    assert entry.findings == ()


def test_the_number_of_somebody_known_fills_all_and_leads_to_the_request(town: Town) -> None:
    town.village.register(correspondents=(known_person(),))
    with open_window(town.village) as window:
        page = begin(window)
        type_text(window, KNOWN.egn)
        until(lambda: page.body.people.name.text() == KNOWN.name, "for the name of the number")
        press(window, "Return")
        assert window.focusWidget() is page.body.request.service


def test_u4_the_fee_follows_the_registration_and_nobody_is_typed_twice(town: Town) -> None:
    with open_window(town.village) as window:
        begin(window)
        press(window, "Return")
        type_text(window, NEW_PERSON.name)
        press(window, "Return", "Return", "Return")
        type_text(window, "1997")
        press(window, "Return", "Ctrl+Return")
        laid(window)
        press(window, "Return")
        page = saved(window)
        assert window.focusWidget() is page.cards.take_fee
        press(window, "F3")
        until(lambda: window.current.name == "fee", "for the fee")
        fee = window.current
        until(lambda: any(NEW_PERSON.name in one.text() for one in fee.findChildren(QLabel)), "for the payer")


def test_a_second_press_registers_nothing_twice(town: Town) -> None:
    with open_window(town.village) as window:
        begin(window)
        press(window, "Return")
        type_text(window, NEW_PERSON.name)
        press(window, "Ctrl+Return")
        laid(window)
        press(window, "Return", "Return", "Return", "Return")
        saved(window)
        settle(0.2)
        assert window.current.name == "saved"
    assert len(registered(town)) == 1


# --- what stands in the way -----------------------------------------------------------------------------------------


def three_errors(window: VillageWindow) -> EntryFormPage:
    """Leave three errors: no kind, no name, a date that is none."""
    page = begin(window)
    page.body.focus_field("kind")
    press(window, "Ctrl+A", "Delete")
    while keyboard(window) != "Получен по-рано":
        press(window, "Tab")
    press(window, "Return")
    type_text(window, "32.11")
    page.body.focus_field("subject")
    type_text(window, "кучета пред училището")
    press(window, "Ctrl+Return")
    return page


def test_u7_three_errors_stand_on_top_with_the_keyboard_and_in_the_fields_own_words(town: Town) -> None:
    with open_window(town.village) as window:
        page = three_errors(window)
        assert window.focusWidget() is page.body.summary
        said = [link.text() for link in page.body.summary.links]
        assert said == [field(page, name).note.title for name in ("kind", "received", "name")]
        assert len(set(said)) == 3
        assert page.body.request.subject.text() == "кучета пред училището"
        assert page.body.document.received_on.text() == "32.11"
        press(window, "Tab", "Tab", "Tab", "Return")
        assert window.focusWidget() is page.body.people.name
        type_text(window, NEW_PERSON.name)
        until(lambda: not field(page, "name").note.title, "for the problem to go once it is mended")
        assert field(page, "kind").note.title == said[0]
        assert [link.text() for link in page.body.summary.links if link.isVisible()] == said[:2]
        assert window.cover.sheet is None
    assert registered(town) == []


def test_a_finding_says_the_same_in_the_margin_in_the_strip_and_in_the_check_and_moves_nothing(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        before = page.body.people.address.mapTo(window, page.body.people.address.rect().topLeft())
        type_text(window, "9521011235")
        until(lambda: field(page, "identifier").note.title, "for the finding")
        settle()
        assert page.body.people.address.mapTo(window, page.body.people.address.rect().topLeft()) == before
        title = field(page, "identifier").note.title
        assert title in page.strip.titles
        press(window, "Return")
        type_text(window, NEW_PERSON.name)
        press(window, "Ctrl+Return")
        sheet = laid(window)
        assert title in [one.text() for one in sheet.findChildren(Text)]
        press(window, "Return")
        saved(window)
    assert FindingCode.INVALID_EGN in {one.code for one in registered(town)[0].findings}


def test_a_half_typed_number_and_what_is_not_yet_typed_are_no_findings(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        type_text(window, "95210")
        settle(0.3)
        assert page.strip.titles == ()
        press(window, "Return")
        until(lambda: page.strip.titles, "for the finding of a number that was left half")


# --- what follows ---------------------------------------------------------------------------------------------------


def test_number_term_and_fee_stand_beside_and_follow_what_is_typed(town: Town) -> None:
    town.village.register()
    with open_window(town.village) as window:
        page = begin(window)
        until(lambda: page.strip.number.value == "17-000002", "for the number to come")
        page.body.focus_field("service")
        type_text(window, "1997")
        press(window, "Return")
        until(lambda: page.strip.fee.value == "1,02\u00a0EUR", "for the fee")
        due = page.strip.due.value
        press(window, "Return", "Right")
        until(lambda: page.strip.fee.value == "1,53\u00a0EUR", "for the fee of the fast service")
        assert page.strip.due.value != due


def test_the_check_shows_every_line_and_leads_back_to_each_part(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        press(window, "Return")
        type_text(window, NEW_PERSON.name)
        press(window, "Ctrl+Return")
        sheet = laid(window)
        assert isinstance(sheet, CheckSheet)
        words = [one.text() for one in sheet.findChildren(Text)]
        assert NEW_PERSON.name in words
        assert "не е посочено" in words
        press(window, "Tab", "Tab", "Return")
        assert window.cover.sheet is None
        assert window.focusWidget() is page.body.people.identifier


# --- people ---------------------------------------------------------------------------------------------------------


def test_several_correspondents_have_their_roles_and_can_be_taken_away(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        press(window, "Return")
        type_text(window, NEW_PERSON.name)
        press(window, "F6", "Return")
        type_text(window, KNOWN.name)
        press(window, "F6", "Return")
        type_text(window, "Излишен Човек")
        press(window, "F7")
        assert page.body.people.name.text() == KNOWN.name
        press(window, "Ctrl+Return")
        laid(window)
        press(window, "Return")
        saved(window)
    (entry,) = registered(town)
    assert [(one.name, one.role) for one in entry.correspondents] == [
        (NEW_PERSON.name, CorrespondentRole.APPLICANT),
        (KNOWN.name, CorrespondentRole.CO_APPLICANT),
    ]


def test_an_anonymous_filing_needs_no_name_and_asks_for_none(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        press(window, "Shift+Tab", "End")
        assert page.body.people.who.value() == "anonymous"
        assert not page.body.people.name.isVisible()
        press(window, "Ctrl+Return")
        laid(window)
        press(window, "Return")
        saved(window)
    (entry,) = registered(town)
    assert [one.kind for one in entry.correspondents] == [CorrespondentKind.ANONYMOUS]
    assert entry.row.who == ""


def test_as_last_time_takes_over_what_the_same_person_asked_for(town: Town) -> None:
    town.village.register(correspondents=(known_person(),), service=2016, subject="за наследниците", speed=Speed.FAST)
    town.village.register()
    with open_window(town.village) as window:
        clerk = Clerk(window)
        page = begin(window, clerk)
        recall(page, clerk, KNOWN.egn[:4])
        press(window, "Ctrl+D")
        until(lambda: page.body.request.subject.text() == "за наследниците", "for the request of last time")
        press(window, "Ctrl+Return")
        laid(window)
        press(window, "Return")
        saved(window)
    last = registered(town)[-1]
    assert (last.row.service, last.row.speed, last.row.who) == (2016, Speed.FAST, KNOWN.name)
    assert last.case_file == last.row.entry


# --- drafts ---------------------------------------------------------------------------------------------------------


def half_a_form(window: VillageWindow) -> None:
    """Type half a form and stop in the middle of its subject."""
    begin(window)
    press(window, "Return")
    type_text(window, NEW_PERSON.name)
    press(window, "Return", "Return", "Return", "Return")
    type_text(window, "за огра")


def kept(town: Town) -> list[str]:
    """Return the subjects of the drafts that lie in the store."""
    found = [decode(content) for _id, content in drafts.kept(town.village.store, NEW)]
    return [one.subject for one in found if one is not None]


def test_u8_a_draft_lies_in_the_store_two_seconds_after_the_last_key(town: Town) -> None:
    with open_window(town.village) as window:
        half_a_form(window)
        settle(LEAST_SECONDS)
        assert kept(town) == ["за огра"]


def test_u8_a_draft_is_back_after_a_restart_with_the_keyboard_where_it_was(town: Town) -> None:
    with open_window(town.village) as window:
        half_a_form(window)
        until(lambda: kept(town) == ["за огра"], "for the draft")
    with open_window(town.village) as window:
        page = begin(window)
        until(lambda: page.draft.touched, "for the draft")
        assert (page.body.people.name.text(), page.body.request.subject.text()) == (NEW_PERSON.name, "за огра")
        until(lambda: window.focusWidget() is page.body.request.subject, "for the keyboard")
        press(window, "End")
        type_text(window, "да")
        press(window, "Ctrl+Return")
        laid(window)
        press(window, "Return")
        saved(window)
        press(window, "Escape")
        until(lambda: window.current.name == "entries", "for the register")
        settle(0.1)
        register = window.current
        assert isinstance(register, EntriesPage)
        assert register.begun.isHidden()
    assert registered(town)[0].row.subject == "за ограда"
    assert kept(town) == []


def test_u9_a_locked_window_loses_no_letter(town: Town) -> None:
    with open_window(town.village) as window:
        half_a_form(window)
        press(window, "Ctrl+L")
        assert kept_or_pending(town)
        assert window.current is window.unlock
        type_text(window, PASSWORD)
        press(window, "Return")
        until(lambda: window.current.name == "form", "for the form")
        type_text(window, "да")
        page = begin(window)
        assert page.body.request.subject.text() == "за ограда"


def kept_or_pending(town: Town) -> bool:
    """Return whether the draft lies in the store, once the writer had time."""
    until(lambda: kept(town) == ["за огра"], "for the draft")
    return True


def test_esc_puts_the_form_aside_and_f2_comes_back_to_it(town: Town) -> None:
    with open_window(town.village) as window:
        half_a_form(window)
        press(window, "Escape")
        until(lambda: window.current.name == "entries", "for the register")
        register = window.current
        assert isinstance(register, EntriesPage)
        until(register.begun.isVisible, "for the bar that says a document waits")
        assert NEW_PERSON.name in register.begun.banner.title.text()
        page = begin(window)
        assert page.body.request.subject.text() == "за огра"
        assert window.focusWidget() is page.body.request.subject


def test_a_draft_is_thrown_away_only_after_a_question(town: Town) -> None:
    with open_window(town.village) as window:
        half_a_form(window)
        press(window, "F8")
        laid(window)
        press(window, "Return")
        page = begin(window)
        assert page.body.request.subject.text() == "за огра"
        press(window, "F8")
        laid(window)
        press(window, "Tab", "Return")
        until(lambda: page.body.request.subject.text() == "", "for an empty form")
        settle(0.1)
    assert kept(town) == []


def test_an_empty_form_that_was_checked_can_be_cleared_of_its_problems(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        press(window, "Ctrl+Return")
        until(page.body.summary.isVisible, "for the problems")
        press(window, "F8")
        until(lambda: not page.body.summary.isVisible(), "for a form without problems")
        assert shown_notes(page) == []


def test_a_clerk_who_chooses_a_service_is_not_told_that_none_is_chosen(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        press(window, "Return")
        type_text(window, NEW_PERSON.name)
        missing = "Не е посочена услуга"
        while keyboard(window) != "Услуга":
            press(window, "Tab")
        press(window, "Tab")
        until(lambda: missing in shown_notes(page), "for what is missing")
        press(window, "Shift+Tab")
        type_text(window, "удост")
        until(lambda: missing not in shown_notes(page), "for the offers alone")
        assert page.body.request.service.offering


def shown_notes(page: EntryFormPage) -> list[str]:
    """Return the titles that stand beside fields."""
    return [one.note.title for one in page.body.fields if one.note.isVisible() and one.note.title]


def fill_the_disk(town: Town) -> None:
    """Let the store's file grow no more, and use up what room is left in it."""
    with town.village.store.ledger.writing() as writing:
        pages = writing.connection.exec_driver_sql("PRAGMA page_count").scalar()
        writing.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with suppress(DiskFull):
        for _ in range(1_000):
            town.village.register(subject="дълго " * 80)
    with pytest.raises(DiskFull):
        town.village.register(subject="дълго " * 80)


def make_room(town: Town) -> None:
    """Let the store's file grow again."""
    with town.village.store.ledger.writing() as writing:
        writing.connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")


def test_a_full_disk_registers_nothing_and_loses_nothing(town: Town) -> None:
    with open_window(town.village) as window:
        half_a_form(window)
        settle(LEAST_SECONDS)
        fill_the_disk(town)
        before = len(registered(town))
        type_text(window, "да" + " дълго" * 80)
        press(window, "Ctrl+Return")
        laid(window)
        press(window, "Return")
        until(lambda: not isinstance(laid(window), CheckSheet), "for what went wrong")
        press(window, "Escape")
        page = begin(window)
        assert page.body.request.subject.text().startswith("за ограда дълго")
        assert len(registered(town)) == before
        make_room(town)
        press(window, "Ctrl+Return")
        laid(window)
        press(window, "Return")
        saved(window)
    assert len(registered(town)) == before + 1
    assert registered(town)[-1].row.subject.startswith("за ограда дълго")


# --- access ---------------------------------------------------------------------------------------------------------


def mnemonics(window: QWidget) -> list[str]:
    """Return the keys of the labels on show."""
    labels = [one for one in window.findChildren(QLabel) if one.isVisible() and one.buddy() is not None]
    return [QKeySequence.mnemonic(one.text()).toString() for one in labels]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_u6_every_control_has_a_name_and_every_input_a_label_with_a_key_of_its_own(
    town: Town, named: Callable[[QWidget], list[str]], language: str
) -> None:
    with open_window(town.village, "en" if language == "en" else "bg") as window:
        page = begin(window)
        type_text(window, KNOWN.egn)
        press(window, "F6")
        page.body.document.set_open(on=True)
        page.body.result.set_open(on=True)
        page.body.focus_field("service")
        type_text(window, "1997")
        press(window, "Return")
        settle()
        assert named(window) == []
        keys = mnemonics(window)
        assert "" not in keys
        assert len(keys) == len(set(keys))
        buddies = {one.buddy() for one in window.findChildren(QLabel)}
        inputs = [one for one in page.findChildren(QLineEdit) if one.isVisible()]
        assert inputs
        assert [one for one in inputs if one not in buddies] == []


def test_u5_tab_visits_every_control_of_the_form_once_from_top_to_bottom(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        first = window.focusWidget()
        seen: list[QWidget] = []
        now = first
        for _ in range(60):
            press(window, "Tab")
            now = window.focusWidget()
            if now is first:
                break
            seen.append(now)
        assert now is first
        assert len(seen) == len(set(seen))
        inside = [one for one in (first, *seen) if page.body.column.isAncestorOf(one)]
        places = [one.mapTo(page.body.column, one.rect().center()).y() for one in inside]
        start = places.index(min(places))
        turned = places[start:] + places[:start]
        assert all(later >= earlier - 12 for earlier, later in pairwise(turned))
        expected = {one for one in page.findChildren(QWidget) if _stops(one)}
        assert expected <= {first, *seen}


def _stops(one: QWidget) -> bool:
    """Return whether Tab should stop at a widget."""
    tab = one.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tab) and one.isVisible() and one.isEnabled() and one.focusProxy() is None


# --- the clock ------------------------------------------------------------------------------------------------------


def test_a_doubtful_clock_asks_for_the_day_once_and_the_form_is_registered_with_it(town: Town) -> None:
    town.village.register()
    with open_window(town.village) as window:
        half_a_form(window)
        type_text(window, "да")
        town.clock.tick(days=40)
        press(window, "Ctrl+Return")
        laid(window)
        press(window, "Return")
        until(lambda: isinstance(laid(window), DoubtSheet), "for the question about the day")
        settle(LEAST_SECONDS)
        type_text(window, "17.11.2026")
        press(window, "Return")
        assert saved(window).number.text == "17-000002/17.11.2026"
        settle(LEAST_SECONDS)
        assert kept(town) == []
    entry = registered(town)[-1]
    assert (entry.row.subject, entry.clock_doubt) == ("за ограда", True)
    assert len(registered(town)) == 2
