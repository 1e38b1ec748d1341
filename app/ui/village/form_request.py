"""The form's third part (Искане): the service by name or number, the subject, and the speed with the tariff's terms."""

from PySide6.QtCore import QSignalBlocker

from app.domain.terms import Speed
from app.ui.village.form_draft import FormDraft
from app.ui.village.form_offers import service_offers
from app.ui.village.form_section import Section
from app.ui.village.session import Session
from app.ui.village.term_words import speed_terms
from app.ui.village.wording import capital, service_name
from app.ui.widgets.fields import Field, Line, Segments
from app.ui.widgets.offers import Offer
from app.ui.widgets.type_ahead import TypeAhead

SUBJECT_LETTERS = 500


class RequestSection(Section):
    """Искане: what is asked for."""

    def __init__(self, session: Session) -> None:
        say, label = session.speech.say, session.speech.label
        super().__init__(say("village.form.request"), say("village.form.change"))
        self._session = session
        self._offers = service_offers(session.lists, session.speech)
        self._proposed = ""
        self.service = TypeAhead(self._offers)
        self.subject = Line(most=SUBJECT_LETTERS)
        self.speed = Segments([(one.value, capital(label(one))) for one in Speed])
        self.service_field = Field(say("village.form.service"), self.service, "service")
        self.speed_field = Field(say("village.form.speed"), self.speed, "speed")
        self.add((self.service_field, 1))
        self.add((Field(say("village.form.subject"), self.subject, "subject"), 1))
        self.add((self.speed_field, 1))
        self.service.setPlaceholderText(say("village.form.service_hint"))
        self.service.taken.connect(self._taken)
        self.service.textChanged.connect(self.edited)
        self.subject.textChanged.connect(self.edited)
        self.speed.changed.connect(self.edited)

    def _taken(self, one: Offer | None) -> None:
        self._show_service(one)
        self._propose_subject(int(one.code) if one else None)
        self.edited.emit()

    def _show_service(self, one: Offer | None) -> None:
        """Say the service's number, and offer the speeds that the tariff has for it."""
        number = int(one.code) if one else None
        say = self._session.speech.say
        self.service_field.aside.setText(say("village.form.service_number", number=number) if number else "")
        terms = speed_terms(self._session.lists, self._session.speech, number, self._session.today())
        self.speed_field.setVisible(bool(terms))
        if terms:
            self.speed.offer_only([speed.value for speed in terms])
            for speed, length in terms.items():
                self.speed.set_note(speed.value, length)
        service = self._session.lists.services.get(number or 0)
        self.advice = say("village.form.forwards") if service and service.village_role == "forwards" else ""

    def _propose_subject(self, number: int | None) -> None:
        """Put the service's short name where no subject was typed: the clerk writes over it or goes on."""
        if self.subject.text().strip() not in {"", self._proposed}:
            return
        self._proposed = service_name(self._session.lists, number)
        self.subject.setText(self._proposed)
        self.subject.setCursorPosition(0)

    advice = ""
    """What the clerk should know of the service chosen."""

    def fill(self, draft: FormDraft) -> None:
        """Show what a draft says."""
        offer = self._offers.by_code(str(draft.service)) if draft.service is not None else None
        self._proposed = service_name(self._session.lists, draft.service)
        with QSignalBlocker(self.service):
            typed = draft.service_text or (str(draft.service) if draft.service is not None else "")
            self.service.take(offer, None if offer else typed)
        self._show_service(offer)
        self.subject.setText(draft.subject)
        self.subject.setCursorPosition(0)
        self.speed.choose(draft.speed)

    def write(self, draft: FormDraft) -> None:
        """Write what is shown into a draft."""
        taken = self.service.offer
        draft.service, draft.service_text = (int(taken.code) if taken else None, self.service.text())
        draft.subject = self.subject.text()
        draft.speed = Speed(self.speed.value()) if not self.speed_field.isHidden() else Speed.ORDINARY

    def summarize(self, draft: FormDraft) -> None:
        """Say in one line what is folded."""
        speech = self._session.speech
        name = service_name(self._session.lists, draft.service) or draft.subject
        self.summary.setText(name or speech.say("village.form.nothing"))
