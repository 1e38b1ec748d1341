"""Annulling an entry (Анулиране): what it does, before; a reason; and the number that stands instead, if any."""

import re
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.errors import TefterError, UnknownEntry
from app.services import registration
from app.services.details import EntryDetails
from app.ui.look.signs import Sign
from app.ui.village.papers_slip import receipt_in_force
from app.ui.village.reasons import ReasonField
from app.ui.village.session import DRAFTS, ENTRIES, Session
from app.ui.village.sheet_draft import SheetDraft
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Field, Line, Tone
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet

KIND = "annul"
_QUICK = ("twice", "mistake", "withdrawn", "elsewhere")
_NUMBER = re.compile(r"(?:(?P<register>\d{1,9})-)?(?P<number>\d{1,9})(?:/\d{1,2}\.\d{1,2}\.(?P<year>\d{4}))?")


def typed_number(text: str, register: int, year: int) -> tuple[int, int, int] | None:
    """Return (register, year, number) of ``17-000042/20.11.2026``, ``17-42`` or ``42``; None for anything else."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    return int(found["register"] or register), int(found["year"] or year), int(found["number"])


class AnnulSheet(Sheet):
    """Shows the effect and asks for the reason; Ctrl+Enter annuls."""

    def __init__(self, session: Session, ways: Ways, entry: EntryDetails) -> None:
        self._number = entry.row.told
        super().__init__(session.speech.say("village.annul.title", number=self._number.partition("/")[0]))
        self._session, self._ways, self._speech = session, ways, session.speech
        self._entry = entry
        self._annulling = False
        self._compose()
        say = self._speech.say
        self.use_keys([Key("Ctrl+Return", say("village.annul.act"), self.annul)])
        self._draft = SheetDraft(session, ways, KIND, entry.row.entry, self)
        self.reason.changed.connect(self._draft.touched)
        self.replaced.textChanged.connect(self._draft.touched)
        self._draft.begin(self._texts, self._put)
        self.on_dismiss = self._draft.drop

    def _compose(self) -> None:
        say = self._speech.say
        banner = Banner()
        banner.say(Sign.FINDING, say("village.annul.effect"), " ".join(self._consequences()))
        quick = [say(f"village.annul.reason_{one}") for one in _QUICK]
        self.reason = ReasonField(say("village.annul.reason"), quick)
        self.replaced = Line(most=40)
        self.replaced.setPlaceholderText(say("village.annul.replaced_hint"))
        self.replaced_field = Field(say("village.annul.replaced_by"), self.replaced, "replaced_by")
        for one in (banner, self.reason, self.replaced_field, self.replaced_field.note):
            self.body.addWidget(one)
        self.body.addStretch(1)
        self.act = Button(say("village.annul.act"), Kind.PRIMARY, key="Ctrl+Return", run=self.annul)
        self.add_buttons(Button(say("village.check.back"), key="Esc", run=self._leave), self.act)

    def _consequences(self) -> list[str]:
        """Return what becomes of a receipt, and what the town sees."""
        said, speech = [], self._speech
        paid = receipt_in_force(self._entry)
        if paid is not None:
            money = speech.money(paid.cents, paid.currency)
            said.append(speech.say("village.annul.paid", number=paid.told.partition("/")[0], money=money))
        if self._entry.row.central_number:
            said.append(speech.say("village.annul.town", number=self._entry.row.central_number))
        return said

    def first_focus(self) -> QWidget:
        """Return the reason's line."""
        return self.reason.line

    # --- the act ---

    def annul(self) -> None:
        """Annul, once, if there is a reason."""
        reason = self.reason.text()
        if self._annulling:
            return
        if not reason:
            self.reason.wrong(self._speech.say("village.annul.need_reason"))
            self.reason.line.setFocus()
            return
        session, entry, place = self._session, self._entry.row.entry, self._session.place
        typed = self.replaced.text().strip()
        asked = typed_number(typed, place.register, session.today().year)
        if typed and asked is None:
            self._no_such_number()
            return
        self._annulling = True
        self._draft.acting()

        def verb(confirmed: date | None) -> None:
            instead = None
            if asked is not None:
                with session.store.ledger.reading() as connection:
                    instead = registration.entry_by_number(connection, *asked)
            registration.annul(session.store, entry, reason, instead, confirmed, self._draft.id)

        session.act(verb, self._annulled, self._refused, frozenset({ENTRIES, DRAFTS}))

    def _no_such_number(self) -> None:
        self.replaced_field.set_note(self._speech.say("village.annul.unknown_number"), tone=Tone.WRONG)
        self.replaced.setFocus()

    def _refused(self, error: TefterError) -> None:
        self._annulling = False
        self._draft.again()
        if isinstance(error, UnknownEntry) and self.replaced.text().strip():
            self._no_such_number()
        else:
            self._ways.fail(error)

    def _annulled(self, _done: None) -> None:
        self._ways.take_away()
        self._ways.to_entries(self._entry.row.entry)
        self._ways.say(self._speech.say("village.annul.done", number=self._number))

    def _leave(self) -> None:
        self._ways.take_away()
        self._draft.drop()

    # --- drafts ---

    def keep_now(self) -> None:
        """Keep what is typed: the window locks or closes."""
        self._draft.flush()

    def _texts(self) -> tuple[str, ...]:
        return self.reason.text(), self.replaced.text()

    def _put(self, texts: tuple[str, ...]) -> None:
        reason, replaced = texts
        self.reason.put(reason)
        self.replaced.setText(replaced)
