"""The strip beside the form (какво следва): number to come, term with its article, fee, findings; as one types."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.entries import Filing
from app.domain.facts import Due, Fee
from app.services.deriving import Derived
from app.ui.look.signs import Sign
from app.ui.village.session import Session
from app.ui.village.term_words import term_length, term_runs
from app.ui.village.wording import no_fee
from app.ui.widgets.marks import Mark
from app.ui.widgets.panel import Panel, empty
from app.ui.widgets.text import Hairline, Role, Text


class Fact(QWidget):
    """A label, a value that is read from afar, and a line of help."""

    def __init__(self, label: str, role: Role) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 10)
        column.setSpacing(2)
        self._value, self._help = Text("", role), Text("", Role.HELP)
        self._label = Text(label, Role.LABEL)
        for one in (self._label, self._value, self._help):
            column.addWidget(one)
        column.addStretch(1)

    @property
    def value(self) -> str:
        """What is said."""
        return self._value.text()

    def rename(self, label: str) -> None:
        """Say something else under another label."""
        self._label.setText(label)

    def say(self, value: str, help_text: str = "", role: Role | None = None) -> None:
        """Say something else."""
        self._value.setText(value)
        self._help.setText(help_text)
        self._help.setVisible(bool(help_text))
        if role is not None:
            self._value.set_role(role)


class Strip:
    """Fills the panel beside the form."""

    def __init__(self, session: Session, panel: Panel) -> None:
        self._session = session
        say = session.speech.say
        self.number = Fact(say("village.form.next_number"), Role.NUMBER_TO_COME)
        self.due = Fact(say("village.details.due"), Role.FACT)
        self.fee = Fact(say("village.details.fee"), Role.FACT)
        self._findings = QVBoxLayout()
        self._findings.setSpacing(6)
        self.titles: tuple[str, ...] = ()
        body = panel.body
        body.setSpacing(4)
        for fact in (self.number, self.due, self.fee):
            body.addWidget(fact)
            body.addWidget(Hairline())
        body.addLayout(self._findings)
        body.addStretch(1)

    def say_number(self, number: str) -> None:
        """Show the number to come, thin and grey: it is not given yet."""
        self.number.say(number, self._session.speech.say("village.form.not_given"))

    def say_told(self, number: str, help_text: str) -> None:
        """Show a number that was told: it stays."""
        self.number.rename(self._session.speech.say("village.details.number"))
        self.number.say(number, help_text, Role.NUMBER)

    def show_derived(self, filing: Filing, derived: Derived) -> None:
        """Show term and fee."""
        self.due.say(*self._due(filing, derived.due))
        self.fee.say(*self._fee(filing, derived.fee))

    def _due(self, filing: Filing, due: Due | None) -> tuple[str, str]:
        speech, lists = self._session.speech, self._session.lists
        if due is None:
            kind = lists.kinds.get(filing.kind)
            binds = kind is not None and kind.binds == "citizen"
            whose = speech.say("village.form.term_citizen") if binds else ""
            return speech.say("village.term.none"), whose or term_runs(lists, speech, filing.kind)
        length = term_length(lists, speech, filing.kind, filing.service, filing.speed, self._session.today())
        return speech.long_date(due.on), " · ".join(filter(None, (length, due.article)))

    def _fee(self, filing: Filing, fee: Fee | None) -> tuple[str, str]:
        speech = self._session.speech
        if fee is None:
            return no_fee(self._session.lists, speech, filing.service), ""
        speed = speech.label(filing.speed) if filing.speed else ""
        example = speech.say("village.form.example_tariff") if self._session.lists.tariff.example else ""
        help_text = " · ".join(filter(None, (speed, fee.article, example)))
        return (speech.money(fee.cents, fee.currency) if fee.cents else speech.say("village.form.fee_free")), help_text

    def show_findings(self, titles: Sequence[str]) -> None:
        """Show what was noticed, in the words that stand beside the fields."""
        if tuple(titles) == self.titles:
            return
        self.titles = tuple(titles)
        empty(self._findings)
        if not titles:
            return
        head = QHBoxLayout()
        head.setContentsMargins(0, 8, 0, 0)
        head.setSpacing(8)
        head.addWidget(Mark(Sign.FINDING, 18))
        head.addWidget(Text(self._session.speech.count("village.form.findings", len(titles)), Role.AMBER), 1)
        self._findings.addLayout(head)
        for title in titles:
            text = Text(title, Role.TEXT)
            text.setContentsMargins(26, 0, 0, 0)
            self._findings.addWidget(text)
