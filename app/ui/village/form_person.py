"""The fields of one correspondent (данни на подателя): who, by which number, where; recalled while one types.

The one chosen among those who came before fills all.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.terms import CorrespondentRole
from app.services.recall import Acquaintance, recall
from app.ui.look.theme import look, theme
from app.ui.village.form_draft import PersonDraft, Who, from_correspondent
from app.ui.village.form_offers import Offers, people_offers
from app.ui.village.form_section import Section
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.village.wording import capital
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Choice, Field, Line
from app.ui.widgets.flow import Flow
from app.ui.widgets.offers import Offer
from app.ui.widgets.text import Role, Text
from app.ui.widgets.type_ahead import TypeAhead
from app.ui.work import Newest

_TEN_DIGITS = 122
EXACT_DIGITS = 9
"""So many digits name somebody: an ЕИК has nine, an ЕГН ten."""


class PersonSection(Section):
    """One correspondent. A subclass says who else files, and is told who was recalled (``put_person``)."""

    def __init__(self, session: Session, ways: Ways) -> None:
        say = session.speech.say
        self._session = session
        self._ways = ways
        self.who = Choice([(who.value, say(f"village.form.who_{who.value}")) for who in Who])
        self.role = Choice([(role.value, capital(session.speech.label(role))) for role in CorrespondentRole])
        super().__init__(say("village.form.person"), say("village.form.change"), self._compose_head())
        self._places: Offers | None = None
        self._found: Sequence[Acquaintance] = ()
        self._asked = Newest(session.newest_reader())
        self._just_recalled = False
        self._compose_fields()
        self.more = Button(say("village.form.more_contacts"), Kind.QUIET, icon="plus", run=self._show_contacts)
        self._listen()

    # --- building ---

    def _compose_head(self) -> QWidget:
        """Return the choices that stand in the section's own line."""
        holder, row = QWidget(), Flow(gap=12)
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        row.addWidget(self._named("who", self.who))
        self.role_holder = self._named("role", self.role)
        row.addWidget(self.role_holder)
        return holder

    def _named(self, key: str, choice: Choice) -> QWidget:
        """Return a choice with its label before it: in a section's line there is no room above."""
        label = Text(self._session.speech.say(f"village.form.{key}"), Role.LABEL, wrap=False)
        label.setBuddy(choice)
        choice.setAccessibleName(label.text().replace("&", ""))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(choice)
        return holder

    def _compose_fields(self) -> None:
        say = self._session.speech.say
        self.identifier, self.name = TypeAhead(free=True), TypeAhead(free=True)
        self.settlement = TypeAhead(self._fitting_places)
        self.address, self.phone, self.e_mail = Line(most=200), Line(most=60), Line(most=120)
        self.identifier.setMaxLength(20)
        self.name.setMaxLength(300)
        self.settlement.setMaxLength(80)
        self.identifier_field = Field("", self.identifier, "identifier")
        self.name_field = Field("", self.name, "name")
        self._place_fields = (
            Field(say("village.form.settlement"), self.settlement, "settlement"),
            Field(say("village.form.address"), self.address, "address"),
        )
        self._more_fields = (
            Field(say("village.form.phone"), self.phone, "phone"),
            Field(say("village.form.e_mail"), self.e_mail, "e_mail"),
        )
        self.nameless = Text(say("village.form.nameless"), Role.QUIET)
        self.rows.addWidget(self.nameless)
        self.add((self.identifier_field, 8), (self.name_field, 17))
        self.add((self._place_fields[0], 1), (self._place_fields[1], 1))
        self.add((self._more_fields[0], 1), (self._more_fields[1], 1))

    def _listen(self) -> None:
        self.who.currentIndexChanged.connect(self._who_changed)
        self.who.activated.connect(self._fit_role)
        self.role.currentIndexChanged.connect(self.edited)
        for line in (self.identifier, self.name, self.settlement, self.address, self.phone, self.e_mail):
            line.textChanged.connect(self.edited)
        self.settlement.taken.connect(self.edited)
        theme().changed.connect(self._measure)
        self._measure()
        for line in (self.identifier, self.name):
            line.asked.connect(self._recall)
            line.taken.connect(self._recalled)

    def _measure(self) -> None:
        """Keep room for the ten digits of an ЕГН."""
        self.identifier.setMinimumWidth(look().px(_TEN_DIGITS))

    def _fitting_places(self, typed: str) -> Sequence[Offer]:
        return self._places(typed) if self._places is not None else ()

    # --- who came before ---

    def _recall(self, typed: str) -> None:
        session = self._session

        def ask() -> list[Acquaintance]:
            with session.store.ledger.reading() as connection:
                return recall(connection, typed, register=session.place.register)

        self._asked.ask(ask, lambda found: self._offer(typed, found), self._ways.fail)

    def _offer(self, typed: str, found: Sequence[Acquaintance]) -> None:
        self._found = found
        field = self.identifier if self.identifier.hasFocus() else self.name
        exact = [one for one in found if one.correspondent.identifier == "".join(typed.split())]
        if field is self.identifier and len(typed) >= EXACT_DIGITS and len(exact) == 1 and not self.name.text().strip():
            self._take_known(exact[0])
            return
        places = [self._session.settlement_name(one.correspondent.settlement) for one in found]
        field.put_offers(people_offers(found, places, self._session.speech))

    def _recalled(self, one: Offer | None) -> None:
        if one is not None:
            self._take_known(self._found[int(one.code)])

    def put_person(self, person: PersonDraft) -> None:
        """Let somebody stand where the fields are."""
        raise NotImplementedError

    def _take_known(self, known: Acquaintance) -> None:
        """Fill everything that is known of somebody; the role is of this filing, not of the last."""
        person = from_correspondent(known.correspondent, known.entry)
        person.role = CorrespondentRole(self.role.value())
        self._just_recalled = True
        self.put_person(person)

    def took_known(self) -> bool:
        """Return, once, whether somebody known has just been taken."""
        taken, self._just_recalled = self._just_recalled, False
        return taken

    # --- between fields and draft ---

    def show_fields(self, one: PersonDraft) -> None:
        """Show a correspondent in the fields."""
        with QSignalBlocker(self):
            self.who.choose(one.who)
            self.role.choose(one.role)
            for line, text in (
                (self.identifier, one.identifier),
                (self.name, one.name),
                (self.address, one.address),
                (self.phone, one.phone),
                (self.e_mail, one.e_mail),
            ):
                line.setText(text)
                line.setCursorPosition(0)
                if isinstance(line, TypeAhead):
                    line.forget_offer()
            self.show_place(one)
            self._who_changed()

    def show_place(self, one: PersonDraft) -> None:
        """Show a settlement by its name; one that no list holds as it was typed."""
        place = self._places.by_code(one.settlement) if self._places is not None and one.settlement else None
        name = self._session.settlement_name(one.settlement) if one.settlement else one.settlement_text
        with QSignalBlocker(self):
            self.settlement.take(place, None if place else name)

    def read_fields(self, before: PersonDraft) -> PersonDraft:
        """Return what the fields show of the correspondent that was ``before``."""
        taken, typed = self.settlement.offer, self.settlement.text()
        unchanged = taken is None and typed == self._session.settlement_name(before.settlement)
        return PersonDraft(
            who=Who(self.who.value()),
            role=CorrespondentRole(self.role.value()),
            identifier=self.identifier.text(),
            name=self.name.text(),
            settlement=taken.code if taken else before.settlement if unchanged else "",
            settlement_text=typed,
            address=self.address.text(),
            phone=self.phone.text(),
            e_mail=self.e_mail.text(),
            visit=before.visit,
        )

    # --- what kind of correspondent ---

    def _who_changed(self) -> None:
        """Name the fields as this kind of correspondent has them; an anonymous one has none."""
        who, say = Who(self.who.value()), self._session.speech.say
        body = who in {Who.EGN, Who.LNCH}
        self.identifier_field.rename(say(f"village.form.identifier_{who.value}"))
        self.name_field.rename(say("village.form.name_person" if body else "village.form.name_body"))
        named = who is not Who.ANONYMOUS
        self.nameless.setVisible(not named)
        for field in (self.identifier_field, self.name_field, *self._place_fields):
            field.setVisible(named)
        contacts = named and bool(self.phone.text() or self.e_mail.text())
        self._set_contacts(shown=contacts, offered=named and not contacts)
        self.edited.emit()

    def _fit_role(self) -> None:
        """Let an administration be a sender and a person an applicant, unless the clerk says otherwise."""
        first, other = CorrespondentRole.APPLICANT, CorrespondentRole.SENDER
        if self.who.value() == Who.ADMINISTRATION:
            first, other = other, first
        if self.role.value() == other:
            self.role.choose(first)

    def _set_contacts(self, *, shown: bool, offered: bool) -> None:
        for field in self._more_fields:
            field.setVisible(shown)
        self.more.setVisible(offered)

    def _show_contacts(self) -> None:
        self._set_contacts(shown=True, offered=False)
        self.phone.setFocus(Qt.FocusReason.OtherFocusReason)
