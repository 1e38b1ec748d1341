"""The term of an entry (Срок на преписката): begun, extended, stopped, run anew; each with its effect shown before."""

from PySide6.QtWidgets import QWidget

from app.domain.errors import NoSuchExtension, TefterError
from app.domain.facts import Due
from app.domain.terms import TermAct
from app.services import proceedings
from app.services.details import EntryDetails
from app.ui.look.signs import Sign
from app.ui.village.papers_notice import NoticeSheet
from app.ui.village.session import DRAFTS, ENTRIES, Session
from app.ui.village.sheet_draft import SheetDraft
from app.ui.village.term_parts import ExtendPart, Question, StopPart, TermPart, beginning, mending, wanting
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Area, Line, Segments
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet
from app.ui.work import Newest

KIND = "term"
_HAVE_A_NOTICE = (TermAct.EXTENDED, TermAct.STOPPED)


def parts(session: Session, entry: EntryDetails) -> dict[TermAct, TermPart]:
    """Return what can be done with the term of an entry now, the likeliest first."""
    found: dict[TermAct, TermPart] = {}
    kind = session.lists.kinds.get(entry.row.kind)
    if kind is None or kind.binds == "citizen":
        return found
    if entry.term.stopped:
        found[TermAct.RESTARTED] = mending(session, entry)
    elif entry.due is None and proceedings.starts_later(session.lists, entry.row.kind):
        found[TermAct.STARTED] = beginning(session, entry)
    if entry.due is not None and proceedings.extensions_of(session.lists, entry.row.kind):
        found[TermAct.EXTENDED] = ExtendPart(session, entry)
    stopping = StopPart(session, entry)
    if wanting(session, entry):
        return {TermAct.STOPPED: stopping, **found}
    return {**found, TermAct.STOPPED: stopping}


class TermSheet(Sheet):
    """Asks what becomes of the term, shows the effect, and does it with Ctrl+Enter."""

    def __init__(self, session: Session, ways: Ways, entry: EntryDetails) -> None:
        self._number = entry.row.told.partition("/")[0]
        super().__init__(session.speech.say("village.term_act.title", number=self._number))
        self._session, self._ways, self._speech = session, ways, session.speech
        self._entry = entry
        self._acting = False
        self._effects = Newest(session.newest_reader())
        self.parts = parts(session, entry)
        self._offered = "\n".join(wanting(session, entry))
        self._compose()
        keys = [Key("Ctrl+Return", self._speech.say("village.term_act.act"), self.act)]
        if self._given:
            keys.append(Key("Ctrl+P", self._speech.say("village.notice.print"), self._again))
        self.use_keys(keys)
        self._draft = SheetDraft(session, ways, KIND, entry.row.entry, self)
        for words in self._words:
            if words is not None:
                words.textChanged.connect(self._draft.touched)
        self._draft.begin(self._texts, self._put)
        self._changed()

    @property
    def _given(self) -> bool:
        """Whether a notice of the last act can be printed (once more)."""
        return self._entry.term.act in _HAVE_A_NOTICE

    def _compose(self) -> None:
        say = self._speech.say
        self.what = Segments([(one.value, say(f"village.term_act.{one.value}")) for one in self.parts])
        if len(self.parts) == 1:
            self.what.hide()  # never ``show`` here: without a place yet it would be a window and take the keyboard
        self.banner = Banner()
        for one in (self.what, self.banner, *self.parts.values()):
            self.body.addWidget(one)
        self.body.addStretch(1)
        act = Button(say("village.term_act.act"), Kind.PRIMARY, key="Ctrl+Return", run=self.act)
        back = Button(say("village.check.back"), key="Esc", run=self._ways.take_away)
        printing = [Button(say("village.notice.title"), key="Ctrl+P", icon="printer", run=self._again)]
        self.add_buttons(back, *(printing if self._given else []), act)
        self.what.changed.connect(self._changed)
        for part in self.parts.values():
            part.changed.connect(self._changed)

    @property
    def part(self) -> TermPart:
        """The part of the act that is chosen."""
        return self.parts[TermAct(self.what.value())]

    def first_focus(self) -> QWidget:
        """Return the first thing to be said of the act that is chosen."""
        return self.part.first

    # --- the effect, before ---

    def _changed(self) -> None:
        for part in self.parts.values():
            part.setVisible(part is self.part)
        question = self.part.question()
        if question is None:
            self._effects.drop()
            self.banner.say(Sign.FINDING, self.part.words(), self._now())
        else:
            self._effects.ask(lambda: self._asked(question), self._say_due, self._no_effect)

    def _asked(self, question: Question) -> Due | None:
        with self._session.store.ledger.reading() as connection:
            return question(connection)

    def _say_due(self, due: Due | None) -> None:
        say = self._speech.say
        words = say("village.term_act.no_due")
        if due is not None:
            words = say("village.term_act.becomes", date=self._speech.long_date(due.on), article=due.article)
        self.banner.say(Sign.FINDING, words, self._now())

    def _now(self) -> str:
        due = self._entry.due
        return self._speech.say("village.term_act.now", date=self._speech.long_date(due.on)) if due is not None else ""

    def _no_effect(self, error: TefterError) -> None:
        if isinstance(error, NoSuchExtension):
            self.banner.say(Sign.FINDING, self._speech.say("village.term_act.need_until"), self._now())
        else:
            self._ways.fail(error)

    # --- the act ---

    def act(self) -> None:
        """Do what is chosen, once, where what it needs is said."""
        verb = self.part.verb(self._draft.id)
        if verb is None or self._acting:
            return
        self._acting = True
        self._draft.acting()
        self._session.act(verb, self._done, self._refused, frozenset({ENTRIES, DRAFTS}))

    def _refused(self, error: TefterError) -> None:
        self._acting = False
        self._draft.again()
        self._ways.fail(error)

    def _done(self, _due: object) -> None:
        self._ways.take_away()
        self._ways.to_entries(self._entry.row.entry)
        self._ways.say(self._speech.say("village.term_act.done", number=self._number))
        if TermAct(self.what.value()) in _HAVE_A_NOTICE:
            self._lay_notice()

    def _again(self) -> None:
        """Offer the notice that was given once more; what is typed is kept."""
        self.keep_now()
        self._lay_notice()

    def _lay_notice(self) -> None:
        """Offer the notice of the last act on paper."""
        self._ways.lay(NoticeSheet(self._session, self._ways, self._entry.row.entry, self._entry.row.told))

    # --- drafts ---

    def keep_now(self) -> None:
        """Keep what is typed: the window locks or closes."""
        self._draft.flush()

    def _texts(self) -> tuple[str, ...]:
        """Return what was typed; the papers that stand there by themselves were not."""
        reason, defects = self._words
        wanted = defects.toPlainText() if defects else ""
        return reason.text() if reason else "", wanted if wanted != self._offered else ""

    def _put(self, texts: tuple[str, ...]) -> None:
        reason, defects = self._words
        if reason:
            reason.setText(texts[0])
        if defects and texts[1]:
            defects.setPlainText(texts[1])

    @property
    def _words(self) -> tuple[Line | None, Area | None]:
        """Where words are typed that would have to be typed again, as far as these acts are offered."""
        extend, stop = self.parts.get(TermAct.EXTENDED), self.parts.get(TermAct.STOPPED)
        return (
            extend.reason if isinstance(extend, ExtendPart) else None,
            stop.defects if isinstance(stop, StopPart) else None,
        )
