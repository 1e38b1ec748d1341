"""Answering the town (Отговор на общината): what it disputes, and three ways: correct, explain, annul."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout

from app.domain.errors import TefterError
from app.services import registration
from app.services.details import EntryDetails
from app.ui.look.signs import Sign
from app.ui.village.session import DRAFTS, ENTRIES, Session
from app.ui.village.sheet_draft import SheetDraft
from app.ui.village.ways import Ways
from app.ui.village.wording import capital
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Area, Field, Tone
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Role, Text

KIND = "answer"


class AnswerSheet(Sheet):
    """Shows the town's reason and note; an explanation is written here, the other two ways lead on."""

    def __init__(self, session: Session, ways: Ways, entry: EntryDetails) -> None:
        self._number = entry.row.told
        super().__init__(session.speech.say("village.answer.title", number=self._number.partition("/")[0]))
        self._session, self._ways, self._speech = session, ways, session.speech
        self._entry = entry
        self._sending = False
        self._compose()
        say = self._speech.say
        self.use_keys(
            [
                Key("Ctrl+Return", say("village.answer.act"), self.send),
                Key("Ctrl+E", say("village.answer.correct"), self._correct),
            ]
        )
        self._draft = SheetDraft(session, ways, KIND, entry.row.entry, self)
        self.text.textChanged.connect(self._draft.touched)
        self._draft.begin(self._texts, self._put)

    def _compose(self) -> None:
        say, row = self._speech.say, self._entry.row
        why = capital(self._speech.label(row.dispute_reason)) if row.dispute_reason is not None else ""
        banner = Banner()
        banner.say(Sign.QUESTION, why or say("village.details.disputed"), self._entry.dispute_note)
        self.text = Area(rows=4)
        self.field = Field(say("village.answer.explain"), self.text, "text")
        others = QHBoxLayout()
        others.setSpacing(12)
        others.addWidget(Button(say("village.answer.correct"), key="Ctrl+E", run=self._correct))
        others.addWidget(Button(say("village.answer.annul"), run=self._annul))
        others.addStretch(1)
        self.body.addWidget(banner)
        self.body.addWidget(Text(say("village.answer.help"), Role.TEXT))
        self.body.addLayout(others)
        # What is missing stands above the text: below it, a large text would push it out of sight.
        self.body.addWidget(self.field.note)
        self.body.addWidget(self.field)
        self.body.addStretch(1)
        self.act = Button(say("village.answer.act"), Kind.PRIMARY, key="Ctrl+Return", run=self.send)
        self.add_buttons(Button(say("village.check.back"), key="Esc", run=self._ways.take_away), self.act)

    def first_focus(self) -> Area:
        """Return the explanation."""
        return self.text

    def _correct(self) -> None:
        self._draft.flush()
        self._ways.to_correction(self._entry.row.entry)

    def _annul(self) -> None:
        self._draft.flush()
        self._ways.annul(self._entry)

    def send(self) -> None:
        """Record the explanation, once, if there is one."""
        text = self._texts()[0].strip()
        if self._sending:
            return
        if not text:
            self.field.set_note(self._speech.say("village.answer.need_text"), tone=Tone.WRONG)
            self.text.setFocus()
            return
        self._sending = True
        self._draft.acting()
        session, entry, draft = self._session, self._entry.row.entry, self._draft

        def verb(confirmed: date | None) -> None:
            registration.answer_dispute(session.store, entry, text, confirmed, draft.id)

        session.act(verb, self._sent, self._refused, frozenset({ENTRIES, DRAFTS}))

    def _refused(self, error: TefterError) -> None:
        self._sending = False
        self._draft.again()
        self._ways.fail(error)

    def _sent(self, _done: None) -> None:
        self._ways.take_away()
        self._ways.to_entries(self._entry.row.entry)
        self._ways.say(self._speech.say("village.answer.done"))

    # --- drafts ---

    def keep_now(self) -> None:
        """Keep what is typed: the window locks or closes."""
        self._draft.flush()

    def _texts(self) -> tuple[str, ...]:
        return (self.text.toPlainText(),)

    def _put(self, texts: tuple[str, ...]) -> None:
        self.text.setPlainText(texts[0])
