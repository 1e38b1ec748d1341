"""What is told to a citizen about a service (информация за услугата): term, fee, papers, who decides (НАО чл. 17)."""

from datetime import date
from typing import NamedTuple

from app.domain import tariffs
from app.domain.deadlines import Term
from app.domain.desk_lists import Paper, RouteStep
from app.domain.nomenclature import Service, TariffRow
from app.domain.terms import Speed
from app.services.nomenclatures import Nomenclatures


class Offered(NamedTuple):
    """A speed at which a service is offered: its term, and the row of the tariff that gives its fee."""

    speed: Speed
    term: Term
    row: TariffRow


class ServiceInfo(NamedTuple):
    """All that is read to the citizen. ``term`` is that of the law where the tariff offers no speeds.

    ``brought`` are papers that the person brings, ``collected`` is what the town collects by itself; ``way`` is empty
    for what the mayoralty does itself.
    """

    service: Service
    offered: tuple[Offered, ...]
    term: Term | None
    brought: tuple[Paper, ...]
    collected: tuple[Paper, ...]
    way: tuple[RouteStep, ...]

    @property
    def unit(self) -> RouteStep | None:
        """The step in which the unit of the municipality does it, None for what the mayoralty does itself."""
        return next((step for step in self.way if step.by == "unit"), None)


def service_info(lists: Nomenclatures, number: int, on: date) -> ServiceInfo | None:
    """Return what is told about a service on a day, None for a number that the register does not hold."""
    service = lists.services.get(number)
    if service is None:
        return None
    papers = lists.papers.get(number, ())
    return ServiceInfo(
        service=service,
        offered=tuple(_offered(lists, service, on)),
        term=tariffs.service_term(None, service),
        brought=tuple(one for one in papers if one.when != "collected"),
        collected=tuple(one for one in papers if one.when == "collected"),
        way=lists.routes.get(service.group, ()) if service.village_role == "forwards" else (),
    )


def _offered(lists: Nomenclatures, service: Service, on: date) -> list[Offered]:
    found = []
    for speed in Speed:
        row = tariffs.row_in_force(lists.tariff, service.number, speed, on)
        term = tariffs.service_term(row, service) if row is not None else None
        if row is not None and term is not None:
            found.append(Offered(speed, term, row))
    return found
