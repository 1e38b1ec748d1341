"""The tariff's row in force, and where a service's term comes from."""

from datetime import date, timedelta

import msgspec
import pytest

from app.domain import tariffs
from app.domain.deadlines import Term
from app.domain.nomenclature import Tariff, TariffRow
from app.domain.terms import Speed
from resources import loading

FIRST = TariffRow(
    service=1997,
    speed="ordinary",
    term=7,
    unit="days",
    price_cents=102,
    currency="EUR",
    article="ЗМДТ чл.110(1) т.8",
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 6, 30),
)
SECOND = msgspec.structs.replace(FIRST, price_cents=150, valid_from=date(2026, 7, 1), valid_to=None)
FAST = msgspec.structs.replace(FIRST, speed="fast", term=3, price_cents=153)
TARIFF = Tariff(version=2, example=False, rows=(FIRST, SECOND, FAST))


@pytest.mark.parametrize(
    ("on", "cents"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), 102),
        (date(2026, 6, 30), 102),
        (date(2026, 7, 1), 150),
        (date(2099, 1, 1), 150),
    ],
)
def test_the_row_of_the_day_counts_from_its_first_to_its_last_day(on: date, cents: int | None) -> None:
    row = tariffs.row_in_force(TARIFF, 1997, Speed.ORDINARY, on)
    assert (row.price_cents if row else None) == cents


def test_another_speed_or_service_has_its_own_row_or_none() -> None:
    assert tariffs.row_in_force(TARIFF, 1997, Speed.FAST, date(2026, 2, 1)) == FAST
    assert tariffs.row_in_force(TARIFF, 1997, Speed.FAST, date(2026, 7, 1)) is None
    assert tariffs.row_in_force(TARIFF, 1997, Speed.EXPRESS, date(2026, 2, 1)) is None
    assert tariffs.row_in_force(TARIFF, 2016, Speed.ORDINARY, date(2026, 2, 1)) is None


def test_no_two_rows_of_the_tariff_that_travels_along_are_in_force_at_once() -> None:
    tariff = loading.tariff()
    for day in (date(2026, 1, 1) + timedelta(days=30 * n) for n in range(24)):
        keys = [
            (row.service, row.speed)
            for row in tariff.rows
            if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        ]
        assert len(keys) == len(set(keys))


def test_the_term_is_the_tariffs_with_the_article_of_the_service() -> None:
    service = loading.services()[1997]
    assert service.term_article
    assert tariffs.service_term(FAST, service) == Term(3, "days", service.term_article)


def test_without_an_article_of_its_own_the_service_has_the_tariffs() -> None:
    bare = msgspec.structs.replace(loading.services()[1997], term_article="")
    assert tariffs.service_term(FAST, bare) == Term(3, "days", FAST.article)
    assert tariffs.service_term(FAST, None) == Term(3, "days", FAST.article)


def test_without_a_tariff_the_register_of_services_gives_the_term() -> None:
    service = loading.services()[1997]
    assert service.term_days is not None
    assert tariffs.service_term(None, service) == Term(service.term_days, "days", service.term_article)


def test_where_nobody_knows_a_term_there_is_none() -> None:
    bare = msgspec.structs.replace(loading.services()[1997], term_days=None)
    assert tariffs.service_term(None, bare) is None
    assert tariffs.service_term(None, None) is None
