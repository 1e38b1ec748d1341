"""What is corrected, annulled or explained: with a reason, its effect before, and the value before always visible."""

from PySide6.QtWidgets import QLabel

from app.domain.terms import DisputeReason, MomentCode, Standing, TownState
from app.services import book
from app.services.registration import Registered
from app.ui.village.annul import AnnulSheet
from app.ui.village.answer import AnswerSheet
from app.ui.village.window import VillageWindow
from app.ui.widgets.text import Text
from sync.central import decisions
from tests.town import PASSWORD, Town
from tests.ui.hands import press, settle, type_text, until
from tests.ui.village.form_hands import KNOWN, correction, filing, known_person, registered
from tests.ui.village.office import laid, open_window

NOTE = "Няма такъв адрес"


def filed(town: Town) -> Registered:
    """Register an application of somebody known."""
    return town.village.register(correspondents=(known_person(),), subject="Удостоверение за адрес")


def choose(window: VillageWindow) -> None:
    """Wait until the newest entry is chosen and its details are read."""
    until(window.current.current_entry, "for an entry in the list")
    until(lambda: any(KNOWN.name in one.text() for one in window.current.panel.findChildren(QLabel)), "for the details")


def words(window: VillageWindow) -> list[str]:
    """Return all texts of the sheet."""
    return [one.text() for one in laid(window).findChildren(Text)]


# --- correction -----------------------------------------------------------------------------------------------------


def begin_correction(window: VillageWindow, subject: str, reason: str = "") -> None:
    """Open the correction of the chosen entry and type another subject."""
    choose(window)
    press(window, "Ctrl+E")
    page = correction(window)
    type_text(window, reason)
    page.body.focus_field("subject")
    press(window, "Ctrl+A")
    type_text(window, subject)


def test_a_correction_shows_old_and_new_and_keeps_number_and_date(town: Town) -> None:
    told = filed(town)
    with open_window(town.village) as window:
        begin_correction(window, "Удостоверение за постоянен адрес", "Сбъркано относно")
        page = correction(window)
        assert page.strip.number.value == told.number.partition("/")[0]
        press(window, "Ctrl+Return")
        said = words(window)
        assert "Удостоверение за адрес" in said
        assert "Удостоверение за постоянен адрес" in said
        assert any("Сбъркано относно" in one for one in said)
        assert KNOWN.name not in said
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the register")
    (entry,) = registered(town)
    assert (entry.row.told, entry.row.standing) == (told.number, Standing.CORRECTED)
    assert entry.row.subject == "Удостоверение за постоянен адрес"
    assert entry.correspondents == (known_person(),)
    assert entry.due == told.due


def test_a_correction_without_a_reason_or_without_a_change_is_not_recorded(town: Town) -> None:
    told = filed(town)
    before = filing(town, told.entry)
    with open_window(town.village) as window:
        begin_correction(window, "Друго")
        page = correction(window)
        press(window, "Ctrl+Return")
        assert window.focusWidget() is page.body.summary
        assert [link.text() for link in page.body.summary.links] == ["Напишете причината за поправката"]
        press(window, "Tab", "Return")
        type_text(window, "Сбъркано")
        page.body.focus_field("subject")
        press(window, "Ctrl+A")
        type_text(window, before.subject)
        press(window, "Ctrl+Return")
        assert window.cover.sheet is None
        assert [link.text() for link in page.body.summary.links] == ["Нищо не е променено. Поправете поне едно поле."]
    assert filing(town, told.entry) == before
    assert registered(town)[0].row.standing is Standing.IN_FORCE


def test_a_correction_half_typed_is_back_after_a_restart_and_leaves_a_new_document_alone(town: Town) -> None:
    filed(town)
    with open_window(town.village) as window:
        begin_correction(window, "Наполовина", "Сбъ")
        press(window, "Escape")
        until(lambda: window.current.name == "entries", "for the register")
    with open_window(town.village) as window:
        choose(window)
        press(window, "F2")
        until(lambda: window.current.name == "form", "for the form")
        settle(0.1)
        press(window, "Escape")
        until(lambda: window.current.name == "entries", "for the register")
        choose(window)
        press(window, "Ctrl+E")
        page = correction(window)
        assert (page.body.request.subject.text(), page.draft.reason) == ("Наполовина", "Сбъ")
        assert window.focusWidget() is page.body.request.subject


# --- annulment ------------------------------------------------------------------------------------------------------


def test_annulling_needs_a_reason_and_shows_what_becomes_of_number_and_receipt(town: Town) -> None:
    told = filed(town)
    paid = town.village.pay(told.entry)
    with open_window(town.village) as window:
        choose(window)
        press(window, "Ctrl+Delete")
        sheet = laid(window)
        assert isinstance(sheet, AnnulSheet)
        said = " ".join(words(window))
        assert "Номерът остава зает" in said
        assert paid.number.partition("/")[0] in said
        press(window, "Ctrl+Return")
        settle(0.1)
        assert registered(town)[0].row.standing is Standing.IN_FORCE
        assert "Напишете причината" in words(window)
        type_text(window, "Вписано два пъти")
        press(window, "Ctrl+Return")
        until(lambda: window.cover.sheet is None, "for the annulment")
    (entry,) = registered(town)
    assert (entry.row.standing, entry.annulled_because) == (Standing.ANNULLED, "Вписано два пъти")


def test_an_annulled_entry_names_the_number_that_stands_instead(town: Town) -> None:
    other = town.village.register(correspondents=(known_person(),))
    filed(town)
    with open_window(town.village) as window:
        choose(window)
        press(window, "Ctrl+Delete")
        sheet = laid(window)
        assert isinstance(sheet, AnnulSheet)
        type_text(window, "Вписано два пъти")
        sheet.replaced.setFocus()
        type_text(window, "99")
        press(window, "Ctrl+Return")
        until(lambda: "Няма вписване с този номер" in words(window), "for what is wrong")
        press(window, "Ctrl+A")
        type_text(window, "1")
        press(window, "Ctrl+Return")
        until(lambda: window.cover.sheet is None, "for the annulment")
    assert registered(town)[-1].replaced_by == other.entry


def test_a_reason_half_typed_survives_a_lock(town: Town) -> None:
    filed(town)
    with open_window(town.village) as window:
        choose(window)
        press(window, "Ctrl+Delete")
        laid(window)
        type_text(window, "Подателят се отк")
        press(window, "Ctrl+L")
        assert window.current is window.unlock
        type_text(window, PASSWORD)
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the register")
        choose(window)
        press(window, "Ctrl+Delete")
        sheet = laid(window)
        assert isinstance(sheet, AnnulSheet)
        until(lambda: sheet.reason.text() == "Подателят се отк", "for the words")


# --- answer ---------------------------------------------------------------------------------------------------------


def disputed(town: Town) -> Registered:
    """Register an application that the town disputes."""
    told = filed(town)
    town.village.exchange()
    town.centre_exchange()
    decisions.dispute(town.centre, told.entry, DisputeReason.IDENTITY_UNCLEAR, NOTE, 1)
    town.centre_exchange()
    town.clock.tick(seconds=1)
    town.village.exchange()
    assert registered(town)[0].row.town is TownState.DISPUTED
    return told


def test_a_dispute_is_explained_in_words_and_waits_to_be_judged_again(town: Town) -> None:
    told = disputed(town)
    with open_window(town.village) as window:
        choose(window)
        press(window, "Ctrl+R")
        sheet = laid(window)
        assert isinstance(sheet, AnswerSheet)
        said = words(window)
        assert "Лицето не е установено" in said
        assert NOTE in said
        press(window, "Ctrl+Return")
        assert "Напишете обяснението" in words(window)
        type_text(window, "Лицето е известно на кметството")
        press(window, "Ctrl+Return")
        until(lambda: window.cover.sheet is None, "for the answer")
    assert registered(town)[0].row.town is TownState.ANSWERED
    with town.village.store.ledger.reading() as connection:
        last = book.timeline(connection, told.entry)
    answers = [one for one in last if one.code is MomentCode.ANSWERED]
    assert [one.values["text"] for one in answers] == ["Лицето е известно на кметството"]


def test_a_dispute_leads_to_the_correction_too(town: Town) -> None:
    told = disputed(town)
    with open_window(town.village) as window:
        choose(window)
        press(window, "Ctrl+R")
        laid(window)
        press(window, "Ctrl+E")
        page = correction(window)
        assert window.cover.sheet is None
        assert page.current_entry() == told.entry


def test_a_dispute_leads_to_the_annulment_too(town: Town) -> None:
    disputed(town)
    with open_window(town.village) as window:
        choose(window)
        press(window, "Ctrl+R")
        laid(window)
        press(window, "Shift+Tab", "Return")
        assert isinstance(laid(window), AnnulSheet)
