"""Invent people, firms and subjects for the demonstration.

No one invented here can be mistaken for a living person: every ЕГН is of somebody born in 1890-1899. The
words come from a table, the choice from the caller's random generator, so the same seed gives the same
people.
"""

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Annotated

import msgspec
from stdnum.bg import egn as stdnum_egn
from stdnum.bg import vat as stdnum_vat

from app.domain.nomenclature import DocumentKind, Service
from resources.loading import demonstration

FIRST_BIRTHDAY = date(1890, 1, 1)
LAST_BIRTHDAY = date(1899, 12, 31)
CENTURY_1800_MONTHS = 20

# No ЕИК with a first digit 9 is known to us; that makes a real firm unlikely, but does not rule it out.
FIRM_FIRST_DIGIT = 9

AtLeastOne = msgspec.Meta(min_length=1)


class SamplePerson(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Примерно лице: three names and an ЕГН that agree with each other."""

    name: str
    egn: str


class SampleEntity(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Примерно юридическо лице: a trade name and an ЕИК."""

    name: str
    eik: str


class Firms(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Части на фирма: the two halves of a trade name, and the legal forms."""

    first: Annotated[list[str], AtLeastOne]
    second: Annotated[list[str], AtLeastOne]
    forms: Annotated[list[str], AtLeastOne]


class Purposes(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Цели: what a paper is needed for."""

    words: Annotated[list[str], AtLeastOne]


class Pool(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Запас от думи: everything that is drawn from."""

    men: Annotated[list[tuple[str, str]], AtLeastOne]
    women: Annotated[list[str], AtLeastOne]
    families: Annotated[list[str], AtLeastOne]
    firms: Firms
    purposes: Purposes
    subjects: dict[str, Annotated[list[str], AtLeastOne]]
    reasons: dict[str, Annotated[list[str], AtLeastOne]]
    offices: Annotated[list[str], AtLeastOne]


@cache
def pool() -> Pool:
    """Give the words, checked."""
    return msgspec.convert(demonstration(), Pool)


def feminine(surname: str) -> str:
    """Give the form of a patronymic or family name that a woman bears."""
    return surname.removesuffix("и") + "а"


def person(rng: Random) -> SamplePerson:
    """Invent one person, a woman or a man with equal chance."""
    words = pool()
    woman = rng.random() < 1 / 2
    given = rng.choice(words.women) if woman else rng.choice(words.men)[0]
    surnames = [rng.choice(words.men)[1], rng.choice(words.families)]
    if woman:
        surnames = [feminine(surname) for surname in surnames]
    return SamplePerson(name=" ".join([given, *surnames]), egn=_egn(rng, woman=woman))


def _egn(rng: Random, *, woman: bool) -> str:
    """Invent an ЕГН; its ninth digit is even for a man and odd for a woman."""
    days = (LAST_BIRTHDAY - FIRST_BIRTHDAY).days
    born = FIRST_BIRTHDAY + timedelta(days=rng.randint(0, days))
    order = 2 * rng.randrange(500) + int(woman)
    digits = f"{born.year % 100:02}{born.month + CENTURY_1800_MONTHS}{born.day:02}{order:03}"
    return digits + stdnum_egn.calc_check_digit(digits)


def legal_entity(rng: Random) -> SampleEntity:
    """Invent one firm."""
    firms = pool().firms
    name = f"{rng.choice(firms.first)} {rng.choice(firms.second)}"
    digits = f"{FIRM_FIRST_DIGIT}{rng.randrange(10**7):07}"
    return SampleEntity(
        name=f"„{name}“ {rng.choice(firms.forms)}",
        eik=digits + stdnum_vat.calc_check_digit_legal(digits),
    )


def subject_for(rng: Random, service: Service | None, kind: DocumentKind) -> str:
    """Invent the subject of a filing: the service, or something usual for the kind.

    Only a certificate has a purpose, and only certificates have a term of their own. A kind without words
    of its own gets its official name, so a new kind in the table needs no change here.
    """
    words = pool()
    if service is None:
        return rng.choice(words.subjects.get(kind.code, [kind.name]))
    if service.term_days is None:
        return service.name
    return f"{service.name}, {rng.choice(words.purposes.words)}"


def reasons(act: str) -> list[str]:
    """Give the reasons that are plausible for an act ("annul", "void", "difference")."""
    return pool().reasons[act]


def offices() -> list[str]:
    """Give the administrations that write to a village."""
    return pool().offices
