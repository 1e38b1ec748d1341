"""What the form of a new document and that of a correction share: strip, draft, keys, the check, and the act."""

from abc import abstractmethod
from functools import partial

from PySide6.QtCore import Qt, QTimer

from app.domain.entries import Filing
from app.domain.errors import TefterError
from app.services.deriving import Derived
from app.ui.village.check_sheet import CheckSheet
from app.ui.village.confirm_sheet import ConfirmSheet
from app.ui.village.draft_keeper import DraftKeeper
from app.ui.village.form_body import FormBody
from app.ui.village.form_draft import FormDraft, encode
from app.ui.village.form_filing import Problem, filing_of, problems
from app.ui.village.form_findings import noticed
from app.ui.village.form_head import FormHead
from app.ui.village.form_places import Places, places_of_station
from app.ui.village.form_section import Section
from app.ui.village.form_strip import Strip
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key

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
        self.body = FormBody(session, ways, above, self._to_the_act)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.derive)
        self._compose()
        self._listen()
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
        title, act = self._words()
        self.head = FormHead(self._session, title, self.ask_to_clear)
        self.middle.addWidget(self.head)
        self.middle.addWidget(self.body, 1)
        self.strip = Strip(self._session, self.panel)
        self.complete_button = Button(act, Kind.PRIMARY, key="Ctrl+Return", run=self.complete)
        aside = Button(self._speech.say("village.form.put_aside"), Kind.QUIET, key="Esc", run=self.put_aside)
        self.panel.foot.addWidget(self.complete_button)
        self.panel.foot.addWidget(aside, 0, Qt.AlignmentFlag.AlignHCenter)

    def _to_the_act(self) -> None:
        self.complete_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _listen(self) -> None:
        self.body.edited.connect(self._edited)
        self.body.notes.left = partial(self._timer.start, PAUSE)
        self._keeper = DraftKeeper(self.draft_kind, self._content, self)
        self._keeper.use(self._session)
        self._keeper.kept.connect(self.head.say_kept)
        self._keeper.failed.connect(self.head.say_not_kept)

    def _own_keys(self) -> list[Key]:
        say = self._speech.say
        return [
            Key("Ctrl+Return", self._words()[1], self.complete),
            Key("Return", say("frame.keys.next")),
            Key("F4", say("village.form.fold"), self.fold_here),
            Key("F6", say("village.form.add_person"), self.body.people.add_person),
            Key("F7", say("village.form.remove_person"), self.body.people.remove_person),
            Key("F8", say("village.form.clear"), self.ask_to_clear),
            Key("F9", say("village.service_info.key"), self.body.tell),
            Key("F10", say("village.form.papers_key"), self.tick_papers),
            Key("Escape", say("village.form.put_aside"), self.put_aside),
        ]

    def _use_places(self, places: Places) -> None:
        self._filling = True
        self.body.people.use_places(places.offers, places.own)
        self._filling = False
        self.derive()

    # --- draft and widgets ---

    def fill(self, draft: FormDraft, *, show_all: bool = False) -> None:
        """Show a draft as it was left; ``show_all``: what is noticed of it is no news."""
        self._filling = True
        self.draft = draft
        self.body.fill(draft, show_all=show_all)
        self.head.say_nothing()
        self._filling = False
        self.derive()

    def read(self) -> FormDraft:
        """Return what is typed now."""
        self.body.write(self.draft)
        return self.draft

    def filing(self) -> Filing:
        """Return what is typed now as a filing."""
        return filing_of(self.read(), self._session.place.register, self._session.lists)

    def _edited(self) -> None:
        if self._filling:
            return
        self.read()
        if not self.draft.touched:
            self.draft.touched, self.draft.began_at = True, int(self._session.now().timestamp())
        self.body.notes.listening = True
        self._keeper.touched()
        self._timer.start(PAUSE)

    def _content(self) -> tuple[bytes, bytes] | None:
        if not self.draft.touched or self._saving:
            return None
        focused = self.body.notes.field_of(self.focusWidget())
        if focused is not None:
            self.draft.focus = focused.name
        return self.draft.draft, encode(self.draft)

    def keep_now(self) -> None:
        """Keep what is typed."""
        self._keeper.flush()

    # --- what follows ---

    def derive(self) -> None:
        """Show what follows from what is typed."""
        self._derive(self.filing())

    def put_derived(self, filing: Filing, derived: Derived) -> None:
        """Show what follows from a filing, and say no longer what was mended."""
        self._derived = derived
        self.body.mend(self._problems())
        self.strip.show_derived(filing, derived)
        self.strip.show_findings(self.body.show_findings(self.draft, derived.findings))

    def finding_titles(self) -> list[str]:
        """Return the words of all that is noticed now."""
        found = self._derived.findings if self._derived is not None else ()
        return [one.title for one in noticed(self.draft, found, self._speech)]

    # --- check and save ---

    def complete(self) -> None:
        """Check, and save once that is confirmed."""
        self.body.settle()
        filing = self.filing()
        self.body.notes.show_all()
        found = self.body.notes.problems = self._problems()
        self.derive()
        self.body.show_problems(found)
        sheet = self._check(filing) if not found else None
        if sheet is not None:
            self._ways.lay(sheet)

    def _problems(self) -> list[Problem]:
        return problems(self.draft, self._session.lists)

    def change(self, part: str) -> None:
        """Go back from the check to a part of the form."""
        self._ways.take_away()
        self.body.open_part(part)

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

    def tick_papers(self) -> None:
        """Open or fold the list of the service's papers."""
        self.body.request.tick_papers(self.read())

    def fold_here(self) -> None:
        """Open or fold the part in which the keyboard is."""
        self.body.fold(self.focusWidget())

    def ask_to_clear(self) -> None:
        """Throw the draft away, after that was confirmed."""
        if not self.draft.touched:
            self._begin_anew()  # what a check of the empty form said goes away
            return
        say = self._speech.say
        words = (say("village.form.clear_title"), say("village.form.clear_help"), say("village.form.clear_act"))
        self._ways.lay(ConfirmSheet(self._speech, words, self._clear, self._ways.take_away))

    def _clear(self) -> None:
        self._ways.take_away()
        self._keeper.rest()
        self._session.forget(self.draft.draft, self._ways.fail)
        self._begin_anew()
