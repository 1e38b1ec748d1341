"""The right panel of the villages (подробности): the municipality's sums, and of one village four answers."""

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy

from app.domain.terms import VillageState
from app.ui.central_desk.link import Link
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import Words, sign_of, tone_of
from app.ui.look.signs import Sign
from app.ui.widgets.button import Button
from app.ui.widgets.flow import Flow
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import FactRow, Panel, empty, fact_rows, line
from app.ui.widgets.text import Role, Text
from sync.central import answers

_LEADS = {
    VillageState.FORK: "batches",
    VillageState.GAP: "batches",
    VillageState.SET_ASIDE: "batches",
    VillageState.TOTALS: "batches",
    VillageState.REVOKED: "batches",
    VillageState.CASH_DIFFERENCE: "receipts",
    VillageState.NUMBER_PROBLEM: "entries",
}
"""Where a village's worst reason is looked at; lines that need a person come before."""


class VillagePanel:
    """Fills the panel; ``go`` leads to where the chosen village is worked on."""

    def __init__(self, link: Link, ways: DeskWays, panel: Panel) -> None:
        self._link = link
        self._ways = ways
        self._speech = ways.speech
        self._panel = panel
        self._village: answers.Village | None = None
        self._to: dict[str, Callable[[str | None], None]] = {
            "lines": ways.to_lines,
            "batches": ways.to_batches,
            "entries": ways.to_entries,
            "receipts": ways.to_receipts,
        }
        self._first = Button("", key="Return", run=self.go)
        self._first.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._others = {name: Button(self._label(name), run=self._goer(name)) for name in self._to}
        row = Flow(gap=4)
        for one in self._others.values():
            row.addWidget(one)
        for one in (self._first, *self._others.values()):
            one.hide()  # until the centre answered there is no village to go to, and the first has no name
        panel.foot.addWidget(self._first)
        panel.foot.addLayout(row)

    def _label(self, name: str) -> str:
        return self._speech.say(f"desk.villages.to_{name}")

    def _goer(self, name: str) -> Callable[[], None]:
        return lambda: self._lead(name)

    def _lead(self, name: str) -> None:
        if self._village is not None:
            self._to[name](self._village.station)

    def go(self) -> None:
        """Go to where the village that is shown is worked on."""
        if self._village is not None:
            self._lead(lead_of(self._village))

    def show(self, found: answers.Villages | None, village: answers.Village | None, words: Words) -> None:
        """Show the sums of all, and of one village what stands about it."""
        empty(self._panel.body)
        self._village = village
        self._first.setVisible(village is not None)
        leads = lead_of(village) if village is not None else ""
        for name, one in self._others.items():
            one.setVisible(village is not None and name != leads)
        if found is not None:
            self._sums(found, words)
        if village is not None:
            self._first.set_text(self._label(f"{leads}_of"))
            self._panel.body.addWidget(line())
            self._tell(village, words)
        self._panel.body.addStretch(1)

    def _sums(self, found: answers.Villages, words: Words) -> None:
        speech, office = self._speech, self._link.office
        body = self._panel.body
        if office is not None:
            body.addWidget(Text(speech.say("desk.villages.municipality", name=office.name), Role.SECTION))
        body.addWidget(Text(f"{speech.long_date(words.today)}, {speech.clock(words.now)}", Role.HELP))
        money = sum(one.till_cents for one in found.villages)
        oldest = min((one.till_since for one in found.villages if one.till_since is not None), default=None)
        age = speech.say("desk.villages.oldest", age=words.ago(oldest)) if words.ago(oldest) else ""
        body.addWidget(fact_rows([FactRow(speech.say("desk.villages.in_tills"), speech.money(money), age, Role.FACT)]))

    def _tell(self, one: answers.Village, words: Words) -> None:
        speech, body = self._speech, self._panel.body
        body.addWidget(Text(one.name, Role.TITLE))
        indices = ", ".join(str(register.index) for register in one.registers)
        body.addWidget(Text(speech.say("desk.villages.index", index=indices), Role.HELP))
        for reason in one.reasons:
            body.addWidget(self._reason(reason, words))
        safe, do = words.advice(one.state)
        since = one.reasons[0].since if one.reasons else None
        rows = [FactRow(speech.say("desk.villages.since"), words.when(since))] if since is not None else []
        rows += [
            FactRow(speech.say("desk.villages.safe"), safe),
            FactRow(speech.say("desk.villages.do"), do, "", Role.STRONG),
            FactRow(speech.say("desk.villages.contact"), self._contact(one, words)),
            FactRow(speech.say("desk.villages.holds"), self._holds(one)),
            *self._books(one),
        ]
        body.addWidget(fact_rows(rows))

    def _books(self, one: answers.Village) -> list[FactRow]:
        """Return the register and the till of each village, where several share one computer."""
        speech = self._speech
        if len(one.registers) < 2:  # noqa: PLR2004 - one needs no telling apart
            return []
        return [
            FactRow(of.name, speech.say("desk.villages.index", index=of.index), self._in_till(of.till_cents))
            for of in one.registers
        ]

    def _in_till(self, cents: int | None) -> str:
        return self._speech.say("desk.villages.till", amount=self._speech.money(cents)) if cents is not None else ""

    def _reason(self, reason: answers.VillageReason, words: Words) -> Banner:
        banner, sign = Banner(), sign_of(reason.state)
        shown = Sign.DONE if sign is Sign.CLEAN else sign
        banner.say(shown, words.state(reason.state), words.reason(reason), tone_of(reason.state))
        return banner

    def _contact(self, one: answers.Village, words: Words) -> str:
        if one.last_contact is None or one.last_road is None:
            return self._speech.say("desk.villages.never")
        return f"{words.when(one.last_contact)}, {self._speech.label(one.last_road)}"

    def _holds(self, one: answers.Village) -> str:
        entries = self._speech.count("desk.villages.entries", one.entries)
        return f"{entries}, {self._speech.count('desk.villages.receipts', one.receipts)}"


def lead_of(village: answers.Village) -> str:
    """Return the page where a village is worked on."""
    if village.waiting.person + village.waiting.answered:
        return "lines"
    return _LEADS.get(village.state, "entries")
