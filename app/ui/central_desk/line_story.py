"""What is known of a line, at the right (какво знаем): what the village wrote, the history, what a decision does."""

from app.ui.central_desk.entries import entry_facts
from app.ui.central_desk.wording import Words
from app.ui.widgets.panel import Panel, empty, fact_rows, line, timeline
from app.ui.widgets.text import Role, Text
from resources.speech import Speech
from sync.central import answers


class LineStory:
    """Tells a line in the panel."""

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
