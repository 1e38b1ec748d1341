"""What may enter a journal (дневник): one frozen type per kind of fact (запис в дневника) and version.

A fact carries what was decided: number, due date with its article, price with its tariff version, findings. Replay
applies, it never decides. Bodies are MessagePack arrays in field order: a field is never moved, removed or
re-read in another sense; a change is a new version beside the old one.

Times are whole seconds since 1970 in UTC, dates are local dates (Europe/Sofia), money is integer minor units.
"""

from datetime import date
from typing import ClassVar

import msgspec

from app.domain.terms import (
    AccountRole,
    AttachmentSource,
    Channel,
    CorrespondentKind,
    CorrespondentRole,
    DecidedBy,
    DeliveryState,
    DeliveryWay,
    DisputeReason,
    Ending,
    FindingCode,
    IdentifierKind,
    Outcome,
    PaperState,
    ResultWay,
    Speed,
)


class Value(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """A part of a fact: immutable, compared by value, written as an array."""


class Body(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """The business content of a fact. ``personal`` bodies carry a salt, so that they can be destroyed under an act."""

    version: ClassVar[int] = 1
    personal: ClassVar[bool] = False


class Fact(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """A fact as it stands in the journal (``protocol.md``, "Facts")."""

    sequence: int
    kind: str
    version: int
    recorded_at: int
    office_date: date
    clock_doubt: bool
    actor: int
    salt: bytes
    body: Body


class Finding(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Забележка: what a check noticed, and at which field."""

    code: FindingCode
    field: str = ""


class Correspondent(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Кореспондент: person, legal entity or administration, in a role (АПК чл. 29, ал. 2)."""

    kind: CorrespondentKind
    name: str
    role: CorrespondentRole = CorrespondentRole.APPLICANT
    identifier_kind: IdentifierKind | None = None
    identifier: str = ""
    settlement: str = ""
    address: str = ""
    phone: str = ""
    e_mail: str = ""


class Due(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Срок: the date told to the citizen, the article it comes from, the version of the rule."""

    on: date
    article: str
    rules: int


class Fee(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Дължима такса at the moment of registration, in minor units."""

    cents: int
    currency: str
    tariff: int
    article: str


class EarlierReceipt(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Дата на получаване before the day of the entry, with its reason."""

    on: date
    reason: str


class RegisterGrant(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Регистър (регистров индекс) of one mayoralty with its spare indices."""

    index: int
    spares: tuple[int, ...]
    mayoralty: str
    name: str


class TillGrant(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Каса of one mayoralty."""

    index: int
    mayoralty: str


class ReceiptLine(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Ред на квитанция: a service, with the entry it pays for or none."""

    entry: bytes | None
    service: int | None
    speed: Speed | None
    text: str
    quantity: int
    unit_cents: int
    cents: int


class TillTotals(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Нарастващи суми на касата after this fact: gross, storno and what lies in the till, in minor units."""

    gross: int
    storno: int
    balance: int


class NoteCount(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Брой банкноти или монети of one denomination, in minor units."""

    denomination: int
    count: int


class Particular(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Данна по вида на документа: the code of a kind's own field, and what stands in it."""

    name: str
    value: str


class PaperSeen(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Документ от списъка към услугата: its code in the nomenclatures, and whether it was brought."""

    paper: str
    state: PaperState


# --- the village -----------------------------------------------------------------------------------------------


class StationEnrolled(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Въвеждане на работно място: the first fact of a stream."""

    municipality: str
    station: bytes
    name: str
    enrolment: bytes
    registers: tuple[RegisterGrant, ...]
    tills: tuple[TillGrant, ...]
    answers: bytes
    tariff: int


class AccountOpened(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Откриване на потребител."""

    personal: ClassVar[bool] = True

    account: int
    name: str
    role: AccountRole


class RecoveryUsed(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Използван код за възстановяване: it reset the password of one account."""

    account: int


class EntryRegistered(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Вписване във входящия регистър (НОДА чл. 28; АПК чл. 29).

    ``case_file`` is the GUID of the преписка; an entry that opens a new one lends it its own.
    """

    personal: ClassVar[bool] = True

    entry: bytes
    case_file: bytes
    register: int
    year: int
    number: int
    kind: str
    channel: Channel
    correspondents: tuple[Correspondent, ...]
    subject: str
    service: int | None
    speed: Speed | None
    sheets: int
    signed: bool
    result_way: ResultWay | None
    sender_number: str
    sender_date: date | None
    received: EarlierReceipt | None
    due: Due | None
    fee: Fee | None
    findings: tuple[Finding, ...]


class EntryCorrected(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Поправка на вписване: all decided content again, with a reason; number, date and case stay (НОДА чл. 29).

    The value before it stands in the journal and is shown beside it. A due date that was told does not move by itself:
    it is another one only where kind, service, speed or receipt are.
    """

    personal: ClassVar[bool] = True

    entry: bytes
    reason: str
    kind: str
    channel: Channel
    correspondents: tuple[Correspondent, ...]
    subject: str
    service: int | None
    speed: Speed | None
    sheets: int
    signed: bool
    result_way: ResultWay | None
    sender_number: str
    sender_date: date | None
    received: EarlierReceipt | None
    due: Due | None
    fee: Fee | None
    findings: tuple[Finding, ...]


class TermStarted(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Начало на срок that runs from another event than the receipt (АПК чл. 57, ал. 9).

    Access to the data of a complex service, or the assignment of a task.
    """

    entry: bytes
    on: date
    due: Due


class TermExtended(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Удължаване на срок (АПК чл. 57, ал. 7 и 8, чл. 118, 121; ЗДОИ чл. 30, 31), with its reason.

    ``extension`` is its code in the list of extensions; ``told_on`` the day of the written notice, none while it is not
    given. The date told before stays in the journal.
    """

    personal: ClassVar[bool] = True

    entry: bytes
    extension: str
    due: Due
    reason: str
    told_on: date | None


class DefectsNoticed(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Уведомление за недостатъци (АПК чл. 30, ал. 1 и 2): the office's term stands still until they are mended.

    ``told_on`` is the day on which the applicant received the notice, none while that is not known; ``until`` the term
    that it gives the applicant. The newest notice counts.
    """

    personal: ClassVar[bool] = True

    entry: bytes
    defects: tuple[str, ...]
    told_on: date | None
    until: Due | None


class DefectsRepaired(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Отстранени недостатъци: the whole term runs anew from that day (АПК чл. 30, ал. 3)."""

    entry: bytes
    on: date
    due: Due | None


class IdentifierShown(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Показан идентификатор: somebody read the whole ЕГН or ЛНЧ of a correspondent, outside the form.

    ``place`` is the correspondent's among those of the entry's present content. It changes nothing; the journal keeps
    who looked, and when.
    """

    entry: bytes
    place: int


class ParticularsNoted(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Данни по вида и документи към услугата: what the kind and the service of an entry ask for beside the common.

    Recorded in the transaction of the registration or correction whose content it belongs to, where there is anything
    to say. ``before_closing``: the person came before the office hours ended (дошъл преди края на работното време).
    """

    personal: ClassVar[bool] = True

    entry: bytes
    before_closing: bool
    values: tuple[Particular, ...]
    papers: tuple[PaperSeen, ...]


class AttachmentAdded(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Приложение към вписване (АПК чл. 29а – 29в): a scan or a file; its octets lie beside the store, encrypted.

    ``digest`` is the SHA-256 of its content, ``media`` its type as told by the content, ``size`` in octets.
    """

    personal: ClassVar[bool] = True

    entry: bytes
    attachment: bytes
    digest: bytes
    name: str
    media: str
    size: int
    sheets: int
    source: AttachmentSource


class NoteAdded(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Допълнение към вписване: a later note; nothing that stands is changed by it (НОДА чл. 29)."""

    personal: ClassVar[bool] = True

    entry: bytes
    text: str


class ResultIssued(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Издаден резултат с изходящ номер: a document, a motivated refusal (АПК чл. 59) or an answer.

    ``number`` is of the outgoing series of (register, year); 0 where the number was taken from a paper book, as typed
    in ``book_number``. ``reason`` is that of a refusal.
    """

    personal: ClassVar[bool] = True

    result: bytes
    entry: bytes
    register: int
    year: int
    number: int
    book_number: str
    outcome: Outcome
    title: str
    reason: str
    copies: int
    sheets: int


class ResultAnnulled(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Анулиране на издаден резултат: its number stays used. ``standing`` is the newest other result of the entry."""

    personal: ClassVar[bool] = True

    result: bytes
    entry: bytes
    reason: str
    standing: bytes | None


class DeliveryNoted(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Връчване на резултат (АПК чл. 61; НОДА чл. 148): handed, sent, delivered, or come back. The newest counts.

    ``receiver`` is who took it or to whom it goes, ``identifier`` the receiver's ЕГН or ЛНЧ where it was asked for,
    ``tracking`` the number of the parcel or message.
    """

    personal: ClassVar[bool] = True

    result: bytes
    entry: bytes
    state: DeliveryState
    way: DeliveryWay
    on: date
    receiver: str
    identifier: str
    tracking: str
    note: str


class EntryEnded(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Приключване без резултат (АПК чл. 31, 56, 111, 112): sent on, given back, or without proceeding.

    ``addressee`` is where the paper went, ``with_envelope`` whether its envelope went with it, ``told_on`` the day on
    which the sender was told, none while that is not done.
    """

    personal: ClassVar[bool] = True

    entry: bytes
    ending: Ending
    addressee: str
    with_envelope: bool
    told_on: date | None
    reason: str


class EntryReopened(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Възобновяване: an ending was a mistake, or what it rested on is gone."""

    personal: ClassVar[bool] = True

    entry: bytes
    reason: str


class DisputeAnswered(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Обяснение по оспорено вписване: the village's answer in words; the town judges again."""

    personal: ClassVar[bool] = True

    entry: bytes
    text: str


class EntryAnnulled(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Анулиране на вписване: the number stays used (НОДА чл. 29)."""

    personal: ClassVar[bool] = True

    entry: bytes
    reason: str
    replaced_by: bytes | None


class DayOpened(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Откриване на касов ден with the carried balance."""

    till: int
    day: date
    opening: int
    currency: str


class ReceiptIssued(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Квитанция (ЗСч чл. 6, ал. 7): number, lines, cash given and change, running totals of the till."""

    personal: ClassVar[bool] = True

    receipt: bytes
    till: int
    year: int
    number: int
    day: date
    payer: Correspondent
    lines: tuple[ReceiptLine, ...]
    currency: str
    cents: int
    given: int
    change: int
    tariff: int
    totals: TillTotals
    findings: tuple[Finding, ...]


class ReceiptVoided(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Сторно: a numbered counter-receipt of the same series that points to the first (ЗСч чл. 8)."""

    personal: ClassVar[bool] = True

    receipt: bytes
    till: int
    year: int
    number: int
    day: date
    voided: bytes
    cents: int
    currency: str
    reason: str
    totals: TillTotals


class DayClosed(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Дневно приключване: counted cash against the computed balance, over exactly the receipts named."""

    personal: ClassVar[bool] = True

    till: int
    day: date
    currency: str
    opening: int
    receipts: int
    taken: int
    voids: int
    paid_back: int
    computed: int
    counted: int
    notes: tuple[NoteCount, ...]
    difference: int
    reason: str
    first: int
    last: int
    documents: bytes
    totals: TillTotals


class AnswerApplied(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Приложен отговор: up to which fact the town's answers stand in the village's tables."""

    stream: bytes
    sequence: int
    digest: bytes


# --- the centre, in the answer stream of one station --------------------------------------------------------------


class StationAdmitted(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Допуснато работно място: whose keys, registers and streams these are. The first fact of an answer stream."""

    station: bytes
    name: str
    epoch: bytes
    enrolment: bytes
    signing_key: bytes
    receiving_key: bytes
    registers: tuple[RegisterGrant, ...]
    tills: tuple[TillGrant, ...]


class EntryAccepted(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Прието вписване with the central number; none for an entry that was annulled before it."""

    entry: bytes
    central_number: str
    by: DecidedBy


class EntryDisputed(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Оспорено вписване with a coded reason."""

    personal: ClassVar[bool] = True

    entry: bytes
    reason: DisputeReason
    note: str


class StationRevoked(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Отнето право на работно място: from which batch and sequence on its key counts no more."""

    station: bytes
    from_batch: int
    from_sequence: int
    reason: str


class StationIntroduced(Body, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Представяне на друго работно място: whose key signs the receipts of which tills, for every other village."""

    station: bytes
    name: str
    signing_key: bytes
    tills: tuple[TillGrant, ...]


BODIES: dict[tuple[str, int], type[Body]] = {
    (body.__name__, body.version): body
    for body in (
        StationEnrolled,
        AccountOpened,
        RecoveryUsed,
        EntryRegistered,
        EntryAnnulled,
        DayOpened,
        ReceiptIssued,
        ReceiptVoided,
        DayClosed,
        AnswerApplied,
        StationAdmitted,
        EntryAccepted,
        EntryDisputed,
        StationRevoked,
        EntryCorrected,
        DisputeAnswered,
        StationIntroduced,
        TermExtended,
        DefectsNoticed,
        DefectsRepaired,
        IdentifierShown,
        TermStarted,
        ParticularsNoted,
        AttachmentAdded,
        NoteAdded,
        ResultIssued,
        ResultAnnulled,
        DeliveryNoted,
        EntryEnded,
        EntryReopened,
    )
}
"""Every (kind, version) this program reads; nothing is ever removed from it."""

CENTRE_KINDS: frozenset[str] = frozenset(
    {"StationAdmitted", "EntryAccepted", "EntryDisputed", "StationRevoked", "StationIntroduced"}
)
"""Kinds that only a centre writes; every other kind is a village's."""

BOOKKEEPING: frozenset[str] = frozenset({"AnswerApplied", "IdentifierShown"})
"""Kinds that alone are no reason to send a batch at once: they wait for the next business fact, or a day."""
