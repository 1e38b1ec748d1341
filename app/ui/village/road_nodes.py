"""What the picture of the road says of its places and of the line (места по пътя): far facts with their time."""

from datetime import datetime, timedelta

from app.domain.errors import RelayUnreachable
from app.domain.office_date import moment
from app.services.road import Load, RoadMemory
from app.services.status import Notice
from app.ui.village import road_words
from app.ui.village.courier import RoadState
from app.ui.village.road_picture import Line, LineState, Node
from resources.speech import Speech


def nodes(speech: Speech, notice: Notice, memory: RoadMemory, now: datetime) -> tuple[Node, Node, Node]:
    """Return this computer, the relay and the town, each with what lies there."""
    at_relay = memory.at_relay
    here = notice._replace(
        waiting_entries=max(0, notice.waiting_entries - at_relay.entries),
        waiting_receipts=max(0, notice.waiting_receipts - at_relay.receipts),
        waiting_others=max(0, notice.waiting_others - at_relay.others),
    )
    waits_here = road_words.count_waiting(here) > 0
    note = road_words.counted(speech, here) if waits_here else speech.say("village.road.here_nothing")
    return (
        Node(speech.say("village.road.here"), note, waits_here),
        Node(speech.say("village.road.relay"), _relay(speech, at_relay, memory.relay_heard, now), any(at_relay)),
        Node(speech.say("village.road.town"), _town(speech, memory, now)),
    )


def _relay(speech: Speech, load: Load, heard: int | None, now: datetime) -> str:
    if heard is None:
        return speech.say("village.road.relay_never")
    told = speech.moment(moment(heard), now)
    if not any(load):
        return speech.say("village.road.relay_empty", moment=told)
    what = road_words.counted(speech, Notice(load.entries, load.receipts, None, 0, load.others))
    return speech.say("village.road.relay_holds", what=what, moment=told)


def _town(speech: Speech, memory: RoadMemory, now: datetime) -> str:
    if memory.town_heard is None:
        return speech.say("village.road.town_never")
    told = speech.moment(moment(memory.town_heard), now)
    return speech.count("village.road.town_holds", memory.confirmed, moment=told)


def line(speech: Speech, state: RoadState, now: datetime, to_play: timedelta) -> Line:
    """Return how the line to the relay stood when it was last tried.

    ``to_play`` is how far the store's clock is ahead of the computer's: only in a demonstration more than a moment.
    """
    if state.running:
        return Line(LineState.RUNNING, speech.say("village.road.line_running"))
    if state.error is not None and state.failing_since is not None:
        key = "line_broken" if isinstance(state.error, RelayUnreachable) else "line_failing"
        told = speech.moment(state.failing_since + to_play, now)
        return Line(LineState.BROKEN, speech.say(f"village.road.{key}", moment=told))
    if state.succeeded_at is not None:
        told = speech.moment(state.succeeded_at + to_play, now)
        return Line(LineState.FINE, speech.say("village.road.line_fine", moment=told))
    return Line(LineState.UNTRIED, speech.say("village.road.line_untried"))
