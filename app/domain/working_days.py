"""Working days and office hours (работни дни, работно време)."""

from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

SATURDAY = 5
MORNING = (time(8), time(12))
AFTERNOON = (time(13), time(17))


class Calendar(NamedTuple):
    """Days off besides Saturday and Sunday (неприсъствени дни, КТ чл. 154)."""

    days_off: AbstractSet[date]

    def is_working(self, day: date) -> bool:
        """Return whether the office works that day."""
        return day.weekday() < SATURDAY and day not in self.days_off

    def this_or_next(self, day: date) -> date:
        """Return the day itself if it is a working day, else the next one that is."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def after(self, day: date) -> date:
        """Return the first working day after ``day``."""
        return self.this_or_next(day + timedelta(days=1))

    def in_hours(self, at: datetime) -> bool:
        """Return whether a local moment lies in the hours of a mayoralty, 08:00–12:00 and 13:00–17:00."""
        now = at.time()
        return self.is_working(at.date()) and any(start <= now < end for start, end in (MORNING, AFTERNOON))
