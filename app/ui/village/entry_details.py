"""The details of an entry (подробности): number, state in words, who, term, fee, findings, and its history."""

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.domain.office_date import moment
from app.domain.particulars import OUR_NUMBER
from app.domain.terms import BatchState, DisputeReason, MomentCode, Standing, TownState
from app.ui.entry_service import own_rows, service_rows
from app.ui.look.signs import Sign
from app.ui.look.theme import theme
from app.ui.village.attachments_brief import in_brief
from app.ui.village.case_words import case_rows, codes_of
from app.ui.village.change_words import ChangeWords
from app.ui.village.session import Session
from app.ui.village.term_words import term_runs
from app.ui.village.ways import Ways
from app.ui.village.wording import capital, finding_title, kind_name, service_name
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.flow import Flow
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import FactRow, Panel, Step, empty, fact_rows, line, timeline
from app.ui.widgets.text import Role, Text
from resources.speech import masked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.domain.facts import Correspondent
    from app.services.book import EntryDetails, Moment

_STEP_SIGNS = {
    MomentCode.ANNULLED: Sign.ANNULLED,
    MomentCode.VOIDED: Sign.ANNULLED,
    MomentCode.RESULT_ANNULLED: Sign.ANNULLED,
    MomentCode.DISPUTED: Sign.QUESTION,
    MomentCode.ACCEPTED: Sign.SETTLED,
}


class EntryPanel(QObject):
    """Fills the right panel with an entry."""

    def __init__(self, session: Session, ways: Ways, panel: Panel) -> None:
        # An object of Qt's own, so that it hears of no theme after its panel is gone.
        super().__init__(panel)
        self._session = session
        self._ways = ways
        self._speech = session.speech
        self._panel = panel
        self.shown: EntryDetails | None = None
        self._found: tuple[EntryDetails, list[Moment]] | None = None
        self._on_the_way: bytes | None = None
        self._body_buttons: list[Button] = []
        self._unmasked: tuple[bytes, str] | None = None
        """Whose identifier is shown whole, until another entry is chosen."""
        self._then: Callable[[], None] | None = None
        self._compose_foot()
        self.show_nothing()
        theme().changed.connect(self._show_anew)

    def _compose_foot(self) -> None:
        say = self._speech.say
        self._correct = Button(say("village.entries.correct"), key="Ctrl+E", run=self.correct)
        self._annul = Button(say("village.entries.annul"), run=self.annul)
        self._answer = Button(say("village.entries.answer"), Kind.PRIMARY, key="Ctrl+R", run=self.answer)
        self._print = Button(say("village.keys.print"), key="Ctrl+P", icon="printer", run=self.print_paper)
        self._term = Button(say("village.term_act.button"), key="Ctrl+T", run=self.change_term)
        self._papers = Button(say("village.papers.button"), key="F6", run=self.papers)
        self._case = Button(say("village.case.button"), key="Ctrl+D", run=self.change_case)
        self._acts = (self._print, self._papers, self._case, self._term, self._correct, self._annul)
        """What can be done with an entry, two in a row, in the order of Tab."""
        rows = [(QHBoxLayout(), self._acts[at : at + 2]) for at in range(0, len(self._acts), 2)]
        for row, buttons in rows:
            row.setSpacing(8)
            for button in buttons:
                button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                row.addWidget(button)
        self._panel.foot.addWidget(self._answer)
        for row, _buttons in rows:
            self._panel.foot.addLayout(row)

    # --- showing ---

    def show_nothing(self) -> None:
        """Say that nothing is chosen."""
        self.shown = self._on_the_way = self._then = None
        self._panel.clear()
        self._panel.body.addWidget(Text(self._speech.say("village.details.nothing"), Role.LEAD))
        self._panel.body.addStretch(1)
        for button in (self._answer, *self._acts):
            button.setVisible(False)

    def expect(self, entry: bytes | None) -> None:
        """Know which entry is chosen: its details are on the way unless they are shown."""
        shown = self.shown.row.entry if self.shown is not None else None
        self._on_the_way = entry if entry != shown else None
        if self._on_the_way is not None:
            self._unmasked = None
        self._then = None

    def _arrived(self) -> None:
        self._on_the_way, then, self._then = None, self._then, None
        if then is not None:
            then()

    def show_entry(self, found: "tuple[EntryDetails, list[Moment]]") -> None:
        """Show an entry with its history."""
        self._lay_out(found)
        self._arrived()

    def _lay_out(self, found: "tuple[EntryDetails, list[Moment]]") -> None:
        self._found = found
        entry, moments = found
        self.shown = entry
        body = self._panel.body
        empty(body)
        self._body_buttons = []
        self._head(entry)
        body.addWidget(self._banner(entry))
        self._about(entry)
        body.addWidget(fact_rows(list(self._facts(entry))))
        self._findings(entry)
        body.addWidget(line())
        body.addWidget(timeline(self._history(entry, moments)))
        body.addStretch(1)
        self._tab_from_body()
        in_force = entry.row.standing is not Standing.ANNULLED
        self._print.setVisible(True)
        self._papers.setVisible(True)
        self._case.setVisible(in_force)
        self._correct.setVisible(in_force)
        self._annul.setVisible(in_force)
        self._term.setVisible(in_force and self._has_term(entry))
        self._answer.setVisible(entry.row.town is TownState.DISPUTED)

    def _tab_from_body(self) -> None:
        """Let Tab go through the body before the buttons below it: what is laid out anew comes last by itself."""
        if self._body_buttons:
            for before, after in pairwise((*self._body_buttons, self._answer, *self._acts)):
                QWidget.setTabOrder(before, after)

    def _has_term(self, entry: "EntryDetails") -> bool:
        """Return whether the office's term of an entry can become another: a citizen's never does."""
        kind = self._session.lists.kinds.get(entry.row.kind)
        return kind is not None and kind.binds != "citizen"

    def _show_anew(self) -> None:
        """Lay the same out at another text size."""
        if self.shown is not None and self._found is not None:
            self._lay_out(self._found)

    def _head(self, entry: "EntryDetails") -> None:
        speech = self._speech
        top = Flow(gap=12)
        top.addWidget(Text(speech.say("village.details.number"), Role.LABEL, wrap=False))
        when = f"{speech.date(entry.row.office_date)}, {speech.clock(moment(entry.row.recorded_at))}"
        top.addWidget(Text(when, Role.LABEL, wrap=False))
        self._panel.body.addLayout(top)
        number = Text(f"{entry.row.register}-{entry.row.number:06d}", Role.NUMBER, wrap=False)
        number.setAccessibleName(entry.row.told)
        self._panel.body.addWidget(number)

    def _banner(self, entry: "EntryDetails") -> Banner:
        banner = Banner()
        sign, title, help_text, colour = self._state(entry)
        banner.say(sign, title, help_text, colour)
        return banner

    def _state(self, entry: "EntryDetails") -> tuple[Sign, str, str, str]:
        say, row = self._speech.say, entry.row
        if row.standing is Standing.ANNULLED:
            replaced = (
                say("village.details.replaced", number=entry.replaced_by_number) if entry.replaced_by_number else ""
            )
            reason = " ".join(filter(None, (entry.annulled_because, replaced)))
            return Sign.ANNULLED, say("village.details.annulled"), reason, "grey"
        if row.town is TownState.DISPUTED and row.dispute_reason is not None:
            why = capital(self._speech.label(row.dispute_reason))
            note = ". ".join(filter(None, (why, entry.dispute_note)))
            return Sign.QUESTION, say("village.details.disputed"), note, "amber"
        if row.is_not_mended(self._session.today()) and row.mend_by is not None:
            help_text = say("village.details.not_mended_help", date=self._speech.date(row.mend_by))
            return Sign.FINDING, say("village.details.not_mended"), help_text, "amber"
        if row.town is TownState.ACCEPTED:
            number = say("village.details.central", number=row.central_number) if row.central_number else ""
            return Sign.SETTLED, say("village.details.accepted"), number, "green"
        if row.town is TownState.ANSWERED:
            return Sign.WAITS, say("village.details.answered"), say("village.details.answered_help"), "amber"
        return Sign.WAITS, *self._road(entry), "amber"

    def _road(self, entry: "EntryDetails") -> tuple[str, str]:
        say = self._speech.say
        if entry.row.acknowledged:
            return say("village.details.received"), say("village.details.received_help")
        where = "held" if entry.road is BatchState.HELD else "here"
        hour = self._speech.hour(moment(entry.row.recorded_at))
        return say("village.details.waits"), say(f"village.details.waits_{where}", time=hour)

    def _about(self, entry: "EntryDetails") -> None:
        speech, lists = self._speech, self._session.lists
        service = service_name(lists, entry.row.service)
        kind = kind_name(lists, entry.row.kind, speech)
        self._panel.body.addWidget(Text(service or entry.row.subject or kind, Role.SECTION))
        parts = [speech.say("village.details.service", number=entry.row.service)] if entry.row.service else [kind]
        parts += [speech.label(entry.row.speed)] if entry.row.speed else []
        self._panel.body.addWidget(Text(" · ".join(parts), Role.HELP))

    def _facts(self, entry: "EntryDetails") -> list[FactRow]:
        speech = self._speech
        rows = [self._person(entry, at) for at in range(len(entry.correspondents))]
        first = entry.correspondents[0] if entry.correspondents else None
        if first is not None and first.identifier and first.identifier_kind is not None:
            rows.append(self._identifier(entry, first))
        if entry.row.service and entry.row.subject:
            rows.append(FactRow(speech.say("village.details.subject"), entry.row.subject))
        rows += own_rows(self._session.lists, speech, entry.row.kind, entry.particulars)
        received = [speech.label(entry.channel)]
        if entry.sheets:
            received.append(speech.count("village.details.sheets", entry.sheets))
        rows.append(FactRow(speech.say("village.details.received_by"), ", ".join(received)))
        if entry.result_way is not None:
            rows.append(FactRow(speech.say("village.details.result"), speech.label(entry.result_way)))
        rows += [*self._due(entry), *self._fee(entry), self._attached(entry), self._case_file(entry)]
        return [
            *case_rows(speech, entry),
            *rows,
            *service_rows(self._session.lists, speech, entry.row.service, entry.particulars),
        ]

    def _case_file(self, entry: "EntryDetails") -> FactRow:
        """Return the other papers of the case, and the number of ours that the paper names where it leads nowhere."""
        say = self._speech.say
        others = ", ".join(one.told.partition("/")[0] for one in entry.case if one.in_force)
        named = entry.particulars.value(OUR_NUMBER)
        note = say("village.details.case_named", number=named) if named and not entry.case else ""
        add = Button(say("village.details.case_add_short"), Kind.QUIET, key="Ctrl+N", run=self.add_to_case)
        self._body_buttons.append(add)
        return FactRow(say("village.details.case"), others or say("village.details.case_alone"), note, act=add)

    def _attached(self, entry: "EntryDetails") -> FactRow:
        """Return how many files are attached, and what the electronic file waits for (АПК чл. 29а – 29в)."""
        say = self._speech.say
        files, state = in_brief(self._speech, entry)
        note = state if entry.row.standing is not Standing.ANNULLED else ""
        show = Button(say("village.attachments.button"), Kind.QUIET, key="Ctrl+B", run=self.show_attachments)
        self._body_buttons.append(show)
        return FactRow(say("village.attachments.label"), files, note, act=show)

    def _identifier(self, entry: "EntryDetails", one: "Correspondent") -> FactRow:
        """Return an identifier, masked until the clerk asks for it; that is recorded."""
        label = self._speech.label(one.identifier_kind) if one.identifier_kind is not None else ""
        if self._unmasked == (entry.row.entry, one.identifier):
            return FactRow(label, one.identifier)
        show = Button(self._speech.say("village.details.show_identifier"), Kind.QUIET, key="Ctrl+I", run=self.unmask)
        self._body_buttons.append(show)
        return FactRow(label, masked(one.identifier), act=show)

    def leave(self) -> None:
        """Forget a key that waits for its entry, and hide an identifier: the page is left, or the window locked."""
        self._then = None
        self.mask()

    def mask(self) -> None:
        """Hide an identifier that was shown."""
        if self._unmasked is not None:
            self._unmasked = None
            self._show_anew()

    def unmask(self) -> None:
        """Show the whole identifier of the first person, once it is recorded that it was shown."""
        self._with(self._unmask)

    def _unmask(self, entry: "EntryDetails") -> None:
        session, asked = self._session, entry.row.entry
        if not entry.correspondents or not entry.correspondents[0].identifier or self._unmasked is not None:
            return

        def verb(confirmed: date | None) -> str:
            from app.services import identifiers  # noqa: PLC0415 - as the entries have it

            return identifiers.show(session.store, asked, 0, confirmed)

        def shown(identifier: str) -> None:
            self._unmasked = (asked, identifier)
            self._show_anew()

        session.act(verb, shown, self._ways.fail, frozenset())

    def _person(self, entry: "EntryDetails", at: int) -> FactRow:
        one = entry.correspondents[at]
        label = capital(self._speech.label(one.role))
        name = one.name or self._speech.say("village.entries.anonymous")
        place = self._session.settlement_name(one.settlement)
        return FactRow(label, name, ", ".join(filter(None, (place, one.address, one.phone))))

    def _due(self, entry: "EntryDetails") -> list[FactRow]:
        speech = self._speech
        label = speech.say("village.details.due")
        if entry.term.stopped:
            return [FactRow(label, speech.say("village.term_act.standing"), self._wanting(entry), Role.STRONG)]
        if entry.due is None:
            runs = term_runs(self._session.lists, speech, entry.row.kind)
            return [FactRow(label, speech.say("village.term.none"), runs)]
        if entry.ended is not None:
            return [FactRow(label, speech.long_date(entry.due.on), entry.due.article)]
        left = (entry.due.on - self._session.today()).days
        remains = speech.count("village.details.left", left) if left > 0 else ""
        note = " · ".join(filter(None, (remains, entry.due.article)))
        return [FactRow(label, speech.long_date(entry.due.on), note, Role.STRONG)]

    def _wanting(self, entry: "EntryDetails") -> str:
        """Return what is wanting, and until when the person may mend it."""
        speech, term, what = self._speech, entry.term, ", ".join(entry.term.defects)
        if term.until is None:
            return speech.say("village.term_act.standing_sent", what=what)
        return speech.say("village.term_act.standing_until", date=speech.date(term.until), what=what)

    def _fee(self, entry: "EntryDetails") -> list[FactRow]:
        speech, fee = self._speech, entry.fee
        if fee is None or not fee.cents:
            return []
        paid = [one for one in entry.receipts if one.standing is Standing.IN_FORCE and one.cents > 0]
        note = (
            speech.say("village.details.receipt", number=f"{paid[0].number:06d}")
            if paid
            else speech.say("village.details.unpaid")
        )
        return [FactRow(speech.say("village.details.fee"), speech.money(fee.cents, fee.currency), note, Role.STRONG)]

    def _findings(self, entry: "EntryDetails") -> None:
        for found in entry.findings:
            banner = Banner()
            banner.say(Sign.FINDING, finding_title(self._speech, found))
            self._panel.body.addWidget(banner)

    def _history(self, entry: "EntryDetails", moments: "list[Moment]") -> list[Step]:
        steps = [self._step(one) for one in moments]
        if entry.row.town is not TownState.ACCEPTED and entry.row.standing is not Standing.ANNULLED:
            steps.append(Step(Sign.OPEN, self._speech.say("village.details.to_come")))
        return steps

    def _step(self, one: "Moment") -> Step:
        speech = self._speech
        text = capital(speech.label(one.code))
        cents = one.values.get("cents")
        if isinstance(cents, int):
            text = f"{text} {speech.money(cents, str(one.values.get('currency') or 'EUR'))}"
        values = dict(one.values)
        if one.code is MomentCode.DISPUTED:
            values["reason"] = capital(speech.label(DisputeReason(str(values["reason"]))))
        said = [one.actor, *codes_of(speech, values), *(str(values[key]) for key in _SAID if values.get(key))]
        until = one.values.get("due_on")
        if until:
            day = speech.date(date.fromisoformat(str(until)))
            said.append(speech.say("village.term_act.told_day", date=day))
        if one.changes and self.shown is not None:
            row = self.shown.row
            said += ChangeWords(self._session, row.kind, row.service).lines(one.changes)
        when = speech.moment(moment(one.at), self._session.now())
        return Step(_STEP_SIGNS.get(one.code, Sign.DONE), text, when, "\n".join(filter(None, said)))

    # --- acts ---

    def _with(self, act: "Callable[[EntryDetails], None]", button: Button | None = None) -> None:
        """Do it with what is chosen; a key does nothing where its button is not offered.

        A key that is faster than the details waits for them: it never meets the entry that was shown before.
        """
        if self._on_the_way is not None:
            self._then = partial(self._with, act, button)
        elif self.shown is not None and (button is None or not button.isHidden()):
            act(self.shown)

    def correct(self) -> None:
        """Correct what is shown."""
        self._with(lambda entry: self._ways.to_correction(entry.row.entry), self._correct)

    def show_attachments(self) -> None:
        """Show what is attached to what is shown."""
        self._with(self._ways.show_attachments)

    def attach(self, files: "Sequence[Path]") -> None:
        """Attach files that were dropped on what is shown, or will be in a moment."""
        self._with(lambda entry: self._ways.show_attachments(entry, files))

    def annul(self) -> None:
        """Annul what is shown, after its effect was shown and a reason given."""
        self._with(self._ways.annul, self._annul)

    def answer(self) -> None:
        """Answer the town's dispute."""
        self._with(self._ways.answer, self._answer)

    def change_term(self) -> None:
        """Extend, stop or restart the term of what is shown."""
        self._with(self._ways.change_term, self._term)

    def add_to_case(self) -> None:
        """Register a later paper of the case of what is shown, named with its day: other years have its number too."""
        self._with(lambda entry: self._ways.to_case(entry.row.told))

    def change_case(self) -> None:
        """Issue a result on what is shown, deliver it, end it without one, or add a note."""
        self._with(self._ways.change_case, self._case)

    def papers(self) -> None:
        """Show the papers of what is shown."""
        self._with(self._ways.papers)

    def print_paper(self) -> None:
        """Print the slip of what is shown."""
        self._with(lambda entry: self._ways.print_slip(entry.row.entry, entry.row.told))

    def save_paper(self) -> None:
        """Save the slip of what is shown as PDF."""
        self._with(lambda entry: self._ways.save_slip(entry.row.entry, entry.row.told))


_SAID = ("number", "central_number", "reason", "text", "note")
