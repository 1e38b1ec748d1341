"""A question before an act that cannot be taken back (потвърждение): what happens, and two buttons."""

from collections.abc import Callable

from app.ui.widgets.button import Button, Kind
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Role, Text
from resources.speech import Speech


class ConfirmSheet(Sheet):
    """``words`` are title, what happens, and the verb. The keyboard stands on the way back."""

    def __init__(
        self, speech: Speech, words: tuple[str, str, str], act: Callable[[], object], back: Callable[[], object]
    ) -> None:
        title, help_text, verb = words
        super().__init__(title)
        self.body.addWidget(Text(help_text, Role.TEXT))
        self.back = Button(speech.say("village.check.back"), key="Esc", run=back)
        self.act = Button(verb, Kind.PRIMARY, run=act)
        self.add_buttons(self.back, self.act)

    def first_focus(self) -> Button:
        """Return the way back: Enter alone throws nothing away."""
        return self.back
