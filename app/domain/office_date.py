"""The office date (служебна дата): which day and year a fact belongs to, and when the clock is not believed."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.errors import ClockDoubtful

SOFIA = ZoneInfo("Europe/Sofia")
FURTHEST_AHEAD = timedelta(days=7)
FURTHEST_CONFIRMED = timedelta(days=366)
"""A date typed to confirm lies no further after the last act: a mistyped year would stand in the book for good."""


class LastSeen(NamedTuple):
    """What the journal knows of time: the last clock that was believed (UTC seconds), and the last office date."""

    recorded_at: int
    office_date: date


class OfficeDate(NamedTuple):
    """The date to use, and whether the clock was in doubt."""

    on: date
    doubt: bool


def local(moment: datetime) -> datetime:
    """Return the moment on the wall clock of Sofia."""
    return moment.astimezone(SOFIA)


def is_doubtful(now: datetime, last: LastSeen | None, build: date) -> bool:
    """Return whether the clock cannot be believed.

    It lies before the last fact or before the build, or more than seven days ahead of both.
    """
    today = local(now).date()
    if today < build:
        return True
    if last is None:
        return today > build + FURTHEST_AHEAD
    before_last = int(now.timestamp()) < last.recorded_at or today < last.office_date
    return before_last or today > max(last.office_date, build) + FURTHEST_AHEAD


def decide(now: datetime, last: LastSeen | None, build: date, confirmed: date | None) -> OfficeDate:
    """Return the office date of an act.

    A doubtful clock needs the date ``confirmed`` by the clerk. The office date never goes back.

    Raises:
        ClockDoubtful: the clock is in doubt and nobody confirmed a date, or the date confirmed lies before the last
            act's or more than a year after it.

    """
    today = local(now).date()
    if not is_doubtful(now, last, build):
        return OfficeDate(today, doubt=False)
    earliest = last.office_date if last else build
    if confirmed is None or not earliest <= confirmed <= earliest + FURTHEST_CONFIRMED:
        raise _doubted(now, last, earliest)
    return OfficeDate(confirmed, doubt=True)


def _doubted(now: datetime, last: LastSeen | None, earliest: date) -> ClockDoubtful:
    """Return the doubt in dates; in hours where both are of one day and the dates would tell no difference."""
    today = local(now).date()
    before = local(moment(last.recorded_at)) if last else None
    if before is not None and before.date() == earliest == today:
        return ClockDoubtful(clock=local(now), last=before)
    return ClockDoubtful(clock=today, last=earliest)


def moment(recorded_at: int) -> datetime:
    """Return a fact's time as an aware datetime in UTC."""
    return datetime.fromtimestamp(recorded_at, UTC)
