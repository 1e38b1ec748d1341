"""The form's third part (Искане): service, subject, speed with the tariff's terms, and the papers of the service."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from app.domain.deadlines import IN_PERSON
from app.domain.nomenclature import Service
from app.domain.office_date import local
from app.domain.terms import Speed
from app.ui.own_words import step_words
from app.ui.village.form_draft import FormDraft
from app.ui.village.form_offers import service_offers
from app.ui.village.form_papers import PapersField
from app.ui.village.form_section import Section
from app.ui.village.session import Session
from app.ui.village.term_words import speed_terms
from app.ui.village.wording import capital, service_name
from app.ui.widgets.fields import Field, Line, Segments
from app.ui.widgets.offers import Offer
from app.ui.widgets.type_ahead import TypeAhead

SUBJECT_LETTERS = 500
_YES, _NO = "yes", "no"


class RequestSection(Section):
    """Искане: what is asked for."""

    def __init__(self, session: Session, tell: Callable[[], object]) -> None:
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
        early = [(_NO, say("village.form.early_no")), (_YES, say("village.form.early_yes"))]
        self.early = Segments(early)
        self.early_field = Field(say("village.form.before_closing"), self.early, "before_closing")
        self.papers_field = PapersField(session, tell)
        self.papers = self.papers_field.list
        self.add((self.early_field, 1))
        self.add((self.papers_field, 1))
        self.service.setPlaceholderText(say("village.form.service_hint"))
        self.service.taken.connect(self._taken)
        self.service.textChanged.connect(self.edited)
        self.subject.textChanged.connect(self.edited)
        self.speed.changed.connect(self.edited)
        self.early.changed.connect(self.edited)
        self.papers.changed.connect(self.edited)
        self.came_at: Callable[[], datetime] = session.now
        """When the person came: now, or when the entry that is corrected was made."""

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
        self.advice = self._forwards(service) if service and service.village_role == "forwards" else ""

    def _forwards(self, service: Service) -> str:
        """Say which unit of the town does it."""
        say, way = self._session.speech.say, self._session.lists.routes.get(service.group, ())
        unit = next((step_words(step, self._session.speech)[0] for step in way if step.by == "unit"), "")
        return say("village.form.forwards_to", unit=unit) if unit else say("village.form.forwards")

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
        self.early.choose(_YES if draft.before_closing else _NO)
        self.papers.fill(draft)
        self.follow(draft)

    def write(self, draft: FormDraft) -> None:
        """Write what is shown into a draft."""
        taken = self.service.offer
        draft.service, draft.service_text = (int(taken.code) if taken else None, self.service.text())
        draft.subject = self.subject.text()
        draft.speed = Speed(self.speed.value()) if not self.speed_field.isHidden() else Speed.ORDINARY
        draft.before_closing = self.early.value() == _YES and not self.early_field.isHidden()
        self.papers.write(draft)

    def follow(self, draft: FormDraft) -> None:
        """Ask for the papers of the service once one is chosen, and for the hour where it matters."""
        self._offer_early(draft)
        self.papers.follow(draft)
        self.papers_field.setVisible(draft.service in self._session.lists.services)

    def tick_papers(self, draft: FormDraft) -> None:
        """Open the list of papers with the keyboard in it, or fold it; a service chosen just now has its list too."""
        self.follow(draft)
        if draft.service in self._session.lists.services:
            self.set_open(on=True)
            self.papers.toggle()

    def _offer_early(self, draft: FormDraft) -> None:
        """Ask whether somebody came before closing only where that can be: in person, and lately out of hours."""
        calendar, came = self._session.lists.calendar, local(self.came_at())
        in_person = draft.channel in IN_PERSON and not draft.received_on.strip()
        asked = in_person and calendar.still_serves(came) and not calendar.in_hours(came)
        self.early_field.setVisible(asked)
        if not asked:
            with QSignalBlocker(self.early):
                self.early.choose(_NO)

    @property
    def inputs(self) -> list[QWidget]:
        """Where Enter leads: into the list of papers only while it is open."""
        return [*(field.input for field in self.fields if field is not self.papers_field), self.papers.holder]

    def summarize(self, draft: FormDraft) -> None:
        """Say in one line what is folded, and follow what is typed elsewhere."""
        self.follow(draft)
        speech = self._session.speech
        name = service_name(self._session.lists, draft.service) or draft.subject
        self.summary.setText(name or speech.say("village.form.nothing"))
