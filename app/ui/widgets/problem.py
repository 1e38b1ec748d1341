"""A problem (проблем): what happened, what is safe, what to do; with the code that the town may ask for."""

from app.ui.look.signs import Sign
from app.ui.widgets.button import Button
from app.ui.widgets.frame import Frame
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Role, Text


class ProblemSheet(Sheet):
    """Lies over the page until it is read."""

    def __init__(self, window: Frame, sentence: str, code: str) -> None:
        say = window.speech.say
        super().__init__(say("frame.error.title"))
        banner = Banner()
        first, _, rest = sentence.partition(". ")
        banner.say(Sign.WRONG, first.rstrip(".") + ".", rest, "red")
        self.body.addWidget(banner)
        self.body.addWidget(Text(say("frame.error.code", code=code), Role.LABEL))
        self._close = Button(say("frame.keys.close"), key="Esc", run=window.cover.dismiss)
        self.add_buttons(self._close)

    def first_focus(self) -> Button:
        """Return the button."""
        return self._close
