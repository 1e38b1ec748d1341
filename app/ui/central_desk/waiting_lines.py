"""The lines that wait for a person, as they are read (чакащи редове): of one village or of all, page by page."""

from collections.abc import Callable

from app.domain.errors import TefterError
from app.ui.central_desk.link import Link
from app.ui.work import Newest
from sync.central import answers

PORTION, MOST = 100, 500
"""Lines asked for at once, and how many the centre gives at most."""


class WaitingLines:
    """Holds the lines read so far, by entry and in order of arrival; the callables hear what a reading brought."""

    def __init__(
        self,
        link: Link,
        anew: Callable[[answers.Lines], None],
        more: Callable[[answers.Lines], None],
        failed: Callable[[TefterError], None],
    ) -> None:
        self._link = link
        self._anew, self._more, self._failed = anew, more, failed
        self._asked = Newest(link.reader())
        self.station: str | None = None
        self.lines: dict[str, answers.Line] = {}
        self.after: int | None = None

    def show_station(self, station: str | None) -> bool:
        """Hold the lines of one village, or of all; return whether that is another choice."""
        if station == self.station:
            return False
        self.station, self.lines, self.after = station, {}, None
        return True

    def refresh(self) -> None:
        """Ask for as many lines as were there, so that the current one stays."""
        client, station = self._link.reading(), self.station
        count = min(MOST, max(PORTION, len(self.lines)))
        self._asked.ask(lambda: client.lines(station, clean=False, limit=count), self._put, self._failed)

    def _put(self, found: answers.Lines) -> None:
        self.lines = {one.row.entry: one for one in found.lines}
        self.after = found.after
        self._anew(found)

    def read_more(self) -> None:
        """Ask for the next page, where there is one."""
        client, station, after = self._link.reading(), self.station, self.after
        if after is not None:
            ask = lambda: client.lines(station, clean=False, after=after, limit=PORTION)  # noqa: E731 - bound now
            self._asked.ask(ask, self._add, self._failed)

    def _add(self, found: answers.Lines) -> None:
        self.lines |= {one.row.entry: one for one in found.lines}
        self.after = found.after
        self._more(found)

    def left(self) -> int:
        """Return how many lines there are; where more wait than were read, the villages know."""
        return len(self.lines) if self.after is None else self._link.waiting_for_person(self.station)

    def place(self, entry: str) -> int:
        """Return which line an entry is, 1 for the first and for one that is gone."""
        entries = list(self.lines)
        return entries.index(entry) + 1 if entry in entries else 1

    def following(self, entry: object) -> str | None:
        """Return the entry after this one, the first after the last; None where there are no lines."""
        entries = list(self.lines)
        if not entries:
            return None
        return entries[(entries.index(entry) + 1) % len(entries)] if entry in self.lines else entries[0]

    def next_village(self) -> answers.Village | None:
        """Return the worst other village with lines for a person; None where the lines of all are held already."""
        villages = self._link.villages.villages if self._link.villages is not None else ()
        others = (one for one in villages if one.station != self.station)
        waiting = (one for one in others if one.waiting.person + one.waiting.answered)
        return next(waiting, None) if self.station is not None else None
