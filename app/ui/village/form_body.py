"""The form itself (формуляр): its parts, findings, problems, and the way of the keyboard through them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.domain.facts import Finding
from app.services.service_info import service_info
from app.ui.village.form_document import DocumentSection, ResultSection
from app.ui.village.form_draft import FormDraft
from app.ui.village.form_filing import Problem
from app.ui.village.form_notes import FormNotes
from app.ui.village.form_people import PeopleSection
from app.ui.village.form_problems import ProblemSummary
from app.ui.village.form_request import RequestSection
from app.ui.village.form_section import FormColumn, Section
from app.ui.village.service_sheet import ServiceSheet
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.widgets.fields import EnterGoesOn
from app.ui.widgets.scroll import InSight, keep_bar
from app.ui.widgets.type_ahead import TypeAhead


class FormBody(QScrollArea):
    """All parts of the form. ``edited``: something changed. ``last`` is where Enter leads after the last field."""

    edited = Signal()

    def __init__(self, session: Session, ways: Ways, above: Sequence[Section], last: Callable[[], object]) -> None:
        super().__init__()
        self._session, self._ways = session, ways
        self.document, self.people = DocumentSection(session), PeopleSection(session, ways)
        self.request, self.result = RequestSection(session, self.tell), ResultSection(session)
        self.sections: tuple[Section, ...] = (*above, self.document, self.people, self.request, self.result)
        self.fields = [field for section in self.sections for field in section.fields]
        self.notes = FormNotes(session.speech, self.fields, self.people, self.request, self)
        self.summary = ProblemSummary(
            session.speech.say("village.form.problem"), session.speech.say("village.form.mended")
        )
        self.column = FormColumn(self.sections, (self.summary,))
        self._enter = EnterGoesOn(self, last)
        self._shown = False
        self._compose()
        self._watch()

    def _compose(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_bar(self)
        self.column.lie_in(self)
        InSight(self)

    def _watch(self) -> None:
        """Listen to every input; let Enter go on, and after somebody known to the request."""
        people = self.people
        for section in self.sections:
            section.edited.connect(self.edited)
            before = (people.who, people.role) if section is people else ()
            self._enter.watch(*before, *section.inputs)
        for line in self._type_aheads():
            line.go_on = partial(self._go_on, line)

    def _type_aheads(self) -> list[TypeAhead]:
        return [field.input for field in self.fields if isinstance(field.input, TypeAhead)]

    def _go_on(self, line: TypeAhead) -> None:
        if line in {self.people.identifier, self.people.name} and self.people.took_known():
            self.request.service.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._enter.go_on(line)

    # --- between widgets and draft ---

    def fill(self, draft: FormDraft, *, show_all: bool) -> None:
        """Show a draft as it was left."""
        self.notes.begin(show_all=show_all)
        for section in self.sections:
            section.fill(draft)
            section.set_open(on=section not in {self.document, self.result})
        self.show_problems(())

    def write(self, draft: FormDraft) -> None:
        """Write what is shown into a draft."""
        for section in self.sections:
            section.write(draft)

    def settle(self) -> None:
        """Take what is meant in lines whose offers still stand open."""
        for line in self._type_aheads():
            line.settle()

    def tell(self) -> None:
        """Read about the service that is chosen; where none is, nothing can be told."""
        offer = self.request.service.offer
        info = service_info(self._session.lists, int(offer.code), self._session.today()) if offer is not None else None
        if info is not None:
            self._ways.lay(ServiceSheet(self._session, self._ways, info))

    # --- what is said of it ---

    def show_findings(self, draft: FormDraft, findings: Sequence[Finding]) -> list[str]:
        """Say what the folded parts hold and what is noticed; return the words for the strip."""
        for section in self.sections:
            section.summarize(draft)
        titles = self.notes.show(draft, findings)
        self.column.place_notes()
        return titles

    def show_problems(self, found: Sequence[Problem]) -> None:
        """Say on top what stands in the way, with the keyboard there; nothing: go away."""
        self.say_problems([(self.notes.words_of(one), partial(self.jump, one)) for one in found])
        self._shown = bool(found)

    def say_problems(self, links: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Say on top what stands in the way, each in words and with the way to its field."""
        self._shown = False
        self.summary.show_problems(links)
        if links:
            self.verticalScrollBar().setValue(0)
            self.summary.setFocus(Qt.FocusReason.OtherFocusReason)

    def mend(self, standing: Sequence[Problem]) -> None:
        """Say no longer what was mended: neither beside its field nor on top."""
        self.notes.problems = [one for one in self.notes.problems if one in standing]
        if self._shown:
            self.summary.leave_standing({self.notes.words_of(one) for one in self.notes.problems})

    # --- the way of the keyboard ---

    def jump(self, problem: Problem) -> None:
        """Put the keyboard into the field that a problem names."""
        if problem.place is not None:
            self.people.open_person(problem.place)
        self.focus_field(problem.field)

    def focus_field(self, name: str) -> None:
        """Open the part that holds a field and put the keyboard there."""
        for section in self.sections:
            field = next((one for one in section.fields if one.name == name and not one.isHidden()), None)
            if field is not None:
                section.set_open(on=True)
                field.input.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(field)

    def open_part(self, part: str) -> None:
        """Open a part that the check names."""
        parts = {"document": self.document, "person": self.people, "request": self.request, "result": self.result}
        parts[part].open_first()

    def fold(self, focused: QWidget | None) -> None:
        """Open or fold the part in which the keyboard is."""
        field = self.notes.field_of(focused)
        section = next((one for one in self.sections if field in one.fields), None)
        if section is not None:
            section.toggle()
            if not section.is_open:
                section.change.setFocus(Qt.FocusReason.OtherFocusReason)
