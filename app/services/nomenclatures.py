"""The nomenclatures (номенклатури) that the verbs decide by, gathered once and handed in."""

import dataclasses
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from app.domain.desk_lists import FieldOption, KindField, Paper, RouteStep
from app.domain.errors import UnknownKind
from app.domain.nomenclature import DocumentKind, Extension, Service, Tariff
from app.domain.working_days import Calendar
from resources import loading


@dataclasses.dataclass(frozen=True)
class Nomenclatures:
    """Kinds, services, settlements, calendar, tariff and extensions (by kind) in force at a desk.

    Beside them what a clerk needs there: the papers of each service, the way of each group of services that the town
    does, the fields that a kind has of its own, what can be chosen in them, and which services are done at once, for
    events since which year.
    """

    kinds: Mapping[str, DocumentKind]
    services: Mapping[int, Service]
    settlements: AbstractSet[str]
    calendar: Calendar
    tariff: Tariff
    extensions: Mapping[str, tuple[Extension, ...]]
    papers: Mapping[int, tuple[Paper, ...]]
    routes: Mapping[str, tuple[RouteStep, ...]]
    fields: Mapping[str, tuple[KindField, ...]]
    options: Mapping[tuple[str, str], tuple[FieldOption, ...]]
    on_the_spot: Mapping[int, int]

    def kind(self, code: str) -> DocumentKind:
        """Return a kind of document.

        Raises:
            UnknownKind: the list has no such code.

        """
        if code not in self.kinds:
            raise UnknownKind(kind=code[:40])
        return self.kinds[code]


def carried() -> Nomenclatures:
    """Return the nomenclatures that travel with the program."""
    return Nomenclatures(
        kinds=loading.document_kinds(),
        services=loading.services(),
        settlements=loading.SettlementCodes(),
        calendar=Calendar(loading.holidays()),
        tariff=loading.tariff(),
        extensions=loading.extensions(),
        papers=loading.Lazily(loading.service_papers),
        routes=loading.Lazily(loading.routes),
        fields=loading.Lazily(loading.kind_fields),
        options=loading.Lazily(loading.field_options),
        on_the_spot=loading.Lazily(loading.on_the_spot),
    )
