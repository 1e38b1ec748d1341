"""A service at the desk by keys: its papers, what is read of it, a kind's own fields, who came before closing."""

from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.entries import NO_PARTICULARS, Particulars
from app.domain.facts import PaperSeen, Particular
from app.domain.terms import Channel, FindingCode, PaperState, Speed, TermAct
from app.services import book, registration
from app.services.details import EntryDetails
from app.ui.village.check_sheet import CheckSheet
from app.ui.village.entry_form import EntryFormPage
from app.ui.village.form_draft import NEW, decode
from app.ui.village.papers_notice import NoticeSheet
from app.ui.village.service_sheet import ServiceSheet
from app.ui.village.term_sheet import TermSheet
from app.ui.village.window import VillageWindow
from app.ui.widgets.text import Text
from tests.town import Town
from tests.ui.hands import press, quiet, type_text, until
from tests.ui.shown import keyboard, texts
from tests.ui.village.form_hands import KNOWN, begin, correction, field, filing, known_person, registered, saved
from tests.ui.village.form_hands import NEW as NEW_PERSON
from tests.ui.village.office import laid, open_window

HEIRS, TAX_VALUE, LAST_PAPER = "2016", "2518", "Декларация с имената на наследниците"
APPEAL = "Жалба срещу"


def ask_for(window: VillageWindow, service: str) -> EntryFormPage:
    """Type a person without a number and a service, and leave the keyboard in the subject."""
    page = begin(window)
    press(window, "Return")
    type_text(window, NEW_PERSON.name)
    press(window, "Return", "Return", "Return")
    choose_service(window, page, service)
    return page


def choose_service(window: VillageWindow, page: EntryFormPage, service: str) -> None:
    """Choose a service by its number."""
    page.body.focus_field("service")
    type_text(window, service)
    until(lambda: page.body.request.service.offering, "for the service")
    press(window, "Return")
    until(page.body.request.papers_field.isVisible, "for its papers")


def choose_kind(window: VillageWindow, page: EntryFormPage, name: str) -> None:
    """Open the part of the document and choose a kind by its name."""
    page.body.focus_field("kind")
    press(window, "Ctrl+A")
    type_text(window, name)
    until(lambda: page.body.document.kind.offering, "for the kind")
    press(window, "Return")


def save(window: VillageWindow) -> None:
    """Check, and give the number."""
    press(window, "Ctrl+Return")
    assert isinstance(laid(window), CheckSheet)
    press(window, "Return")
    saved(window)


def said(sheet: QWidget) -> list[str]:
    """Return all texts of a sheet."""
    return [one.text() for one in sheet.findChildren(Text)]


def only(town: Town) -> EntryDetails:
    """Return the one entry of the register."""
    (entry,) = registered(town)
    return entry


# --- papers of a service --------------------------------------------------------------------------------------------


def test_a_clerk_who_ignores_the_list_presses_no_key_for_it(town: Town) -> None:
    with open_window(town.village) as window:
        page = ask_for(window, HEIRS)
        papers = page.body.request.papers
        assert papers.summary.text() == "Документи: всички налице"
        assert not papers.is_open
        assert window.focusWidget() is page.body.request.subject
        press(window, "Return", "Return")
        assert window.focusWidget() is page.complete_button
        save(window)
    assert only(town).particulars == NO_PARTICULARS


def test_a_missing_paper_is_told_by_the_space_bar_and_stands_in_the_notice_of_defects(town: Town) -> None:
    with open_window(town.village) as window:
        page = ask_for(window, HEIRS)
        press(window, "F10")
        assert keyboard(window) == "Заявление по образец: налице"
        press(window, "Return", "Down", "Space")
        assert keyboard(window) == f"{LAST_PAPER}: липсва"
        until(lambda: page.strip.titles, "for the finding")
        assert page.strip.titles == ("Липсва документ от списъка",)
        assert field(page, "papers").note.title == page.strip.titles[0]
        press(window, "Return")
        assert window.focusWidget() is page.complete_button
        press(window, "Ctrl+Return")
        assert f"липсва: {LAST_PAPER}" in said(laid(window))
        press(window, "Return")
        saved(window)
        press(window, "Alt+1")
        quiet(window)
        assert LAST_PAPER in texts(window)
        press(window, "Ctrl+T")
        sheet = laid(window)
        assert isinstance(sheet, TermSheet)
        quiet(window)
        assert next(iter(sheet.parts)) == TermAct.STOPPED
        assert shown_defects(window) == LAST_PAPER
        press(window, "Ctrl+Return")
        until(lambda: isinstance(window.cover.sheet, NoticeSheet), "for the notice")
    entry = only(town)
    assert entry.particulars.papers == (
        PaperSeen("zayavlenie", PaperState.PRESENT),
        PaperSeen("lichen_dokument", PaperState.PRESENT),
        PaperSeen("spisak_naslednitsi", PaperState.MISSING),
    )
    assert [one.code for one in entry.findings] == [FindingCode.PAPER_MISSING]
    assert entry.term.defects == (LAST_PAPER,)


def shown_defects(window: VillageWindow) -> str:
    """Return what stands in the field of defects that has the keyboard."""
    widget = window.focusWidget()
    assert isinstance(widget, QPlainTextEdit)
    return widget.toPlainText()


def test_what_is_typed_after_the_missing_papers_is_kept_when_the_sheet_is_left(town: Town) -> None:
    with open_window(town.village) as window:
        ask_for(window, HEIRS)
        press(window, "F10", "Space")
        save(window)
        assert "Уведомление за липсващото" in texts(window)
        press(window, "Ctrl+T")
        sheet = laid(window)
        quiet(window)
        type_text(window, " и подпис")
        sheet.keep_now()
        press(window, "Escape")
        quiet(window)
        press(window, "Ctrl+T")
        laid(window)
        until(lambda: shown_defects(window) == "Заявление по образец и подпис", "for what was typed")


def test_a_paper_goes_round_three_states_and_its_list_opens_with_the_draft(
    town: Town,
) -> None:
    with open_window(town.village) as window:
        page = ask_for(window, HEIRS)
        press(window, "F10")
        for state in ("липсва", "не се изисква", "налице", "липсва"):
            press(window, "Space")
            assert keyboard(window) == f"Заявление по образец: {state}"
        press(window, "F10")
        assert not page.body.request.papers.is_open
        page.keep_now()
        page.fill(page.read())
        assert page.body.request.papers.is_open
        assert page.body.request.papers.summary.text() == "Документи: липсва 1"


def test_a_list_is_there_at_once_for_a_service_chosen_just_now(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        page.body.focus_field("service")
        type_text(window, HEIRS)
        press(window, "Return", "F10")
        assert keyboard(window) == "Заявление по образец: налице"


def test_who_asks_orally_is_asked_for_no_application(town: Town) -> None:
    with open_window(town.village) as window:
        page = ask_for(window, "1997")
        page.body.document.channel.choose(Channel.ORAL)
        press(window, "F10")
        assert [row.accessibleName() for row in page.body.request.papers.rows] == ["Документ за самоличност: налице"]


def test_another_service_has_another_list(town: Town) -> None:
    with open_window(town.village) as window:
        page = ask_for(window, HEIRS)
        press(window, "F10", "Down", "Down", "Space")
        until(lambda: page.strip.titles, "for the finding")
        page.body.focus_field("service")
        press(window, "Ctrl+A")
        choose_service(window, page, "1997")
        until(lambda: not page.strip.titles, "for the finding to go")
        names = [row.accessibleName() for row in page.body.request.papers.rows]
        assert names == ["Заявление по образец: налице", "Документ за самоличност: налице"]


def test_every_control_of_the_open_list_has_a_name(town: Town, named: Callable[[QWidget], list[str]]) -> None:
    with open_window(town.village) as window:
        page = ask_for(window, TAX_VALUE)
        choose_kind(window, page, APPEAL)
        press(window, "F10")
        quiet(window)
        assert named(window) == []


# --- what is read of a service --------------------------------------------------------------------------------------


def test_f9_reads_a_service_of_the_village_with_its_example_tariff(town: Town) -> None:
    with open_window(town.village) as window:
        page = ask_for(window, HEIRS)
        before = window.focusWidget()
        press(window, "F9")
        sheet = laid(window)
        assert isinstance(sheet, ServiceSheet)
        told = said(sheet)
        assert "Издаване на удостоверение за наследници · номер 2016 в регистъра" in told
        assert {"7 дни", "3 дни", "24 часа", "2,56\u00a0EUR", "5,11\u00a0EUR"} <= set(told)
        assert "срок по АПК чл.57(2) · такса по ЗМДТ чл.110(1) т.1" in told
        assert "Примерна тарифа, неприета от общината. Не казвайте сумите като сигурни." in told
        assert "– Документ за самоличност: само се вижда, не се копира" in told
        assert "– Акт за гражданско състояние" in told
        assert "Кметът на кметството или упълномощен от него служител" in told
        press(window, "Escape")
        assert window.cover.sheet is None
        assert window.focusWidget() is before
        assert page.isVisible()


def test_f9_says_which_unit_of_the_town_does_a_forwarded_service_and_scrolls_by_the_arrows(town: Town) -> None:
    with open_window(town.village) as window:
        page = ask_for(window, TAX_VALUE)
        assert "звено „Местни данъци и такси“" in field(page, "service").note.title
        assert page.strip.fee.value == "по тарифата на общината"
        press(window, "F9")
        sheet = laid(window)
        told = said(sheet)
        assert "Общината, звено „Местни данъци и такси“" in told
        assert "Таксата е по тарифата на общината" in told
        assert not [one for one in told if one.startswith("Примерна тарифа")]
        last = next(one for one in sheet.findChildren(Text) if one.text().startswith("4. "))
        assert last.visibleRegion().isEmpty()
        press(window, "PgDown", "Down", "Down")
        quiet(window)
        assert not last.visibleRegion().isEmpty()
        press(window, "F9")
        until(lambda: window.cover.sheet is None, "for the sheet to go")


def test_without_a_service_nothing_is_read(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        press(window, "F9", "F10")
        assert window.cover.sheet is None
        assert not page.body.request.papers_field.isVisible()


# --- what a kind has of its own -------------------------------------------------------------------------------------


def test_an_appeal_asks_for_its_act_and_two_dates_by_enter_alone(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        choose_kind(window, page, APPEAL)
        assert window.focusWidget() is field(page, "particulars.act").input
        type_text(window, "Заповед 45")
        press(window, "Return")
        type_text(window, "2.11.2026")
        press(window, "Return")
        type_text(window, "31.11.2026")
        page.body.focus_field("name")
        type_text(window, NEW_PERSON.name)
        press(window, "Ctrl+Return")
        assert [one.text() for one in page.body.summary.links] == ["Въведете датата като 22.11.2026 или я изчистете"]
        press(window, "Tab", "Return")
        assert keyboard(window) == "Съобщен на"
        press(window, "Ctrl+A")
        type_text(window, "10.11.2026")
        press(window, "Ctrl+Return")
        told = said(laid(window))
        assert {"Обжалван акт", "Заповед 45", "02.11.2026", "10.11.2026"} <= set(told)
        press(window, "Return")
        saved(window)
        press(window, "Alt+1")
        quiet(window)
        assert {"Обжалван акт", "Заповед 45", "Съобщен на", "10.11.2026"} <= set(texts(window))
    assert only(town).particulars.values == (
        Particular("act", "Заповед 45"),
        Particular("act_on", "2026-11-02"),
        Particular("told_on", "2026-11-10"),
    )


def test_own_fields_are_kept_in_the_draft_and_another_kind_hides_them(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        choose_kind(window, page, APPEAL)
        type_text(window, "Заповед 45")
        page.keep_now()
        quiet(window)
        session = window.open_session()
        kept: list[tuple[bytes, bytes]] = []
        session.kept(NEW, kept.extend, window.fail)
        until(lambda: kept, "for the draft")
        draft = decode(kept[0][1])
        assert draft is not None
        assert (draft.kind, draft.particulars) == ("zhalba", {"act": "Заповед 45"})
        choose_kind(window, page, "Предложение")
        assert not [one for one in page.body.document.own.all if not one.isHidden()]
        choose_kind(window, page, APPEAL)
        assert field(page, "particulars.act").input.isVisible()
        assert page.read().particulars == {"act": "Заповед 45"}


def test_a_signal_of_an_old_breach_is_told_to_begin_no_proceeding(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        choose_kind(window, page, "Сигнал")
        press(window, "Return")
        type_text(window, "15.11.2024")
        until(lambda: field(page, "particulars.happened_on").note.title, "for the finding")
        assert "без производство" in field(page, "particulars.happened_on").note.title


def test_an_objection_takes_its_term_by_hand(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        choose_kind(window, page, "Възражение")
        press(window, "Return")
        type_text(window, "ЗУТ чл.131")
        press(window, "Return")
        type_text(window, "30.11.2026")
        until(lambda: page.strip.due.value == "понеделник, 30 ноември 2026", "for the term")


def test_a_choice_of_a_kind_is_made_by_the_arrows_and_read_in_words(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        choose_kind(window, page, "Заявление за достъп до")
        assert keyboard(window) == "Форма на достъп"
        press(window, "Down", "Down", "Down")
        page.body.focus_field("name")
        type_text(window, NEW_PERSON.name)
        press(window, "Ctrl+Return")
        assert "Копие на хартия" in said(laid(window))
        press(window, "Return")
        saved(window)
    assert only(town).particulars.values == (Particular("form", "paper"),)


def test_a_correction_changes_an_own_field_and_shows_what_stood(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        choose_kind(window, page, "Декларация")
        type_text(window, "ЗГР")
        page.body.focus_field("name")
        type_text(window, NEW_PERSON.name)
        save(window)
        press(window, "Alt+1")
        quiet(window)
        press(window, "Ctrl+E")
        corrected = correction(window)
        type_text(window, "Сбъркан закон")
        corrected.body.focus_field("particulars.law")
        press(window, "Ctrl+A")
        type_text(window, "ЗМДТ")
        press(window, "Ctrl+Return")
        assert {"ЗГР", "ЗМДТ"} <= set(said(laid(window)))
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the register")
        until(lambda: any("По кой закон: ЗГР, сега ЗМДТ" in text for text in texts(window)), "for the history")
    entry = only(town)
    assert filing(town, entry.row.entry).particulars.values == (Particular("law", "ЗМДТ"),)


# --- who came before closing ----------------------------------------------------------------------------------------


def test_who_came_before_closing_is_asked_for_only_then_and_moves_the_term(town: Town) -> None:
    with open_window(town.village) as window:
        page = ask_for(window, HEIRS)
        early = page.body.request.early_field
        assert not early.isVisible()
        town.clock.tick(days=4, hours=8, minutes=40)
        page.derive()
        until(early.isVisible, "for the question")
        assert page.strip.due.value == "понеделник, 30 ноември 2026"
        press(window, "Return", "Return")
        assert keyboard(window).startswith("Не")
        press(window, "Right")
        until(lambda: page.strip.due.value == "петък, 27 ноември 2026", "for the earlier term")
        page.body.document.channel.choose(Channel.POST)
        until(lambda: not early.isVisible(), "for the question to go")
        page.body.document.channel.choose(Channel.BY_HAND)
        until(early.isVisible, "for the question again")
        assert page.strip.due.value == "понеделник, 30 ноември 2026", "what was hidden is asked anew"
        assert page.body.request.early.value() == "no"
        page.body.focus_field("before_closing")
        press(window, "Right")
        until(lambda: page.strip.due.value == "петък, 27 ноември 2026", "for the earlier term")
        save(window)
    entry = only(town)
    assert entry.particulars.before_closing
    assert entry.due is not None
    assert f"{entry.due.on:%d.%m.%Y}" == "27.11.2026"


def test_what_was_never_looked_at_is_read_as_nothing(town: Town) -> None:
    told = town.village.register()
    with town.village.store.ledger.reading() as connection:
        assert book.details(connection, told.entry).particulars == NO_PARTICULARS


def test_the_history_says_a_correction_in_words_and_hides_identifiers(town: Town) -> None:
    told = town.village.register(correspondents=(known_person(),))
    other = msgspec.structs.replace(known_person(), identifier=NEW_PERSON.egn, settlement="00014")
    now = msgspec.structs.replace(
        filing(town, told.entry),
        correspondents=(other,),
        speed=Speed.EXPRESS,
        signed=False,
        particulars=Particulars(before_closing=True, papers=(PaperSeen("lichen_dokument", PaperState.MISSING),)),
    )
    registration.correct(town.village.store, town.lists, told.entry, now, "Сбъркано")
    with open_window(town.village) as window:
        quiet(window)
        shown = "\n".join(texts(window))
    for line in (
        "Скорост: обикновена, сега експресна",
        "Подписан: да, сега не",
        "Кореспонденти: с. Микрево, сега с. Абланица",
        "Дошъл преди края на работното време: –, сега да",
        "Документ за самоличност: –, сега липсва",
        "Такса: 1,02\u00a0EUR, сега 2,05\u00a0EUR",
    ):
        assert line in shown, line
    assert KNOWN.egn not in shown
    assert NEW_PERSON.egn not in shown
    assert "rules" not in shown
