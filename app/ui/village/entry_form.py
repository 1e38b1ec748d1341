"""A new document (Нов документ): one column in the order of the paper; Ctrl+Enter checks, Enter gives the number."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.entries import Filing
from app.domain.office_date import OfficeDate
from app.domain.particulars import OUR_NUMBER
from app.services import cases, registration
from app.services.book import filing_of as entry_filing
from app.services.book import last_filing
from app.services.cases import Member
from app.services.registration import Derived, Registered
from app.ui.village.check_sheet import CheckSheet
from app.ui.village.form_draft import NEW, FormDraft, decode, from_filing
from app.ui.village.form_lines import derived_lines, lines
from app.ui.village.form_page import FormPage
from app.ui.village.session import DRAFTS, ENTRIES, RECEIPTS, Session
from app.ui.village.ways import Ways
from app.ui.village.wording import kind_name, service_name
from app.ui.widgets.keys import Key
from app.ui.work import Newest

if TYPE_CHECKING:
    from app.services.on_the_spot import Served, Serving

FIRST_KIND = "zayavlenie_usluga"
"""What most people bring to a village desk: an application for a service."""


class EntryFormPage(FormPage):
    """Registers what a person brought."""

    name = "form"
    draft_kind = NEW

    def __init__(self, session: Session, ways: Ways) -> None:
        self._number, self._case = Newest(session.newest_reader()), Newest(session.newest_reader())
        super().__init__(session, ways)
        session.changed.connect(self._changed)
        self._look_for_draft()

    def _words(self) -> tuple[str, str]:
        say = self._speech.say
        return say("village.form.title"), say("village.form.save")

    def _own_keys(self) -> list[Key]:
        return [*super()._own_keys(), Key("Ctrl+D", self._speech.say("village.form.as_last_time"), self.as_last_time)]

    def _blank(self) -> FormDraft:
        entry = self._session.new_id()
        return FormDraft(entry=entry, draft=entry, kind=FIRST_KIND, people=[self.body.people.new_person()])

    # --- appearing ---

    def appear(self) -> None:
        """Ask for the number to come."""
        self._ask_number()
        self.derive()

    def first_focus(self) -> QWidget:
        """Return the field that was left, else the first that most people's papers need."""
        left = self.body.notes.field_of(self.focusWidget())
        return left.input if self.draft.touched and left is not None else self.body.people.identifier

    def _changed(self, changes: frozenset[str]) -> None:
        if ENTRIES in changes and self.isVisible():
            self._ask_number()

    def _ask_number(self) -> None:
        session, register, year = self._session, self._session.place.register, self._session.today().year

        def ask() -> int:
            with session.store.ledger.reading() as connection:
                return registration.next_number(connection, register, year)

        self._number.ask(ask, self._show_number, self._ways.fail)

    def _show_number(self, number: int) -> None:
        self.strip.say_number(f"{self._session.place.register}-{number:06d}")

    # --- the case that it belongs to ---

    def begin_in(self, number: str) -> None:
        """Begin a paper of the case of an entry with this number, unless another paper is half typed."""
        if not self.draft.touched:
            self.fill(msgspec.structs.replace(self._blank(), our_number=number))
            self._edited()

    def put_derived(self, filing: Filing, derived: Derived) -> None:
        """Show what follows, and to which case the number of ours leads."""
        super().put_derived(filing, derived)
        session, typed = self._session, filing.particulars.value(OUR_NUMBER)
        if not typed:
            self._case.drop()
            self.body.document.our_number_field.aside.setText("")
            return

        def ask() -> Member | None:
            with session.store.ledger.reading() as connection:
                return cases.find(connection, filing.register, typed, session.today().year)

        self._case.ask(ask, self._show_case, self._ways.fail)

    def _show_case(self, found: Member | None) -> None:
        lists, speech = self._session.lists, self._speech
        words = speech.say("village.form.no_case")
        if found is not None:
            words = service_name(lists, found.service) or found.subject or kind_name(lists, found.kind, speech)
        self.body.document.our_number_field.aside.setText(words)

    # --- drafts ---

    def _look_for_draft(self) -> None:
        """Show what was typed before a kill or a lock, unless something is typed already."""
        self._session.kept(NEW, self._found, self._ways.fail)

    def _found(self, kept: list[tuple[bytes, bytes]]) -> None:
        drafts = [draft for draft in (decode(content) for _id, content in kept) if draft is not None]
        if drafts and not self.draft.touched:
            self.fill(drafts[0])
            self.head.say_kept()
            self.body.focus_field(self.draft.focus or self.body.people.identifier_field.name)

    def _begin_anew(self) -> None:
        self.fill(self._blank())
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._look_for_draft()

    # --- as last time ---

    def as_last_time(self) -> None:
        """Ask for the same as this person did last; where nobody is named, take the last document of the register."""
        visit = self.draft.people[self.body.people.at].visit
        register = self._session.place.register

        def ask(connection: sa.Connection) -> Filing | None:
            return entry_filing(connection, visit) if visit is not None else last_filing(connection, register)

        self._session.read(ask, partial(self._take_over, people=visit is None), self._ways.fail)

    def _take_over(self, last: Filing | None, *, people: bool) -> None:
        if last is None:
            return
        now, then = self.read(), from_filing(last, self.draft.draft, self._session.lists)
        then.entry, then.case_file, then.focus = now.entry, None, now.focus
        then.received_on = then.received_reason = then.sender_number = then.sender_date = ""
        then.our_number = now.our_number
        then.particulars, then.papers, then.before_closing = {}, {}, now.before_closing
        if not people or any(not one.empty for one in now.people):
            then.people, then.at = now.people, now.at
        then.kind_text = ""
        self.fill(then)
        self._edited()
        self.body.request.subject.setFocus(Qt.FocusReason.TabFocusReason)

    # --- what follows, check, act ---

    def _derive(self, filing: Filing) -> None:
        session = self._session
        today = OfficeDate(session.today(), doubt=False)
        self.put_derived(filing, registration.derive(session.lists, filing, session.now(), today))

    def _check(self, filing: Filing) -> CheckSheet:
        say = self._speech.say
        words = (say("village.check.title"), say("village.form.save"))
        sheet = CheckSheet(self._speech, words, partial(self._register, filing), self._ways.take_away)
        sheet.show_lines(lines(self._session, filing), self.change)
        if self._derived is not None:
            sheet.show_lines(derived_lines(self._session, filing, self._derived), self.change)
        sheet.show_findings(self.finding_titles())
        since = self._session.lists.on_the_spot.get(filing.service or 0)
        if since is not None and self._session.place.till is not None:
            sheet.offer(say("village.spot.button"), "F9", partial(self._offer_at_once, filing, since))
        return sheet

    # --- „Заяви-получи“ ---

    def _offer_at_once(self, filing: Filing, since: int) -> None:
        from app.ui.village.spot_sheet import Spot, SpotSheet  # noqa: PLC0415 - few people are served so

        fee = self._derived.fee if self._derived is not None else None
        self._ways.take_away()
        till = self._session.place.till
        if till is None:
            return
        spot = Spot(filing, fee.cents if fee is not None else 0, till, since)
        self._ways.lay(SpotSheet(self._session, self._ways, spot, self._serve))

    def _serve(self, said: "Serving") -> None:
        if not self.saving():
            return
        session = self._session

        def verb(confirmed: date | None) -> "Served":
            from app.services import on_the_spot  # noqa: PLC0415 - on the worker

            return on_the_spot.serve(session.store, session.lists, said, confirmed)

        session.act(verb, self._served, self.not_saved, frozenset({ENTRIES, RECEIPTS, DRAFTS}))

    def _served(self, served: "Served") -> None:
        """Show the number; where money was taken, the receipt with the change over it."""
        from app.ui.village.receipt_sheet import ReceiptSheet, Told  # noqa: PLC0415 - few people are served so

        self._ways.take_away()
        self._registered(served.registered)
        self._ways.say(self._speech.say("village.case.issued", number=served.number.partition("/")[0]))
        if served.paid is not None:
            told = Told(served.paid.receipt, served.paid.number, served.paid.change)
            self._ways.lay(ReceiptSheet(self._session, self._ways, told))

    # --- registering ---

    def _register(self, filing: Filing) -> None:
        if not self.saving():
            return
        session = self._session

        def verb(confirmed: date | None) -> Registered:
            return registration.register(session.store, session.lists, filing, confirmed)

        session.act(verb, self._registered, self.not_saved, frozenset({ENTRIES, DRAFTS}))

    def _registered(self, registered: Registered) -> None:
        self.saved()
        self.fill(self._blank())
        self._look_for_draft()
        self._ways.to_saved(registered)
