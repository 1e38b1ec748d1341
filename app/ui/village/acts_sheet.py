"""A sheet with the acts that an entry allows now: one is chosen, asks its fields, shows its effect, and is done."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.domain.errors import TefterError
from app.domain.facts import Due
from app.services.details import EntryDetails
from app.ui.look.signs import Sign
from app.ui.village.act_part import ActPart, Question
from app.ui.village.session import DRAFTS, ENTRIES, Session
from app.ui.village.sheet_draft import SheetDraft
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Segments
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet
from app.ui.work import Newest


class ActsSheet(Sheet):
    """Asks which act, its fields below, shows the effect above them, and does it with Ctrl+Enter.

    ``texts`` is the group of its sentences: ``title`` with the number, ``act``, ``done``, and a name for each part.
    A subclass says what an effect means and what comes after the act.
    """

    texts = ""
    draft_kind = ""

    def __init__(self, session: Session, ways: Ways, entry: EntryDetails, parts: Mapping[str, ActPart]) -> None:
        self._number = entry.row.told.partition("/")[0]
        super().__init__(session.speech.say(f"{self.texts}.title", number=self._number))
        self._session, self._ways, self._speech = session, ways, session.speech
        self._entry = entry
        self._acting = False
        self._effects = Newest(session.newest_reader())
        self.parts = dict(parts)
        self._compose()
        self.use_keys([Key("Ctrl+Return", self._say("act"), self.act), *self._more_keys()])
        self._draft = SheetDraft(session, ways, self.draft_kind, entry.row.entry, self)
        self._draft.begin(self._typed_texts, self._put_texts)
        self._changed()

    def _say(self, key: str, **values: str) -> str:
        return self._speech.say(f"{self.texts}.{key}", **values)

    def _compose(self) -> None:
        self.what = Segments([(name, self._say(name)) for name in self.parts])
        if len(self.parts) == 1:
            self.what.hide()  # never ``show`` here: without a place yet it would be a window and take the keyboard
        self.banner = Banner()
        for one in (self.what, self.banner, *self.parts.values()):
            self.body.addWidget(one)
        self.body.addStretch(1)
        act = Button(self._say("act"), Kind.PRIMARY, key="Ctrl+Return", run=self.act)
        back = Button(self._speech.say("village.check.back"), key="Esc", run=self._ways.take_away)
        self.add_buttons(back, *self._more_buttons(), act)
        self.what.changed.connect(self._changed)
        for part in self.parts.values():
            part.changed.connect(self._typed)

    def _more_keys(self) -> list[Key]:
        return []

    def _more_buttons(self) -> list[Button]:
        return []

    @property
    def part(self) -> ActPart:
        """The part of the act that is chosen."""
        return self.parts[self.what.value()]

    def first_focus(self) -> QWidget:
        """Return the first thing to be said of the act that is chosen."""
        return self.part.first

    # --- the effect, before ---

    def _typed(self) -> None:
        self._draft.touched()
        self._changed()

    def _changed(self) -> None:
        for part in self.parts.values():
            part.setVisible(part is self.part)
        question = self.part.question()
        if question is None:
            self._effects.drop()
            self.say_effect(self.part.words())
        else:
            self._effects.ask(lambda: self._asked(question), self.say_due, self.no_effect)

    def _asked(self, question: Question) -> Due | None:
        with self._session.store.ledger.reading() as connection:
            return question(connection)

    def say_effect(self, words: str) -> None:
        """Show what the act would do; without words there is nothing to show."""
        self.banner.setVisible(bool(words))
        if words:
            self.banner.say(Sign.FINDING, words, self.standing())

    def standing(self) -> str:
        """Return how it stands before the act."""
        return ""

    def say_due(self, due: Due | None) -> None:
        """Show the date that the act would give."""
        words = self._speech.say("village.act.no_due")
        if due is not None:
            words = self._speech.say("village.act.becomes", date=self._speech.long_date(due.on), article=due.article)
        self.say_effect(words)

    def no_effect(self, error: TefterError) -> None:
        """Say why no effect can be shown."""
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

    def _done(self, answer: object) -> None:
        self._ways.take_away()
        self._ways.to_entries(self._entry.row.entry)
        self._ways.say(self._say("done", number=self._number))
        self.after(answer)

    def after(self, answer: object) -> None:
        """Go on after the act, with what it answered."""

    # --- drafts ---

    def keep_now(self) -> None:
        """Keep what is typed: the window locks or closes."""
        self._draft.flush()

    def _typed_texts(self) -> tuple[str, ...]:
        return tuple(text for part in self.parts.values() for text in part.typed())

    def _put_texts(self, texts: tuple[str, ...]) -> None:
        for part in self.parts.values():
            here = len(part.typed())
            part.put(texts[:here])
            texts = texts[here:]
