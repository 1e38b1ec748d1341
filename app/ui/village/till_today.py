"""The till's day above its list (касата днес): what lies in it, how it came there, and what nobody closed."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.cash_desk import TillToday
from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.village.money_field import LARGE
from app.ui.widgets.button import Button
from app.ui.widgets.flow import Flow, FlowBox
from app.ui.widgets.marks import Banner
from app.ui.widgets.text import Role, Text
from resources.speech import Speech


class TodayBox(QWidget):
    """Shows the figures of the day, with its two acts, and warns of days left open."""

    def __init__(self, speech: Speech, *, close: Callable[[], object], check: Callable[[], object]) -> None:
        super().__init__()
        self._speech = speech
        self.figures = {name: Text("", Role.FACT, wrap=False) for name in ("balance", "taken", "back")}
        self.labels = {name: Text("", Role.LABEL, wrap=False) for name in self.figures}
        self._pairs = {name: self._pair(name) for name in self.figures}
        self._check = Button(speech.say("village.till.check"), key="F7", run=check)
        self.banner = Banner()
        self.banner.hide()
        row = Flow(gap=12)
        row.setContentsMargins(24, 0, 24, 8)
        for one in (*self._pairs.values(), Button(speech.say("village.till.close"), key="F8", run=close), self._check):
            row.addWidget(one)
        warning = QVBoxLayout()
        warning.setContentsMargins(24, 0, 24, 8)
        warning.addWidget(self.banner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(FlowBox(row))
        column.addLayout(warning)
        theme().changed.connect(self._measure)
        self._measure()

    def _pair(self, name: str) -> QWidget:
        pair = QWidget()
        column = QVBoxLayout(pair)
        column.setContentsMargins(0, 0, 16, 0)
        column.setSpacing(0)
        column.addWidget(self.labels[name])
        column.addWidget(self.figures[name])
        return pair

    def _measure(self) -> None:
        """In very large text only what lies in the till stands here: the rest stands in the close, F7 in the keys."""
        whole = look().scale <= LARGE
        for name, pair in self._pairs.items():
            pair.setVisible(whole or name == "balance")
        self._check.setVisible(whole)

    def show_today(self, now: TillToday) -> None:
        """Show a till on one day."""
        speech = self._speech
        shown = {
            "balance": (speech.say("village.till.balance"), now.balance),
            "taken": (speech.count("village.till.taken", now.receipts), now.taken),
            "back": (speech.count("village.till.back", now.voids), now.paid_back),
        }
        for name, (label, cents) in shown.items():
            self.labels[name].setText(label)
            self.figures[name].setText(speech.money(cents))
        self._warn(now)

    def _warn(self, now: TillToday) -> None:
        """Say which earlier days nobody closed."""
        days = ", ".join(self._speech.date(day) for day in now.left_open)
        title = self._speech.count("village.till.left_open", len(now.left_open), days=days) if days else ""
        help_text = self._speech.say("village.till.left_open_help") if look().scale <= LARGE else ""
        self.banner.say(Sign.FINDING, title, help_text)

    def say_no_till(self) -> None:
        """Say that this computer has no till."""
        self.banner.say(Sign.FINDING, self._speech.say("village.fee.problem_no_till"))
