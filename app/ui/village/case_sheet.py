"""What becomes of a case (ход на преписката): a result is issued and delivered, or it ends without one; notes."""

from app.domain.facts import Due
from app.domain.terms import Ending
from app.services import results
from app.services.details import EntryDetails, details
from app.ui.village.act_part import ActPart
from app.ui.village.acts_sheet import ActsSheet
from app.ui.village.case_parts import DeliverPart, EndPart, IssuePart, NotePart, ReopenPart, TakeBackPart
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button
from app.ui.widgets.keys import Key

ISSUE, DELIVER, END, NOTE, REOPEN, TAKE_BACK = "issue", "deliver", "end", "note", "reopen", "take_back"


def parts(session: Session, ways: Ways, entry: EntryDetails) -> dict[str, ActPart]:
    """Return what can be done with a case now, the likeliest first."""
    found: dict[str, ActPart] = {}
    standing = [one for one in entry.results if one.in_force]
    on_its_way = [one for one in standing if results.next_states(one)]
    if on_its_way:
        found[DELIVER] = DeliverPart(session, entry, on_its_way[-1])
    found[ISSUE] = IssuePart(session, ways, entry)
    if standing:
        found[TAKE_BACK] = TakeBackPart(session, entry, standing[-1])
    found |= _without_result(session, entry)
    found[NOTE] = NotePart(session, entry)
    return found


def _without_result(session: Session, entry: EntryDetails) -> dict[str, ActPart]:
    if entry.ended is None:
        return {END: EndPart(session, entry)}
    if entry.ended.ending is Ending.RESULTED:
        return {}
    telling = entry.ended.ending is Ending.FORWARDED and entry.ended.told_on is None
    return {**({END: EndPart(session, entry)} if telling else {}), REOPEN: ReopenPart(session, entry)}


class CaseSheet(ActsSheet):
    """Asks what becomes of the case, shows the effect, and does it with Ctrl+Enter."""

    texts = "village.case"
    draft_kind = "case"

    def __init__(self, session: Session, ways: Ways, entry: EntryDetails) -> None:
        super().__init__(session, ways, entry, parts(session, ways, entry))

    def _more_keys(self) -> list[Key]:
        return [Key("F6", self._speech.say("village.papers.button"), self._papers)]

    def _more_buttons(self) -> list[Button]:
        """Offer the papers: a result is handed over against a protocol."""
        papers = Button(self._speech.say("village.papers.button"), key="F6", icon="printer", run=self._papers)
        return [papers] if DELIVER in self.parts else []

    def _papers(self) -> None:
        self.keep_now()
        self._ways.papers(self._entry)

    def standing(self) -> str:
        """Return the office's term where the act ends it."""
        due, speech = self._entry.due, self._speech
        if due is None or self.what.value() not in {ISSUE, END}:
            return ""
        return self._say("told_due", date=speech.long_date(due.on))

    def say_due(self, due: Due | None) -> None:
        """Say until when the paper is to be forwarded, or the person told of the result."""
        delivery = self.what.value() == DELIVER
        if due is not None:
            key = "tell_by" if delivery else "forward_by"
            self.say_effect(self._say(key, date=self._speech.long_date(due.on), article=due.article))
        else:
            self.say_effect(self.part.words())

    def after(self, answer: object) -> None:
        """Go on with the delivery of what was issued."""
        if self.what.value() != ISSUE:
            return
        session, ways, entry = self._session, self._ways, self._entry.row.entry
        self._ways.say(self._say("issued", number=str(answer).partition("/")[0]))
        session.read(
            lambda connection: details(connection, entry),
            lambda held: ways.lay(CaseSheet(session, ways, held)),
            ways.fail,
        )
