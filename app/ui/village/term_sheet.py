"""The term of an entry (Срок на преписката): begun, extended, stopped, run anew; each with its effect shown before."""

from app.domain.errors import NoSuchExtension, TefterError
from app.domain.terms import TermAct
from app.services import proceedings
from app.services.details import EntryDetails
from app.ui.village.act_part import ActPart
from app.ui.village.acts_sheet import ActsSheet
from app.ui.village.papers_notice import NoticeSheet
from app.ui.village.session import Session
from app.ui.village.term_parts import ExtendPart, StopPart, beginning, mending, wanting
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button
from app.ui.widgets.keys import Key

_HAVE_A_NOTICE = (TermAct.EXTENDED, TermAct.STOPPED)


def parts(session: Session, entry: EntryDetails) -> dict[TermAct, ActPart]:
    """Return what can be done with the term of an entry now, the likeliest first."""
    found: dict[TermAct, ActPart] = {}
    kind = session.lists.kinds.get(entry.row.kind)
    if kind is None or kind.binds == "citizen":
        return found
    if entry.term.stopped:
        found[TermAct.RESTARTED] = mending(session, entry)
    elif entry.due is None and proceedings.starts_later(session.lists, entry.row.kind):
        found[TermAct.STARTED] = beginning(session, entry)
    if entry.due is not None and proceedings.extensions_of(session.lists, entry.row.kind):
        found[TermAct.EXTENDED] = ExtendPart(session, entry)
    stopping = StopPart(session, entry)
    if wanting(session, entry):
        return {TermAct.STOPPED: stopping, **found}
    return {**found, TermAct.STOPPED: stopping}


class TermSheet(ActsSheet):
    """Asks what becomes of the term, shows the effect, and does it with Ctrl+Enter."""

    texts = "village.term_act"
    draft_kind = "term_act"

    def __init__(self, session: Session, ways: Ways, entry: EntryDetails) -> None:
        super().__init__(session, ways, entry, {act.value: part for act, part in parts(session, entry).items()})

    @property
    def _given(self) -> bool:
        """Whether a notice of the last act can be printed (once more)."""
        return self._entry.term.act in _HAVE_A_NOTICE

    def _more_keys(self) -> list[Key]:
        return [Key("Ctrl+P", self._speech.say("village.notice.print"), self._again)] if self._given else []

    def _more_buttons(self) -> list[Button]:
        again = Button(self._speech.say("village.notice.title"), key="Ctrl+P", icon="printer", run=self._again)
        return [again] if self._given else []

    def standing(self) -> str:
        """Return the date told until now."""
        due = self._entry.due
        return self._say("now", date=self._speech.long_date(due.on)) if due is not None else ""

    def no_effect(self, error: TefterError) -> None:
        """Ask for a later day where the one typed extends nothing."""
        if isinstance(error, NoSuchExtension):
            self.say_effect(self._say("need_until"))
        else:
            super().no_effect(error)

    def after(self, answer: object) -> None:
        """Offer the notice of what was done."""
        del answer
        if TermAct(self.what.value()) in _HAVE_A_NOTICE:
            self._lay_notice()

    def _again(self) -> None:
        """Offer the notice that was given once more; what is typed is kept."""
        self.keep_now()
        self._lay_notice()

    def _lay_notice(self) -> None:
        """Offer the notice of the last act on paper."""
        self._ways.lay(NoticeSheet(self._session, self._ways, self._entry.row.entry, self._entry.row.told))
