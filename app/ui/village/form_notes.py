"""Shows findings and problems (забележки и проблеми): in the margin, at folded lines, and in the strip, same words."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.domain.facts import Finding
from app.ui.village.form_draft import FormDraft
from app.ui.village.form_filing import Problem
from app.ui.village.form_findings import Noticed, key_of, noticed, ripe
from app.ui.village.form_people import PeopleSection
from app.ui.village.form_request import RequestSection
from app.ui.widgets.fields import Field, Tone
from app.ui.widgets.type_ahead import TypeAhead
from resources.speech import Speech


def _being_offered(field: Field) -> bool:
    """Return whether the clerk is just choosing: that nothing is chosen yet is no news."""
    return isinstance(field.input, TypeAhead) and field.input.offering


class FormNotes(QObject):
    """Knows which fields the keyboard has left, and what is to be shown. ``left`` is called when it leaves one."""

    def __init__(
        self, speech: Speech, fields: Sequence[Field], people: PeopleSection, request: RequestSection, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._speech = speech
        self._fields = fields
        self._people = people
        self._request = request
        self._left: set[str] = set()
        self._all = False
        self.problems: Sequence[Problem] = ()
        self.listening = False
        """Whether something was typed: walking through an empty form leaves nothing behind."""
        self.left: Callable[[], object] = self._nothing
        for field in fields:
            for one in (field.input, *field.input.findChildren(QWidget)):
                one.installEventFilter(self)

    def _nothing(self) -> None:
        """Nobody wants to know."""

    def begin(self, *, show_all: bool) -> None:
        """Begin with another draft; ``show_all``: what is noticed of it is no news and is shown at once."""
        self._left.clear()
        self.listening = False
        self._all = show_all
        self.problems = ()

    def show_all(self) -> None:
        """Show everything from now on: the form was checked."""
        self._all = True

    def field_of(self, widget: QWidget | None) -> Field | None:
        """Return the field to which a widget belongs."""
        if widget is None:
            return None
        return next((one for one in self._fields if one.input is widget or one.input.isAncestorOf(widget)), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember which fields the keyboard has left."""
        if self.listening and event.type() == QEvent.Type.FocusOut and isinstance(watched, QWidget):
            field = self.field_of(watched)
            if field is not None:
                place = self._people.at if field in self._people.fields else None
                self._left.add(key_of(field.name, place))
                self.left()
        return False

    def words_of(self, problem: Problem) -> str:
        """Return a problem's words: the same in the summary and beside its field."""
        return self._speech.say(f"village.form.problem_{problem.key}")

    def show(self, draft: FormDraft, findings: Sequence[Finding]) -> list[str]:
        """Show what is ripe; return the titles for the strip."""
        here = {None, self._people.at}
        found = [one for one in noticed(draft, findings, self._speech) if self._all or ripe(one, draft, self._left)]
        beside = {one.field: one for one in reversed(found) if one.place in here}
        wrong = {one.field: one for one in reversed(self.problems) if one.place in here}
        for field in self._fields:
            self._show_at(field, wrong.get(field.name), beside.get(field.name), draft)
        self._people.alert({one.place: one.title for one in found if one.place is not None and one.place not in here})
        return [one.title for one in found]

    def _show_at(self, field: Field, problem: Problem | None, found: Noticed | None, draft: FormDraft) -> None:
        if problem is not None:
            field.set_note(self.words_of(problem), "", Tone.WRONG)
        elif found is not None and not _being_offered(field):
            field.set_note(found.title, found.help, Tone.FINDING)
        else:
            field.set_note(*self._advice(field, draft), Tone.ADVICE)

    def _advice(self, field: Field, draft: FormDraft) -> tuple[str, str]:
        """Return what is good to know beside a field."""
        if field is self._request.service_field:
            return self._request.advice, ""
        if field is self._people.name_field and draft.people[self._people.at].visit is not None:
            return self._speech.say("village.form.known"), self._speech.say("village.form.known_help")
        return "", ""
