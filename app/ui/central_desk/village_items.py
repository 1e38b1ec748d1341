"""Villages as rows (кметства): in three groups, worst first; many clean ones fold into one head that opens."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from app.domain.office_date import local, moment
from app.domain.terms import VillageState
from app.ui.central_desk.wording import Words, colour_of, group_of, sign_of
from app.ui.look.signs import Sign
from app.ui.widgets.ledger import Cell, Column, Head, Item, Row
from resources.speech import Speech
from sync.central import answers

GROUPS = ("urgent", "waits", "clean")
SIGNS = {"urgent": Sign.WRONG, "waits": Sign.WAITS, "clean": Sign.SETTLED, "silent": Sign.WAITS, "cash": Sign.WRONG}
FOLDED_FROM = 12
"""So many clean villages fold into one head, until they are asked for."""


class Fold(NamedTuple):
    """The key of a head that opens."""

    group: str


def _in_state(state: VillageState) -> Callable[[answers.Village], bool]:
    return lambda one: any(reason.state is state for reason in one.reasons)


def _in_group(group: str) -> Callable[[answers.Village], bool]:
    return lambda one: group_of(one.state) == group


FILTERS: Mapping[str, Callable[[answers.Village], bool]] = {
    "all": lambda _one: True,
    **{group: _in_group(group) for group in GROUPS},
    "silent": _in_state(VillageState.SILENT),
    "cash": _in_state(VillageState.CASH_DIFFERENCE),
}
"""What the chips choose; the last two only help where there are such villages."""
ALWAYS = ("all", *GROUPS)


def columns(speech: Speech) -> list[Column]:
    """Return the columns of the villages."""
    say = speech.say
    return [
        Column(say("desk.villages.name"), 176),
        Column(say("desk.villages.what"), 164, below=True, wide=True),
        Column(say("desk.villages.why"), 0, below=True),
        Column(say("desk.villages.days"), 196, spare=True, wide=True),
        Column(say("desk.villages.contact"), 116, spare=True),
        Column(say("desk.villages.waiting"), 66, right=True),
        Column(say("desk.villages.person"), 82, right=True),
        Column(say("desk.villages.money"), 96, right=True),
        Column(say("desk.villages.since_when"), 84, spare=True, wide=True),
    ]


def items(words: Words, villages: Sequence[answers.Village], opened: frozenset[str], *, folds: bool) -> list[Item]:
    """Return heads and rows; ``opened`` names the groups that were opened, ``folds`` lets many clean ones fold."""
    shown: list[Item] = []
    for group in GROUPS:
        members = [one for one in villages if group_of(one.state) == group]
        if not members:
            continue
        foldable = folds and group == "clean" and len(members) >= FOLDED_FROM
        open_now = not foldable or group in opened
        title = words.speech.say(f"desk.villages.{group}")
        key = Fold(group) if foldable else None
        shown.append(Head(title, _note(words.speech, group, members), SIGNS[group], key, opened=open_now))
        shown += [row(words, one) for one in members] if open_now else []
    return shown


def _note(speech: Speech, group: str, members: Sequence[answers.Village]) -> str:
    count = speech.count("desk.villages.count", len(members))
    if group != "clean":
        return count
    waiting = sum(one.waiting.clean for one in members)
    return f"{count} · {speech.count('desk.villages.clean_entries', waiting)}" if waiting else count


def row(words: Words, one: answers.Village) -> Row:
    """Return a village as a row."""
    speech = words.speech
    group = group_of(one.state)
    quiet, urgent = group == "clean", group == "urgent"
    waiting = one.waiting.clean + one.waiting.person + one.waiting.answered
    person = one.waiting.person + one.waiting.answered
    what, why = words.state(one.state), words.reason(one.reasons[0]) if one.reasons else ""
    contact = words.when(one.last_contact) if one.last_contact is not None else speech.say("desk.villages.never")
    cells = (
        Cell(one.name, sign=sign_of(one.state), bold=not quiet),
        Cell(what, colour=colour_of(one.state), bold=urgent),
        Cell(why, colour="text2" if quiet else "text"),
        Cell("", spark=one.days, silent=silent_days(words, one)),
        Cell(contact, colour="red" if _silent(one) else "text2", bold=_silent(one)),
        _number(waiting),
        _number(person, bold=True),
        Cell(speech.amount(one.till_cents)),
        Cell(words.ago(one.till_since) or "–", colour="text2"),
    )
    return Row(one.station, cells, f"{one.name}, {what}, {why}")


def _number(count: int, *, bold: bool = False) -> Cell:
    return Cell(str(count), bold=bold) if count else Cell("–", colour="text3")


def _silent(one: answers.Village) -> bool:
    return any(reason.state is VillageState.SILENT for reason in one.reasons)


def silent_days(words: Words, one: answers.Village) -> int:
    """Return how many of the last days nothing was heard of a silent village."""
    if not _silent(one):
        return 0
    heard = local(moment(one.last_contact if one.last_contact is not None else one.admitted_at)).date()
    return min(answers.DAYS, (words.today - heard) // timedelta(days=1))
