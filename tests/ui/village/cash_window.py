"""A window with the pages of the cash desk over a real store: the register's page is another's, here a plain one."""

from typing import Any

from app import bootstrap
from app.domain.errors import TefterError
from app.ui.look.signs import Sign
from app.ui.village.cash_pages import cash_pages
from app.ui.village.office import Office
from app.ui.village.session import Opened, Session, Workers
from app.ui.widgets.frame import Frame, Page
from app.ui.widgets.keys import Key
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Text
from resources.speech import speech
from tests.town import TestVillage


def office_of(village: TestVillage) -> Office:
    """Return the verbs of a desk over a store that is open already."""

    def not_here(*_any: object) -> Any:  # noqa: ANN401 - stands for verbs of several types
        raise NotImplementedError

    return Office(
        folder=village.store.folder,
        open=not_here,
        check=not_here,
        lists=lambda: village.lists,
        exchange=not_here,
        export=not_here,
        take_in=not_here,
        verify=bootstrap.verify_signature,
    )


class RegisterPage(Page):
    """Shows which entry was asked for."""

    name = "entries"

    def __init__(self) -> None:
        super().__init__()
        self.entry: bytes | None = None
        self.text = Text("")
        self.middle.addWidget(self.text)

    def current_entry(self) -> bytes | None:
        """Return the entry asked for."""
        return self.entry


class CashWindow(Frame):
    """Leads between the pages of the cash desk as the village window does."""

    def __init__(self, village: TestVillage, language: str = "bg") -> None:
        super().__init__(speech("en" if language == "en" else "bg"), "Тефтер")
        self.workers = Workers()
        self.session = Session(office_of(village), Opened(village.store, village.lists), self.speech, self.workers)
        self.said: list[str] = []
        self.errors: list[TefterError] = []
        self.register = RegisterPage()
        self.add_page(self.register)
        for make in cash_pages(self.session, self).values():
            self.add_page(make())
        self.use_keys([Key("F3", "такса", lambda: self.to_fee(self.current.current_entry()))])
        self.go("entries")

    def to_entries(self, entry: bytes | None = None) -> None:
        """Show the register."""
        self.take_away()
        self.register.entry = entry
        self.go("entries")

    def to_fee(self, entry: bytes | None = None) -> None:
        """Take a fee."""
        self.take_away()
        self.go("fee")
        self.page("fee").take(entry)  # type: ignore[attr-defined]  # the fee's page

    def to_till(self, receipt: bytes | None = None) -> None:
        """Show the till."""
        self.take_away()
        self.go("till")
        self.page("till").show_receipt(receipt)  # type: ignore[attr-defined]  # the till's page

    def to_day_close(self) -> None:
        """Count the till."""
        self.take_away()
        self.go("day_close")

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
