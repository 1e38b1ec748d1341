"""The papers of an entry by keys: which there are, the one chosen as a picture, printed or saved; and after saving."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QWidget

from app.domain import canonical
from app.domain.entries import Particulars
from app.domain.errors import DiskFull
from app.domain.facts import Correspondent, IdentifierShown, PaperSeen, Particular
from app.domain.terms import (
    Channel,
    CorrespondentKind,
    DeliveryState,
    DeliveryWay,
    Outcome,
    PaperState,
    ResultWay,
)
from app.ledger.journal import facts_after
from app.printing.output import to_pdf
from app.services import identifiers, proceedings, results
from app.services.proceedings import Noticing
from app.ui.village.paper_out import NoPrinterSheet, SavePaperSheet
from app.ui.village.papers_kinds import KINDS
from app.ui.village.papers_request import draw_application, draw_complex, draw_protocol, show_application
from app.ui.village.papers_sheet import PapersSheet
from app.ui.village.saved import SavedPage
from app.ui.village.window import VillageWindow
from app.ui.widgets.problem import ProblemSheet
from resources.speech import masked
from tests.town import Town
from tests.ui import stage
from tests.ui.hands import press, quiet, type_text, until
from tests.ui.shown import keyboard, texts
from tests.ui.village.form_hands import NEW, begin, saved
from tests.ui.village.office import laid, open_window
from tests.unit.printing.rendering import text_of, tight

ORAL: dict[str, Any] = {"kind": "usten_protokol", "channel": Channel.ORAL}
HEIRS = 2016
WITHOUT_A_PRINTER = pytest.mark.skipif(bool(QPrinterInfo.defaultPrinterName()), reason="this computer has a printer")


@contextmanager
def on_the_papers(town: Town, **filing: Any) -> Iterator[tuple[VillageWindow, PapersSheet]]:  # noqa: ANN401
    """Open the window over one entry and lay its papers by their key."""
    town.village.register(**filing)
    with open_window(town.village) as window:
        yield window, papers(window)


def papers(window: VillageWindow) -> PapersSheet:
    """Press the key of the papers and return the sheet, once it shows the paper chosen."""
    quiet(window)
    press(window, "F6")
    sheet = laid(window)
    assert isinstance(sheet, PapersSheet)
    until(lambda: not sheet.picture.pixmap().isNull(), "for the picture")
    return sheet


def kept(window: VillageWindow, folder: Path, key: str = "Ctrl+S") -> Path:
    """Save the paper that is chosen into a folder, under the name that is proposed; return its file."""
    press(window, key)
    until(lambda: isinstance(window.cover.sheet, SavePaperSheet), "for the name of the file")
    sheet = window.cover.sheet
    assert isinstance(sheet, SavePaperSheet)
    file = folder / Path(sheet.path.text()).name
    press(window, "Ctrl+A")
    type_text(window, str(file))
    press(window, "Return")
    until(file.exists, "for the file")
    return file


def shown_in_journal(town: Town) -> list[IdentifierShown]:
    """Return what the journal keeps of identifiers that were shown."""
    village = town.village
    with village.store.ledger.reading() as connection:
        facts = [canonical.decode(one[1]).body for one in facts_after(connection, village.store.identity.epoch, 0)]
    return [one for one in facts if isinstance(one, IdentifierShown)]


@pytest.mark.parametrize(
    ("filing", "codes"),
    [
        ({}, ["application", "slip"]),
        ({"service": None, "speed": None}, ["slip"]),
        (ORAL, ["protocol", "application", "slip"]),
        ({**ORAL, "kind": "signal", "service": None, "speed": None}, ["protocol", "slip"]),
        ({"kind": "usten_protokol", "service": None, "speed": None}, ["protocol", "slip"]),
        ({"kind": "kao"}, ["complex", "application", "slip"]),
    ],
    ids=["service", "letter", "oral", "oral signal", "protocol", "complex"],
)
def test_an_entry_has_the_papers_of_its_kind_and_what_is_signed_comes_first(
    town: Town, filing: dict[str, Any], codes: list[str]
) -> None:
    with on_the_papers(town, **filing) as (window, sheet):
        assert list(sheet.kinds) == codes
        assert sheet.kind.code == codes[0]
        assert keyboard(window) == window.speech.say(f"village.papers.{codes[0]}")


def test_the_arrows_choose_and_each_paper_is_shown_as_it_will_be_printed(town: Town) -> None:
    with on_the_papers(town, **ORAL) as (window, sheet):
        seen = [sheet.picture.pixmap().toImage()]
        assert sheet.sheets.text() == "1 лист А4"
        for code in ("application", "slip"):
            press(window, "Down")
            assert sheet.kind.code == code
            until(lambda: not sheet.picture.pixmap().isNull(), "for the picture")
            seen.append(sheet.picture.pixmap().toImage())
        assert sheet.sheets.text() == "1 лист А5"
        assert seen[0] != seen[1] != seen[2]
        press(window, "Escape")
        assert window.cover.sheet is None


def test_the_protocol_is_saved_filled_in_under_a_name_that_names_nobody(town: Town, tmp_path: Path) -> None:
    one = stage.somebody(3)
    filing = {**ORAL, "correspondents": (one,), "result_way": ResultWay.POST_REGISTERED, "subject": "за училище"}
    with on_the_papers(town, **filing) as (window, _sheet):
        file = kept(window, tmp_path)
    assert file.name == "17-000001-16.11.2026-протокол.pdf"
    text = text_of(file.read_bytes())
    for said in (
        *("Протокол за устно искане", "17-000001/16.11.2026", "Служител", "кметство Микрево, община Струмяни"),
        *(one.name, "с. Микрево, ул. „Първа“ 12", "услуга 1997, обикновена", "за училище", "приет е 1 лист"),
        *("с вътрешна препоръчана пратка", "плащам при доставянето", f"заявител: {one.name}, подпис"),
    ):
        assert tight(said) in text, said
    assert one.identifier not in text
    assert shown_in_journal(town) == []


def test_the_papers_of_an_entry_do_not_take_each_others_file(town: Town, tmp_path: Path) -> None:
    names = set()
    with on_the_papers(town, **{**ORAL, "kind": "kao"}) as (window, sheet):
        codes = list(sheet.kinds)
        for at in range(len(codes)):
            if at:
                papers(window)
                press(window, *["Down"] * at)
            names.add(kept(window, tmp_path).name)
    assert codes == ["protocol", "complex", "application", "slip"]
    assert names == {f"17-000001-16.11.2026{end}.pdf" for end in ("", "-протокол", "-заявление-КАО", "-заявление")}


def test_an_application_says_the_identifier_on_paper_and_masks_it_on_the_screen(town: Town, tmp_path: Path) -> None:
    one = stage.somebody(3)
    entry = town.village.register(correspondents=(one,)).entry
    with open_window(town.village) as window:
        session = window.open_session()
        on_screen = text_of(to_pdf(show_application(session, entry).sheets, "x"))
        assert tight(masked(one.identifier)) in on_screen
        assert one.identifier not in on_screen
        assert papers(window).kind.on_screen is show_application
        file = kept(window, tmp_path)
    assert tight(f"ЕГН {one.identifier}") in text_of(file.read_bytes())
    assert shown_in_journal(town) == [IdentifierShown(entry, 0)], "the journal keeps that it was let out"


def test_what_was_brought_of_a_services_papers_is_attached_and_an_identity_document_never(town: Town) -> None:
    """Copying an identity document is for the law alone to allow (ЗЗЛД чл. 25г)."""
    seen = {"zayavlenie": "present", "lichen_dokument": "present", "spisak_naslednitsi": "present"}
    own = Particulars(
        papers=(
            *(PaperSeen(paper, PaperState(state)) for paper, state in seen.items()),
            PaperSeen("palnomoshtno", PaperState.MISSING),
        )
    )
    entry = town.village.register(service=HEIRS, particulars=own).entry
    with open_window(town.village) as window:
        drawn = draw_application(window.open_session(), entry)
    text = text_of(to_pdf(drawn.sheets, drawn.number))
    assert tight("1. Декларация с имената на наследниците") in text
    assert [one for one in ("самоличност", "Пълномощно") if one in text] == []


def test_the_protocol_lists_what_was_noted_as_attached(town: Town) -> None:
    own = Particulars(values=(Particular("attached", "Пълномощно\nСкица"),))
    entry = town.village.register(**ORAL, particulars=own).entry
    with open_window(town.village) as window:
        drawn = draw_protocol(window.open_session(), entry)
    text = text_of(to_pdf(drawn.sheets, drawn.number))
    assert tight("1. Пълномощно 2. Скица") in text


def test_a_complex_request_names_its_service_and_the_receipt_of_its_fee(town: Town) -> None:
    own = (Particular("competent_body", "Агенция по вписванията"), Particular("to_send", "скица на имота"))
    entry = town.village.register(kind="kao", particulars=Particulars(values=own)).entry
    town.village.pay(entry)
    with open_window(town.village) as window:
        drawn = draw_complex(window.open_session(), entry)
    text = text_of(to_pdf(drawn.sheets, drawn.number))
    for said in ("кмета на община Струмяни, чрез кметство Микрево", "услуга 1997", "квитанция 17-000001/16.11.2026"):
        assert tight(said) in text, said
    for said in ("Компетентен орган Агенция по вписванията", "скица на имота"):
        assert tight(said) in text, said


def test_a_service_that_the_list_does_not_hold_is_written_by_its_number(town: Town) -> None:
    entry = town.village.register(service=99_999, speed=None, subject="").entry
    with open_window(town.village) as window:
        drawn = draw_application(window.open_session(), entry)
    assert tight("услуга 99999") in text_of(to_pdf(drawn.sheets, drawn.number))


def test_an_anonymous_request_has_lines_to_write_on(town: Town) -> None:
    nobody = Correspondent(CorrespondentKind.ANONYMOUS, "")
    entry = town.village.register(**ORAL, correspondents=(nobody,)).entry
    with open_window(town.village) as window:
        drawn = draw_protocol(window.open_session(), entry)
    assert tight("заявител: име и подпис") in text_of(to_pdf(drawn.sheets, drawn.number))


def test_the_protocol_for_heirs_is_offered_and_the_finding_stands(town: Town) -> None:
    """Certificates for heirs are not asked for orally (НИУРН чл. 6); registration is never blocked."""
    with on_the_papers(town, **ORAL, service=HEIRS) as (window, sheet):
        assert sheet.kind.code == "protocol"
        assert any("не се иска устно" in one for one in texts(window))
        press(window, "Down")
        quiet(window)
        assert sheet.kind.code == "application"
        assert sheet.banner.isHidden()


def test_the_notice_about_the_term_is_among_the_papers(town: Town, tmp_path: Path) -> None:
    village = town.village
    entry = village.register(kind="zayavlenie_akt", service=None, speed=None).entry
    proceedings.notice_defects(village.store, village.lists, entry, Noticing(("подпис",)))
    with open_window(village) as window:
        sheet = papers(window)
        assert list(sheet.kinds) == ["notice", "slip"]
        assert sheet.sheets.text() == "2 листа А5"
        file = kept(window, tmp_path)
    assert tight("Уведомление за недостатъци") in text_of(file.read_bytes())


def test_of_an_annulled_entry_nothing_is_signed_any_more(town: Town) -> None:
    town.village.annul(town.village.register(**ORAL).entry)
    with open_window(town.village) as window:
        assert list(papers(window).kinds) == ["slip"]


@WITHOUT_A_PRINTER
def test_enter_prints_and_without_a_printer_the_pdf_is_offered(town: Town, tmp_path: Path) -> None:
    with on_the_papers(town, **ORAL) as (window, _sheet):
        press(window, "Return")
        until(lambda: isinstance(window.cover.sheet, NoPrinterSheet), "for the printer that is not there")
        assert kept(window, tmp_path, "Return").name == "17-000001-16.11.2026-протокол.pdf"


@WITHOUT_A_PRINTER
def test_ctrl_p_on_the_register_prints_the_slip_as_before(town: Town, tmp_path: Path) -> None:
    town.village.register(**ORAL)
    with open_window(town.village) as window:
        quiet(window)
        press(window, "Ctrl+P")
        until(lambda: isinstance(window.cover.sheet, NoPrinterSheet), "for the printer that is not there")
        file = kept(window, tmp_path, "Return")
    assert file.name == "17-000001-16.11.2026.pdf"
    assert tight("Потвърждение за приет документ") in text_of(file.read_bytes())


def test_everything_on_the_sheet_has_a_name_and_every_paper_its_texts(
    town: Town, named: Callable[[QWidget], list[str]]
) -> None:
    with on_the_papers(town, **ORAL) as (window, _sheet):
        assert named(window) == []
        for kind in KINDS:
            for key in (kind.code, f"{kind.code}_help"):
                assert window.speech.has(f"village.papers.{key}"), key


def register_here(window: VillageWindow, *, oral: bool) -> SavedPage:
    """Register an application by keys, brought or told, and return the page with its number."""
    page = begin(window)
    if oral:
        page.body.document.channel.choose(Channel.ORAL.value)
    press(window, "Return")
    type_text(window, NEW.name)
    press(window, "Return", "Return", "Return")
    type_text(window, "1997")
    press(window, "Return", "Ctrl+Return")
    laid(window)
    press(window, "Return")
    return saved(window)


def test_after_an_oral_request_the_protocol_is_offered_at_once(town: Town, tmp_path: Path) -> None:
    with open_window(town.village) as window:
        register_here(window, oral=True)
        quiet(window)
        assert any(one.startswith("Протокол за устно искане") for one in texts(window))
        sheet = papers(window)
        assert sheet.kind.code == "protocol"
        text = text_of(kept(window, tmp_path).read_bytes())
        assert tight(f"заявител: {NEW.name}, подпис") in text
        assert tight("служител: Служител, подпис") in text


def test_after_a_written_one_the_papers_are_one_key_away(town: Town) -> None:
    with open_window(town.village) as window:
        register_here(window, oral=False)
        quiet(window)
        assert not any(one.startswith("Протокол за устно искане") for one in texts(window))
        assert list(papers(window).kinds) == ["application", "slip"]


def test_nothing_with_an_identifier_leaves_while_that_cannot_be_recorded(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_any: object) -> None:
        raise DiskFull

    monkeypatch.setattr(identifiers, "show_on_paper", full)
    with on_the_papers(town, correspondents=(stage.somebody(3),)) as (window, _sheet):
        press(window, "Ctrl+S")
        until(lambda: isinstance(window.cover.sheet, ProblemSheet), "for what went wrong")
        press(window, "Escape", "F6", "Down")
        assert kept(window, tmp_path).name == "17-000001-16.11.2026.pdf", "the slip says no identifier"


@pytest.mark.parametrize("by_another", [False, True])
def test_the_protocol_of_a_delivery_says_who_took_it_and_records_only_that(
    town: Town, tmp_path: Path, *, by_another: bool
) -> None:
    """Somebody else's number on the paper shows nothing of the applicant's."""
    village, person = town.village, stage.somebody(3)
    entry = village.register(correspondents=(person,)).entry
    said = results.Issuing(village.new_id(), entry, Outcome.DOCUMENT, "Удостоверение")
    results.issue(village.store, said)
    number = stage.somebody(4).identifier if by_another else person.identifier
    today = town.clock.now().date()
    taken = results.Delivering(said.result, DeliveryState.HANDED, DeliveryWay.BY_HAND, today, person.name, number)
    results.deliver(village.store, taken)
    with open_window(village) as window:
        assert papers(window).kind.code == "delivery"
        assert number in text_of(kept(window, tmp_path).read_bytes())
    assert shown_in_journal(town) == ([] if by_another else [IdentifierShown(entry, 0)])
