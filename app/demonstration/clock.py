"""A clock that a demonstration's script sets."""

from datetime import UTC, datetime


class ScriptedClock:
    """Tells the time that was set, until it is set again."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def set(self, moment: datetime) -> None:
        """Let it be this moment, in UTC."""
        self._now = moment.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment set."""
        return self._now
