"""How the road is said (връзка на думи): what waits, since when, what the last try brought. Never the network alone.

What is counted is what the town has not acknowledged; a sign is green only where nothing waits.
"""

from datetime import UTC, datetime, timedelta

from app.domain.errors import TefterError
from app.domain.office_date import local, moment
from app.services.road import RoadMemory
from app.services.status import Notice, Status
from app.ui.look.signs import Sign
from app.ui.village.courier import RoadState
from resources.speech import Speech

Waits = Status | Notice
TOLD_WITH_ITS_AGE = timedelta(days=2)
LONG = timedelta(days=3)
"""After so long without the town the stick is proposed."""


def status_sentence(
    speech: Speech, status: Waits, state: RoadState, now: datetime, real_now: datetime | None = None
) -> tuple[Sign, str]:
    """Return the sign and the sentence of the status line.

    ``now`` is the store's moment; the road's own waiting is told by the computer's clock (``real_now``).
    """
    waiting = count_waiting(status)
    tail = next_try(speech, state, real_now or datetime.now(UTC))
    if waiting == 0:
        sign = Sign.FINDING if state.refused else Sign.SETTLED
        aside = speech.say("village.status.set_aside") if state.refused else ""
        return sign, _joined(speech.say("village.status.settled"), aside)
    since = since_words(speech, status.waiting_since, now)
    sentence = speech.count("village.status.waits", waiting, what=counted(speech, status), since=since)
    return Sign.WAITS, _joined(sentence, tail)


def count_waiting(status: Waits) -> int:
    """Return how many acts the town has not acknowledged."""
    return status.waiting_entries + status.waiting_receipts + status.waiting_others


def counted(speech: Speech, status: Waits) -> str:
    """Return what waits, counted: ``7 вписвания и 4 квитанции``."""
    kinds = (
        ("entries", status.waiting_entries),
        ("receipts", status.waiting_receipts),
        ("others", status.waiting_others),
    )
    *first, last = [speech.count(f"village.status.{name}", count) for name, count in kinds if count] or [""]
    return speech.say("village.status.both", first=", ".join(first), last=last) if first else last


def since_words(speech: Speech, since: int | None, now: datetime) -> str:
    """Return since when something waits; from two days on with its age: ``12.11 16:40, преди 10 дни``."""
    if since is None:
        return ""
    told = speech.moment(moment(since), now)
    age = now - moment(since)
    if age < TOLD_WITH_ITS_AGE:
        return told
    return speech.say("village.status.ago", moment=told, length=speech.length(age))


def next_try(speech: Speech, state: RoadState, real_now: datetime) -> str:
    """Return when the program tries again by itself, or that it is under way; nothing where it does not."""
    if state.running:
        return speech.say("village.status.running")
    if state.next_at is None:
        return ""
    length = max(state.next_at - real_now, timedelta(0))
    if length <= timedelta(minutes=1):
        return speech.say("village.status.next_soon")
    return speech.say("village.status.next", length=speech.length(length + timedelta(seconds=30)))


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


# --- the page ---------------------------------------------------------------------------------------------------


def headline(speech: Speech, status: Waits) -> tuple[Sign, str]:
    """Return the headline of the page: what waits, in large letters."""
    waiting = count_waiting(status)
    if waiting == 0:
        return Sign.SETTLED, speech.say("village.road.settled")
    return Sign.WAITS, speech.count("village.road.waits", waiting, what=counted(speech, status))


def under_headline(speech: Speech, status: Waits, memory: RoadMemory, now: datetime) -> str:
    """Return the line under it: the oldest and for how long it waits, or when the town was last heard."""
    if count_waiting(status) and status.waiting_since is not None:
        oldest = moment(status.waiting_since)
        told = full_moment(speech, oldest, now)
        key = "village.road.oldest" if count_waiting(status) > 1 else "village.road.only"
        return speech.say(key, moment=told, length=speech.length(now - oldest))
    return heard(speech, memory.town_heard, now, "village.road.town_heard", "village.road.town_silent")


def full_moment(speech: Speech, when: datetime, now: datetime) -> str:
    """Return ``вчера, 19 ноември, 16:40``."""
    day = local(when).date()
    off = (day - local(now).date()).days
    named = speech.day_of_year(day)
    if off in {0, -1}:
        named = f"{speech.day(day, local(now).date())}, {named}"
    return f"{named}, {speech.hour(when)}"


def heard(speech: Speech, at: int | None, now: datetime, known: str, never: str) -> str:
    """Return a far fact with the time it was last seen, or that it was never seen."""
    if at is None:
        return speech.say(never)
    return speech.say(known, moment=speech.moment(moment(at), now))


def parts(sentence: str) -> tuple[str, str, str]:
    """Return an error's sentences apart: what happened, what is safe, what to do (``resources/messages``)."""
    first, _, rest = sentence.partition(". ")
    second, _, third = rest.partition(". ")
    return _ended(first), _ended(second), _ended(third)


def _ended(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."


def why(speech: Speech, status: Waits, memory: RoadMemory, state: RoadState, real_now: datetime) -> str:
    """Return why something waits, and when the program tries again."""
    tail = next_try(speech, state, real_now)
    if state.error is not None:
        code = speech.say("frame.error.code", code=state.error.code)
        return _joined(parts(speech.explain(state.error))[0], tail, f"{code}.")
    if count_waiting(status) == 0:
        return speech.say("village.road.why_nothing")
    if any(memory.at_relay):
        return _joined(speech.say("village.road.why_relay"), tail)
    return _joined(speech.say("village.road.why_here"), tail)


def kept(speech: Speech, error: TefterError | None) -> str:
    """Return what is safe."""
    safe = parts(speech.explain(error))[1] if error is not None else ""
    return _joined(speech.say("village.road.kept"), safe)


def advice(speech: Speech, status: Waits, state: RoadState, now: datetime) -> str:
    """Return what to do."""
    if state.error is None and count_waiting(status) == 0:
        return speech.say("village.road.do_nothing")
    told = parts(speech.explain(state.error))[2] if state.error is not None else ""
    since = status.waiting_since
    long = since is not None and now - moment(since) >= LONG
    return _joined(speech.say("village.road.do_work"), told, speech.say("village.road.do_stick") if long else "")
