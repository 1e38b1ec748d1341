"""Номенклатури: the fixed lists that a village mayoralty works with.

Settlements, municipalities and mayoralties, the services of the register, the kinds of documents with
their terms, the days off and the tariff. The types hold data only; the tables are read elsewhere. The
patterns on the fields are checked when a row is converted, so a value that exists is well formed.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec

EkatteCode = Annotated[str, msgspec.Meta(pattern="^[0-9]{5}$", max_length=5)]
MunicipalityCode = Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}[0-9]{2}$", max_length=5)]
DistrictCode = Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$", max_length=3)]
MayoraltyCode = Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}[0-9]{2}-[0-9]{2}$", max_length=8)]
MayoraltyCodeOrEmpty = Annotated[str, msgspec.Meta(pattern="^([A-Z]{3}[0-9]{2}-[0-9]{2})?$", max_length=8)]
Name = Annotated[str, msgspec.Meta(min_length=1)]
Positive = Annotated[int, msgspec.Meta(ge=1)]
NotNegative = Annotated[int, msgspec.Meta(ge=0)]

SettlementType = Literal["с.", "гр.", "ман."]
VillageRole = Literal["performs", "forwards", "centre"]
Payment = Literal["paid", "free", "check", ""]
TermUnit = Literal["days", "months", ""]
CountsFrom = Literal[
    "receipt",
    "registration",
    "access_to_data",
    "notice_of_act",
    "notice_of_defects",
    "assignment",
    "",
]
Binds = Literal["office", "citizen", "none"]
Passing = Literal["silent_refusal", "told_late", "still_owed", "lapsed", "terminated", "none"]
ExtensionMode = Literal["more", "in_all", "any"]
HolidayKind = Literal["holiday", "observed", "extra"]
Speed = Literal["ordinary", "fast", "express"]
SpeedUnit = Literal["days", "hours", "at_once"]
Currency = Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$", max_length=3)]


class Settlement(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Населено място: a village, a town or a monastery of the classifier ЕКАТТЕ.

    ``ekatte`` is text, because the leading zero belongs to the code. ``mayoralty`` is the code of the
    mayoralty (кметство) that holds the settlement, and empty where there is none.
    """

    ekatte: EkatteCode
    type: SettlementType
    name: Name
    name_en: Name
    municipality: MunicipalityCode
    mayoralty: MayoraltyCodeOrEmpty


class Municipality(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Община: the municipality, named by its five-sign code.

    ``seat`` is the ЕКАТТЕ code of the town or village where the administration sits. Four municipalities
    have their seat in a settlement of another municipality.
    """

    code: MunicipalityCode
    name: Name
    name_en: Name
    seat: EkatteCode
    district: DistrictCode


class Mayoralty(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Кметство: the unit inside a municipality that has an elected mayor.

    ``settlement`` is the ЕКАТТЕ code of its seat. The name may be spelt otherwise than the name of the
    settlement, because the two come from two lists of the classifier.
    """

    code: MayoraltyCode
    name: Name
    name_en: Name
    settlement: EkatteCode
    municipality: MunicipalityCode


class Service(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Административна услуга: one municipal service of the Административен регистър.

    ``number`` and ``name`` are those of the register, letter by letter. ``village_role`` tells whether the
    mayoralty performs the service, takes the request in and forwards it, or leaves it to the centre;
    ``role_basis`` names the article for it and is empty where the role is a judgement. ``term_days`` is
    the term set by law, in calendar days. ``payment`` is ``"check"`` where the law does not settle it,
    and empty where nothing is known. The price itself is in the tariff of the municipality.
    """

    number: Positive
    name: Name
    group: Name
    group_name: Name
    village_role: VillageRole
    role_basis: str
    term_days: Positive | None
    term_article: str
    payment: Payment
    fee_article: str


class DocumentKind(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Вид документ: a kind of incoming document with its law and its term.

    ``binds`` tells whose term it is. A term that binds the citizen (жалба, протест, недостатък) says until
    when the citizen may act; it never becomes the due date of the office. ``counts_from`` names the event
    from which the term runs. ``extension`` and ``notes`` are short texts in Bulgarian.

    ``passing`` tells what the law makes of a term that passed, ``passing_article`` where it says so:
    ``silent_refusal`` (мълчалив отказ, АПК чл. 58), ``told_late`` (сигнал, предложение: the decision is still
    due and no refusal, nor can it be appealed), ``still_owed`` (a duty that stays), ``lapsed`` (the citizen may
    act no more) and ``terminated`` (the proceeding ends, АПК чл. 30 and 56).
    """

    code: Annotated[str, msgspec.Meta(pattern="^[a-z_]+$")]
    name: Name
    name_en: Name
    law: str
    term: Positive | None
    unit: TermUnit
    counts_from: CountsFrom
    binds: Binds
    passing: Passing
    passing_article: str
    extension: str
    notes: str

    def __post_init__(self) -> None:
        """Refuse half a term: length, unit, first day, bound party and its passing come together or not at all."""
        has_term = self.term is not None
        parts = (
            self.unit != "",
            self.counts_from != "",
            self.binds != "none",
            self.passing != "none",
            self.passing_article != "",
        )
        if any(part != has_term for part in parts):
            message = f"document kind {self.code}: incomplete term"
            raise ValueError(message)


class Extension(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Удължаване на срок: one way in which the law lets the office take longer over a kind of document.

    ``length`` is the longest that the article allows: ``more`` than the term that ran, or ``in_all`` from its
    first day; with ``any`` there is none and a person names the day. ``notice_article`` obliges the office to
    tell the applicant and is empty where no article does.
    """

    kind: Annotated[str, msgspec.Meta(pattern="^[a-z_]+$")]
    code: Annotated[str, msgspec.Meta(pattern="^[a-z_]+$")]
    length: Positive | None
    unit: TermUnit
    mode: ExtensionMode
    article: Name
    notice_article: str
    name: Name
    name_en: Name

    def __post_init__(self) -> None:
        """Refuse a length without a unit, and a free day with a length."""
        has_length = self.length is not None
        if (self.unit != "") != has_length or (self.mode == "any") == has_length:
            message = f"extension {self.kind} {self.code}: length does not fit its unit or mode"
            raise ValueError(message)


class Holiday(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Неприсъствен ден: an official day off.

    ``"observed"`` is the working day given for a holiday that falls on a weekend, ``"extra"`` a day that
    the Council of Ministers declares for one year. Ordinary Saturdays and Sundays are not in the list.
    """

    day: date
    kind: HolidayKind
    name: Name


class TariffRow(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Ред от тарифата: the price and the term of one service at one speed.

    ``price_cents`` is an integer number of cents; no amount is ever a float. ``term`` is zero exactly when
    the unit is ``"at_once"``. ``valid_to`` is the last day on which the row is valid, ``None`` when open.
    """

    service: Positive
    speed: Speed
    term: NotNegative
    unit: SpeedUnit
    price_cents: NotNegative
    currency: Currency
    article: str
    valid_from: date
    valid_to: date | None

    def __post_init__(self) -> None:
        """Refuse a term without a length and a validity that ends before it begins."""
        if (self.term == 0) != (self.unit == "at_once"):
            message = f"tariff row {self.service} {self.speed}: term does not fit its unit"
            raise ValueError(message)
        if self.valid_to is not None and self.valid_to < self.valid_from:
            message = f"tariff row {self.service} {self.speed}: valid_to before valid_from"
            raise ValueError(message)


class Tariff(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """Тарифа: the prices of the services, set by the municipal council.

    ``example`` is true for a tariff that no council has adopted; the program has to show that wherever it
    shows a price, and has to refuse it for real receipts.
    """

    version: Positive
    example: bool
    rows: tuple[TariffRow, ...]
