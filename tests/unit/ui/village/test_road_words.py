"""The words of the road: counts and ages of what waits, never green while something does."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from app.domain.errors import ExchangeFailed, RelayFailing, RelayRefused, RelayUnreachable, TefterError
from app.services.road import Load, RoadMemory
from app.services.status import Notice
from app.ui.look.signs import Sign
from app.ui.village import road_words
from app.ui.village.courier import RoadState
from app.ui.village.drives import size_words
from app.ui.village.road_nodes import line, nodes
from app.ui.village.road_picture import LineState
from resources.speech import Language, speech

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
YESTERDAY = int(datetime(2026, 11, 19, 14, 40, tzinfo=UTC).timestamp())
BG = speech("bg")
NOTHING = Notice(0, 0, None, 0)
SILENT = RoadMemory(Load(), 0, None, None, None, ())


def said(notice: Notice, state: RoadState | None = None, now: datetime = NOW) -> str:
    """Return the sentence of the status line."""
    return road_words.status_sentence(BG, notice, state or RoadState(), now, now)[1]


def test_it_counts_entries_and_receipts_and_tells_the_oldest() -> None:
    assert (
        said(Notice(7, 4, YESTERDAY, 0)) == "7 вписвания и 4 квитанции чакат потвърждение, най-старото от вчера 16:40."
    )
    assert said(Notice(1, 0, YESTERDAY, 0)) == "1 вписване чака потвърждение, от вчера 16:40."
    assert said(Notice(0, 1, YESTERDAY, 0)) == "1 квитанция чака потвърждение, от вчера 16:40."
    three = Notice(2, 3, YESTERDAY, 0, 1)
    assert said(three).startswith("2 вписвания, 3 квитанции и 1 друг запис чакат потвърждение")


def test_after_ten_days_without_a_line_number_and_age_are_told() -> None:
    ten_days = int((NOW - timedelta(days=10)).timestamp())
    state = RoadState(error=RelayUnreachable(), failing_since=NOW, next_at=NOW + timedelta(minutes=12))
    assert said(Notice(12, 5, ten_days, 0), state) == (
        "12 вписвания и 5 квитанции чакат потвърждение, най-старото от 10.11 11:00, преди 10 дни. "
        "Следващ опит след 12 минути."
    )


def test_what_the_program_does_next_is_told() -> None:
    waits = Notice(1, 0, YESTERDAY, 0)
    assert said(waits, RoadState(next_at=NOW + timedelta(seconds=20))).endswith("Следващ опит до минута.")
    assert said(waits, RoadState(running=True)).endswith("Обменя се с общината.")


@pytest.mark.parametrize("error", [None, RelayUnreachable(), RelayFailing(status=500), RelayRefused(status=403)])
@pytest.mark.parametrize(
    "notice", [Notice(1, 0, YESTERDAY, 0), Notice(0, 1, YESTERDAY, 0), Notice(0, 0, YESTERDAY, 0, 1)]
)
def test_it_is_never_green_while_something_waits(notice: Notice, error: ExchangeFailed | None) -> None:
    state = RoadState(succeeded_at=NOW, error=error, failing_since=NOW if error else None)
    assert road_words.status_sentence(BG, notice, state, NOW, NOW)[0] is Sign.WAITS
    assert road_words.headline(BG, notice)[0] is Sign.WAITS


def test_it_is_green_where_all_is_acknowledged_and_nothing_was_set_aside() -> None:
    sign, words = road_words.status_sentence(BG, NOTHING, RoadState(), NOW, NOW)
    assert (sign, words) == (Sign.SETTLED, "Всичко е потвърдено от общината.")
    sign, words = road_words.status_sentence(BG, NOTHING, RoadState(refused=("altered",)), NOW, NOW)
    assert sign is Sign.FINDING
    assert "оставен настрана" in words


def test_the_page_tells_when_the_oldest_was_recorded_and_how_long_it_waits() -> None:
    lead = road_words.under_headline(BG, Notice(7, 4, YESTERDAY, 0), SILENT, NOW)
    assert lead == "Най-старото е от вчера, 19 ноември, 16:40. Чака от 18 часа."


def test_far_facts_carry_the_time_they_were_last_seen() -> None:
    seen = RoadMemory(Load(), 180, YESTERDAY - 600, YESTERDAY - 600, None, ())
    here, relay, town = nodes(BG, Notice(7, 4, YESTERDAY, 0), seen, NOW)
    assert (here.note, here.waits) == ("7 вписвания и 4 квитанции", True)
    assert (relay.note, relay.waits) == ("празна, видяно вчера 16:30", False)
    assert (town.note, town.waits) == ("прие 180 вписвания, видяно вчера 16:30", False)
    _, relay, town = nodes(BG, NOTHING, SILENT, NOW)
    assert (relay.note, town.note) == ("още не е виждана", "още няма вест")


def test_what_the_relay_holds_does_not_lie_here() -> None:
    held = SILENT._replace(at_relay=Load(3, 1), relay_heard=YESTERDAY)
    here, relay, _ = nodes(BG, Notice(7, 4, YESTERDAY, 0), held, NOW)
    assert here.note == "4 вписвания и 3 квитанции"
    assert relay.note == "3 вписвания и 1 квитанция, видяно вчера 16:40"
    here, _, _ = nodes(BG, Notice(3, 1, YESTERDAY, 0), held, NOW)
    assert (here.note, here.waits) == ("нищо не чака тук", False)


def test_the_line_is_told_as_it_was_last_tried() -> None:
    none = timedelta(0)
    assert line(BG, RoadState(), NOW, none).state is LineState.UNTRIED
    fine = line(BG, RoadState(succeeded_at=NOW), NOW, none)
    assert (fine.state, fine.words) == (LineState.FINE, "последен обмен днес 11:00")
    gone = RoadState(error=RelayUnreachable(), failing_since=NOW, succeeded_at=NOW)
    assert line(BG, gone, NOW, none).words == "няма връзка от днес 11:00"
    failing = RoadState(error=RelayFailing(status=500), failing_since=NOW)
    assert line(BG, failing, NOW, none).words == "обменът не успява от днес 11:00"
    assert line(BG, RoadState(running=True, error=RelayUnreachable()), NOW, none).state is LineState.RUNNING


def test_an_errors_three_sentences_answer_why_whether_kept_and_what_to_do() -> None:
    waits, state = Notice(1, 0, YESTERDAY, 0), RoadState(error=RelayUnreachable(), failing_since=NOW)
    assert road_words.why(BG, waits, SILENT, state, NOW) == "Няма връзка с пощенската станция. Код: relay_unreachable."
    assert "Всичко стои тук" in road_words.kept(BG, state.error)
    told = road_words.advice(BG, waits, state, NOW)
    assert told.startswith("Работете както винаги.")
    assert "флашка" in told


def test_the_stick_is_proposed_after_days() -> None:
    old = int((NOW - timedelta(days=3)).timestamp())
    assert "пратете с флашка" in road_words.advice(BG, Notice(1, 0, old, 0), RoadState(), NOW)
    assert "пратете с флашка" not in road_words.advice(BG, Notice(1, 0, YESTERDAY, 0), RoadState(), NOW)


def _exchange_errors(kind: type[ExchangeFailed] = ExchangeFailed) -> set[type[ExchangeFailed]]:
    return {kind}.union(*(_exchange_errors(one) for one in kind.__subclasses__()))


@pytest.mark.parametrize("language", get_args(Language))
def test_every_error_of_the_road_has_all_three_sentences(language: Language) -> None:
    for kind in _exchange_errors():
        error: TefterError = kind(status=500, written=1)
        parts = road_words.parts(speech(language).explain(error))
        assert all(parts), kind
        assert all(one.endswith(".") for one in parts), kind


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1,0 KB"),
        (12_345, "12,3 KB"),
        (6_100_000_000, "6,1 GB"),
        (123_456, "123 KB"),
    ],
)
def test_sizes_are_told_as_people_read_them(octets: int, words: str) -> None:
    assert size_words(octets, ",") == words.replace(" ", "\u00a0")


def test_days_are_those_of_sofia() -> None:
    late = datetime(2026, 11, 18, 22, 30, tzinfo=UTC)
    assert road_words.full_moment(BG, late, NOW) == "вчера, 19 ноември, 00:30"
    assert road_words.full_moment(BG, datetime.combine(date(2026, 11, 2), NOW.time(), UTC), NOW) == "2 ноември, 11:00"
