"""Lists that a clerk needs at the desk (списъци за гишето): papers of a service, its way, what a kind has of its own.

All are judged by this project where no law or rule is named beside a row; the municipality confirms them.
"""

from typing import Annotated, Literal

import msgspec

from app.domain.nomenclature import Name, Positive

Code = Annotated[str, msgspec.Meta(pattern="^[a-z_]+$")]
When = Literal["always", "by_proxy", "in_case", "collected"]
By = Literal["mayoralty", "centre", "unit"]
FieldType = Literal["text", "date", "choice"]


class Paper(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Необходим документ, or data that the town collects by itself (служебно начало).

    ``when``: ``always``, ``by_proxy`` where somebody files for another, ``in_case`` (the case that ``hint`` names), or
    ``collected`` from a register, never asked of the citizen (АПК чл. 36, ал. 2; ЗЕУ чл. 2). ``basis`` is empty where
    no source names the paper and it is our judgement.
    """

    code: Code
    name: Name
    name_en: Name
    hint: str
    hint_en: str
    when: When
    basis: str


class ServicePaper(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Документ към услуга: ``place`` is its place among the papers of the service, from 1."""

    service: Positive
    place: Positive
    paper: Code


class RouteStep(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Стъпка от технологичната карта of the services of a group that the town does; ``who`` names who takes it."""

    group: Name
    place: Positive
    by: By
    who: Name
    who_en: Name
    step: Name
    step_en: Name


class OnTheSpot(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Услуга по модела „Заяви-получи“: done at the counter at once where its event is of ``since`` (a year) or later.

    Data about what happened before were not entered electronically. Which services a municipality does so, it decides.
    """

    service: Positive
    since: Positive


class KindField(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Собствено поле на вид документ (АПК чл. 29, ал. 2: what a special law asks for); at most three for a kind.

    ``article`` is empty where nothing asks for it and it is our judgement.
    """

    kind: Code
    place: Annotated[int, msgspec.Meta(ge=1, le=3)]
    code: Code
    type: FieldType
    article: str
    label: Name
    label_en: Name


class FieldOption(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Стойност of a field that is a choice."""

    kind: Code
    field: Code
    place: Positive
    code: Code
    label: Name
    label_en: Name
