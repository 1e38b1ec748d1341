"""What is read to the citizen about a service (За услугата): large, calm, in the order in which people ask."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.desk_lists import Paper, RouteStep
from app.domain.terms import ResultWay
from app.services.service_info import Offered, ServiceInfo
from app.ui.look.signs import Sign
from app.ui.look.theme import look
from app.ui.look.tokens import STACKED_FROM
from app.ui.own_words import paper_name, step_words
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.village.wording import capital, service_name
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.keys import Key, bind
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Hairline, Role, Text

WIDTH = 860
KEY = "F9"
_LABEL = 184
_LINE = 48
_STEPS = {"Up": -1, "PgDown": 8, "PgUp": -8}
"""Keys that scroll by so many lines, beside the arrow down."""
_PAYMENT = {"free": "fee_free", "paid": "fee_paid"}


class ServiceSheet(Sheet):
    """Tells all about one service; the same key or Esc takes it away."""

    def __init__(self, session: Session, ways: Ways, info: ServiceInfo) -> None:
        super().__init__(service_name(session.lists, info.service.number), width=WIDTH)
        self._session, self._speech, self._info = session, session.speech, info
        say = self._speech.say
        official = f"{info.service.name} · {say('village.service_info.number', number=info.service.number)}"
        self.body.addWidget(Text(official, Role.LEAD))
        if info.offered and session.lists.tariff.example:
            banner = Banner()
            banner.say(Sign.FINDING, say("village.service_info.example"))
            self.body.addWidget(banner)
        self._parts()
        self.body.addStretch(1)
        self.close_button = Button(say("village.service_info.close"), Kind.PRIMARY, key="Esc", run=ways.take_away)
        self._more = Text(say("village.service_info.more"), Role.QUIET, wrap=False)
        self.buttons.addWidget(self._more)
        self.add_buttons(self.close_button)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._say_more)
        self._say_more(0, 0)
        arrows = Key("Down", say("village.service_info.scroll"), partial(self._scroll_by, 1), say("frame.keys.arrows"))
        self.use_keys([Key(KEY, say("village.service_info.close"), ways.take_away), arrows])
        bind(self, [Key(name, arrows.words, partial(self._scroll_by, lines)) for name, lines in _STEPS.items()])

    def first_focus(self) -> QWidget:
        """Return the only button."""
        return self.close_button

    def _say_more(self, _least: int, most: int) -> None:
        """Say which keys show the rest, where there is a rest."""
        self._more.setText(self._speech.say("village.service_info.more") if most else "")

    def _scroll_by(self, lines: int) -> None:
        """Show the rest of what is longer than the window."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + lines * look().px(_LINE))

    def _parts(self) -> None:
        info, say = self._info, self._speech.say
        self._part("term", self._speeds() if info.offered else self._without_tariff())
        self._part("papers", self._papers(info.brought) or [Text(say("village.service_info.papers_none"), Role.LEAD)])
        if info.collected:
            self._part("collected", self._papers(info.collected))
        self._part("decides", self._decides())
        self._part("result", [Text(capital(", ".join(self._speech.label(one) for one in ResultWay)), Role.LEAD)])

    def _part(self, key: str, widgets: Sequence[QWidget]) -> None:
        """Show a part: what it is at the left, what is said of it beside; one under another in very large text."""
        stacked = look().scale >= STACKED_FROM
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 0 if stacked else look().px(_LABEL))
        grid.setColumnStretch(1, 1)
        label = Text(self._speech.say(f"village.service_info.{key}"), Role.SECTION)
        words = QVBoxLayout()
        words.setSpacing(6)
        for one in widgets:
            words.addWidget(one)
        if stacked:
            grid.addWidget(label, 0, 0, 1, 2)
            grid.addLayout(words, 1, 0, 1, 2)
        else:
            label.setFixedWidth(look().px(_LABEL))
            grid.addWidget(label, 0, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(words, 0, 1)
        self.body.addWidget(Hairline())
        self.body.addWidget(holder)

    # --- term and fee ---

    def _speeds(self) -> list[QWidget]:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(3, 1)
        for row, one in enumerate(self._info.offered):
            for column, text in enumerate(self._speed(one)):
                grid.addWidget(Text(text, Role.LEAD if column == 0 else Role.FACT, wrap=False), row, column)
        first = self._info.offered[0]
        said = [self._basis("by_term", first.term.article), self._basis("by_fee", first.row.article)]
        return [holder, Text(" · ".join(filter(None, said)), Role.QUIET)]

    def _speed(self, one: Offered) -> tuple[str, str, str]:
        speech = self._speech
        fee = speech.money(one.row.price_cents, one.row.currency)
        free = capital(speech.say("village.form.fee_free"))
        length = speech.term(one.term.length, one.term.unit)
        return capital(speech.label(one.speed)), length, fee if one.row.price_cents else free

    def _without_tariff(self) -> list[QWidget]:
        """Say what the law alone says: this tariff has no price for it."""
        service, term, say = self._info.service, self._info.term, self._speech.say
        length = self._speech.term(term.length, term.unit) if term is not None else ""
        shown = say("village.service_info.term_law", length=length) if length else say("village.service_info.term_town")
        fee = say(f"village.service_info.{_PAYMENT.get(service.payment, 'fee_town')}")
        said = [self._basis("by_term", term.article if term is not None else "")]
        said.append(self._basis("by_fee", service.fee_article))
        basis = " · ".join(filter(None, said))
        return [Text(shown, Role.FACT), Text(fee, Role.FACT), *([Text(basis, Role.QUIET)] if basis else [])]

    def _basis(self, key: str, article: str) -> str:
        return self._speech.say(f"village.service_info.{key}", article=article) if article else ""

    # --- papers, who decides ---

    def _papers(self, papers: Iterable[Paper]) -> list[QWidget]:
        return [Text(self._paper(one), Role.LEAD) for one in papers]

    def _paper(self, one: Paper) -> str:
        """Return a paper in one line, the case in which it is needed after it."""
        name, hint = paper_name(one, self._speech)
        return f"– {name}: {hint[:1].lower()}{hint[1:]}" if hint else f"– {name}"

    def _decides(self) -> list[QWidget]:
        service, say = self._info.service, self._speech.say
        if service.village_role == "performs":
            basis = [Text(service.role_basis, Role.QUIET)] if service.role_basis else []
            return [Text(say("village.service_info.decides_here"), Role.LEAD), *basis]
        unit = self._info.unit
        if unit is None:
            return [Text(say("village.service_info.decides_town"), Role.LEAD)]
        who = step_words(unit, self._speech)[0]
        return [
            Text(say("village.service_info.decides_unit", unit=who), Role.LEAD),
            *(Text(self._step(step), Role.QUIET) for step in self._info.way),
        ]

    def _step(self, step: RouteStep) -> str:
        who, what = step_words(step, self._speech)
        return f"{step.place}. {capital(who)}: {what}"
