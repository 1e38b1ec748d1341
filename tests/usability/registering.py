"""U1, U2, U3, U4, U7, U8, U9, U17: a clerk registers, takes fees, errs, is interrupted. Key events only."""

import time

import sqlalchemy as sa

from app.domain.terms import Standing
from app.ledger.tables import entry_correspondents, receipts
from app.store import drafts
from app.ui.village.entry_form import EntryFormPage
from app.ui.village.form_draft import NEW, decode
from app.ui.village.window import VillageWindow
from app.ui.widgets.button import Button
from tests.town import PASSWORD, Town
from tests.ui import shown
from tests.ui.hands import press, quiet, settle, type_text, until
from tests.ui.village.form_hands import KNOWN, Clerk, begin, known_person, recall, saved
from tests.ui.village.form_hands import NEW as NEW_PERSON
from tests.ui.village.office import laid, open_window
from tests.usability.figures import Check, at_most

EARLIER = "Получен по-рано"


def known_applicant(town: Town) -> list[Check]:
    """U1: register a document of somebody who came before."""
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
        saved(window)
    return [
        at_most("U1", "known applicant, control keys", clerk.control, 12),
        at_most("U1", "known applicant, letters besides the subject", clerk.text, 25),
    ]


def new_applicant(town: Town) -> list[Check]:
    """U2: register a document of somebody new."""
    with open_window(town.village) as window:
        clerk = Clerk(window)
        begin(window, clerk)
        clerk.type(NEW_PERSON.egn)
        clerk.press("Return")
        clerk.type(NEW_PERSON.name)
        clerk.press("Return", "Return", "Return")
        clerk.type("2016")
        clerk.press("Return")
        clerk.type("за наследници")
        clerk.press("Return", "Ctrl+Return")
        laid(window)
        clerk.press("Return")
        saved(window)
    return [at_most("U2", "new applicant, control keys", clerk.control, 20)]


def known_fee(town: Town) -> list[Check]:
    """U3, U4: take the fee right after registering, its paper accepted; nothing is typed twice."""
    with open_window(town.village) as window:
        begin(window)
        press(window, "Return")
        type_text(window, NEW_PERSON.name)
        press(window, "Return", "Return", "Return")
        type_text(window, "1997")
        press(window, "Return", "Ctrl+Return")
        laid(window)
        press(window, "Return")
        saved(window)
        clerk = Clerk(window)
        clerk.press("F3")
        until(lambda: window.current.name == "fee", "for the fee")
        until(lambda: not window.current.findChildren(Button) or _due(window.current), "for what is due")
        clerk.type("10")
        clerk.press("Return")
        laid(window)
        clerk.press("Escape")
        until(lambda: window.cover.sheet is None)
    with town.village.store.ledger.reading() as connection:
        payer = connection.execute(sa.select(receipts.c.payer)).scalar_one()
        applicant = connection.execute(sa.select(entry_correspondents.c.name)).scalar_one()
    retyped = 0 if payer == applicant == NEW_PERSON.name else 1
    return [
        at_most("U3", "known fee with its paper accepted, control keys", clerk.control, 9),
        at_most("U4", "registration and fee, fields typed again", retyped, 0),
    ]


def _due(page: object) -> bool:
    money = getattr(page, "money", None)
    return money is not None and money.due.text not in {"", "0,00"}


def three_errors(town: Town) -> list[Check]:
    """U7: three errors, one summary with the keyboard, the same words at the fields, nothing lost."""
    with open_window(town.village) as window:
        page = begin(window)
        page.body.focus_field("kind")
        press(window, "Ctrl+A", "Delete")
        while shown.keyboard(window) != EARLIER:
            press(window, "Tab")
        press(window, "Return")
        type_text(window, "32.13.2026")
        page.body.focus_field("subject")
        type_text(window, "за оградата")
        press(window, "Ctrl+Return")
        settle(0.3)
        links = [one.text() for one in page.body.summary.findChildren(Button) if one.isVisible()]
        notes = [one.note.title for one in page.body.fields if one.note.title]
        inside = page.body.summary.isAncestorOf(window.focusWidget())
        kept = page.body.request.subject.text() == "за оградата"
    wrong = [] if inside else ["the keyboard is elsewhere"]
    wrong += [] if set(notes) <= set(links) and notes else [f"words differ: {links} {notes}"]
    wrong += [] if kept else ["typed text is gone"]
    figure = f"{len(links)} links, {len(notes)} fields"
    return [
        Check("U7", "errors: one summary, same words, nothing lost", figure, "exact", not wrong and len(links) == 3)
    ]


def _half(town: Town, window: object) -> EntryFormPage:
    del town
    page = begin(window)  # type: ignore[arg-type]  # the window of the village
    press(window, "Return")  # type: ignore[arg-type]  # likewise
    type_text(window, NEW_PERSON.name)  # type: ignore[arg-type]  # likewise
    return page


def half_a_form(town: Town) -> list[Check]:
    """U8: how long after the last key the draft lies in the store; and that all of it is back after a restart."""
    with open_window(town.village) as window:
        _half(town, window)
        began = time.monotonic()
        while not any(
            (found := decode(content)) is not None and NEW_PERSON.name in repr(found)
            for _id, content in drafts.kept(town.village.store, NEW)
        ):
            settle(0.02)
        seconds = time.monotonic() - began
    with open_window(town.village) as window:
        page = begin(window)
        until(lambda: page.body.people.name.text() == NEW_PERSON.name, "for the draft")
        cursor = window.focusWidget() is page.body.people.name
    return [
        at_most("U8", "half a form, seconds until it is kept", seconds, 2, "s"),
        Check("U8", "after a restart the keyboard is where it was", str(cursor).lower(), "true", cursor),
    ]


def locked(town: Town) -> list[Check]:
    """U9: lock with an open form, unlock: letters lost."""
    with open_window(town.village) as window:
        page = _half(town, window)
        press(window, "Ctrl+L")
        type_text(window, PASSWORD)
        press(window, "Return")
        until(lambda: window.current.name == "form", "for the form")
        lost = len(NEW_PERSON.name) - len(page.body.people.name.text())
    return [at_most("U9", "locked in the middle, letters lost", lost, 0)]


def storno(town: Town) -> list[Check]:
    """U17: a storno needs a reason, shows its effect in money before, and leaves what it voids to be seen."""
    paid = town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        press(window, "Alt+2")
        until(lambda: window.current.name == "till", "for the till")
        until(lambda: getattr(getattr(window.current, "details", None), "shown", None), "for the receipt")
        press(window, "Ctrl+Delete")
        effect = " ".join(shown.texts(laid(window)))
        press(window, "Ctrl+Return")
        quiet(window)
        without = _standing(town, paid.receipt)
        press(window, "Escape")
        quiet(window)
        presses = _presses_until_voided(town, window, paid.receipt)
        press(window, "Escape")
        quiet(window)
        rows = [text for text in shown.texts(window) if paid.number.partition("/")[0] in text]
    told = "Връщат се" in effect and "След това" in effect
    return [
        Check("U17", "storno without a reason", without.value, Standing.IN_FORCE, without is Standing.IN_FORCE),
        Check("U17", "the effect in money is shown before", str(told).lower(), "true", told),
        Check("U17", "the original stays visible", str(bool(rows)).lower(), "true", bool(rows)),
        Check("U17", "storno, deliberate presses at the least", str(presses), "≥ 3", presses >= 3),
    ]


def _presses_until_voided(town: Town, window: VillageWindow, receipt: bytes) -> int:
    """Void a receipt the shortest way; return after how many presses it was voided."""
    for presses, key in enumerate(("Ctrl+Delete", "Down", "Ctrl+Return"), start=1):
        press(window, key)
        quiet(window)
        if _standing(town, receipt) is Standing.VOIDED:
            return presses
    return 0


def _standing(town: Town, receipt: bytes) -> Standing:
    with town.village.store.ledger.reading() as connection:
        query = sa.select(receipts.c.standing).where(receipts.c.receipt == receipt)
        return Standing(connection.execute(query).scalar_one())
