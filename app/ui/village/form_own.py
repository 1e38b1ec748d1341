"""What the chosen kind of document has of its own (собствени полета): up to three fields that change with the kind."""

from PySide6.QtCore import QSignalBlocker

from app.domain.desk_lists import KindField
from app.ui.village.form_filing import OWN
from app.ui.village.session import Session
from app.ui.village.wording import capital, field_label
from app.ui.widgets.fields import Choice, Field, Line

LINES, CHOICES = 3, 2
_MOST = {"text": 200, "date": 12}


class OwnFields:
    """Lines and choices that take on the fields of a kind; what is typed is kept when another kind is looked at."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.lines = [Field("", Line(), OWN) for _ in range(LINES)]
        self.choices = [Field("", Choice([("", "")]), OWN) for _ in range(CHOICES)]
        self._texts: dict[str, str] = {}
        self._kind = ""
        self._shown: list[tuple[KindField, Field]] = []
        self._lay()

    @property
    def all(self) -> list[Field]:
        """All of them, shown or not, in the order of the keyboard."""
        return [*self.lines, *self.choices]

    def show_kind(self, kind: str) -> None:
        """Take on the fields of a kind."""
        if kind != self._kind:
            self._keep()
            self._kind = kind
            self._lay()

    def _keep(self) -> None:
        self._texts |= {one.code: _value(field) for one, field in self._shown}

    def _lay(self) -> None:
        own = self._session.lists.fields.get(self._kind, ())
        lines, choices = iter(self.lines), iter(self.choices)
        self._shown = [(one, next(choices if one.type == "choice" else lines)) for one in own]
        taken = [field for _one, field in self._shown]
        for field in self.all:
            if field not in taken:
                field.name = OWN
                field.setVisible(False)
        for one, field in self._shown:
            field.name = f"{OWN}{one.code}"
            field.rename(field_label(one, self._session.speech))
            self._fill(one, field)
            field.setVisible(True)

    def _fill(self, one: KindField, field: Field) -> None:
        text, say = self._texts.get(one.code, ""), self._session.speech.say
        with QSignalBlocker(field.input):
            if isinstance(field.input, Choice):
                options = self._session.lists.options.get((one.kind, one.code), ())
                nothing = ("", capital(say("village.form.nothing")))
                named = [(option.code, field_label(option, self._session.speech)) for option in options]
                field.input.offer([nothing, *named])
                field.input.choose(text)
            elif isinstance(field.input, Line):
                field.input.setMaxLength(_MOST[one.type])
                field.input.setPlaceholderText(say("village.doubt.pattern") if one.type == "date" else "")
                field.input.setText(text)
                field.input.setCursorPosition(0)

    # --- between widgets and draft ---

    def put(self, kind: str, texts: dict[str, str]) -> None:
        """Show what a draft says of a kind."""
        self._texts, self._kind, self._shown = dict(texts), kind, []
        self._lay()

    def texts(self) -> dict[str, str]:
        """Return what was typed, by code; that of other kinds too, until the document is saved."""
        self._keep()
        return {code: text for code, text in self._texts.items() if text.strip()}


def _value(field: Field) -> str:
    if isinstance(field.input, Choice):
        return field.input.value()
    return field.input.text() if isinstance(field.input, Line) else ""
