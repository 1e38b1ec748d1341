"""The clocks of a demonstration: one that its script sets, and one that goes on from where the script ended."""

from datetime import UTC, datetime, timedelta

from app.domain.ports import Clock


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


class ContinuedClock:
    """Goes on from a moment in play, in real time; a clock that is past that moment already is left as it is."""

    def __init__(self, real: Clock, start: datetime) -> None:
        self._real = real
        self._ahead = max(timedelta(0), start.astimezone(UTC) - real.now())

    def now(self) -> datetime:
        """Return the moment in play, in UTC."""
        return self._real.now() + self._ahead
