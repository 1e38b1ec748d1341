"""The term of an entry (Срок на преписката): extend it, tell what is wanting, note that it was mended. Effect first."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import NoSuchExtension, TefterError
from app.domain.facts import Due
from app.domain.terms import TermAct
from app.services import proceedings
from app.services.details import EntryDetails
from app.services.proceedings import Extending, Noticing
from app.ui.look.signs import Sign
from app.ui.village.doubt import typed_date
from app.ui.village.papers_notice import NoticeSheet
from app.ui.village.session import DRAFTS, ENTRIES, Session
from app.ui.village.sheet_draft import SheetDraft
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Area, Choice, Field, Line, Segments, Tone
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet
from app.ui.work import Newest

KIND = "term"
START, EXTEND = TermAct.STARTED.value, TermAct.EXTENDED.value
STOP, RESTART = TermAct.STOPPED.value, TermAct.RESTARTED.value


def offered(session: Session, entry: EntryDetails) -> list[str]:
    """Return what can be done with the term of an entry now."""
    acts = []
    if entry.term.stopped:
        acts.append(RESTART)
    elif entry.due is None and proceedings.starts_later(session.lists, entry.row.kind):
        acts.append(START)
    if entry.due is not None and proceedings.extensions_of(session.lists, entry.row.kind):
        acts.append(EXTEND)
    kind = session.lists.kinds.get(entry.row.kind)
    if kind is not None and kind.binds != "citizen":
        acts.append(STOP)
    return acts


class TermSheet(Sheet):
    """Asks what becomes of the term, shows the effect, and does it with Ctrl+Enter."""

    def __init__(self, session: Session, ways: Ways, entry: EntryDetails) -> None:
        self._number = entry.row.told.partition("/")[0]
        super().__init__(session.speech.say("village.term_act.title", number=self._number))
        self._session, self._ways, self._speech = session, ways, session.speech
        self._entry = entry
        self._acting = False
        self._effects = Newest(session.newest_reader())
        self._compose()
        self.use_keys([Key("Ctrl+Return", self._speech.say("village.term_act.act"), self.act)])
        self._draft = SheetDraft(session, ways, KIND, entry.row.entry, self)
        self.reason.textChanged.connect(self._draft.touched)
        self.defects.textChanged.connect(self._draft.touched)
        self._draft.begin(self._texts, self._put)
        self._changed()

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        acts = offered(self._session, self._entry)
        self.what = Segments([(one, say(f"village.term_act.{one}")) for one in acts])
        if len(acts) == 1:
            self.what.hide()  # never ``show`` here: without a place yet it would be a window and take the keyboard
        self.banner = Banner()
        self._parts = {
            START: self._starting(),
            EXTEND: self._extending(),
            STOP: self._stopping(),
            RESTART: self._restarting(),
        }
        for one in (self.what, self.banner, *self._parts.values()):
            self.body.addWidget(one)
        self.body.addStretch(1)
        self._act = Button(say("village.term_act.act"), Kind.PRIMARY, key="Ctrl+Return", run=self.act)
        self.add_buttons(Button(say("village.check.back"), key="Esc", run=self._ways.take_away), self._act)
        self.what.changed.connect(self._changed)
        self.extension.currentIndexChanged.connect(self._changed)
        for line in (self.until, self.told_on, self.received_on, self.mended_on, self.started_on):
            line.textChanged.connect(self._changed)

    def _extending(self) -> QWidget:
        say, speech = self._speech.say, self._speech
        found = proceedings.extensions_of(self._session.lists, self._entry.row.kind)
        named = [(one.code, one.name if speech.language == "bg" else one.name_en) for one in found]
        self.extension = Choice(named)
        self.extension_field = Field(say("village.term_act.extension"), self.extension, "extension")
        self.until = Line(most=12)
        self.until_field = Field(say("village.term_act.until"), self.until, "until")
        self.reason = Line(most=300)
        self.reason_field = Field(say("village.term_act.reason"), self.reason, "reason")
        self.told_on = Line(most=12)
        self.told_field = Field(say("village.term_act.told_on"), self.told_on, "told_on")
        self.told_on.setPlaceholderText(say("village.term_act.told_hint"))
        return _part(self.extension_field, self.until_field, self.reason_field, self.told_field)

    def _stopping(self) -> QWidget:
        say = self._speech.say
        self.defects = Area(rows=3)
        self.defects_field = Field(say("village.term_act.defects"), self.defects, "defects")
        self.received_on = Line(most=12)
        self.received_on.setPlaceholderText(say("village.term_act.received_hint"))
        self.received_field = Field(say("village.term_act.received_on"), self.received_on, "received_on")
        return _part(self.defects_field, self.received_field)

    def _restarting(self) -> QWidget:
        self.mended_on = Line(most=12)
        self.mended_on.setText(self._speech.date(self._session.today()))
        self.mended_field = Field(self._speech.say("village.term_act.mended_on"), self.mended_on, "mended_on")
        return _part(self.mended_field)

    def _starting(self) -> QWidget:
        kind = self._session.lists.kinds.get(self._entry.row.kind)
        event = kind.counts_from if kind is not None and kind.counts_from in proceedings.STARTS else "assignment"
        self.started_on = Line(most=12)
        self.started_on.setText(self._speech.date(self._session.today()))
        self.started_field = Field(self._speech.say(f"village.term_act.on_{event}"), self.started_on, "started_on")
        return _part(self.started_field)

    def first_focus(self) -> QWidget:
        """Return the first thing to be said of the act that is chosen."""
        first: dict[str, QWidget] = {
            START: self.started_on,
            EXTEND: self.reason,
            STOP: self.defects,
            RESTART: self.mended_on,
        }
        return first[self.what.value()]

    # --- the effect, before ---

    def _changed(self) -> None:
        act = self.what.value()
        for name, part in self._parts.items():
            part.setVisible(name == act)
        hint = "until_free" if self._is_free() else "until_earlier"
        self.until.setPlaceholderText(self._speech.say(f"village.term_act.{hint}"))
        if act == STOP:
            self._say_stop()
        elif act == EXTEND:
            self._ask_effect(self._extended)
        elif act == START:
            self._ask_effect(self._started)
        else:
            self._ask_effect(self._restarted)

    def _is_free(self) -> bool:
        """Return whether the clerk sets the date of the chosen extension."""
        found = proceedings.extensions_of(self._session.lists, self._entry.row.kind)
        return any(one.code == self.extension.value() and one.mode == "any" for one in found)

    def _extended(self) -> Due | None:
        entry, code, until = self._entry.row.entry, self.extension.value(), typed_date(self.until.text())
        with self._session.store.ledger.reading() as connection:
            return proceedings.extended_due(connection, self._session.lists, entry, code, until)

    def _started(self) -> Due | None:
        on = typed_date(self.started_on.text())
        if on is None:
            return None
        with self._session.store.ledger.reading() as connection:
            return proceedings.started_due(connection, self._session.lists, self._entry.row.entry, on)

    def _restarted(self) -> Due | None:
        on = typed_date(self.mended_on.text())
        if on is None:
            return None
        with self._session.store.ledger.reading() as connection:
            return proceedings.restarted_due(connection, self._session.lists, self._entry.row.entry, on)

    def _ask_effect(self, ask: Callable[[], Due | None]) -> None:
        self._effects.ask(ask, self._say_due, self._no_effect)

    def _say_due(self, due: Due | None) -> None:
        if due is None:
            self.banner.say(Sign.FINDING, self._speech.say("village.term_act.no_due"), "")
            return
        then = self._speech.say("village.term_act.becomes", date=self._speech.long_date(due.on), article=due.article)
        self.banner.say(Sign.FINDING, then, self._now())

    def _now(self) -> str:
        due = self._entry.due
        return self._speech.say("village.term_act.now", date=self._speech.long_date(due.on)) if due is not None else ""

    def _say_stop(self) -> None:
        speech, received = self._speech, typed_date(self.received_on.text())
        says = [speech.say("village.term_act.stops")]
        if received is not None:
            until = proceedings.repaired_by(self._session.lists, self._entry.row.kind, received)
            says.append(
                speech.say("village.term_act.person_until", date=speech.long_date(until.on), article=until.article)
            )
        self.banner.say(Sign.FINDING, " ".join(says), self._now())

    def _no_effect(self, error: TefterError) -> None:
        if isinstance(error, NoSuchExtension):
            self.banner.say(Sign.FINDING, self._speech.say("village.term_act.need_until"), self._now())
        else:
            self._ways.fail(error)

    # --- the act ---

    def act(self) -> None:
        """Do what is chosen, once, where what it needs is said."""
        verbs = {START: self._start, EXTEND: self._extend, STOP: self._stop, RESTART: self._restart}
        verb = verbs[self.what.value()]()
        if verb is None or self._acting:
            return
        self._acting = True
        self._draft.acting()
        self._session.act(verb, self._done, self._refused, frozenset({ENTRIES, DRAFTS}))

    def _extend(self) -> Callable[[date | None], object] | None:
        session, entry, draft = self._session, self._entry.row.entry, self._draft
        reason, told = self.reason.text().strip(), self._date(self.told_on, self.told_field)
        if not reason:
            self._wanting(self.reason_field, "need_reason")
            return None
        if told is None and self.told_on.text().strip():
            return None
        said = Extending(self.extension.value(), reason, told, typed_date(self.until.text()))
        return lambda day: proceedings.extend(session.store, session.lists, entry, said, day, draft.id)

    def _stop(self) -> Callable[[date | None], object] | None:
        session, entry, draft = self._session, self._entry.row.entry, self._draft
        wanting, told = self.defects.toPlainText().splitlines(), self._date(self.received_on, self.received_field)
        if not any(line.strip() for line in wanting):
            self._wanting(self.defects_field, "need_defects")
            return None
        if told is None and self.received_on.text().strip():
            return None
        noticed = Noticing(tuple(wanting), told)
        return lambda day: proceedings.notice_defects(session.store, session.lists, entry, noticed, day, draft.id)

    def _start(self) -> Callable[[date | None], object] | None:
        session, entry, draft = self._session, self._entry.row.entry, self._draft
        on = self._date(self.started_on, self.started_field)
        if on is None:
            self._wanting(self.started_field, "bad_date")
            return None
        return lambda day: proceedings.start(session.store, session.lists, entry, on, day, draft.id)

    def _restart(self) -> Callable[[date | None], object] | None:
        session, entry, draft = self._session, self._entry.row.entry, self._draft
        on = self._date(self.mended_on, self.mended_field)
        if on is None:
            self._wanting(self.mended_field, "bad_date")
            return None
        return lambda day: proceedings.repair(session.store, session.lists, entry, on, day, draft.id)

    def _date(self, line: Line, field: Field) -> date | None:
        """Return the date typed; words beside the field where it is none."""
        on = typed_date(line.text())
        field.clear_note()
        if on is None and line.text().strip():
            self._wanting(field, "bad_date")
        return on

    def _wanting(self, field: Field, key: str) -> None:
        field.set_note(self._speech.say(f"village.term_act.{key}"), tone=Tone.WRONG)
        field.input.setFocus()

    def _refused(self, error: TefterError) -> None:
        self._acting = False
        self._draft.again()
        self._ways.fail(error)

    def _done(self, _due: object) -> None:
        self._ways.take_away()
        self._ways.to_entries(self._entry.row.entry)
        self._ways.say(self._speech.say("village.term_act.done", number=self._number))
        if self.what.value() in {EXTEND, STOP}:
            self._ways.lay(NoticeSheet(self._session, self._ways, self._entry.row.entry, self._entry.row.told))

    # --- drafts ---

    def keep_now(self) -> None:
        """Keep what is typed: the window locks or closes."""
        self._draft.flush()

    def _texts(self) -> tuple[str, ...]:
        return self.reason.text(), self.defects.toPlainText()

    def _put(self, texts: tuple[str, ...]) -> None:
        reason, defects = texts
        self.reason.setText(reason)
        self.defects.setPlainText(defects)


def _part(*fields: Field) -> QWidget:
    """Return the fields of one act under one another, each with its note below it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for field in fields:
        field.keep_note()
        column.addWidget(field)
    return holder
