"""What the chosen kind of document has of its own (собствени полета): up to three fields that change with the kind."""

import re
from functools import cache

from PySide6.QtCore import QSignalBlocker

from app.domain.desk_lists import KindField
from app.ui.own_words import field_label
from app.ui.village.form_filing import OWN
from app.ui.village.session import Session
from app.ui.village.wording import capital
from app.ui.widgets.fields import Choice, Field, Line
from resources import loading
from resources.speech import Language

LINES, CHOICES = 3, 2
_ALPHABETS: dict[Language, str] = {"bg": "жхцюшпчщзфйглмкдбябсуртниоваеъь", "en": "xzqjkvwyfgbphdulmcnisrotae"}
"""The letters of each language, the rarest first, so that those of a label are found in it."""
_DIGITS = "789"
_MNEMONIC = re.compile("&(.)")
_TABLES = ("form", "correct")
_MOST = {"text": 200, "date": 12}


@cache
def free_letters(language: Language) -> str:
    """Return the keys under Alt that no other label of the form has; the digits at the end stand in for letters."""
    tables = loading.texts(language, "village")
    used = {found.casefold() for name in _TABLES for text in tables[name].values() for found in _MNEMONIC.findall(text)}
    return "".join(one for one in _ALPHABETS[language] + _DIGITS if one not in used)


def with_letter(label: str, letters: str) -> tuple[str, str]:
    """Return a label with a key of its own, one of its letters or one after it, and the keys that are left."""
    at = next((at for at, one in enumerate(label.casefold()) if one in letters), None)
    if at is not None:
        return f"{label[:at]}&{label[at:]}", letters.replace(label[at].casefold(), "")
    return (f"{label} (&{letters[0].upper()})", letters[1:]) if letters else (label, "")


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
        letters = free_letters(self._session.speech.language)
        for one, field in self._shown:
            field.name = f"{OWN}{one.code}"
            label = field_label(one, self._session.speech)
            shown, letters = with_letter(label, letters)
            field.rename(shown)
            field.input.setAccessibleName(label)
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
