"""How the desk says things (изказ): states of villages and entries with their signs, and why, in a sentence."""

from datetime import date

from app.domain.office_date import local, moment
from app.domain.terms import FindingCode, MomentCode, Standing, TownState, VillageState
from app.ui.central_desk import values
from app.ui.look.signs import Sign
from app.ui.widgets.ledger import Cell
from app.ui.widgets.panel import Step
from resources import loading
from resources.speech import Speech
from sync.central import answers

URGENT = frozenset(
    {
        VillageState.FORK,
        VillageState.GAP,
        VillageState.SET_ASIDE,
        VillageState.TOTALS,
        VillageState.REVOKED,
        VillageState.CASH_DIFFERENCE,
        VillageState.NUMBER_PROBLEM,
    }
)
"""States that need a person now; the others wait, or are clean."""

CLEAN = frozenset({VillageState.CLEAN, VillageState.CLEAN_WAITING})

_SIGNS = {
    VillageState.FORK: Sign.FORK,
    VillageState.WAITS: Sign.FINDING,
    VillageState.DISPUTED: Sign.QUESTION,
    VillageState.SILENT: Sign.WAITS,
}


def group_of(state: VillageState) -> str:
    """Return which group a village stands in: urgent, waits or clean."""
    return "urgent" if state in URGENT else "clean" if state in CLEAN else "waits"


def sign_of(state: VillageState) -> Sign:
    """Return the sign of a village's state."""
    if state in CLEAN:
        return Sign.CLEAN
    return _SIGNS.get(state, Sign.WRONG)


def colour_of(state: VillageState) -> str:
    """Return the colour of a village's words."""
    return {"urgent": "red", "waits": "amber", "clean": "text2"}[group_of(state)]


def tone_of(state: VillageState) -> str:
    """Return the colour of a banner about a state."""
    return {"urgent": "red", "waits": "amber", "clean": "green"}[group_of(state)]


def capital(text: str) -> str:
    """Return a label with a capital letter, as the first word of a line."""
    return text[:1].upper() + text[1:]


def explained(speech: Speech, code: str | None) -> str:
    """Return the sentence of an error by its code; the code itself where this program does not know it."""
    key = f"messages.error.{code}"
    return speech.say(key) if code is not None and speech.has(key) else code or ""


def _side(one: answers.VillageReason) -> str:
    """Return which way a cash difference goes: documents differ, money is missing, too much, or both on other days."""
    if one.state is not VillageState.CASH_DIFFERENCE:
        return ""
    if one.code == FindingCode.DAY_DIFFERS:
        return "_documents"
    return "_even" if not one.cents else "_missing" if one.cents < 0 else "_over"


class Words:
    """Says the desk's things in one language, seen at one moment (``now`` in UTC seconds)."""

    def __init__(self, speech: Speech, now: int) -> None:
        self.speech = speech
        self.now = moment(now)
        self.today: date = local(self.now).date()

    def when(self, at: int | None) -> str:
        """Return ``вчера 16:40`` for a time, a dash for none."""
        return self.speech.moment(moment(at), self.now) if at is not None else "–"

    def ago(self, day: date | None) -> str:
        """Return ``3 дни`` since a day; nothing for none or for today."""
        if day is None or day >= self.today:
            return ""
        return self.speech.count("formats.length.days", (self.today - day).days)

    def state(self, state: VillageState) -> str:
        """Return the name of a village's state."""
        return capital(self.speech.label(state))

    def reason(self, one: answers.VillageReason) -> str:
        """Return why a village stands in a state, in a sentence."""
        speech = self.speech
        facts: dict[str, object] = {
            "batch": one.batch,
            "money": speech.money(abs(one.cents)) if one.cents is not None else "",
            "day": speech.date(one.day) if one.day else "",
            "since": self.when(one.since),
        }
        key = f"desk.reason.{one.state.value}{_side(one)}"
        if speech.has(f"{key}_one"):
            return speech.count(key, one.count, **facts)
        return speech.say(key, count=one.count, **facts)

    def advice(self, state: VillageState) -> tuple[str, str]:
        """Return what is safe and what to do about a state."""
        return self.speech.say(f"desk.safe.{state.value}"), self.speech.say(f"desk.do.{state.value}")

    def town(self, row: answers.EntryRow) -> Cell:
        """Return the cell of an entry's state."""
        say = self.speech.say
        if row.standing is Standing.ANNULLED and row.town is not TownState.DISPUTED:
            return Cell(say("desk.state.annulled"), sign=Sign.ANNULLED, colour="text2")
        sign, colour = _TOWN[row.town]
        return Cell(say(f"desk.state.{row.town.value}"), sign=sign, colour=colour)

    def about(self, row: answers.EntryRow) -> str:
        """Return what an entry is about: its service, else its subject, else its kind."""
        if row.service is not None and row.service in loading.short_names():
            return loading.short_names()[row.service]
        return row.subject or values.kind(self.speech, row.kind)

    def step(self, one: answers.Moment) -> Step:
        """Return a moment of a history as a step."""
        speech = self.speech
        text = capital(speech.label(one.code))
        if one.cents is not None:
            text = f"{text} {speech.money(one.cents)}"
        said = [one.actor, self._number(one), capital(speech.label(one.reason)) if one.reason else "", one.text]
        if one.until is not None:
            said.append(speech.say("desk.entry.until", date=speech.date(one.until)))
        codes = (one.ending, one.delivery, one.way, one.road)
        said += [speech.label(code) for code in codes if code is not None]
        said += [speech.date(one.on)] if one.on is not None else []
        said += [self._change(change) for change in one.changes]
        sign = _MOMENTS.get(one.code.value, Sign.DONE)
        return Step(sign, text, self.when(one.at), "\n".join(filter(None, said)))

    def _number(self, one: answers.Moment) -> str:
        if one.code is MomentCode.REGISTERED:
            return ""  # it stands over everything already
        if one.code in {MomentCode.SEALED, MomentCode.HELD, MomentCode.RECEIVED}:
            return self.speech.say("desk.batches.of", number=one.number)
        return one.number

    def _change(self, change: answers.Change) -> str:
        way = values.changed_ways(self.speech).get(change.field, str)
        old, new = (way(text) if text else "–" for text in (change.old, change.new))
        return self.speech.say(
            "desk.entry.change", field=self.speech.say(f"desk.field.{change.field}"), old=old, new=new
        )


def words_of(speech: Speech, office: answers.Office | None) -> Words:
    """Return the words of the moment at which the centre last answered."""
    return Words(speech, office.now if office is not None else 0)


_TOWN = {
    TownState.NEW: (Sign.WAITS, "text2"),
    TownState.ACCEPTED: (Sign.SETTLED, "text2"),
    TownState.DISPUTED: (Sign.QUESTION, "amber"),
    TownState.ANSWERED: (Sign.FINDING, "amber"),
}
_MOMENTS = {"disputed": Sign.QUESTION, "annulled": Sign.ANNULLED, "voided": Sign.ANNULLED, "accepted": Sign.SETTLED}
