"""One fact of every kind in literal values: what the golden bytes in ``tests/vectors/facts.json`` stand for.

A line here is never changed, because the bytes of facts that villages already wrote never change either; a new kind
or version is added at the end. The people are of ``app.demonstration.people``: nobody's real data.
"""

from datetime import date

from app.domain import canonical
from app.domain.facts import (
    AccountOpened,
    AnswerApplied,
    AttachmentAdded,
    Body,
    Correspondent,
    DayClosed,
    DayOpened,
    DefectsNoticed,
    DefectsRepaired,
    DeliveryNoted,
    DisputeAnswered,
    Due,
    EarlierReceipt,
    EntryAccepted,
    EntryAnnulled,
    EntryCorrected,
    EntryDisputed,
    EntryEnded,
    EntryRegistered,
    EntryReopened,
    Fact,
    Fee,
    Finding,
    IdentifierShown,
    NoteAdded,
    NoteCount,
    PaperSeen,
    Particular,
    ParticularsNoted,
    ReceiptIssued,
    ReceiptLine,
    ReceiptVoided,
    RecoveryUsed,
    RegisterGrant,
    ResultAnnulled,
    ResultIssued,
    StationAdmitted,
    StationEnrolled,
    StationIntroduced,
    StationRevoked,
    TermExtended,
    TermStarted,
    TillGrant,
    TillTotals,
)
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

STATION = bytes.fromhex("00112233445566778899aabbccddeeff")
EPOCH = bytes.fromhex("0123456789abcdef0123456789abcdef")
ANSWERS = bytes.fromhex("fedcba9876543210fedcba9876543210")
ENROLMENT = bytes.fromhex("11" * 32)
ENTRY = bytes.fromhex("e1" * 16)
CASE = bytes.fromhex("c1" * 16)
OTHER_ENTRY = bytes.fromhex("e2" * 16)
RECEIPT = bytes.fromhex("d1" * 16)
RESULT = bytes.fromhex("b1" * 16)
OTHER_RESULT = bytes.fromhex("b2" * 16)
STORNO = bytes.fromhex("d2" * 16)
DAY = date(2026, 11, 20)
MORNING = 1_795_158_000
"""20.11.2026, 09:00 in Sofia."""

REGISTERS = (RegisterGrant(17, (1017, 2017, 3017), "BLG49-12", "Микрево"),)
TILLS = (TillGrant(17, "BLG49-12"),)
APPLICANT = Correspondent(
    kind=CorrespondentKind.PERSON,
    name="Еленка Спасова Бъчварова",
    role=CorrespondentRole.APPLICANT,
    identifier_kind=IdentifierKind.EGN,
    identifier="9130051150",
    settlement="49686",
    address="ул. „Първа“ 7",
    phone="0888 000 000",
    e_mail="",
)

BODIES_IN_ORDER: tuple[Body, ...] = (
    StationEnrolled("BLG49", STATION, "Микрево 1", ENROLMENT, REGISTERS, TILLS, ANSWERS, 1),
    AccountOpened(1, "Служител", AccountRole.CLERK),
    RecoveryUsed(1),
    EntryRegistered(
        entry=ENTRY,
        case_file=CASE,
        register=17,
        year=2026,
        number=42,
        kind="zayavlenie_usluga",
        channel=Channel.BY_HAND,
        correspondents=(APPLICANT, Correspondent(CorrespondentKind.ANONYMOUS, "", CorrespondentRole.SENDER)),
        subject="Удостоверение за настоящ адрес",
        service=1997,
        speed=Speed.FAST,
        sheets=2,
        signed=True,
        result_way=ResultWay.AT_DESK,
        sender_number="РД-02-20/6",
        sender_date=date(2026, 11, 18),
        received=EarlierReceipt(date(2026, 11, 19), "донесено от пощата късно"),
        due=Due(date(2026, 11, 23), "АПК чл.57(2)", 1),
        fee=Fee(153, "EUR", 1, "ЗМДТ чл.110(1) т.8"),
        findings=(Finding(FindingCode.RECEIVED_EARLIER, "received"), Finding(FindingCode.CLOCK_DOUBT)),
    ),
    EntryRegistered(
        entry=OTHER_ENTRY,
        case_file=OTHER_ENTRY,
        register=17,
        year=2026,
        number=43,
        kind="signal",
        channel=Channel.TELEPHONE,
        correspondents=(Correspondent(CorrespondentKind.ANONYMOUS, ""),),
        subject="",
        service=None,
        speed=None,
        sheets=0,
        signed=False,
        result_way=None,
        sender_number="",
        sender_date=None,
        received=None,
        due=None,
        fee=None,
        findings=(),
    ),
    EntryAnnulled(OTHER_ENTRY, "Вписано два пъти", ENTRY),
    DayOpened(17, DAY, 0, "EUR"),
    ReceiptIssued(
        receipt=RECEIPT,
        till=17,
        year=2026,
        number=1,
        day=DAY,
        payer=APPLICANT,
        lines=(ReceiptLine(ENTRY, 1997, Speed.FAST, "Такса", 1, 153, 153),),
        currency="EUR",
        cents=153,
        given=200,
        change=47,
        tariff=1,
        totals=TillTotals(153, 0, 153),
        findings=(),
    ),
    ReceiptVoided(STORNO, 17, 2026, 2, DAY, RECEIPT, 153, "EUR", "Погрешна услуга", TillTotals(153, 153, 0)),
    DayClosed(
        till=17,
        day=DAY,
        currency="EUR",
        opening=0,
        receipts=1,
        taken=153,
        voids=1,
        paid_back=153,
        computed=0,
        counted=2,
        notes=(NoteCount(2, 1),),
        difference=2,
        reason="Намерени под гишето",
        first=1,
        last=2,
        documents=bytes.fromhex("ab" * 32),
        totals=TillTotals(153, 153, 2),
    ),
    AnswerApplied(ANSWERS, 3, bytes.fromhex("77" * 32)),
    StationAdmitted(
        station=STATION,
        name="Микрево 1",
        epoch=EPOCH,
        enrolment=ENROLMENT,
        signing_key=bytes.fromhex("51" * 32),
        receiving_key=bytes.fromhex("52" * 48),
        registers=REGISTERS,
        tills=TILLS,
    ),
    EntryAccepted(ENTRY, "94-17-42/20.11.2026", DecidedBy.PERSON),
    EntryDisputed(ENTRY, DisputeReason.FEE_DIFFERS, "Платено е друго"),
    StationRevoked(STATION, 4, 19, "Изгубен компютър"),
    EntryCorrected(
        entry=ENTRY,
        reason="Сбъркана услуга",
        kind="zayavlenie_usluga",
        channel=Channel.BY_HAND,
        correspondents=(APPLICANT,),
        subject="Удостоверение за постоянен адрес",
        service=1996,
        speed=Speed.ORDINARY,
        sheets=3,
        signed=True,
        result_way=ResultWay.POST_REGISTERED,
        sender_number="",
        sender_date=None,
        received=None,
        due=Due(date(2026, 11, 27), "АПК чл.57(2)", 1),
        fee=Fee(102, "EUR", 1, "ЗМДТ чл.110(1) т.8"),
        findings=(Finding(FindingCode.FEE_DIFFERS, "fee"),),
    ),
    DisputeAnswered(ENTRY, "Платено е по старата тарифа, виж квитанция 1"),
    StationIntroduced(STATION, "Микрево 1", bytes.fromhex("51" * 32), TILLS),
    TermExtended(ENTRY, "expert", Due(date(2026, 12, 11), "АПК чл.57(7)", 1), "Иска се съгласие на друг орган", DAY),
    DefectsNoticed(ENTRY, ("подпис", "документ за платена такса"), DAY, Due(date(2026, 11, 23), "АПК чл.30(2)", 1)),
    DefectsRepaired(ENTRY, date(2026, 11, 23), Due(date(2026, 11, 30), "АПК чл.57(2)", 1)),
    IdentifierShown(ENTRY, 0),
    TermStarted(ENTRY, DAY, Due(date(2026, 11, 25), "АПК чл.57(9)", 1)),
    ParticularsNoted(
        ENTRY,
        before_closing=True,
        values=(Particular("act_number", "РД-09-12"), Particular("act_told", "2026-11-18")),
        papers=(PaperSeen("identity", PaperState.PRESENT), PaperSeen("proxy", PaperState.NOT_NEEDED)),
    ),
    AttachmentAdded(
        entry=ENTRY,
        attachment=bytes.fromhex("a1" * 16),
        digest=bytes.fromhex("ad" * 32),
        name="заявление.pdf",
        media="application/pdf",
        size=83_114,
        sheets=2,
        source=AttachmentSource.SCAN,
    ),
    NoteAdded(ENTRY, "Донесе и нотариален акт"),
    ResultIssued(
        result=RESULT,
        entry=ENTRY,
        register=17,
        year=2026,
        number=5,
        book_number="",
        outcome=Outcome.DOCUMENT,
        title="Удостоверение за настоящ адрес",
        reason="",
        copies=2,
        sheets=1,
    ),
    ResultIssued(OTHER_RESULT, ENTRY, 17, 2026, 0, "РД-12/20.11.2026", Outcome.REFUSAL, "Отказ", "Няма акт", 1, 2),
    ResultAnnulled(OTHER_RESULT, ENTRY, "Сбъркан номер", RESULT),
    DeliveryNoted(
        result=RESULT,
        entry=ENTRY,
        state=DeliveryState.SENT,
        way=DeliveryWay.POST,
        on=date(2026, 11, 23),
        receiver="Еленка Спасова Бъчварова",
        identifier="9130051150",
        tracking="PS 2700 0000 0001",
        note="с обратна разписка",
    ),
    EntryEnded(OTHER_ENTRY, Ending.FORWARDED, "Община Струмяни", with_envelope=False, told_on=DAY, reason=""),
    EntryReopened(OTHER_ENTRY, "Върнато като некомпетентно"),
)


def salt(number: int) -> bytes:
    """Return the fixed salt of the sample with this number; 0x5a and the number, sixteen octets."""
    return bytes([0x5A, number]) * 8


FACTS: tuple[Fact, ...] = tuple(
    Fact(
        sequence=number,
        kind=type(body).__name__,
        version=body.version,
        recorded_at=MORNING + 60 * number,
        office_date=DAY,
        clock_doubt=number == 4,
        actor=1,
        salt=salt(number) if body.personal else b"",
        body=body,
    )
    for number, body in enumerate(BODIES_IN_ORDER, start=1)
)

GENESIS = canonical.genesis(STATION, EPOCH, ENROLMENT)

IN_THE_FIRST_ENVELOPES = 15
"""How many of them the golden envelopes hold: sealed once, they stay as they are while kinds are added."""
