"""The closed code lists. A state or reason is one member here and one label in ``resources/terms``.

``sync/PROTOCOL.md`` lists the same codes; a test compares the three.
"""

from enum import StrEnum


class Channel(StrEnum):
    """Начин на постъпване: the way a document reached the desk."""

    BY_HAND = "by_hand"
    ORAL = "oral"
    POST = "post"
    COURIER = "courier"
    E_MAIL = "e_mail"
    TELEPHONE = "telephone"
    FAX = "fax"
    FOUND = "found"
    OTHER_REGISTRY = "other_registry"


class Speed(StrEnum):
    """Вид на услугата по срок: ordinary, fast or express."""

    ORDINARY = "ordinary"
    FAST = "fast"
    EXPRESS = "express"


class CorrespondentKind(StrEnum):
    """Вид на кореспондента."""

    PERSON = "person"
    LEGAL_ENTITY = "legal_entity"
    ADMINISTRATION = "administration"
    ANONYMOUS = "anonymous"


class CorrespondentRole(StrEnum):
    """Качество на кореспондента в преписката."""

    APPLICANT = "applicant"
    CO_APPLICANT = "co_applicant"
    REPRESENTATIVE = "representative"
    SENDER = "sender"
    PAYER = "payer"


class IdentifierKind(StrEnum):
    """Вид на идентификатора: chosen by the clerk, never guessed from the digits."""

    EGN = "egn"
    LNCH = "lnch"
    EIK = "eik"
    BULSTAT = "bulstat"


class ResultWay(StrEnum):
    """Начин на получаване на резултата."""

    AT_DESK = "at_desk"
    POST_REGISTERED = "post_registered"
    COURIER = "courier"
    POST_INTERNATIONAL = "post_international"
    ELECTRONIC = "electronic"


class Standing(StrEnum):
    """Състояние на вписването или квитанцията в книгата."""

    IN_FORCE = "in_force"
    ANNULLED = "annulled"
    VOIDED = "voided"
    CORRECTED = "corrected"


IN_FORCE_STANDINGS = frozenset({Standing.IN_FORCE, Standing.CORRECTED})
"""A corrected entry is in force, with its new content; only what is annulled or voided is not."""


class TownState(StrEnum):
    """Решение на общината по вписването."""

    NEW = "new"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    ANSWERED = "answered"


class View(StrEnum):
    """Изглед на регистъра: which entries a list shows."""

    ALL = "all"
    TODAY = "today"
    DUE_SOON = "due_soon"
    LATE = "late"
    UNPAID = "unpaid"
    WAITING = "waiting"


class MomentCode(StrEnum):
    """Събитие по вписване или квитанция, as its history tells it: acts of both sides and steps of the road."""

    REGISTERED = "registered"
    CORRECTED = "corrected"
    ANNULLED = "annulled"
    REPLACES = "replaces"
    PAID = "paid"
    VOIDED = "voided"
    STARTED = "started"
    EXTENDED = "extended"
    DEFECTS = "defects"
    REPAIRED = "repaired"
    ATTACHED = "attached"
    NOTED = "noted"
    RESULTED = "resulted"
    RESULT_ANNULLED = "result_annulled"
    DELIVERY = "delivery"
    ENDED = "ended"
    REOPENED = "reopened"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    SEALED = "sealed"
    HELD = "held"
    RECEIVED = "received"


class TermAct(StrEnum):
    """Действие по срока на преписка (АПК чл. 30, 57): what an act did to the term of an entry."""

    STARTED = "started"
    EXTENDED = "extended"
    STOPPED = "stopped"
    RESTARTED = "restarted"


class PaperState(StrEnum):
    """Състояние на документ от списъка към услугата: brought, wanting, or not needed this time."""

    PRESENT = "present"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


class AttachmentSource(StrEnum):
    """Произход на приложение: an image of a paper, or a document that was born as a file (АПК чл. 29а)."""

    SCAN = "scan"
    FILE = "file"


class Outcome(StrEnum):
    """Вид на издадения резултат: a document, a motivated refusal (АПК чл. 59), or an answer in a letter."""

    DOCUMENT = "document"
    REFUSAL = "refusal"
    ANSWER = "answer"


class DeliveryWay(StrEnum):
    """Начин на връчване на резултата (АПК чл. 61; НОДА чл. 148)."""

    BY_HAND = "by_hand"
    POST = "post"
    COURIER = "courier"
    E_MAIL = "e_mail"
    SSEV = "ssev"


class DeliveryState(StrEnum):
    """Състояние на връчването: given by hand, on its way, arrived, or come back."""

    HANDED = "handed"
    SENT = "sent"
    DELIVERED = "delivered"
    RETURNED = "returned"


class Ending(StrEnum):
    """Приключване на преписка: why the office owes nothing more on an entry.

    ``resulted`` is left by a result; the others are acts of their own: sent to the competent body (АПК чл. 31, 112),
    misdelivered mail sent on with its envelope or given back unopened, an anonymous or offensive paper and one about
    what is older than two years (АПК чл. 111, ал. 4), defects that were not mended, a withdrawal (АПК чл. 56).
    """

    RESULTED = "resulted"
    FORWARDED = "forwarded"
    SENT_ON = "sent_on"
    GIVEN_BACK = "given_back"
    ANONYMOUS = "anonymous"
    OFFENSIVE = "offensive"
    TOO_OLD = "too_old"
    NOT_MENDED = "not_mended"
    WITHDRAWN = "withdrawn"


class ReceiptKind(StrEnum):
    """Вид на касовия документ."""

    SALE = "sale"
    STORNO = "storno"


class DayState(StrEnum):
    """Състояние на касовия ден."""

    OPEN = "open"
    CLOSED = "closed"


class AccountRole(StrEnum):
    """Роля на служителя."""

    CLERK = "clerk"
    MAYOR = "mayor"


class DecidedBy(StrEnum):
    """Кой е приел вписването: a person, or the rule alone."""

    PERSON = "person"
    RULE = "rule"


class DisputeReason(StrEnum):
    """Основание за оспорване."""

    FEE_MISSING = "fee_missing"
    FEE_DIFFERS = "fee_differs"
    WRONG_SERVICE = "wrong_service"
    WRONG_BODY = "wrong_body"
    IDENTITY_UNCLEAR = "identity_unclear"
    NUMBER_PROBLEM = "number_problem"
    OTHER = "other"


class FindingCode(StrEnum):
    """Забележка: something a check noticed. It never refuses anything."""

    INVALID_EGN = "invalid_egn"
    INVALID_LNCH = "invalid_lnch"
    INVALID_EIK = "invalid_eik"
    INVALID_BULSTAT = "invalid_bulstat"
    UNKNOWN_SERVICE = "unknown_service"
    SERVICE_MISSING = "service_missing"
    SERVICE_NOT_HERE = "service_not_here"
    SUBJECT_MISSING = "subject_missing"
    ADDRESS_MISSING = "address_missing"
    UNKNOWN_SETTLEMENT = "unknown_settlement"
    SIGNATURE_MISSING = "signature_missing"
    RESULT_WAY_MISSING = "result_way_missing"
    SHEETS_MISSING = "sheets_missing"
    RECEIVED_EARLIER = "received_earlier"
    RECEIVED_IN_FUTURE = "received_in_future"
    ORAL_HEIRS = "oral_heirs"
    EVENT_TOO_OLD = "event_too_old"
    PAPER_MISSING = "paper_missing"
    TARIFF_MISSING = "tariff_missing"
    PRICE_BY_HAND = "price_by_hand"
    CLOCK_DOUBT = "clock_doubt"
    CASH_DIFFERENCE = "cash_difference"
    FEE_MISSING = "fee_missing"
    FEE_DIFFERS = "fee_differs"
    NUMBER_GAP = "number_gap"
    NUMBER_TWICE = "number_twice"
    TOTALS_DIFFER = "totals_differ"
    DAY_DIFFERS = "day_differs"
    ANNULLED_AFTER_NUMBER = "annulled_after_number"


class BatchState(StrEnum):
    """Състояние на пакета по пътя."""

    SEALED = "sealed"
    HELD = "held"
    RECEIVED = "received"
    DURABLE = "durable"


class AcknowledgementKind(StrEnum):
    """Потвърждение от общината за пакет."""

    RECEIVED = "received"
    DURABLE = "durable"


class Road(StrEnum):
    """Път на плика: by the relay, or as a file on a stick or in a folder."""

    RELAY = "relay"
    FILE = "file"


class ArrivalState(StrEnum):
    """Какво стана с пристигнал плик."""

    RECORDED = "recorded"
    WAITING = "waiting"
    SET_ASIDE = "set_aside"


class VillageState(StrEnum):
    """Състояние на кметството пред центъра, worst first: the order of the members is the order of the desk's list."""

    FORK = "fork"
    GAP = "gap"
    SET_ASIDE = "set_aside"
    TOTALS = "totals"
    REVOKED = "revoked"
    CASH_DIFFERENCE = "cash_difference"
    NUMBER_PROBLEM = "number_problem"
    SILENT = "silent"
    WAITS = "waits"
    DISPUTED = "disputed"
    CLEAN_WAITING = "clean_waiting"
    CLEAN = "clean"


class ComparedField(StrEnum):
    """Поле на сравнението: what the village wrote beside what the centre can recompute of it."""

    NUMBER = "number"
    REGISTERED_ON = "registered_on"
    KIND = "kind"
    SERVICE = "service"
    SPEED = "speed"
    DUE_ON = "due_on"
    DUE_ARTICLE = "due_article"
    FEE = "fee"
    TARIFF = "tariff"
    PAID = "paid"
    IDENTIFIER = "identifier"
    SETTLEMENT = "settlement"


class VillageAnswer(StrEnum):
    """Отговор на кметството по оспорено вписване."""

    CORRECTION = "correction"
    EXPLANATION = "explanation"
    ANNULMENT = "annulment"


class VerifyCode(StrEnum):
    """Констатация на проверката ``tefter verify``, numbered for an auditor."""

    STORE_UNREADABLE = "V01"
    PAGE_DAMAGED = "V02"
    SEQUENCE_HOLE = "V03"
    NOT_CANONICAL = "V04"
    CHAIN_BROKEN = "V05"
    HEAD_DIFFERS = "V06"
    HEAD_SIGNATURE_BAD = "V07"
    HEAD_BEHIND_SLOT = "V08"
    BEHIND_ACKNOWLEDGED = "V09"
    ROW_MISSING = "V10"
    ROW_EXTRA = "V11"
    ROW_DIFFERS = "V12"
    SEARCH_DIFFERS = "V13"
    FACT_UNREADABLE = "V14"
    DOCFLOW_DIFFERS = "V15"
    ENVELOPE_ALTERED = "V16"
    ANSWER_MISSING = "V17"
    ACKNOWLEDGEMENT_BAD = "V18"
    FILE_MISSING = "V19"
    FILE_DAMAGED = "V20"
