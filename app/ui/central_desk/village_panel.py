"""The right panel of the villages (подробности): the municipality's sums, and of one village four answers."""

from app.ui.central_desk.link import Link
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import Words, sign_of
from app.ui.look.signs import Sign
from app.ui.widgets.button import Button
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import FactRow, Panel, empty, fact_rows, line
from app.ui.widgets.text import Role, Text
from sync.central import answers


class VillagePanel:
    """Fills the panel."""

    def __init__(self, link: Link, ways: DeskWays, panel: Panel) -> None:
        self._link = link
        self._ways = ways
        self._speech = ways.speech
        self._panel = panel
        self._station: str | None = None
        say = self._speech.say
        self._lines = Button(say("desk.villages.to_lines"), key="Return", run=lambda: ways.to_lines(self._station))
        self._batches = Button(say("desk.villages.to_batches"), run=lambda: ways.to_batches(self._station))
        panel.foot.addWidget(self._lines)
        panel.foot.addWidget(self._batches)

    def show(self, found: answers.Villages | None, village: answers.Village | None, words: Words) -> None:
        """Show the sums of all, and of one village what stands about it."""
        empty(self._panel.body)
        self._station = village.station if village is not None else None
        self._lines.setVisible(village is not None)
        self._batches.setVisible(village is not None)
        if found is not None:
            self._sums(found, words)
        if village is not None:
            self._panel.body.addWidget(line())
            self._village(village, words)
        self._panel.body.addStretch(1)

    def _sums(self, found: answers.Villages, words: Words) -> None:
        speech, office = self._speech, self._link.office
        body = self._panel.body
        if office is not None:
            body.addWidget(Text(speech.say("desk.villages.municipality", name=office.name), Role.SECTION))
        body.addWidget(Text(f"{speech.long_date(words.today)}, {speech.clock(words.now)}", Role.HELP))
        money = sum(one.till_cents for one in found.villages)
        oldest = min((one.till_since for one in found.villages if one.till_since is not None), default=None)
        rows = [
            FactRow(speech.say("desk.villages.in_tills"), speech.money(money), "", Role.FACT),
            FactRow(speech.say("desk.villages.oldest"), words.ago(oldest) or speech.say("formats.day.today")),
        ]
        body.addWidget(fact_rows(rows))

    def _village(self, one: answers.Village, words: Words) -> None:
        speech, body = self._speech, self._panel.body
        body.addWidget(Text(one.name, Role.TITLE))
        indices = ", ".join(str(register.index) for register in one.registers)
        body.addWidget(Text(speech.say("desk.villages.index", index=indices), Role.HELP))
        for reason in one.reasons:
            banner = Banner()
            sign = sign_of(reason.state)
            colour = {Sign.CLEAN: "green", Sign.WAITS: "amber", Sign.FINDING: "amber", Sign.QUESTION: "amber"}
            label = speech.label(reason.state)
            banner.say(
                Sign.DONE if sign is Sign.CLEAN else sign,
                label[:1].upper() + label[1:],
                words.reason(reason),
                colour.get(sign, "red"),
            )
            body.addWidget(banner)
        safe, do = words.advice(one.state)
        rows = [FactRow(speech.say("desk.villages.since"), words.when(one.reasons[0].since))] if _since(one) else []
        rows += [
            FactRow(speech.say("desk.villages.safe"), safe),
            FactRow(speech.say("desk.villages.do"), do),
            FactRow(speech.say("desk.villages.contact"), self._contact(one, words)),
            FactRow(speech.say("desk.villages.holds"), self._holds(one)),
        ]
        body.addWidget(fact_rows(rows))

    def _contact(self, one: answers.Village, words: Words) -> str:
        if one.last_contact is None or one.last_road is None:
            return self._speech.say("desk.villages.never")
        return f"{words.when(one.last_contact)}, {self._speech.label(one.last_road)}"

    def _holds(self, one: answers.Village) -> str:
        entries = self._speech.count("desk.villages.entries", one.entries)
        return f"{entries}, {self._speech.count('desk.villages.receipts', one.receipts)}"


def _since(one: answers.Village) -> bool:
    return bool(one.reasons) and one.reasons[0].since is not None
