"""The clock is in doubt (съмнение в часовника): the clerk confirms the day once, and the act goes on with it."""

from collections.abc import Callable
from datetime import date, datetime

from app.domain.errors import ClockDoubtful
from app.ui.look.signs import Sign
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.frame import Frame
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet


def typed_date(text: str) -> date | None:
    """Return the date of ``22.11.2026`` (also ``22.11.26`` and ``22 11 2026``), None for anything else."""
    parts = text.replace("/", ".").replace(" ", ".").strip(".").split(".")
    for pattern in ("%d.%m.%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(".".join(parts), pattern).date()  # noqa: DTZ007 - a date alone has no zone
        except ValueError:
            continue
    return None


class DoubtSheet(Sheet):
    """Says what the clock shows and what the last act's date was; asks for today's."""

    def __init__(self, window: Frame, error: ClockDoubtful, again: Callable[[date], None]) -> None:
        say = window.speech.say
        super().__init__(say("village.doubt.title"))
        self._window = window
        self._again = again
        banner = Banner()
        banner.say(Sign.WAITS, window.speech.explain(error), "", "amber")
        self.day = Line()
        self.day.setPlaceholderText(say("village.doubt.pattern"))
        self.field = Field(say("village.doubt.field"), self.day, "day")
        self.body.addWidget(banner)
        self.body.addWidget(self.field)
        self.body.addWidget(self.field.note)
        confirm = Button(say("village.doubt.confirm"), Kind.PRIMARY, key="Return", run=self._confirm)
        self.add_buttons(Button(say("village.doubt.cancel"), key="Esc", run=window.cover.dismiss), confirm)
        self.use_keys([Key("Return", say("village.doubt.confirm"), self._confirm)])

    def first_focus(self) -> Line:
        """Return the line of the date."""
        return self.day

    def _confirm(self) -> None:
        day = typed_date(self.day.text())
        if day is None:
            self.field.set_note(self._window.speech.say("village.doubt.bad"))
            return
        self._window.cover.take_away()
        self._again(day)
