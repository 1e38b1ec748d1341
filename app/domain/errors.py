"""What can go wrong, as one tree.

::

    TefterError
    ├── RuleViolation            the clerk can mend it
    │   ├── MissingRequired, UnknownKind, UnknownRegister, UnknownEntry, UnknownReceipt
    │   ├── InvalidIdentifier, UnknownService        become findings, never block a registration
    │   ├── AlreadyAnnulled, NotDisputed, AlreadyVoided, DayIsClosed, NoOpenDay
    │   ├── NoSuchExtension, NoDefectsNoticed, AlreadyEnded, NotEnded
    │   ├── UnknownResult, ResultNotInForce, NumberTaken, DeliveryOver, DeliveryDayWrong, DetailRequired
    │   ├── ReasonRequired, DifferenceUnexplained, BadAmount, AnotherVillage
    │   ├── EmptyFile, FileTooLarge, TooManyFiles, ProgramRefused, FileUnreadable
    │   ├── ClockDoubtful        the date must be confirmed
    │   └── NotPermitted, CodeMismatch, UnknownAccount, NotConfirmed, AlreadyDecided, AlreadyGranted, ContentTooLong,
    │       LineChanged, UnknownBatch
    ├── StoreUnavailable         disk, lock, damage: says what to do
    │   ├── WrongPassword, StoreDamaged, DiskFull, DiskFailed, StoreBusy
    │   ├── FileMissing, FileDamaged     one attachment; all else is as it was
    │   └── StoreMissing, StoreExists, StoreTooNew, LibraryTooOld
    ├── ExchangeFailed           retried by itself
    │   └── RelayUnreachable, RelayFailing, RelayRefused, RelayNotRecognised, DeskUnreachable, DeskRefused,
    │       StickFailed (StickFull, StickGone)
    ├── PreviewFailed            a file cannot be shown; it is kept as it is
    ├── PrinterFailed            what it says is recorded; the paper can be printed again
    └── SetAside                 kept with its evidence, holds up nobody else
        ├── Gap                  an earlier batch is missing
        ├── Malformed            EnvelopeTooLarge, Truncated, UnknownSuite, BadPadding, BadContent, UnknownFact
        └── Tampered             Altered, Misdirected, UnknownStation, RevokedStation, WrongChain, Forked, Replayed

``code`` names the sentence in ``resources/messages`` (what happened, what is safe, what to do).
``facts`` fill its places; they never hold personal data.
"""

from typing import ClassVar


class TefterError(Exception):
    """Any failure that has a sentence for people."""

    code: ClassVar[str] = "internal"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __str__(self) -> str:
        """Code and facts, for logs."""
        return f"{self.code} {self.facts}" if self.facts else self.code


class RuleViolation(TefterError):
    """The act is against a rule; the clerk can mend it."""

    code = "rule"


class MissingRequired(RuleViolation):
    """Kind, way of receipt or a name is missing: the only three that are required."""

    code = "missing_required"


class UnknownKind(RuleViolation):
    """No such kind of document in the list of kinds (номенклатура на видовете документи)."""

    code = "unknown_kind"


class UnknownRegister(RuleViolation):
    """This station does not keep that register or till."""

    code = "unknown_register"


class UnknownEntry(RuleViolation):
    """No entry of that number."""

    code = "unknown_entry"


class UnknownReceipt(RuleViolation):
    """No receipt of that number."""

    code = "unknown_receipt"


class InvalidIdentifier(RuleViolation):
    """An ЕГН, ЛНЧ, ЕИК or БУЛСТАТ that fails its check."""

    code = "invalid_identifier"


class UnknownService(RuleViolation):
    """A service number that the register of services does not hold."""

    code = "unknown_service"


class AlreadyAnnulled(RuleViolation):
    """The entry is annulled; an annulment stands once."""

    code = "already_annulled"


class NotDisputed(RuleViolation):
    """The town disputes nothing about this entry; there is nothing to explain."""

    code = "not_disputed"


class NoSuchExtension(RuleViolation):
    """The law knows no such extension of this entry's term, or the term does not run."""

    code = "no_such_extension"


class NoDefectsNoticed(RuleViolation):
    """No notice of defects is open for this entry; there is nothing to mend."""

    code = "no_defects_noticed"


class AlreadyEnded(RuleViolation):
    """The entry ended already; what ended it is taken back first."""

    code = "already_ended"


class NotEnded(RuleViolation):
    """The entry did not end, or ended with a result: that is annulled instead."""

    code = "not_ended"


class DetailRequired(RuleViolation):
    """Something that the act cannot do without was not said: a title, an addressee, a receiver."""

    code = "detail_required"


class UnknownResult(RuleViolation):
    """No result of that id."""

    code = "unknown_result"


class ResultNotInForce(RuleViolation):
    """The result was annulled."""

    code = "result_not_in_force"


class NumberTaken(RuleViolation):
    """This outgoing number of the paper book was typed before, in the same year."""

    code = "number_taken"


class DeliveryOver(RuleViolation):
    """The result is where it cannot come from or go to: nothing of the kind can be noted."""

    code = "delivery_over"


class DeliveryDayWrong(RuleViolation):
    """The day of a delivery is before its result was issued, or after today: the last word on it stays for ever."""

    code = "delivery_day_wrong"


class AlreadyVoided(RuleViolation):
    """The receipt is voided, or is itself a storno."""

    code = "already_voided"


class DayIsClosed(RuleViolation):
    """The till's day is closed and never opens again."""

    code = "day_is_closed"


class NoOpenDay(RuleViolation):
    """There is no open day to close."""

    code = "no_open_day"


class ReasonRequired(RuleViolation):
    """This act needs a reason in words."""

    code = "reason_required"


class DifferenceUnexplained(RuleViolation):
    """Counted and computed cash differ and nobody said why."""

    code = "difference_unexplained"


class BadAmount(RuleViolation):
    """An amount that cannot be: not positive, or less given than due."""

    code = "bad_amount"


class AnotherVillage(RuleViolation):
    """The fee of an entry is taken in the till of its own village, though one clerk keeps several."""

    code = "another_village"


class ClockDoubtful(RuleViolation):
    """The clock cannot be believed; the date must be confirmed by a person."""

    code = "clock_doubtful"


class NotPermitted(RuleViolation):
    """This account may not do that."""

    code = "not_permitted"


class UnknownAccount(RuleViolation):
    """No open account of that name."""

    code = "unknown_account"


class CodeMismatch(RuleViolation):
    """The enrolment code typed is not the one of these keys."""

    code = "code_mismatch"


class NotConfirmed(RuleViolation):
    """The station's enrolment was not confirmed on both sides yet."""

    code = "not_confirmed"


class AlreadyDecided(RuleViolation):
    """The town has decided this line already."""

    code = "already_decided"


class LineChanged(RuleViolation):
    """A newer fact concerns the line; who decides must see it first."""

    code = "line_changed"


class UnknownBatch(RuleViolation):
    """No envelope of that id has arrived."""

    code = "unknown_batch"


class ContentTooLong(RuleViolation):
    """A text or number that no envelope or table holds."""

    code = "content_too_long"


class EmptyFile(RuleViolation):
    """A file without an octet is nothing to attach."""

    code = "empty_file"


class FileTooLarge(RuleViolation):
    """A file of more octets than an attachment may have."""

    code = "file_too_large"


class TooManyFiles(RuleViolation):
    """The entry has as many files as an entry may have."""

    code = "too_many_files"


class ProgramRefused(RuleViolation):
    """A program, script or macro: nothing that runs is attached."""

    code = "program_refused"


class FileUnreadable(RuleViolation):
    """The file to attach, or the place for a copy, is not there or not open to us."""

    code = "file_unreadable"


class AlreadyGranted(RuleViolation):
    """Another station keeps this register or till; each has one writer at a time."""

    code = "already_granted"


class StoreUnavailable(TefterError):
    """The store cannot be read or written."""

    code = "store_unavailable"


class WrongPassword(StoreUnavailable):
    """No key slot opens with this password."""

    code = "wrong_password"


class StoreDamaged(StoreUnavailable):
    """A page, the key file or the chain fails its check."""

    code = "store_damaged"


class DiskFull(StoreUnavailable):
    """No room: the act is refused whole, the draft is kept."""

    code = "disk_full"


class DiskFailed(StoreUnavailable):
    """The disk answers with an error."""

    code = "disk_failed"


class StoreBusy(StoreUnavailable):
    """Another program holds the store."""

    code = "store_busy"


class StoreMissing(StoreUnavailable):
    """There is no store at that place."""

    code = "store_missing"


class StoreExists(StoreUnavailable):
    """There is a store at that place already."""

    code = "store_exists"


class StoreTooNew(StoreUnavailable):
    """A newer Tefter wrote this store."""

    code = "store_too_new"


class FileMissing(StoreUnavailable):
    """The content of an attachment is not in the store's folder of files."""

    code = "file_missing"


class FileDamaged(StoreUnavailable):
    """The content of an attachment is not what was kept: octets changed, moved or cut off."""

    code = "file_damaged"


class LibraryTooOld(StoreUnavailable):
    """SQLite before 3.51.3 may corrupt a WAL under two connections (sqlite.org/wal.html)."""

    code = "library_too_old"


class ExchangeFailed(TefterError):
    """Nothing was lost; it is tried again by itself."""

    code = "exchange_failed"


class RelayUnreachable(ExchangeFailed):
    """No connection, no answer, or a time-out."""

    code = "relay_unreachable"


class RelayFailing(ExchangeFailed):
    """The relay answers with an error of its own (5xx)."""

    code = "relay_failing"


class RelayRefused(ExchangeFailed):
    """The relay does not admit this request (4xx)."""

    code = "relay_refused"


class RelayNotRecognised(ExchangeFailed):
    """An answer without the relay's signature: a portal or a proxy spoke."""

    code = "relay_not_recognised"


class StickFailed(ExchangeFailed):
    """What was read back from the folder or USB stick is not what was written."""

    code = "stick_failed"


class StickFull(StickFailed):
    """The folder or USB stick has no room for all envelopes; those that stand there are whole."""

    code = "stick_full"


class StickGone(StickFailed):
    """The folder is not there any more: the USB stick was pulled out, or the folder removed."""

    code = "stick_gone"


class DeskUnreachable(ExchangeFailed):
    """The desk has no connection to the centre's service, or no answer in time."""

    code = "desk_unreachable"


class DeskRefused(ExchangeFailed):
    """The centre's service does not admit this desk, or answers in a form that this program does not know."""

    code = "desk_refused"


class PreviewFailed(TefterError):
    """The process that draws a file died, took too long or could not read it; the file is kept as it is."""

    code = "preview_failed"


class PrinterFailed(TefterError):
    """The printer took no paper from us: off, out of reach, or in trouble."""

    code = "printer_failed"


class SetAside(TefterError):
    """Refused before any effect and kept as evidence."""

    code = "set_aside"


class Malformed(SetAside):
    """Not of the form of the protocol."""

    code = "malformed"


class EnvelopeTooLarge(Malformed):
    """More bytes than the protocol allows."""

    code = "envelope_too_large"


class Truncated(Malformed):
    """Fewer bytes than its header promises."""

    code = "truncated"


class UnknownSuite(Malformed):
    """A protocol, suite or key id that this side does not use."""

    code = "unknown_suite"


class BadPadding(Malformed):
    """Padding or compression that does not unfold to what it states."""

    code = "bad_padding"


class BadContent(Malformed):
    """Plaintext that is not canonical, or not what the outer header says."""

    code = "bad_content"


class UnknownFact(Malformed):
    """A fact of a kind or version this program does not know yet."""

    code = "unknown_fact"


class Tampered(SetAside):
    """Of the right form, but not what its sender wrote."""

    code = "tampered"


class Altered(Tampered):
    """Signature or decryption fails."""

    code = "altered"


class Misdirected(Tampered):
    """Sealed for another municipality, station or direction."""

    code = "misdirected"


class UnknownStation(Tampered):
    """No such station is enrolled."""

    code = "unknown_station"


class RevokedStation(Tampered):
    """The station's key is revoked from this batch on."""

    code = "revoked_station"


class WrongChain(Tampered):
    """The facts do not continue the chain they claim to continue."""

    code = "wrong_chain"


class Forked(Tampered):
    """Same stream and sequence, other digest: two stores write under one identity."""

    code = "forked"


class Replayed(Tampered):
    """An old envelope under a new cover: its batch number was used by other bytes."""

    code = "replayed"


class Gap(SetAside):
    """An earlier batch is still missing; this one waits."""

    code = "gap"
