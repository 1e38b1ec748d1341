"""What the form of a new document and that of a correction share: sections, strip, draft, keys, check, and the act."""

from abc import abstractmethod
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea

from app.domain.entries import Filing
from app.domain.errors import TefterError
from app.services.deriving import Derived
from app.ui.village.check_sheet import CheckSheet
from app.ui.village.confirm_sheet import ConfirmSheet
from app.ui.village.draft_keeper import DraftKeeper
from app.ui.village.form_document import DocumentSection, ResultSection
from app.ui.village.form_draft import FormDraft, encode
from app.ui.village.form_filing import Problem, filing_of, problems
from app.ui.village.form_findings import noticed
from app.ui.village.form_head import FormHead
from app.ui.village.form_notes import FormNotes
from app.ui.village.form_people import PeopleSection
from app.ui.village.form_places import Places, places_of_station
from app.ui.village.form_problems import ProblemSummary
from app.ui.village.form_request import RequestSection
from app.ui.village.form_section import FormColumn, Section
from app.ui.village.form_strip import Strip
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import EnterGoesOn
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key
from app.ui.widgets.type_ahead import TypeAhead

PAUSE = 120
"""Milliseconds after a key until what follows from the form is shown anew."""


class FormPage(Page):
    """The form. A subclass says what it begins with, what follows from it, what is checked, and what is done."""

    draft_kind = ""

    def __init__(self, session: Session, ways: Ways, *above: Section) -> None:
        super().__init__()
        self._session, self._ways, self._speech = session, ways, session.speech
        self._filling = self._saving = False
        self._derived: Derived | None = None
        self.document, self.people = DocumentSection(session), PeopleSection(session, ways)
        self.request, self.result = RequestSection(session), ResultSection(session)
        self.sections: tuple[Section, ...] = (*above, self.document, self.people, self.request, self.result)
        self.fields = [field for section in self.sections for field in section.fields]
        self.notes = FormNotes(self._speech, self.fields, self.people, self.request, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.derive)
        self._compose()
        self._keep()
        self._watch()
        self.use_keys(self._own_keys())
        self.draft = self._blank()
        self.fill(self.draft)
        session.newest_reader().ask(partial(places_of_station, session), self._use_places, ways.fail)

    # --- what a subclass says ---

    @abstractmethod
    def _words(self) -> tuple[str, str]:
        """Return the page's title and the verb of its act."""

    @abstractmethod
    def _blank(self) -> FormDraft:
        """Return what the form begins with."""

    @abstractmethod
    def _derive(self, filing: Filing) -> None:
        """Find what follows from a filing and hand it to ``put_derived``."""

    @abstractmethod
    def _check(self, filing: Filing) -> CheckSheet | None:
        """Return the check before saving; None where there is nothing to save and that was said."""

    @abstractmethod
    def _begin_anew(self) -> None:
        """Begin with an empty form after the draft was thrown away."""

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        title, act = self._words()
        self.head = FormHead(self._session, title, self.ask_to_clear)
        self.middle.addWidget(self.head)
        self.summary = ProblemSummary(say("village.form.problem"))
        self.column = FormColumn(self.sections, (self.summary,))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The bar keeps its room, so that nothing moves sideways when a part opens.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.column.lie_in(self._scroll)
        self.middle.addWidget(self._scroll, 1)
        self.strip = Strip(self._session, self.panel)
        self.complete_button = Button(act, Kind.PRIMARY, key="Ctrl+Return", run=self.complete)
        aside = Button(say("village.form.put_aside"), Kind.QUIET, key="Esc", run=self.put_aside)
        self.panel.foot.addWidget(self.complete_button)
        self.panel.foot.addWidget(aside, 0, Qt.AlignmentFlag.AlignHCenter)

    def _keep(self) -> None:
        self._keeper = DraftKeeper(self.draft_kind, self._content, self)
        self._keeper.use(self._session)
        self._keeper.kept.connect(self.head.say_kept)
        self._keeper.failed.connect(self.head.say_not_kept)

    def _watch(self) -> None:
        """Listen to every input; let Enter go on, and after somebody known to the request."""
        self._enter = EnterGoesOn(self, partial(self.complete_button.setFocus, Qt.FocusReason.TabFocusReason))
        people = self.people
        for section in self.sections:
            section.edited.connect(self._edited)
            before = (people.who, people.role) if section is people else ()
            self._enter.watch(*before, *(field.input for field in section.fields))
        for field in self.fields:
            if isinstance(field.input, TypeAhead):
                field.input.go_on = partial(self._go_on, field.input)
        self.notes.left = partial(self._timer.start, PAUSE)

    def _go_on(self, line: TypeAhead) -> None:
        if line in {self.people.identifier, self.people.name} and self.people.took_known():
            self.request.service.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._enter.go_on(line)

    def _own_keys(self) -> list[Key]:
        say = self._speech.say
        return [
            Key("Ctrl+Return", self._words()[1], self.complete),
            Key("Return", say("frame.keys.next")),
            Key("F4", say("village.form.fold"), self.fold_here),
            Key("F6", say("village.form.add_person"), self.people.add_person),
            Key("F7", say("village.form.remove_person"), self.people.remove_person),
            Key("F8", say("village.form.clear"), self.ask_to_clear),
            Key("Escape", say("village.form.put_aside"), self.put_aside),
        ]

    def _use_places(self, places: Places) -> None:
        self._filling = True
        self.people.use_places(places.offers, places.own)
        self._filling = False
        self.derive()

    # --- draft and widgets ---

    def fill(self, draft: FormDraft, *, show_all: bool = False) -> None:
        """Show a draft as it was left."""
        self._filling = True
        self.draft = draft
        self.notes.begin(show_all=show_all)
        for section in self.sections:
            section.fill(draft)
            section.set_open(on=section not in {self.document, self.result})
        self.summary.show_problems(())
        self.head.say_nothing()
        self._filling = False
        self.derive()

    def read(self) -> FormDraft:
        """Return what is typed now."""
        for section in self.sections:
            section.write(self.draft)
        return self.draft

    def filing(self) -> Filing:
        """Return what is typed now as a filing."""
        return filing_of(self.read(), self._session.place.register)

    def _edited(self) -> None:
        if self._filling:
            return
        self.read()
        if not self.draft.touched:
            self.draft.touched, self.draft.began_at = True, int(self._session.now().timestamp())
        self.notes.listening = True
        self._keeper.touched()
        self._timer.start(PAUSE)

    def _content(self) -> tuple[bytes, bytes] | None:
        if not self.draft.touched or self._saving:
            return None
        focused = self.notes.field_of(self.focusWidget())
        if focused is not None:
            self.draft.focus = focused.name
        return self.draft.draft, encode(self.draft)

    def keep_now(self) -> None:
        """Keep what is typed."""
        self._keeper.flush()

    # --- what follows ---

    def derive(self) -> None:
        """Show what follows from what is typed."""
        filing = self.filing()
        for section in self.sections:
            section.summarize(self.draft)
        self._derive(filing)

    def put_derived(self, filing: Filing, derived: Derived) -> None:
        """Show what follows from a filing."""
        self._derived = derived
        self.strip.show_derived(filing, derived)
        self.strip.show_findings(self.notes.show(self.draft, derived.findings))
        self.column.place_notes()

    def finding_titles(self) -> list[str]:
        """Return the words of all that is noticed now."""
        found = self._derived.findings if self._derived is not None else ()
        return [one.title for one in noticed(self.draft, found, self._speech)]

    # --- check and save ---

    def complete(self) -> None:
        """Check, and save once that is confirmed."""
        for field in self.fields:
            if isinstance(field.input, TypeAhead):
                field.input.settle()
        filing = self.filing()
        self.notes.show_all()
        self.notes.problems = self._problems()
        self.derive()
        self.summary.show_problems([(self.notes.words_of(one), partial(self.jump, one)) for one in self.notes.problems])
        if self.notes.problems:
            self._scroll.verticalScrollBar().setValue(0)
            self.summary.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        sheet = self._check(filing)
        if sheet is not None:
            self._ways.lay(sheet)

    def _problems(self) -> list[Problem]:
        return problems(self.draft)

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
                self._scroll.ensureWidgetVisible(field)

    def change(self, part: str) -> None:
        """Go back from the check to a part of the form."""
        self._ways.take_away()
        parts = {"document": self.document, "person": self.people, "request": self.request, "result": self.result}
        parts[part].open_first()

    def saving(self) -> bool:
        """Begin to save; False where that has begun already: a second press saves nothing twice."""
        if self._saving:
            return False
        self._saving = True
        self._keeper.rest()
        return True

    def not_saved(self, error: TefterError) -> None:
        """Say why it was not saved; all that was typed stands."""
        self._saving = False
        self._keeper.touched()
        self._ways.fail(error)

    def saved(self) -> None:
        """Forget the draft: what was typed stands in the register."""
        self._saving = False
        self._keeper.rest()
        # The act forgot it already, unless a doubt about the clock let it be kept once more in between.
        self._session.forget(self.draft.draft, self._ways.fail)

    # --- leaving ---

    def put_aside(self) -> None:
        """Leave the form as it is; the draft stays."""
        self.keep_now()
        self._ways.to_entries()

    def fold_here(self) -> None:
        """Open or fold the part in which the keyboard is."""
        focused = self.notes.field_of(self.focusWidget())
        section = next((one for one in self.sections if focused in one.fields), None)
        if section is not None:
            section.toggle()
            (section.change if not section.is_open else section).setFocus()

    def ask_to_clear(self) -> None:
        """Throw the draft away, after that was confirmed."""
        if not self.draft.touched:
            return
        say = self._speech.say
        words = (say("village.form.clear_title"), say("village.form.clear_help"), say("village.form.clear_act"))
        self._ways.lay(ConfirmSheet(self._speech, words, self._clear, self._ways.take_away))

    def _clear(self) -> None:
        self._ways.take_away()
        self._keeper.rest()
        self._session.forget(self.draft.draft, self._ways.fail)
        self._begin_anew()
