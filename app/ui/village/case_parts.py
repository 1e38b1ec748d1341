"""What each act on a case asks (части на листа за преписката): a result, its delivery, an ending, a note."""

import sqlalchemy as sa

from app.domain.facts import Due
from app.domain.terms import CorrespondentRole, DeliveryState, DeliveryWay, Ending, Outcome, ResultWay
from app.services import endings, results
from app.services.case_details import Result
from app.services.details import EntryDetails
from app.services.endings import EndingSaid
from app.services.results import Delivering, Issuing
from app.ui.village.act_part import ActPart, Question, Verb, text_in
from app.ui.village.outgoing_field import OutgoingField
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.village.wording import capital, service_name
from app.ui.widgets.fields import Area, Choice, Field, Line

_ASKED = {
    ResultWay.AT_DESK: DeliveryWay.BY_HAND,
    ResultWay.POST_REGISTERED: DeliveryWay.POST,
    ResultWay.POST_INTERNATIONAL: DeliveryWay.POST,
    ResultWay.COURIER: DeliveryWay.COURIER,
    ResultWay.ELECTRONIC: DeliveryWay.E_MAIL,
}
"""How a result goes to the person who asked for it that way."""

CERTIFICATE_COPIES = 2
"""A certificate of the population register is drawn up in at least two copies (НИУРН чл. 7)."""


class IssuePart(ActPart):
    """Asks what is issued, and its number only where that is taken from a paper book."""

    def __init__(self, session: Session, ways: Ways, entry: EntryDetails) -> None:
        say, speech = session.speech.say, session.speech
        self.outcome = Choice([(one.value, capital(speech.label(one))) for one in Outcome])
        self.title, self.copies = Line(most=200), Line(pattern="[0-9]*", most=2)
        self.title.setText(service_name(session.lists, entry.row.service) or entry.row.subject)
        service = session.lists.services.get(entry.row.service or 0)
        performed = service is not None and service.village_role == "performs"
        self.copies.setText(str(CERTIFICATE_COPIES if performed else 1))
        self.reason = Area(rows=2)
        self.title_field = Field(say("village.case.what"), self.title, "title")
        self.number_field = OutgoingField(session, ways, entry.row.register)
        self.reason_field = Field(say("village.case.grounds"), self.reason, "reason")
        super().__init__(
            session,
            entry,
            Field(say("village.case.outcome"), self.outcome, "outcome"),
            self.title_field,
            self.number_field,
            Field(say("village.case.copies"), self.copies, "copies"),
            self.reason_field,
        )
        self.result = session.new_id()
        self.outcome.currentIndexChanged.connect(self._show_grounds)
        self.number_field.told.connect(self.changed)
        self._show_grounds()

    def _show_grounds(self) -> None:
        """Ask for grounds where they are owed: a refusal is motivated (АПК чл. 59)."""
        self.reason_field.setVisible(self.outcome.value() == Outcome.REFUSAL)

    def words(self) -> str:
        """Say with which number the case ends."""
        number = self.number_field.will_be()
        key = "will_end" if number else "need_number"
        return self._speech.say(f"village.case.{key}", number=number)

    def verb(self, draft: bytes) -> Verb | None:
        """Return the issue of the result."""
        outcome = Outcome(self.outcome.value())
        title = self._needed(self.title_field, "need_title")
        refused = outcome is Outcome.REFUSAL
        reason = self._needed(self.reason_field, "need_reason") if refused else ""
        if not (self.number_field.is_said() and title and (reason or not refused)):
            return None
        copies, number = int(self.copies.text() or 1), self.number_field.of_book
        said = Issuing(self.result, self._entry.row.entry, outcome, title, reason, copies, 1, number)
        store = self._session.store
        return lambda confirmed: results.issue(store, said, confirmed, draft)


class DeliverPart(ActPart):
    """Asks where a result is now: handed over, sent, delivered or come back; to whom, when, by which number."""

    def __init__(self, session: Session, entry: EntryDetails, issued: Result) -> None:
        say, speech = session.speech.say, session.speech
        self._result = issued
        self.state = Choice([(one.value, capital(speech.label(one))) for one in results.next_states(issued)])
        self.way = Choice([(one.value, capital(speech.label(one))) for one in DeliveryWay if one is not _HAND])
        self.receiver, self.identifier = Line(most=200), Line(pattern="[0-9]*", most=10)
        self.tracking, self.note, self.on = Line(most=60), Line(most=200), Line(most=12)
        self.on.setText(speech.date(session.today()))
        self.note.setPlaceholderText(say("village.case.note_hint"))
        self.identifier.setPlaceholderText(say("village.case.identifier_hint"))
        self.receiver_field = Field(say("village.case.receiver"), self.receiver, "receiver")
        self.day_field = Field(say("village.case.on"), self.on, "on")
        self._way_field = Field(say("village.case.way"), self.way, "way")
        self._identifier_field = Field(say("village.case.identifier"), self.identifier, "identifier")
        self._tracking_field = Field(say("village.case.tracking"), self.tracking, "tracking")
        self._begin(entry)
        super().__init__(
            session,
            entry,
            Field(say("village.case.state"), self.state, "state"),
            self._way_field,
            self.receiver_field,
            self._identifier_field,
            self.day_field,
            self._tracking_field,
            Field(say("village.case.note_text"), self.note, "note"),
        )
        self.state.currentIndexChanged.connect(self._show_fields)
        self._show_fields()

    def _begin(self, entry: EntryDetails) -> None:
        """Begin with what is known: who asked, which way was wanted, what was said of the parcel."""
        known = self._result.delivery
        way = _ASKED.get(entry.result_way, DeliveryWay.POST) if entry.result_way else DeliveryWay.POST
        if known is not None:
            self.receiver.setText(known.receiver)
            self.tracking.setText(known.tracking)
            way = known.way
        else:
            self.receiver.setText(_who_takes(entry))
            wanted = DeliveryState.HANDED if way is _HAND else DeliveryState.SENT
            self.state.choose(wanted.value if entry.result_way else DeliveryState.HANDED.value)
        self.way.choose(way.value if way is not _HAND else DeliveryWay.POST.value)

    def _show_fields(self) -> None:
        by_hand = self.state.value() == DeliveryState.HANDED
        self._identifier_field.setVisible(by_hand)
        self._way_field.setVisible(not by_hand)
        self._tracking_field.setVisible(not by_hand)

    def question(self) -> Question | None:
        """Ask until when the person is to be told, while the result lies here."""
        if self._result.delivery is not None:
            return None
        lists, result = self._session.lists, self._result
        return lambda connection: results.tell_by(connection, lists, result)

    def words(self) -> str:
        """Say which result it is."""
        told = self._result.told.partition("/")[0]
        return self._speech.say("village.case.which", number=told, what=self._result.title)

    def verb(self, draft: bytes) -> Verb | None:
        """Return the note of the delivery."""
        receiver = self._needed(self.receiver_field, "need_receiver")
        on, good = self._day(self.day_field, needed=True)
        if on is not None and not self._result.issued_on <= on <= self._session.today():
            self._wanting(self.day_field, "bad_delivery_day")
            good = False
        if not (receiver and good and on is not None):
            return None
        state = DeliveryState(self.state.value())
        by_hand = state is DeliveryState.HANDED
        way = _HAND if by_hand else DeliveryWay(self.way.value())
        identifier = self.identifier.text() if by_hand else ""
        tracking = "" if by_hand else self.tracking.text()
        said = Delivering(self._result.result, state, way, on, receiver, identifier, tracking, self.note.text())
        store = self._session.store
        return lambda confirmed: results.deliver(store, said, confirmed, draft)


_HAND = DeliveryWay.BY_HAND


def _who_takes(entry: EntryDetails) -> str:
    """Return who most likely takes the result: a representative, else the applicant."""
    people = sorted(entry.correspondents, key=lambda one: one.role is not CorrespondentRole.REPRESENTATIVE)
    return people[0].name if people else ""


class EndPart(ActPart):
    """Asks why the office owes nothing more, where the paper went, and when the sender was told."""

    def __init__(self, session: Session, entry: EntryDetails) -> None:
        say, speech = session.speech.say, session.speech
        known = entry.ended
        possible = (known.ending,) if known is not None else endings.endings_of(entry)
        self.ending = Choice([(one.value, capital(speech.label(one))) for one in possible])
        self.addressee, self.told_on, self.reason = Line(most=200), Line(most=12), Area(rows=2)
        self.addressee.setText(known.addressee if known is not None else "")
        self.reason.setPlainText(known.reason if known is not None else "")
        self.told_on.setPlaceholderText(say("village.case.told_hint"))
        self.addressee_field = Field(say("village.case.addressee"), self.addressee, "addressee")
        self.told_field = Field(say("village.case.told_on"), self.told_on, "told_on")
        self.reason_field = Field(say("village.case.why"), self.reason, "reason")
        ground = Field(say("village.case.ending"), self.ending, "ending")
        super().__init__(session, entry, ground, self.addressee_field, self.told_field, self.reason_field)
        self.ending.currentIndexChanged.connect(self._show_fields)
        self._show_fields()

    @property
    def _chosen(self) -> Ending:
        return Ending(self.ending.value())

    def _show_fields(self) -> None:
        elsewhere = self._chosen in endings.GO_ELSEWHERE
        self.addressee_field.setVisible(elsewhere)
        self.told_field.setVisible(self._chosen is Ending.FORWARDED)

    def question(self) -> Question | None:
        """Ask until when a paper is to be forwarded."""
        if self._chosen is not Ending.FORWARDED:
            return None
        lists, entry = self._session.lists, self._entry.row.entry

        def ask(connection: sa.Connection) -> Due | None:
            return endings.forward_by(connection, lists, entry)

        return ask

    def words(self) -> str:
        """Say what the ending means."""
        return self._speech.say(f"village.case.means_{self._chosen.value}")

    def verb(self, draft: bytes) -> Verb | None:
        """Return the ending."""
        elsewhere = self._chosen in endings.GO_ELSEWHERE
        addressee = self._needed(self.addressee_field, "need_addressee") if elsewhere else ""
        told, good = self._day(self.told_field, needed=False)
        reason = text_in(self.reason_field)
        self.reason_field.clear_note()
        if self._chosen in endings.NEED_WORDS and not reason:
            self._wanting(self.reason_field, "need_reason")
            return None
        if not good or (elsewhere and not addressee):
            return None
        with_envelope = self._chosen in {Ending.SENT_ON, Ending.GIVEN_BACK}
        said = EndingSaid(self._chosen, addressee, with_envelope, told if elsewhere else None, reason)
        store, entry = self._session.store, self._entry.row.entry
        return lambda confirmed: endings.end(store, entry, said, confirmed, draft)


class WordsPart(ActPart):
    """Asks for words alone: a note, or why something is taken back."""

    def __init__(self, session: Session, entry: EntryDetails, what: str, effect: str) -> None:
        self.text = Area(rows=3)
        self.text_field = Field(session.speech.say(f"village.case.{what}"), self.text, what)
        super().__init__(session, entry, self.text_field)
        self._effect = effect

    def words(self) -> str:
        """Say what the words are for."""
        return self._effect


class NotePart(WordsPart):
    """Adds a note; nothing that stands is changed."""

    def __init__(self, session: Session, entry: EntryDetails) -> None:
        super().__init__(session, entry, "note_text", session.speech.say("village.case.note_means"))

    def verb(self, draft: bytes) -> Verb | None:
        """Return the note."""
        text, store, entry = self._needed(self.text_field, "need_text"), self._session.store, self._entry.row.entry
        return (lambda confirmed: endings.note(store, entry, text, confirmed, draft)) if text else None


class ReopenPart(WordsPart):
    """Opens again what ended without a result."""

    def __init__(self, session: Session, entry: EntryDetails) -> None:
        super().__init__(session, entry, "why", session.speech.say("village.case.reopen_means"))

    def verb(self, draft: bytes) -> Verb | None:
        """Return the opening."""
        text, store, entry = self._needed(self.text_field, "need_reason"), self._session.store, self._entry.row.entry
        return (lambda confirmed: endings.reopen(store, entry, text, confirmed, draft)) if text else None


class TakeBackPart(WordsPart):
    """Annuls a result; its number stays used."""

    def __init__(self, session: Session, entry: EntryDetails, issued: Result) -> None:
        number = issued.told.partition("/")[0]
        super().__init__(session, entry, "why", session.speech.say("village.case.take_back_means", number=number))
        self._result = issued.result

    def verb(self, draft: bytes) -> Verb | None:
        """Return the annulment."""
        text, store, result = self._needed(self.text_field, "need_reason"), self._session.store, self._result
        return (lambda confirmed: results.annul(store, result, text, confirmed, draft)) if text else None
