"""What the program says to people, in one language: sentences, labels of code lists, dates, hours and amounts.

A text is named by its file, table and key: ``village.list.title``. A text that counts has two keys, ``…_one`` and
``…_many``. Facts fill its places; a place without a fact stays empty.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Literal

from app.domain.errors import TefterError
from app.domain.office_date import local
from resources import loading

Language = Literal["bg", "en"]

Day = date
"""The type, under a name that no method of ``Speech`` bears."""

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_MASKED = "••••••"
_SHOWN_DIGITS = 4


class _Facts(dict[str, object]):
    """Places of a sentence; one that nobody filled is left out."""

    def __missing__(self, key: str) -> str:
        """Return nothing for a place without a fact."""
        return ""


class Speech:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._texts: dict[str, dict[str, str]] = {}

    def say(self, key: str, **facts: object) -> str:
        """Return a text by ``file.table.key`` with its places filled."""
        file, _, name = key.partition(".")
        text = self._file(file)[name]
        return text.format_map(_Facts(facts)) if facts or "{" in text else text

    def count(self, key: str, count: int, **facts: object) -> str:
        """Return the text that counts: ``key_one`` for exactly one, ``key_many`` for all else."""
        return self.say(f"{key}_{'one' if count == 1 else 'many'}", count=count, **facts)

    def has(self, key: str) -> bool:
        """Return whether there is such a text."""
        file, _, name = key.partition(".")
        return name in self._file(file)

    def label(self, member: StrEnum) -> str:
        """Return the label of a member of a closed list of ``app/domain/terms.py``."""
        return self.say(f"terms.{list_name(type(member))}.{member.value}")

    def explain(self, error: TefterError) -> str:
        """Return what happened, what is safe and what to do."""
        facts = {name: self._fact(value) for name, value in error.facts.items()}
        return self.say(f"messages.error.{error.code}", **facts)

    def _fact(self, value: object) -> object:
        if isinstance(value, datetime):
            return f"{self.date(local(value).date())} {self.clock(value)}"
        return self.date(value) if isinstance(value, Day) else value

    def _file(self, name: str) -> Mapping[str, str]:
        if name not in self._texts:
            tables = loading.texts(self.language, name)
            self._texts[name] = {f"{table}.{key}": text for table, rows in tables.items() for key, text in rows.items()}
        return self._texts[name]

    # --- dates and hours ---

    def date(self, day: Day) -> str:
        """Return ``22.11.2026``."""
        return f"{day:%d.%m.%Y}"

    def short_date(self, day: Day) -> str:
        """Return ``22.11``."""
        return f"{day:%d.%m}"

    def long_date(self, day: Day) -> str:
        """Return ``неделя, 22 ноември 2026``."""
        return self.say(
            "formats.day.long", weekday=self.weekday(day), day=day.day, month=self.month(day.month), year=day.year
        )

    def day_of_year(self, day: Day) -> str:
        """Return ``22 ноември``."""
        return self.say("formats.day.of_year", day=day.day, month=self.month(day.month))

    def month(self, month: int) -> str:
        """Return the name of a month, 1 to 12."""
        return self.say(f"formats.month.m{month}")

    def weekday(self, day: Day) -> str:
        """Return the name of the day of the week."""
        return self.say(f"formats.weekday.d{day.isoweekday()}")

    def day(self, day: Day, today: Day) -> str:
        """Return ``днес``, ``вчера``, ``утре``, ``19.11`` within the year, else the whole date."""
        names = {0: "today", -1: "yesterday", 1: "tomorrow"}
        off = (day - today).days
        if off in names:
            return self.say(f"formats.day.{names[off]}")
        return self.short_date(day) if day.year == today.year else self.date(day)

    def hour(self, moment: datetime) -> str:
        """Return ``16:40`` on the wall clock of Sofia."""
        return f"{local(moment):%H:%M}"

    def moment(self, moment: datetime, now: datetime) -> str:
        """Return ``вчера 16:40``."""
        day = self.day(local(moment).date(), local(now).date())
        return self.say("formats.day.at", day=day, time=self.hour(moment))

    def clock(self, moment: datetime) -> str:
        """Return ``16:40 ч.``."""
        return self.say("formats.day.clock", time=self.hour(moment))

    def length(self, length: timedelta) -> str:
        """Return a length of time in its largest whole unit: ``18 часа``, ``3 дни``; at least a minute."""
        seconds = max(int(length.total_seconds()), _MINUTE)
        for unit, size in (("days", _DAY), ("hours", _HOUR)):
            if seconds >= size:
                return self.count(f"formats.length.{unit}", seconds // size)
        return self.count("formats.length.minutes", seconds // _MINUTE)

    def term(self, length: int, unit: str) -> str:
        """Return the length of a term as the tariff states it: days, months, hours or at_once."""
        return self.say("formats.length.at_once") if unit == "at_once" else self.count(f"formats.length.{unit}", length)

    # --- amounts ---

    def amount(self, cents: int) -> str:
        """Return ``1 234,50`` for an amount in minor units."""
        whole, part = divmod(abs(cents), 100)
        digits = f"{whole:,}".replace(",", self.say("formats.amount.thousands"))
        sign = "−" if cents < 0 else ""
        return f"{sign}{digits}{self.say('formats.amount.decimal')}{part:02d}"

    def money(self, cents: int, currency: str = "EUR") -> str:
        """Return ``12,50 EUR``."""
        return self.say("formats.amount.text", amount=self.amount(cents), currency=currency)


def masked(identifier: str) -> str:
    """Return an identifier with all but its last four signs hidden."""
    return _MASKED + identifier[-_SHOWN_DIGITS:] if len(identifier) > _SHOWN_DIGITS else _MASKED


@cache
def list_name(kind: type[StrEnum]) -> str:
    """Return the name of a closed list's table of labels: ``TownState`` → ``town_state``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


@cache
def speech(language: Language) -> Speech:
    """Return the words of a language."""
    return Speech(language)


def chosen_language(asked: str) -> Language:
    """Return English where it is asked for; Bulgarian is what everybody gets."""
    return "en" if asked == "en" else "bg"
