"""The form's second part (Подател): the correspondents with their roles; one is open, the others are lines."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.terms import CorrespondentRole
from app.ui.village.form_draft import FormDraft, PersonDraft, Who
from app.ui.village.form_offers import Offers
from app.ui.village.form_person import PersonSection
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.village.wording import capital
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.flow import Flow
from app.ui.widgets.panel import empty
from app.ui.widgets.text import Role, Text


class PeopleSection(PersonSection):
    """Подател: who files."""

    own_place = ""
    """The ЕКАТТЕ code of the mayoralty's own settlement, once it is known."""

    def __init__(self, session: Session, ways: Ways) -> None:
        super().__init__(session, ways)
        self.people: list[PersonDraft] = [PersonDraft()]
        self.at = 0
        self._alerts: dict[int, str] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.rows.addLayout(self._lines)
        self.rows.addWidget(self._compose_buttons())

    def _compose_buttons(self) -> QWidget:
        say = self._session.speech.say
        add = Button(say("village.form.add_person"), Kind.QUIET, icon="plus", key="F6", run=self.add_person)
        self._remove = Button(say("village.form.remove_person"), Kind.QUIET, key="F7", run=self.remove_person)
        holder, row = QWidget(), Flow(gap=4)
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        for button in (self.more, add, self._remove):
            row.addWidget(button)
        return holder

    def use_places(self, places: Offers, own: str) -> None:
        """Offer these settlements, which come a moment after the page; ``own`` is the mayoralty's, for who is new."""
        self._places, self.own_place = places, own
        one = self.read_person()
        if one.empty and not one.settlement_text:
            one.settlement = own
        self.people[self.at] = one
        self.show_place(one)

    def put_person(self, person: PersonDraft) -> None:
        """Let somebody who was recalled stand where the fields are."""
        self.people[self.at] = person
        self.show_person(self.at)
        self.edited.emit()

    # --- one open, the others as lines ---

    def new_person(self) -> PersonDraft:
        """Return a correspondent not yet typed: of this village, as most are."""
        return PersonDraft(settlement=self.own_place)

    def add_person(self) -> None:
        """Open another correspondent; the one before becomes a line."""
        self._keep_open()
        person = self.new_person()
        person.role = CorrespondentRole.CO_APPLICANT
        self.people.append(person)
        self.show_person(len(self.people) - 1)
        self.identifier.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def remove_person(self) -> None:
        """Take the open correspondent away; one always stands."""
        if len(self.people) == 1:
            return
        del self.people[self.at]
        self.show_person(max(0, self.at - 1))
        self.identifier.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def open_person(self, place: int) -> None:
        """Open another of the correspondents."""
        if place != self.at:
            self._keep_open()
            self.show_person(place)

    def _keep_open(self) -> None:
        self.people[self.at] = self.read_person()

    def show_person(self, place: int) -> None:
        """Show a correspondent in the fields."""
        self.at = place
        self.show_fields(self.people[place])
        self._show_lines()

    def read_person(self) -> PersonDraft:
        """Return what the fields show."""
        return self.read_fields(self.people[self.at])

    def _show_lines(self) -> None:
        """Show the correspondents that are not open, each with what is noticed about it."""
        empty(self._lines)
        several = len(self.people) > 1
        for widget in (self.role_holder, self._remove):
            widget.setVisible(several)
        before: QWidget = self.e_mail
        for place in range(len(self.people)):
            if place != self.at:
                line, button = self._line(place)
                self._lines.addWidget(line)
                QWidget.setTabOrder(before, button)
                before = button

    def _line(self, place: int) -> tuple[QWidget, Button]:
        one, say = self.people[place], self._session.speech.say
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Text(self.title_of(one), Role.QUIET), 1)
        if self._alerts.get(place):
            row.addWidget(Text(self._alerts[place], Role.AMBER), 1)
        button = Button(say("village.form.change"), Kind.QUIET, run=partial(self._go_to, place))
        button.setAccessibleName(f"{say('village.form.change')}: {one.name}")
        row.addWidget(button)
        return holder, button

    def _go_to(self, place: int) -> None:
        self.open_person(place)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def title_of(self, one: PersonDraft) -> str:
        """Return a correspondent in one line."""
        speech = self._session.speech
        if one.who is Who.ANONYMOUS:
            return capital(speech.say("village.entries.anonymous"))
        name = " ".join(one.name.split()) or speech.say("village.form.no_name")
        return " · ".join((name, speech.label(one.role))) if len(self.people) > 1 else name

    def alert(self, alerts: dict[int, str]) -> None:
        """Say what is noticed about correspondents that are not open."""
        if alerts != self._alerts:
            self._alerts = alerts
            self._show_lines()

    # --- between widgets and draft ---

    def fill(self, draft: FormDraft) -> None:
        """Show what a draft says."""
        self.people = list(draft.people)
        self.show_person(min(draft.at, len(self.people) - 1))

    def write(self, draft: FormDraft) -> None:
        """Write what is shown into a draft."""
        self._keep_open()
        draft.people, draft.at = list(self.people), self.at

    def summarize(self, draft: FormDraft) -> None:
        """Say in one line what is folded."""
        self.summary.setText(", ".join(self.title_of(one) for one in draft.people))
