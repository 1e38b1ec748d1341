"""What is known of a line (какво знаем): findings, the dispute before, the village's answer, the history."""

from PySide6.QtWidgets import QVBoxLayout

from app.ui.central_desk.entries import entry_facts
from app.ui.central_desk.wording import Words
from app.ui.look.signs import Sign
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import Panel, empty, fact_rows, line, timeline
from app.ui.widgets.text import Role, Text
from resources.speech import Speech
from sync.central import answers


class LineStory:
    """Tells a line at the right, and its findings under the comparison."""

    def __init__(self, speech: Speech, panel: Panel) -> None:
        self._speech = speech
        self._panel = panel

    def show(self, found: answers.EntryDetails, words: Words) -> None:
        """Show what is known."""
        body = self._panel.body
        empty(body)
        body.addWidget(Text(self._speech.say("desk.lines.known"), Role.SECTION))
        body.addWidget(fact_rows(entry_facts(self._speech, found)))
        body.addWidget(line())
        body.addWidget(timeline([words.step(one) for one in found.timeline]))
        body.addWidget(line())
        body.addWidget(Text(self._speech.say("desk.lines.after"), Role.SECTION))
        body.addWidget(Text(self._speech.say("desk.lines.after_help"), Role.HELP))
        body.addStretch(1)

    def add_findings(self, body: QVBoxLayout, found: answers.EntryDetails, waiting: answers.Line | None) -> None:
        """Add what was noticed, and what the village answered to a dispute."""
        say, label = self._speech.say, self._speech.label
        codes = waiting.findings if waiting is not None else tuple(one.code for one in found.findings)
        for code in codes:
            text = label(code)
            self._banner(body, Sign.FINDING, text[:1].upper() + text[1:], "")
        if found.dispute is not None:
            why = ". ".join(filter(None, (label(found.dispute.reason), found.dispute.note)))
            self._banner(body, Sign.QUESTION, say("desk.lines.disputed_before"), why)
        if found.answer is not None:
            title = say("desk.lines.answer", kind=label(found.answer.kind))
            self._banner(body, Sign.DONE, title, found.answer.text, "green")

    @staticmethod
    def _banner(body: QVBoxLayout, sign: Sign, title: str, text: str, colour: str = "amber") -> None:
        banner = Banner()
        banner.say(sign, title, text, colour)
        body.addWidget(banner)
