"""Working days and office hours (работни дни, работно време)."""

from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

SATURDAY = 5
MORNING = (time(8), time(12))
AFTERNOON = (time(13), time(17))


class OfficeHours(NamedTuple):
    """Работно време: before and after noon. An office without a break at noon has both halves meet.

    ``stay`` is how long after an announced end those who are already inside are still served (вътрешни правила
    (Ветово) чл. 4, ал. 7).
    """

    morning: tuple[time, time] = MORNING
    afternoon: tuple[time, time] = AFTERNOON
    stay: timedelta = timedelta(hours=2)

    def are_on(self, at: time) -> bool:
        """Return whether the office is open at that time of a working day."""
        return any(start <= at < end for start, end in (self.morning, self.afternoon))

    def ended_lately(self, at: datetime) -> bool:
        """Return whether an announced end has passed by no more than those inside may stay."""
        now = at.replace(tzinfo=None)
        ends = (datetime.combine(now.date(), end) for _, end in (self.morning, self.afternoon))
        return any(timedelta(0) <= now - end <= self.stay for end in ends)


class Calendar(NamedTuple):
    """Days off besides Saturday and Sunday (неприсъствени дни, КТ чл. 154), and the hours of the office."""

    days_off: AbstractSet[date]
    hours: OfficeHours = OfficeHours()

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
        """Return whether a local moment lies in the hours of the office; a mayoralty's, 08:00–12:00 and 13:00–17:00."""
        return self.is_working(at.date()) and self.hours.are_on(at.time())

    def still_serves(self, at: datetime) -> bool:
        """Return whether who came before closing may still be inside at a local moment (Ветово чл. 4, ал. 7)."""
        return self.is_working(at.date()) and self.hours.ended_lately(at)
