"""A window with the register, the form, the correction and the saved page over a real store; the till is plain."""

from app.domain.errors import TefterError
from app.services.details import EntryDetails
from app.services.registration import Registered
from app.ui.look.signs import Sign
from app.ui.village.annul import AnnulSheet
from app.ui.village.answer import AnswerSheet
from app.ui.village.correction_form import CorrectionPage
from app.ui.village.entries import EntriesPage
from app.ui.village.entry_form import EntryFormPage
from app.ui.village.papers_slip import print_slip, save_slip
from app.ui.village.saved import SavedPage
from app.ui.village.session import Opened, Session, Workers
from app.ui.widgets.frame import Frame, Page
from app.ui.widgets.keys import Key
from app.ui.widgets.sheet import Sheet
from resources.speech import speech
from tests.town import TestVillage
from tests.ui.village.office import office_of


class PlainFee(Page):
    """Shows of which entry a fee was asked for."""

    name = "fee"

    def __init__(self) -> None:
        super().__init__()
        self.entry: bytes | None = None


class FormWindow(Frame):
    """Leads between the pages of registering as the village window does."""

    def __init__(self, village: TestVillage, language: str = "bg") -> None:
        super().__init__(speech("en" if language == "en" else "bg"), "Тефтер")
        self.workers = Workers()
        opened = Opened(village.store, village.lists)
        self.session = Session(office_of(village), opened, self.speech, self.workers)
        self.said: list[str] = []
        self.errors: list[TefterError] = []
        self.rail.add("entries", self.speech.say("village.window.entries"), "inbox", self.to_entries)
        self.entries = EntriesPage(self.session, self)
        self.fee = PlainFee()
        for page in (self.entries, self.fee):
            self.add_page(page)
        self.use_keys(
            [
                Key("F2", "нов документ", self.to_new_document),
                Key("F3", "такса", lambda: self.to_fee(self.current.current_entry())),
                Key("Ctrl+P", "печат", self._print),
                Key("Ctrl+Shift+P", "PDF", self._save),
            ]
        )
        self.go("entries")

    def page(self, name: str) -> Page:
        """Return a page; those that registering needs are made when they are first wanted."""
        makers = {"form": EntryFormPage, "correction": CorrectionPage, "saved": SavedPage}
        if name in makers and name not in self._by_name:
            self.add_page(makers[name](self.session, self))
        return super().page(name)

    def go(self, name: str, *, place: str = "") -> None:
        """Show a page."""
        self.page(name)
        super().go(name, place=place or "entries")

    def to_entries(self, entry: bytes | None = None) -> None:
        """Show the register."""
        self.take_away()
        self.go("entries")
        if entry is not None:
            self.entries.show_entry(entry)

    def to_new_document(self) -> None:
        """Show the form."""
        self.go("form")

    def to_correction(self, entry: bytes) -> None:
        """Show the form with an entry."""
        self.take_away()
        page = self.page("correction")
        assert isinstance(page, CorrectionPage)
        page.correct(entry)
        self.go("correction")

    def to_saved(self, registered: Registered) -> None:
        """Show the number."""
        self.take_away()
        page = self.page("saved")
        assert isinstance(page, SavedPage)
        page.show_registered(registered)
        self.go("saved")

    def to_fee(self, entry: bytes | None = None) -> None:
        """Take a fee."""
        self.fee.entry = entry
        self.go("fee")

    def to_till(self, receipt: bytes | None = None) -> None:
        """There is no till here."""

    def to_day_close(self) -> None:
        """There is no till here."""

    def to_road(self) -> None:
        """There is no road here."""

    def annul(self, entry: EntryDetails) -> None:
        """Annul an entry."""
        self.lay(AnnulSheet(self.session, self, entry))

    def answer(self, entry: EntryDetails) -> None:
        """Answer a dispute."""
        self.lay(AnswerSheet(self.session, self, entry))

    def print_slip(self, entry: bytes) -> None:
        """Print a slip."""
        print_slip(self.session, self, entry)

    def save_slip(self, entry: bytes) -> None:
        """Save a slip."""
        save_slip(self.session, self, entry)

    def _print(self) -> None:
        self.current.print_paper()

    def _save(self) -> None:
        self.current.save_paper()

    def take_away(self) -> None:
        """Take the sheet away."""
        self.cover.take_away()

    def fail(self, error: TefterError) -> None:
        """Say what went wrong."""
        self.errors.append(error)
        self.status.say(Sign.WRONG, self.speech.explain(error))

    def say(self, sentence: str) -> None:
        """Say that something is done."""
        self.said.append(sentence)
        self.status.say(Sign.DONE, sentence)

    @property
    def laid(self) -> Sheet | None:
        """The sheet that lies on the page."""
        return self.cover.sheet
