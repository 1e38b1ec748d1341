"""What the centre's API answers, as the API writes it and the desk's client reads it, both strictly.

Ids are lower-case hexadecimal, amounts integer minor units, times UTC seconds, dates ISO dates (Europe/Sofia), states
and reasons the codes of ``app.domain.terms``. ``seen`` is the last position of the centre's journal at the moment of
reading: who decides sends it back, and nothing newer is decided unseen. ``before`` and ``after`` of a list are keys
of its last row.
"""

from datetime import date
from typing import Annotated

import msgspec

from app.domain.numbering import SeriesKind
from app.domain.terms import (
    AcknowledgementKind,
    ArrivalState,
    Channel,
    ComparedField,
    CorrespondentKind,
    CorrespondentRole,
    DecidedBy,
    DeliveryState,
    DeliveryWay,
    DisputeReason,
    Ending,
    FindingCode,
    IdentifierKind,
    MomentCode,
    PaperState,
    ReceiptKind,
    ResultWay,
    Road,
    Speed,
    Standing,
    TownState,
    VillageAnswer,
    VillageState,
)

Hex = Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{2})+$")]
DAYS = 30
"""Days of the row of small bars, today the last."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of an answer, immutable and compared by value."""


# --- the office and its villages -----------------------------------------------------------------------------------


class Office(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Общината: who this is, what it holds, and how the road stands. ``revision`` changes with every change."""

    municipality: str
    name: str
    demonstration: bool
    now: int
    revision: str
    villages: int
    entries: int
    undecided: int
    disputed: int
    receipts: int
    not_recorded: int
    exchanged_at: int | None
    exchange_failure: str | None


class RegisterShown(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Регистър of a mayoralty, with its spare indices; ``till_cents`` lies in its till, None where it keeps none."""

    index: int
    spares: tuple[int, ...]
    mayoralty: str
    name: str
    till_cents: int | None = None


class VillageReason(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a village stands in a state.

    fork, set_aside, totals: ``batch`` is the number concerned, ``code`` why it was set aside, ``count`` how many.
    gap: ``batch`` is the first number missing, ``count`` how many batches wait behind it.
    cash_difference: ``cents`` is the sum of the differences, ``day`` the newest day, ``count`` how many days.
    number_problem: ``count`` of series with a gap or a double, ``code`` a FindingCode.
    waits, disputed, clean_waiting: ``count`` of entries, ``since`` when the oldest was registered or disputed.
    silent: ``since`` the last contact, or the admission where there was none. revoked: ``batch`` it begins with.
    """

    state: VillageState
    count: int = 0
    batch: int | None = None
    code: str | None = None
    cents: int | None = None
    day: date | None = None
    since: int | None = None


class Waiting(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Entries that are not settled: clean ones, ones that need a person, answered ones, ones the village must answer.

    ``clean`` + ``person`` + ``answered`` wait for the town, ``disputed`` wait for the village.
    """

    clean: int = 0
    person: int = 0
    answered: int = 0
    disputed: int = 0


class Village(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Кметство (работно място) as a row of the desk. ``reasons`` come worst first; ``state`` is the first one's.

    ``till_cents`` lies in the village's tills by its last fact, ``till_since`` the day from which on it gathered.
    ``days`` are the entries of each of the last thirty office dates, oldest first.
    """

    station: Hex
    name: str
    registers: tuple[RegisterShown, ...]
    tills: tuple[int, ...]
    admitted_at: int
    last_contact: int | None
    last_road: Road | None
    last_batch: int | None
    revoked: bool
    state: VillageState
    reasons: tuple[VillageReason, ...]
    waiting: Waiting
    entries: int
    receipts: int
    facts: int
    till_cents: int
    till_since: date | None
    days: tuple[int, ...]


class Villages(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All villages, worst first and then by name. ``today`` is the last of the thirty days."""

    revision: str
    seen: int
    today: date
    villages: tuple[Village, ...]


class FoundInVillage(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Забележка beyond a single entry: what, in which village, and the series, day, batch or entry that it concerns.

    ``series`` with ``index`` and ``year`` names a register or a till; ``numbers`` are the first ones missing from it,
    or given twice. ``day`` is a cash day, ``cents`` its difference. ``number`` is that of ``entry``.
    """

    code: FindingCode
    station: Hex
    village: str
    series: SeriesKind | None
    index: int | None
    year: int | None
    day: date | None
    batch: int | None
    entry: Hex | None
    number: str
    numbers: tuple[int, ...]
    cents: int | None


class NotRecorded(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An envelope that waits or was set aside, with the code of the error that says why.

    ``village`` is whose envelope it says it is, None where no such station is enrolled; ``number`` the batch it says.
    """

    envelope: Hex
    state: ArrivalState
    code: str | None
    village: str | None
    number: int
    road: Road
    arrived_at: int


class Findings(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the reconciliation of everything found, and what is not recorded."""

    villages: tuple[FoundInVillage, ...]
    envelopes: tuple[NotRecorded, ...]


# --- batches -------------------------------------------------------------------------------------------------------


class Totals(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Контролни суми of a batch."""

    entries: int
    receipts: int
    cents_in: int
    cents_out: int


class AcknowledgementShown(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Потвърждение that this centre signed; it ``waits`` until the next letter to the village takes it along."""

    kind: AcknowledgementKind
    waits: bool


class Batch(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Пакет as it arrived. ``code`` says why it waits or was set aside; what was not recorded has no totals."""

    place: int
    envelope: Hex
    station: Hex | None
    village: str | None
    number: int
    first: int | None
    last: int | None
    facts: int
    road: Road
    sealed_at: int | None
    arrived_at: int
    state: ArrivalState
    code: str | None
    stated: Totals | None
    recomputed: Totals | None
    acknowledgement: AcknowledgementShown | None


class Batches(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page of batches, newest arrival first; ``before`` is the ``place`` of the next page, None at the end."""

    batches: tuple[Batch, ...]
    before: int | None


class BatchLine(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fact of a batch: ``kind`` is the kind of fact, ``text`` its subject or reason, ``cents`` as money goes.

    ``entry`` or ``receipt`` is the id to open.
    """

    sequence: int
    kind: str
    recorded_at: int
    number: str
    text: str
    cents: int | None
    entry: Hex | None
    receipt: Hex | None


class BatchDetails(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A batch with its facts in order; one that was not recorded has none."""

    batch: Batch
    lines: tuple[BatchLine, ...]


# --- entries -------------------------------------------------------------------------------------------------------


class EntryRow(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Вписване as a row. ``who`` is the first correspondent's name, empty where anonymous."""

    position: int
    entry: Hex
    station: Hex
    village: str
    register: int
    number: str
    office_date: date
    recorded_at: int
    kind: str
    subject: str
    who: str
    service: int | None
    speed: Speed | None
    due_on: date | None
    fee_cents: int | None
    standing: Standing
    town: TownState
    central_number: str
    dispute_reason: DisputeReason | None


class Entries(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page of entries, newest arrival first; ``before`` is the ``position`` of the next page, None at the end."""

    entries: tuple[EntryRow, ...]
    before: int | None


class CorrespondentShown(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Кореспондент. Personal identifiers come masked unless they were asked for."""

    kind: CorrespondentKind
    role: CorrespondentRole
    name: str
    identifier_kind: IdentifierKind | None
    identifier: str
    settlement: str
    address: str
    phone: str
    e_mail: str


class FindingShown(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Забележка: what was noticed and at which field; ``by_village`` or here."""

    code: FindingCode
    field: str
    by_village: bool


class EntryReceipt(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A receipt that pays for an entry: ``cents`` of its lines for this entry."""

    receipt: Hex
    number: str
    recorded_at: int
    cents: int
    standing: Standing


class Compared(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Сравнено поле: what the village wrote and what the centre says to it by its own lists.

    fee and paid are minor units; registered_on and due_on ISO dates; service, tariff numbers; kind, speed codes;
    settlement an ЕКАТТЕ code. ``centre`` is None where the centre's lists know no such value (unknown service, kind,
    settlement, no tariff row), where an identifier fails its check, or where another entry has the same number.
    ``place`` is the correspondent's place, for fields of correspondents.
    """

    field: ComparedField
    village: int | str | None
    centre: int | str | None
    differs: bool
    place: int | None = None


class Change(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a correction changed: the field's name in the facts, the old and the new value as text."""

    field: str
    old: str
    new: str


class Moment(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A moment of a history: a fact of either side, or a step of the road; in the order of the centre's journal.

    ``actor`` is the clerk's name, empty for the town and the road. ``number`` is what was given: of the entry, receipt,
    result, parcel, central number or batch. ``text`` is a reason, note or answer, ``changes`` what a correction
    changed, ``until`` the day that an act on the term told. ``delivery`` and ``way`` are those of a result on its way,
    ``ending`` why the office owes nothing more; ``on`` is the day of the delivery, or on which the sender was told.
    """

    at: int
    by_village: bool
    code: MomentCode
    actor: str = ""
    number: str = ""
    reason: DisputeReason | None = None
    road: Road | None = None
    text: str = ""
    cents: int | None = None
    changes: tuple[Change, ...] = ()
    until: date | None = None
    delivery: DeliveryState | None = None
    way: DeliveryWay | None = None
    ending: Ending | None = None
    on: date | None = None


class Dispute(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Оспорване: reason, note, and when."""

    reason: DisputeReason
    note: str
    at: int


class Answered(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Отговор на кметството: a correction, an explanation or an annulment, in its own words, and when."""

    kind: VillageAnswer
    text: str
    at: int


class ParticularShown(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Данна по вида на документа: the code of a kind's own field, and what stands in it; a date as 2026-11-20."""

    name: str
    value: str


class PaperShown(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Документ от списъка към услугата, by its code, and whether it was brought."""

    paper: str
    state: PaperState


class EntryDetails(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything of an entry: what the village wrote, what was decided, the comparison, the history of both sides."""

    seen: int
    row: EntryRow
    case_file: Hex
    channel: Channel
    clock_doubt: bool
    registered_by: str
    sheets: int
    signed: bool
    result_way: ResultWay | None
    sender_number: str
    sender_date: date | None
    received_on: date | None
    received_reason: str
    before_closing: bool
    particulars: tuple[ParticularShown, ...]
    papers: tuple[PaperShown, ...]
    due_article: str
    fee_article: str
    fee_tariff: int | None
    paid_cents: int
    annulled_because: str
    replaced_by: Hex | None
    decided_by: DecidedBy | None
    decided_at: int | None
    dispute: Dispute | None
    answer: Answered | None
    correspondents: tuple[CorrespondentShown, ...]
    findings: tuple[FindingShown, ...]
    proposed_reason: DisputeReason | None
    receipts: tuple[EntryReceipt, ...]
    compare: tuple[Compared, ...]
    timeline: tuple[Moment, ...]


# --- lines that wait -----------------------------------------------------------------------------------------------


class Line(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ред, който чака: an undecided entry with what stands between it and acceptance.

    A ``clean`` one goes with one key. An answered one always needs a person; ``dispute`` and ``answer`` say what was.
    """

    row: EntryRow
    paid_cents: int
    clean: bool
    findings: tuple[FindingCode, ...]
    proposed_reason: DisputeReason | None
    dispute: Dispute | None
    answer: Answered | None


class Lines(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page of lines in order of arrival; ``after`` is the ``position`` for the next page, None at the end."""

    seen: int
    lines: tuple[Line, ...]
    after: int | None


class AcceptedClean(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many were accepted, and which clean entries stay because a fact newer than ``seen`` concerns them."""

    accepted: int
    changed: tuple[Hex, ...]


class Accepted(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The central number that the entry has now; empty for one that was annulled before."""

    central_number: str


class Done(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """It is done, and there is nothing to tell."""


# --- receipts ------------------------------------------------------------------------------------------------------


class ReceiptRow(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Квитанция или сторно as a row; a storno's ``cents`` are negative."""

    position: int
    receipt: Hex
    station: Hex
    village: str
    till: int
    number: str
    kind: ReceiptKind
    day: date
    recorded_at: int
    payer: str
    cents: int
    currency: str
    standing: Standing


class Receipts(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page of receipts, newest arrival first; ``before`` is the ``position`` of the next page, None at the end."""

    receipts: tuple[ReceiptRow, ...]
    before: int | None


class ReceiptLineShown(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ред на квитанция with the entry that it pays for."""

    entry: Hex | None
    entry_number: str
    service: int | None
    speed: Speed | None
    text: str
    quantity: int
    unit_cents: int
    cents: int


class ReceiptDetails(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything of a receipt: lines, cash, what it voids or what voids it, and its history."""

    row: ReceiptRow
    issued_by: str
    given_cents: int
    change_cents: int
    tariff: int | None
    reason: str
    voids: Hex | None
    voided_by: Hex | None
    payer_identifier_kind: IdentifierKind | None
    payer_identifier: str
    findings: tuple[FindingShown, ...]
    lines: tuple[ReceiptLineShown, ...]
    timeline: tuple[Moment, ...]


# --- what the desk says --------------------------------------------------------------------------------------------


class AcceptClean(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Accept all clean lines, of one station or of all, up to what was ``seen``."""

    seen: int
    station: Hex | None = None


class AcceptOne(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Accept a line as it was ``seen``."""

    seen: int


class DisputeOne(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Dispute a line as it was ``seen``, with a coded reason; ``other`` needs a note."""

    seen: int
    reason: DisputeReason
    note: str = ""


class Refusal(Answer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Отказ: the code of an error of the taxonomy with its facts, or ``unauthorized``."""

    error: str
    facts: dict[str, str | int | None] = {}
