"""What a demonstration with windows leaves for the people at them (недовършена работа).

Two express certificates of the first day that nobody paid: the town disputes one, the other lies at the desk and is
late. The last visits of the last day, one of them unpaid, are recorded after the desk has decided everything else; the
till is left open.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

import msgspec

from app.demonstration import people
from app.demonstration.acts import Close, Exchange, Receipt, Register, Step
from app.demonstration.plan import VillageBook
from app.domain.facts import Correspondent
from app.domain.office_date import SOFIA, local
from app.domain.terms import Channel, CorrespondentKind, IdentifierKind, ResultWay, Speed

OVERDUE = 2
"""So many overdue entries; they are the first of the register."""

LEFT_AT_DESK = 2
"""The number of the one that the desk does not decide."""

VISITS = 4
_CERTIFICATE = 2016
_LATER = timedelta(minutes=20)
"""What is held back is recorded after the exchanges that came meanwhile."""


class Parted(NamedTuple):
    """A script in two: what is played before the desk decides, and what after."""

    played: list[Step]
    held: list[Step]


def part(steps: Sequence[Step], book: VillageBook) -> Parted:
    """Return a village's script with overdue entries put before it and its last visits held back."""
    first, last = local(steps[0].at).date(), local(steps[-1].at).date()
    of_last_day = [step for step in steps if local(step.at).date() == last and not isinstance(step, Close | Exchange)]
    visits = [step for step in of_last_day if isinstance(step, Register)][-VISITS:]
    since = visits[0].at if visits else steps[-1].at
    held = [step for step in of_last_day if step.at >= since]
    played = [step for step in steps if local(step.at).date() < last]
    played += [step for step in of_last_day if step.at < since]
    return Parted(
        [*_overdue(first, book), *played],
        [msgspec.structs.replace(step, at=step.at + _LATER) for step in _one_unpaid(held)],
    )


def _one_unpaid(steps: Sequence[Step]) -> list[Step]:
    """Return the steps without what was paid for the last entry that was paid."""
    paid = [step.entry for step in steps if isinstance(step, Receipt)]
    if not paid:
        return list(steps)
    own = {step.label for step in steps if isinstance(step, Receipt) and step.entry == paid[-1]}
    return [step for step in steps if getattr(step, "label", "") not in own and getattr(step, "receipt", "") not in own]


def _overdue(day: date, book: VillageBook) -> list[Step]:
    rng = Random(book.register)  # noqa: S311 - invented people
    opening = datetime.combine(day, time(8, 0), SOFIA)
    return [_certificate(f"overdue-{place}", opening + timedelta(minutes=place), rng, book) for place in range(OVERDUE)]


def _certificate(label: str, at: datetime, rng: Random, book: VillageBook) -> Register:
    who = people.person(rng)
    return Register(
        at=at,
        label=label,
        register=book.register,
        kind="zayavlenie_usluga",
        channel=Channel.BY_HAND,
        correspondents=[
            Correspondent(
                CorrespondentKind.PERSON,
                who.name,
                identifier_kind=IdentifierKind.EGN,
                identifier=who.egn,
                settlement=book.settlement,
            )
        ],
        subject="Удостоверение за наследници",
        service=_CERTIFICATE,
        speed=Speed.EXPRESS,
        result_way=ResultWay.AT_DESK,
    )
