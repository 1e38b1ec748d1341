"""A correction (Поправка): the form filled from an entry; the value before stays in the journal and is shown."""

from datetime import date, datetime
from functools import partial
from typing import NamedTuple

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.entries import Filing
from app.domain.office_date import moment
from app.services import registration
from app.services.book import details
from app.services.book import filing_of as entry_filing
from app.services.deriving import Derived
from app.services.registration import Registered
from app.ui.village.check_sheet import CheckSheet
from app.ui.village.form_draft import CORRECTION, FormDraft, decode, from_filing
from app.ui.village.form_filing import Problem, problems
from app.ui.village.form_lines import changed
from app.ui.village.form_page import FormPage
from app.ui.village.form_section import Section
from app.ui.village.session import DRAFTS, ENTRIES, Session
from app.ui.village.ways import Ways
from app.ui.widgets.fields import Field, Line
from app.ui.work import Newest

REASON_SIGNS = 300


class ReasonSection(Section):
    """Поправка: why."""

    def __init__(self, session: Session) -> None:
        say = session.speech.say
        super().__init__(say("village.correct.part"), say("village.form.change"))
        self.reason = Line(most=REASON_SIGNS)
        self.add((Field(say("village.correct.reason"), self.reason, "reason"), 1))
        self.reason.textChanged.connect(self.edited)

    def fill(self, draft: FormDraft) -> None:
        """Show what a draft says."""
        self.reason.setText(draft.reason)

    def write(self, draft: FormDraft) -> None:
        """Write what is shown into a draft."""
        draft.reason = self.reason.text()

    def summarize(self, draft: FormDraft) -> None:
        """Say in one line what is folded."""
        self.summary.setText(draft.reason)


class Begun(NamedTuple):
    """What a correction begins with: told number, when the entry was made, its content, and drafts of corrections."""

    told: str
    came: datetime
    was: Filing
    drafts: list[FormDraft]


class CorrectionPage(FormPage):
    """Corrects an entry; number, date and case stay."""

    name = "correction"
    draft_kind = CORRECTION

    def __init__(self, session: Session, ways: Ways) -> None:
        self._was: Filing | None = None
        self._number = ""
        self._asked = Newest(session.newest_reader())
        super().__init__(session, ways, ReasonSection(session))
        self.body.document.asks_case = False

    def _words(self) -> tuple[str, str]:
        say = self._speech.say
        return say("village.correct.part"), say("village.correct.save")

    def _blank(self) -> FormDraft:
        return FormDraft(entry=b"", draft=self._session.new_id())

    # --- what is corrected ---

    def correct(self, entry: bytes) -> None:
        """Show what stands in an entry, or a correction of it that was begun."""
        self.keep_now()

        def ask(connection: sa.Connection, kept: list[tuple[bytes, bytes]]) -> Begun:
            read = [decode(content) for _id, content in kept]
            begun = [one for one in read if one is not None and one.entry == entry]
            row = details(connection, entry).row
            return Begun(row.told, moment(row.recorded_at), entry_filing(connection, entry), begun)

        self._session.read_beside_drafts(CORRECTION, ask, self._put, self._ways.fail)

    def _put(self, found: Begun) -> None:
        self._number, came, self._was, begun = found
        self.body.request.came_at = lambda: came
        say = self._speech.say
        self.head.name(say("village.correct.title", number=self._number.partition("/")[0]))
        self.strip.say_told(self._number.partition("/")[0], say("village.correct.told"))
        self.fill(
            begun[0] if begun else from_filing(self._was, self._session.new_id(), self._session.lists), show_all=True
        )
        if begun:
            self.head.say_kept()
        if self.isVisible():
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> QWidget:
        """Return the field that was left, else the reason."""
        name = self.draft.focus or "reason"
        self.body.focus_field(name)
        return next(one.input for one in self.body.fields if one.name == name)

    def current_entry(self) -> bytes | None:
        """Return the entry that is corrected."""
        return self._was.entry if self._was is not None else None

    def _begin_anew(self) -> None:
        if self._was is not None:
            self.fill(from_filing(self._was, self._session.new_id(), self._session.lists), show_all=True)
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what follows, check, act ---

    def _derive(self, filing: Filing) -> None:
        if self._was is None:
            return
        session, entry = self._session, self._was.entry

        def ask() -> Derived:
            with session.store.ledger.reading() as connection:
                return registration.derive_correction(connection, session.lists, entry, filing)

        self._asked.ask(ask, partial(self.put_derived, filing), self._ways.fail)

    def _problems(self) -> list[Problem]:
        return problems(self.draft, self._session.lists, correcting=True)

    def _check(self, filing: Filing) -> CheckSheet | None:
        say = self._speech.say
        changes = changed(self._session, self._was, filing) if self._was is not None else []
        if not changes:
            self.body.say_problems([(say("village.correct.unchanged"), partial(self.body.focus_field, "name"))])
            return None
        words = (say("village.correct.check"), say("village.correct.save"))
        sheet = CheckSheet(self._speech, words, partial(self._correct, filing), self._ways.take_away)
        sheet.show_changes(changes, self.draft.reason.strip())
        sheet.show_findings(self.finding_titles())
        return sheet

    def _correct(self, filing: Filing) -> None:
        if not self.saving():
            return
        session, draft = self._session, self.draft

        def verb(confirmed: date | None) -> Registered:
            return registration.correct(
                session.store, session.lists, filing.entry, filing, draft.reason.strip(), confirmed, draft.draft
            )

        session.act(verb, self._corrected, self.not_saved, frozenset({ENTRIES, DRAFTS}))

    def _corrected(self, registered: Registered) -> None:
        self.saved()
        self._was = None
        self.fill(self._blank())
        self._ways.to_entries(registered.entry)
        self._ways.say(self._speech.say("village.correct.done", number=registered.number))
