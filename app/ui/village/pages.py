"""The pages of the window, each made when it is first wanted: a start loads the register and nothing else."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.ui.village.cash_pages import cash_pages
from app.ui.widgets.frame import Page

if TYPE_CHECKING:
    from pathlib import Path

    from app.services.details import EntryDetails
    from app.services.registration import Registered
    from app.ui.village.session import Session
    from app.ui.village.window import VillageWindow

# ruff: noqa: PLC0415 - the whole point: a page's module is loaded when the page is wanted


def page_makers(session: "Session", window: "VillageWindow") -> dict[str, Callable[[], Page]]:
    """Return how each page is made, by its name."""

    def entries() -> Page:
        from app.ui.village.entries import EntriesPage

        return EntriesPage(session, window)

    def form() -> Page:
        from app.ui.village.entry_form import EntryFormPage

        return EntryFormPage(session, window)

    def correction() -> Page:
        from app.ui.village.correction_form import CorrectionPage

        return CorrectionPage(session, window)

    def saved() -> Page:
        from app.ui.village.saved import SavedPage

        return SavedPage(session, window)

    def road() -> Page:
        from app.ui.village.road import RoadPage

        if window.courier is None:
            raise RuntimeError
        return RoadPage(session, window, window.courier)

    return {
        "entries": entries,
        "form": form,
        "correction": correction,
        "saved": saved,
        "road": road,
        **cash_pages(session, window),
    }


def show_entry(window: "VillageWindow", entry: bytes) -> None:
    """Make an entry the current one of the register."""
    from app.ui.village.entries import EntriesPage

    page = window.page("entries")
    if isinstance(page, EntriesPage):
        page.show_entry(entry)


def show_case(window: "VillageWindow", number: str) -> None:
    """Show the form for a later paper of the case of an entry with this number."""
    from app.ui.village.entry_form import EntryFormPage

    page = window.page("form")
    if isinstance(page, EntryFormPage):
        page.begin_in(number)
        window.go("form")


def show_correction(window: "VillageWindow", entry: bytes) -> None:
    """Show the form with what stands in an entry, to correct it."""
    from app.ui.village.correction_form import CorrectionPage

    page = window.page("correction")
    if isinstance(page, CorrectionPage):
        page.correct(entry)
        window.go("correction")


def show_saved(window: "VillageWindow", registered: "Registered") -> None:
    """Show the number just given."""
    from app.ui.village.saved import SavedPage

    page = window.page("saved")
    if isinstance(page, SavedPage):
        page.show_registered(registered)
        window.go("saved")


def show_fee(window: "VillageWindow", entry: bytes | None) -> None:
    """Take a fee: of an entry, or one that is chosen there."""
    from app.ui.village.fee import FeePage

    page = window.page("fee")
    if isinstance(page, FeePage):
        page.take(entry)
        window.go("fee")


def show_till(window: "VillageWindow", receipt: bytes | None) -> None:
    """Show the till, with a receipt as the current one."""
    from app.ui.village.till import TillPage

    page = window.page("till")
    if isinstance(page, TillPage) and receipt is not None:
        page.show_receipt(receipt)
    window.go("till")


def annul_sheet(window: "VillageWindow", entry: "EntryDetails") -> None:
    """Lay the sheet over the page that annuls an entry."""
    from app.ui.village.annul import AnnulSheet

    window.lay(AnnulSheet(window.open_session(), window, entry))


def answer_sheet(window: "VillageWindow", entry: "EntryDetails") -> None:
    """Lay the sheet over the page that answers a dispute."""
    from app.ui.village.answer import AnswerSheet

    window.lay(AnswerSheet(window.open_session(), window, entry))


def term_sheet(window: "VillageWindow", entry: "EntryDetails") -> None:
    """Lay the sheet over the page that says what becomes of an entry's term."""
    from app.ui.village.term_sheet import TermSheet

    window.lay(TermSheet(window.open_session(), window, entry))


def case_sheet(window: "VillageWindow", entry: "EntryDetails") -> None:
    """Lay the sheet over the page that says what becomes of a case."""
    from app.ui.village.case_sheet import CaseSheet

    window.lay(CaseSheet(window.open_session(), window, entry))


def attachments_sheet(window: "VillageWindow", entry: "EntryDetails", files: "Sequence[Path]") -> None:
    """Lay the sheet over the page that shows what is attached to an entry."""
    from app.ui.village.attachments import AttachmentsSheet

    window.lay(AttachmentsSheet(window.open_session(), window, entry, files))


def papers_sheet(window: "VillageWindow", entry: "EntryDetails") -> None:
    """Lay the sheet over the page that shows the papers of an entry."""
    from app.ui.village.papers_sheet import PapersSheet

    window.lay(PapersSheet(window.open_session(), window, entry))


def print_slip(window: "VillageWindow", entry: bytes, number: str) -> None:
    """Print the citizen's slip of an entry."""
    from app.ui.village import papers_slip

    papers_slip.print_slip(window.open_session(), window, entry, number)


def save_slip(window: "VillageWindow", entry: bytes, number: str) -> None:
    """Save the citizen's slip of an entry as PDF."""
    from app.ui.village import papers_slip

    papers_slip.save_slip(window.open_session(), window, entry, number)
