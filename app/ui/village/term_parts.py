"""What each act on a term asks (части на листа за срока): its fields, what shows its effect before, and the act."""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from PySide6.QtGui import QTextCursor

from app.domain.facts import Due
from app.domain.terms import TermAct
from app.services import proceedings
from app.services.details import EntryDetails
from app.services.proceedings import Extending, Noticing
from app.ui.own_words import missing_names
from app.ui.village.act_part import ActPart, Question, Verb
from app.ui.village.doubt import typed_date
from app.ui.village.session import Session
from app.ui.widgets.fields import Area, Choice, Field, Line

DateQuestion = Callable[[sa.Connection, date], Due | None]
DateVerb = Callable[[date, date | None, bytes], object]


class DayPart(ActPart):
    """Asks for one day: of the event with which a term begins, or of the repair with which it runs anew."""

    def __init__(
        self, session: Session, entry: EntryDetails, label: str, question: DateQuestion, verb: DateVerb
    ) -> None:
        line = Line(most=12)
        line.setText(session.speech.date(session.today()))
        self.day = Field(label, line, "day")
        super().__init__(session, entry, self.day)
        self._line, self._question, self._verb = line, question, verb

    def question(self) -> Question | None:
        """Ask for the date that the day would give."""
        on = typed_date(self._line.text())
        return (lambda connection: self._question(connection, on)) if on is not None else None

    def words(self) -> str:
        """Say how a day is typed."""
        return self._speech.say("village.act.bad_date")

    def verb(self, draft: bytes) -> Verb | None:
        """Return the act on the day typed."""
        on, _ = self._day(self.day, needed=True)
        return (lambda confirmed: self._verb(on, confirmed, draft)) if on is not None else None


def beginning(session: Session, entry: EntryDetails) -> DayPart:
    """Return the part that begins a term."""
    kind = session.lists.kinds[entry.row.kind]
    which = entry.row.entry

    def question(connection: sa.Connection, on: date) -> Due:
        return proceedings.started_due(connection, session.lists, which, on)

    def verb(on: date, confirmed: date | None, draft: bytes) -> Due:
        return proceedings.start(session.store, session.lists, which, on, confirmed, draft)

    return DayPart(session, entry, session.speech.say(f"village.term_act.on_{kind.counts_from}"), question, verb)


def mending(session: Session, entry: EntryDetails) -> DayPart:
    """Return the part that notes a repair."""
    which = entry.row.entry

    def question(connection: sa.Connection, on: date) -> Due | None:
        return proceedings.restarted_due(connection, session.lists, which, on)

    def verb(on: date, confirmed: date | None, draft: bytes) -> Due | None:
        return proceedings.repair(session.store, session.lists, which, on, confirmed, draft)

    return DayPart(session, entry, session.speech.say("village.term_act.mended_on"), question, verb)


class ExtendPart(ActPart):
    """Asks for the ground, why, until when where that is free, and the day of the written notice."""

    def __init__(self, session: Session, entry: EntryDetails) -> None:
        say, bulgarian = session.speech.say, session.speech.language == "bg"
        self._found = {one.code: one for one in proceedings.extensions_of(session.lists, entry.row.kind)}
        self.extension = Choice([(one.code, one.name if bulgarian else one.name_en) for one in self._found.values()])
        self.until, self.reason, self.told_on = Line(most=12), Line(most=300), Line(most=12)
        self.told_on.setPlaceholderText(say("village.term_act.told_hint"))
        self.reason_field = Field(say("village.term_act.reason"), self.reason, "reason")
        self.told_field = Field(say("village.term_act.told_on"), self.told_on, "told_on")
        self._until_field = Field(say("village.term_act.until"), self.until, "until")
        ground = Field(say("village.term_act.extension"), self.extension, "extension")
        super().__init__(session, entry, ground, self._until_field, self.reason_field, self.told_field)
        self.first = self.reason
        self.extension.currentIndexChanged.connect(self._chosen)
        self._hint()

    def _chosen(self) -> None:
        self._hint()
        self.changed.emit()

    def _hint(self) -> None:
        """Say whether the date is the clerk's to set, or only an earlier one than the law allows."""
        free = self._found[self.extension.value()].length is None
        self.until.setPlaceholderText(self._speech.say(f"village.term_act.until_{'free' if free else 'earlier'}"))

    def question(self) -> Question:
        """Ask for the extended date."""
        lists, entry = self._session.lists, self._entry.row.entry
        code, until = self.extension.value(), typed_date(self.until.text())
        return lambda connection: proceedings.extended_due(connection, lists, entry, code, until)

    def verb(self, draft: bytes) -> Verb | None:
        """Return the extension."""
        session, entry, reason = self._session, self._entry.row.entry, self.reason.text().strip()
        until, until_good = self._day(self._until_field, needed=False)
        told, told_good = self._day(self.told_field, needed=False)
        if not reason:
            self._wanting(self.reason_field, "need_reason")
        if not (reason and until_good and told_good):
            return None
        said = Extending(self.extension.value(), reason, told, until)
        return lambda day: proceedings.extend(session.store, session.lists, entry, said, day, draft)


def wanting(session: Session, entry: EntryDetails) -> list[str]:
    """Return the papers that were missing at filing, by name; none once a notice of defects was given or mended."""
    if entry.term.act in {TermAct.STOPPED, TermAct.RESTARTED}:
        return []
    return missing_names(session.lists, session.speech, entry.row.service, entry.particulars)


class StopPart(ActPart):
    """Asks what is wanting, and when the person received the notice; a notice given before stands as a hint.

    Papers that were missing at filing stand there already, one on a line, while no notice named them.
    """

    def __init__(self, session: Session, entry: EntryDetails) -> None:
        say = session.speech.say
        self.defects, self.received_on = Area(rows=3), Line(most=12)
        self.defects.setPlainText("\n".join(wanting(session, entry)))
        self.defects.moveCursor(QTextCursor.MoveOperation.End)
        self.defects.setPlaceholderText("\n".join(entry.term.defects))
        self.received_on.setPlaceholderText(say("village.term_act.received_hint"))
        self.defects_field = Field(say("village.term_act.defects"), self.defects, "defects")
        self.received_field = Field(say("village.term_act.received_on"), self.received_on, "received_on")
        super().__init__(session, entry, self.defects_field, self.received_field)

    def words(self) -> str:
        """Say that the term stands still, and until when the person has time."""
        speech, received = self._speech, typed_date(self.received_on.text())
        says = [speech.say("village.term_act.stops")]
        if received is not None:
            until = proceedings.repaired_by(self._session.lists, self._entry.row.kind, received)
            day = speech.long_date(until.on)
            says.append(speech.say("village.term_act.person_until", date=day, article=until.article))
        return " ".join(says)

    def verb(self, draft: bytes) -> Verb | None:
        """Return the notice; without new words what was wanting before still is."""
        session, entry = self._session, self._entry.row.entry
        typed = tuple(filter(None, (line.strip() for line in self.defects.toPlainText().splitlines())))
        wanting = typed or self._entry.term.defects
        told, good = self._day(self.received_field, needed=False)
        self.defects_field.clear_note()
        if not wanting:
            self._wanting(self.defects_field, "need_defects")
        if not (wanting and good):
            return None
        said = Noticing(wanting, told)
        return lambda day: proceedings.notice_defects(session.store, session.lists, entry, said, day, draft)
