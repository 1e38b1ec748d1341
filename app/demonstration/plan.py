"""Some days of plausible work for one village, as a script of acts."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple, TypeVar

from app.demonstration import people
from app.demonstration.acts import Annul, Close, Exchange, Receipt, Register, Step, Void
from app.domain.facts import Correspondent
from app.domain.nomenclature import DocumentKind, Service
from app.domain.office_date import SOFIA
from app.domain.tariffs import row_in_force
from app.domain.terms import (
    Channel,
    CorrespondentKind,
    CorrespondentRole,
    IdentifierKind,
    ResultWay,
    Speed,
)
from app.domain.working_days import Calendar
from app.services.nomenclatures import Nomenclatures

Drawn = TypeVar("Drawn")


class VillageBook(NamedTuple):
    """A village of the demonstration: its register, till, and settlement."""

    register: int
    till: int
    settlement: str


PAID, TAKEN_BACK, VOIDED, SIGNED = 0.9, 0.04, 0.05, 0.98
PERFORMED, ANONYMOUS, FIRM, WITH_ADDRESS, WITHOUT_EGN, MISTYPED = 0.85, 0.2, 0.08, 0.95, 0.2, 0.02
"""How often: fee paid at once, entry taken back, receipt voided …"""

_KINDS = (
    ("zayavlenie_usluga", 62),
    ("zayavlenie_akt", 8),
    ("signal", 6),
    ("predlozhenie", 2),
    ("zdoi", 2),
    ("pismo_organ", 8),
    ("vazrazhenie", 3),
    ("deklaratsiya", 5),
    ("usten_protokol", 3),
    ("zhalba", 1),
)
_CHANNELS = ((Channel.BY_HAND, 80), (Channel.POST, 12), (Channel.E_MAIL, 5), (Channel.TELEPHONE, 3))
_SPEEDS = ((Speed.ORDINARY, 80), (Speed.FAST, 14), (Speed.EXPRESS, 6))


def working_days(last: date, count: int, calendar: Calendar) -> list[date]:
    """Return the ``count`` working days that end with ``last`` or the one before it."""
    days: list[date] = []
    while len(days) < count:
        if calendar.is_working(last):
            days.append(last)
        last -= timedelta(days=1)
    return days[::-1]


class Planner:
    """Draws a village's work from a seeded generator."""

    def __init__(self, rng: Random, lists: Nomenclatures, village: VillageBook) -> None:
        self._rng = rng
        self._lists = lists
        self._village = village
        self._offered = [
            one for one in lists.services.values() if one.village_role == "performs" and one.payment != "check"
        ]
        self._forwarded = [one for one in lists.services.values() if one.village_role == "forwards"]
        self._count = 0

    def script(self, entries: int, days: list[date]) -> list[Step]:
        """Return the acts of all days: ``entries`` entries in all, spread over the days."""
        steps: list[Step] = []
        for place, day in enumerate(days):
            share = entries * (place + 1) // len(days) - entries * place // len(days)
            steps += self._day(day, share, first=place == 0)
        return steps

    def _day(self, day: date, entries: int, *, first: bool) -> list[Step]:
        hours = 7 * 3600
        steps: list[Step] = []
        for place in range(entries):
            second = hours * place // max(1, entries)
            at = datetime.combine(day, time(8, 5), SOFIA) + timedelta(seconds=second)
            if second >= hours // 2:
                at += timedelta(hours=1)
            steps += self._visit(at)
        evening = datetime.combine(day, time(16, 40), SOFIA)
        off = self._rng.choice((-10, 20)) if first else 0
        reason = self._reason("difference") if off else ""
        steps.append(Close(at=evening, till=self._village.till, off=off, reason=reason))
        steps.append(Exchange(at=evening + timedelta(minutes=5)))
        return steps

    def _visit(self, at: datetime) -> list[Step]:
        """One person at the desk: an entry, its receipt, now and then a mistake put right."""
        self._count += 1
        label = f"entry-{self._count}"
        kind = self._lists.kinds[self._draw(_KINDS)]
        entry = self._entry(at, label, kind)
        steps: list[Step] = [entry]
        fee = self._fee(entry)
        if fee and self._rng.random() < PAID:
            steps += self._payment(entry, at)
        elif not fee and self._rng.random() < TAKEN_BACK:
            steps.append(Annul(at=at + timedelta(seconds=40), entry=label, reason=self._reason("annul")))
        return steps

    def _payment(self, entry: Register, at: datetime) -> list[Step]:
        label = f"receipt-{self._count}"
        payer = entry.correspondents[0]
        text = self._lists.services[entry.service or 0].name
        pay = Receipt(
            at=at + timedelta(seconds=20),
            label=label,
            entry=entry.label,
            till=self._village.till,
            payer=payer,
            text=text,
        )
        if self._rng.random() < VOIDED:
            again = Receipt(
                at=at + timedelta(seconds=32),
                label=f"{label}-again",
                entry=entry.label,
                till=self._village.till,
                payer=payer,
                text=text,
            )
            void = Void(
                at=at + timedelta(seconds=27),
                label=f"{label}-void",
                receipt=label,
                reason=self._reason("void"),
            )
            return [pay, void, again]
        return [pay]

    def _entry(self, at: datetime, label: str, kind: DocumentKind) -> Register:
        service = self._service(kind)
        speed = None
        if service is not None:
            speed = Speed.ORDINARY if service.payment == "free" else self._draw(_SPEEDS)
        channel = Channel.ORAL if kind.code == "usten_protokol" else self._draw(_CHANNELS)
        return Register(
            at=at,
            label=label,
            register=self._village.register,
            kind=kind.code,
            channel=channel,
            correspondents=[self._correspondent(kind)],
            subject=people.subject_for(self._rng, service, kind),
            service=service.number if service is not None else None,
            speed=speed,
            sheets=self._rng.randint(1, 6),
            signed=self._rng.random() < SIGNED,
            result_way=ResultWay.AT_DESK if service is not None else None,
        )

    def _service(self, kind: DocumentKind) -> Service | None:
        if kind.code != "zayavlenie_usluga":
            return None
        return self._rng.choice(self._offered if self._rng.random() < PERFORMED else self._forwarded)

    def _correspondent(self, kind: DocumentKind) -> Correspondent:
        if kind.code == "signal" and self._rng.random() < ANONYMOUS:
            return Correspondent(CorrespondentKind.ANONYMOUS, "")
        if kind.code == "pismo_organ":
            office = self._rng.choice(people.offices())
            return Correspondent(CorrespondentKind.ADMINISTRATION, office, CorrespondentRole.SENDER, address=office)
        if self._rng.random() < FIRM:
            firm = people.legal_entity(self._rng)
            return Correspondent(
                CorrespondentKind.LEGAL_ENTITY,
                firm.name,
                identifier_kind=IdentifierKind.EIK,
                identifier=firm.eik,
                settlement=self._village.settlement,
            )
        return self._person()

    def _person(self) -> Correspondent:
        one = people.person(self._rng)
        settlement = self._village.settlement if self._rng.random() < WITH_ADDRESS else ""
        if self._rng.random() < WITHOUT_EGN:
            return Correspondent(CorrespondentKind.PERSON, one.name, settlement=settlement)
        egn = one.egn
        if self._rng.random() < MISTYPED:
            egn = egn[:-1] + str((int(egn[-1]) + 1) % 10)
        return Correspondent(
            CorrespondentKind.PERSON,
            one.name,
            identifier_kind=IdentifierKind.EGN,
            identifier=egn,
            settlement=settlement,
        )

    def _fee(self, entry: Register) -> int:
        if entry.service is None or entry.speed is None:
            return 0
        row = row_in_force(self._lists.tariff, entry.service, entry.speed, entry.at.date())
        return row.price_cents if row is not None else 0

    def _reason(self, act: str) -> str:
        return self._rng.choice(people.reasons(act))

    def _draw(self, weighted: tuple[tuple[Drawn, int], ...]) -> Drawn:
        return self._rng.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]
