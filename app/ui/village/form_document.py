"""The form's first and last parts (Документ, Резултат): what the paper is, how it came, how the result is wanted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.terms import Channel, ResultWay
from app.ui.village.form_draft import FormDraft
from app.ui.village.form_offers import kind_offers, short_kind
from app.ui.village.form_own import OwnFields
from app.ui.village.form_section import Section
from app.ui.village.session import Session
from app.ui.village.wording import capital, kind_name
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Choice, Field, Line, Segments
from app.ui.widgets.flow import Flow
from app.ui.widgets.type_ahead import TypeAhead

SHEETS_DIGITS = 4
_SIGNED, _UNSIGNED = "signed", "unsigned"


class DocumentSection(Section):
    """Документ: kind and what it has of its own, way of receipt, sheets, signature; the rest on demand."""

    def __init__(self, session: Session) -> None:
        say = session.speech.say
        super().__init__(say("village.form.document"), say("village.form.change"))
        self._session = session
        speech = session.speech
        self._offers = kind_offers(session.lists, speech)
        self.kind = TypeAhead(self._offers)
        self.channel = Choice([(one.value, capital(speech.label(one))) for one in Channel])
        self.sheets = Line(pattern="[0-9]*", most=SHEETS_DIGITS)
        self.signed = Segments([(_SIGNED, say("village.form.signed_yes")), (_UNSIGNED, say("village.form.signed_no"))])
        self.received_on = Line(most=12)
        self.received_reason = Line(most=200)
        self.sender_number = Line(most=80)
        self.sender_date = Line(most=12)
        self.our_number = Line(most=60)
        self.asks_case = True
        """Whether the case can be said here: a correction leaves an entry where it is."""
        self.our_number.setPlaceholderText(say("village.form.our_number_hint"))
        for line in (self.received_on, self.sender_date):
            line.setPlaceholderText(say("village.doubt.pattern"))
        self.own = OwnFields(session)
        self._compose()
        self._listen()

    def _compose(self) -> None:
        def field(name: str, widget: TypeAhead | Choice | Line | Segments) -> Field:
            return Field(self._session.speech.say(f"village.form.{name}"), widget, name)

        self.add((field("kind", self.kind), 1))
        self._compose_own()
        self.add((field("channel", self.channel), 3), (field("sheets", self.sheets), 1))
        self.add((field("signed", self.signed), 1))
        self._earlier = (field("received", self.received_on), field("received_reason", self.received_reason))
        self._sender = (field("sender_number", self.sender_number), field("sender_date", self.sender_date))
        self.add((self._earlier[0], 2), (self._earlier[1], 3))
        self.add((self._sender[0], 3), (self._sender[1], 2))
        self.our_number_field = field("our_number", self.our_number)
        self.add((self.our_number_field, 1))
        say = self._session.speech.say
        self._more_earlier = Button(say("village.form.more_earlier"), Kind.QUIET, icon="plus", run=self._show_earlier)
        self._more_sender = Button(say("village.form.more_sender"), Kind.QUIET, icon="plus", run=self._show_sender)
        self._more_case = Button(say("village.form.more_case"), Kind.QUIET, icon="plus", run=self._show_case)
        holder, more = QWidget(), Flow(gap=4)
        more.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(more)
        more.addWidget(self._more_earlier)
        more.addWidget(self._more_sender)
        more.addWidget(self._more_case)
        self.rows.addWidget(holder)

    def _compose_own(self) -> None:
        """Lay out what the kind has of its own: a text with a date beside it, another date, and choices."""
        text, beside, under = self.own.lines
        self.add((text, 3), (beside, 2))
        self.add((under, 1))
        self.add(*((one, 1) for one in self.own.choices))

    def _listen(self) -> None:
        for one in self.own.all:
            if isinstance(one.input, Line):
                one.input.textChanged.connect(self.edited)
            elif isinstance(one.input, Choice):
                one.input.currentIndexChanged.connect(self.edited)
        self.kind.textChanged.connect(self._show_own)
        self.kind.taken.connect(self._show_own)
        for line in (self.sheets, self.received_on, self.received_reason, self.sender_number, self.sender_date):
            line.textChanged.connect(self.edited)
        self.our_number.textChanged.connect(self.edited)
        self.kind.textChanged.connect(self.edited)
        self.kind.taken.connect(self.edited)
        self.channel.currentIndexChanged.connect(self.edited)
        self.signed.changed.connect(self.edited)

    def _show_own(self) -> None:
        """Ask for what the kind taken has of its own."""
        taken = self.kind.offer
        self.own.show_kind(taken.code if taken else "")

    # --- folded away until wanted ---

    def _show_earlier(self) -> None:
        self._show(earlier=True, sender=not self._sender[0].isHidden())
        self.received_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sender(self) -> None:
        self._show(earlier=not self._earlier[0].isHidden(), sender=True)
        self.sender_number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_case(self) -> None:
        self._open_case(on=True)
        self.our_number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_case(self, *, on: bool) -> None:
        self.our_number_field.setVisible(on and self.asks_case)
        self._more_case.setVisible(not on and self.asks_case)

    def _show(self, *, earlier: bool, sender: bool) -> None:
        for field in self._earlier:
            field.setVisible(earlier)
        for field in self._sender:
            field.setVisible(sender)
        self._more_earlier.setVisible(not earlier)
        self._more_sender.setVisible(not sender)

    # --- between widgets and draft ---

    def fill(self, draft: FormDraft) -> None:
        """Show what a draft says."""
        kind = self._offers.by_code(draft.kind)
        self.kind.take(kind, draft.kind_text if kind is None else None)
        self.own.put(draft.kind if kind is not None else "", draft.particulars)
        self.channel.choose(draft.channel)
        self.sheets.setText(draft.sheets)
        self.signed.choose(_SIGNED if draft.signed else _UNSIGNED)
        self.received_on.setText(draft.received_on)
        self.received_reason.setText(draft.received_reason)
        self.sender_number.setText(draft.sender_number)
        self.sender_date.setText(draft.sender_date)
        self.our_number.setText(draft.our_number)
        self._open_case(on=bool(draft.our_number))
        self._show(
            earlier=bool(draft.received_on or draft.received_reason),
            sender=bool(draft.sender_number or draft.sender_date),
        )

    def write(self, draft: FormDraft) -> None:
        """Write what is shown into a draft."""
        taken = self.kind.offer
        draft.kind, draft.kind_text = (taken.code if taken else "", self.kind.text())
        draft.particulars = self.own.texts()
        draft.channel = Channel(self.channel.value())
        draft.sheets = self.sheets.text()
        draft.signed = self.signed.value() == _SIGNED
        draft.received_on, draft.received_reason = self.received_on.text(), self.received_reason.text()
        draft.sender_number, draft.sender_date = self.sender_number.text(), self.sender_date.text()
        draft.our_number = self.our_number.text()

    def summarize(self, draft: FormDraft) -> None:
        """Say in one line what is folded."""
        speech = self._session.speech
        name = short_kind(kind_name(self._session.lists, draft.kind, speech)) if draft.kind else draft.kind_text
        parts = [name or speech.say("village.form.nothing"), speech.label(draft.channel)]
        parts.append(
            speech.count("village.details.sheets", int(draft.sheets))
            if draft.sheets.strip("0")
            else speech.say("village.form.no_sheets")
        )
        if not draft.signed:
            parts.append(speech.say("village.form.unsigned"))
        self.summary.setText(" · ".join(parts))


class ResultSection(Section):
    """Резултат: the way in which the result is wanted (АПК чл. 29, ал. 2)."""

    def __init__(self, session: Session) -> None:
        say, label = session.speech.say, session.speech.label
        super().__init__(say("village.form.result"), say("village.form.change"))
        self._session = session
        ways = [(one.value, capital(label(one))) for one in ResultWay]
        self.way = Choice([*ways, ("", capital(say("village.form.nothing")))])
        self.add((Field(say("village.form.result_way"), self.way, "result_way"), 1))
        self.way.currentIndexChanged.connect(self.edited)

    def fill(self, draft: FormDraft) -> None:
        """Show what a draft says."""
        self.way.choose(draft.result_way or "")

    def write(self, draft: FormDraft) -> None:
        """Write what is shown into a draft."""
        value = self.way.value()
        draft.result_way = ResultWay(value) if value else None

    def summarize(self, draft: FormDraft) -> None:
        """Say in one line what is folded."""
        speech = self._session.speech
        said = speech.label(draft.result_way) if draft.result_way else speech.say("village.form.nothing")
        self.summary.setText(capital(said))
