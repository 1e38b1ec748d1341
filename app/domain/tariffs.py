"""Prices (тарифа): the row in force on a day, for a service and speed."""

from datetime import date

from app.domain.deadlines import Term
from app.domain.nomenclature import Service, Tariff, TariffRow
from app.domain.terms import Speed


def row_in_force(tariff: Tariff, service: int, speed: Speed, on: date) -> TariffRow | None:
    """Return the tariff's row for a service and speed on a day, or None where it has none."""
    for row in tariff.rows:
        in_force = row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)
        if row.service == service and row.speed == speed and in_force:
            return row
    return None


def service_term(row: TariffRow | None, service: Service | None) -> Term | None:
    """Return the term of a service: the tariff's where it has one, else the register's own.

    The article is that of the term (АПК чл. 57); the tariff's own article is that of the fee.
    """
    if row is not None:
        return Term(row.term, row.unit, service.term_article if service and service.term_article else row.article)
    if service is not None and service.term_days is not None:
        return Term(service.term_days, "days", service.term_article)
    return None
