"""What tests of the form share: people, keys that are counted, and what the register holds afterwards."""

from random import Random

import sqlalchemy as sa
from PySide6.QtWidgets import QWidget

from app.demonstration.people import person
from app.domain.entries import Filing
from app.domain.facts import Correspondent
from app.domain.terms import CorrespondentKind, IdentifierKind
from app.ledger.tables import entries
from app.services import book
from app.services.details import EntryDetails
from app.ui.village.correction_form import CorrectionPage
from app.ui.village.entry_form import EntryFormPage
from app.ui.village.form_page import FormPage
from app.ui.village.saved import SavedPage
from app.ui.village.window import VillageWindow
from app.ui.widgets.fields import Field
from tests.town import Town
from tests.ui.hands import press, type_text, until

KNOWN = person(Random(11))  # noqa: S311 - it invents people, it protects nothing
NEW = person(Random(12))  # noqa: S311 - the same
HOME = "49686"
"""ЕКАТТЕ of Микрево, the village of ``tests.town``."""


class Clerk:
    """Presses keys and counts those that are not text."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.control = 0
        self.text = 0

    def press(self, *keys: str) -> None:
        """Press keys that are not text."""
        self.control += len(keys)
        press(self._window, *keys)

    def type(self, text: str) -> None:
        """Type text."""
        self.text += len(text)
        type_text(self._window, text)


def known_person() -> Correspondent:
    """Return somebody who came before, with everything that is known of them."""
    return Correspondent(
        CorrespondentKind.PERSON,
        KNOWN.name,
        identifier_kind=IdentifierKind.EGN,
        identifier=KNOWN.egn,
        settlement=HOME,
        address="ул. „Първа“ 12",
    )


def begin(window: VillageWindow, clerk: Clerk | None = None) -> EntryFormPage:
    """Press F2 and return the form, once it knows the settlements."""
    (clerk or Clerk(window)).press("F2")
    until(lambda: window.current.name == "form", "for the form")
    page = window.current
    assert isinstance(page, EntryFormPage)
    until(lambda: page.body.people.settlement.text() or page.draft.touched, "for the settlements")
    return page


def correction(window: VillageWindow) -> CorrectionPage:
    """Return the correction, once it is filled."""
    until(lambda: window.current.name == "correction", "for the correction")
    page = window.current
    assert isinstance(page, CorrectionPage)
    until(page.current_entry, "for what stands in the entry")
    return page


def saved(window: VillageWindow) -> SavedPage:
    """Return the page with the number, once everything on it is read."""
    until(lambda: window.current.name == "saved", "for the number")
    page = window.current
    assert isinstance(page, SavedPage)
    until(lambda: not page.picture.pixmap().isNull(), "for the slip's picture")
    return page


def field(page: FormPage, name: str) -> Field:
    """Return a field of the form by its name."""
    return next(one for one in page.body.fields if one.name == name)


def recall(page: EntryFormPage, clerk: Clerk, beginning: str) -> None:
    """Type the beginning of a name and take the first who is offered."""
    clerk.type(beginning)
    until(lambda: page.body.people.name.offering or page.body.people.identifier.offering, "for who came before")
    clerk.press("Down", "Return")


def registered(town: Town) -> list[EntryDetails]:
    """Return the entries of the register, oldest first."""
    with town.village.store.ledger.reading() as connection:
        found = connection.execute(sa.select(entries.c.entry).order_by(entries.c.position)).scalars()
        return [book.details(connection, bytes(one)) for one in found]


def filing(town: Town, entry: bytes) -> Filing:
    """Return what stands in an entry."""
    with town.village.store.ledger.reading() as connection:
        return book.filing_of(connection, entry)
