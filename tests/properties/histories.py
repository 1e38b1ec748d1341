"""Random histories of a municipality: what villages, town, road and clock may do, as data, and a player for them.

A history is a list of small values; places in it are drawn as plain numbers and taken modulo what there is, so that
every list is a history and shrinking one leaves a history.
"""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar
from unittest import mock

import sqlalchemy as sa
from hypothesis import strategies as st
from sqlalchemy import event

from app import bootstrap
from app.demonstration import people
from app.domain import office_date
from app.domain.entries import Filing
from app.domain.errors import ClockDoubtful, RuleViolation
from app.domain.facts import Correspondent, EarlierReceipt, NoteCount, ReceiptLine
from app.domain.ports import pass_by
from app.domain.terms import (
    Channel,
    CorrespondentKind,
    CorrespondentRole,
    DeliveryState,
    DeliveryWay,
    DisputeReason,
    Ending,
    IdentifierKind,
    Outcome,
    ResultWay,
    Speed,
    TownState,
)
from app.ledger import engine as engines
from app.ledger.journal import Ledger, head_of, last_position
from app.ledger.tables import REPLAYED, entries, receipts
from app.services import cash_desk, endings, proceedings, registration, results, status
from app.services.details import details
from app.services.nomenclatures import Nomenclatures
from sync.central import decisions
from sync.central.waiting import waiting_lines
from sync.exchange import export_to, import_from
from tests.town import PAID_SERVICE, TestVillage, Town

Told = TypeVar("Told")

DECEMBER = datetime(2026, 12, 30, 16, 0, tzinfo=office_date.SOFIA)
"""A start from which the year turns without any doubt about the clock."""


class PowerCutError(Exception):
    """Stands for the end of the process at a milestone."""


# --- what may happen --------------------------------------------------------------------------------------------


class Registers(NamedTuple):
    """A clerk registers a filing; ``fields`` are the filing's own."""

    village: int
    fields: dict[str, Any]


class Annuls(NamedTuple):
    """A clerk annuls an entry, perhaps for another one."""

    village: int
    entry: int
    replacement: int | None


class Corrects(NamedTuple):
    """A clerk corrects an entry to another content."""

    village: int
    entry: int
    fields: dict[str, Any]


class Answers(NamedTuple):
    """A clerk explains an entry that the town disputes."""

    village: int
    entry: int


class MovesTerm(NamedTuple):
    """A clerk extends the term of an entry, stops it by defects, or notes their repair, on a day of ``told``."""

    village: int
    entry: int
    how: str
    told: date | None


class Concludes(NamedTuple):
    """A clerk issues a result, delivers or annuls one, ends an entry without one, reopens it, notes, attaches."""

    village: int
    entry: int
    how: str


class Pays(NamedTuple):
    """A clerk takes money: for an entry's own fee, or for lines typed by hand."""

    village: int
    own_fee_of: int | None
    lines: tuple[tuple[int | None, int, int], ...]
    more_given: int


class Voids(NamedTuple):
    """A clerk voids a receipt."""

    village: int
    receipt: int


class Closes(NamedTuple):
    """A clerk closes the oldest open day, with a difference of ``off`` cents."""

    village: int
    off: int


class Exchanges(NamedTuple):
    """A village exchanges by the relay."""

    village: int
    bookkeeping: bool


class TownExchanges(NamedTuple):
    """The town exchanges by the relay."""


class StickTravels(NamedTuple):
    """A stick goes from a village to the town, and back where ``back``."""

    village: int
    back: bool


class TownDecides(NamedTuple):
    """The registrar accepts all that is clean, or decides one line."""

    line: int
    how: str


class TimePasses(NamedTuple):
    """The clock goes on by so many minutes."""

    minutes: int


class ClockJumps(NamedTuple):
    """The clock is set off by so many days, back or ahead."""

    days: int


class Restarts(NamedTuple):
    """A village's program is closed and opened again."""

    village: int


class CutOff(NamedTuple):
    """The power fails at a milestone of an act; after the restart the act is tried again where ``again``."""

    milestone: str
    act: "Registers | Annuls | Corrects | Answers | Pays | Voids | Closes"
    again: bool


ToAnEntry = Annuls | Corrects | Answers | MovesTerm | Concludes
DeskAct = Registers | ToAnEntry | Pays | Voids | Closes
Step = DeskAct | Exchanges | TownExchanges | StickTravels | TownDecides | TimePasses | ClockJumps | Restarts | CutOff


# --- strategies -------------------------------------------------------------------------------------------------

_RANDOM = Random(1899)  # noqa: S311 - invented people
_PEOPLE = [people.person(_RANDOM) for _ in range(8)]
_FIRMS = [people.legal_entity(_RANDOM) for _ in range(3)]
_LISTS: Nomenclatures = bootstrap.nomenclatures()
_SERVICES = [None, PAID_SERVICE, PAID_SERVICE, 1999, 2000, *sorted(_LISTS.services)[:3], 999_999]


def _one_off(number: str) -> str:
    """Return an identifier whose check digit is wrong."""
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def _person(at: int, valid: bool, address: str) -> Correspondent:  # noqa: FBT001 - drawn
    one = _PEOPLE[at]
    egn = one.egn if valid else _one_off(one.egn)
    return Correspondent(
        CorrespondentKind.PERSON, one.name, identifier_kind=IdentifierKind.EGN, identifier=egn, settlement=address
    )


_correspondent = st.one_of(
    st.builds(
        _person, st.integers(0, len(_PEOPLE) - 1), st.booleans(), st.sampled_from(["49686", "", "00000", "32665"])
    ),
    st.sampled_from(
        [
            Correspondent(CorrespondentKind.ANONYMOUS, ""),
            Correspondent(CorrespondentKind.PERSON, "Надежда Ангелова", CorrespondentRole.CO_APPLICANT, phone="0888"),
            Correspondent(CorrespondentKind.ADMINISTRATION, "Областна администрация", CorrespondentRole.SENDER),
            *(
                Correspondent(
                    CorrespondentKind.LEGAL_ENTITY,
                    firm.name,
                    identifier_kind=IdentifierKind.EIK,
                    identifier=firm.eik,
                    address="ул. „Първа“ 1",
                    e_mail="firma@example.bg",
                )
                for firm in _FIRMS
            ),
        ]
    ),
)
_received = st.one_of(
    st.none(),
    st.builds(
        EarlierReceipt,
        st.dates(date(2026, 10, 1), date(2027, 3, 1)),
        st.sampled_from(["донесено от пощальона", "оставено в кутията"]),
    ),
)
_village = st.integers(0, 1)
_which = st.integers(0, 30)
_content = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["zayavlenie_usluga", "zayavlenie_usluga", *sorted(_LISTS.kinds)]),
        "channel": st.sampled_from(Channel),
        "correspondents": st.lists(_correspondent, min_size=1, max_size=3).map(tuple),
        "subject": st.sampled_from(["", "Удостоверение за настоящ адрес", "Cигнал за куче", "„Ѝ“ €\U0001f600\n"]),
        "service": st.sampled_from(_SERVICES),
        "speed": st.sampled_from([None, *Speed]),
        "sheets": st.integers(0, 3),
        "signed": st.booleans(),
        "result_way": st.sampled_from([None, *ResultWay]),
        "sender_number": st.sampled_from(["", "АБ-12/1"]),
        "sender_date": st.sampled_from([None, date(2026, 11, 2)]),
        "received": _received,
    }
)
_registers = st.builds(Registers, _village, _content)
_corrects = st.builds(Corrects, _village, _which, _content)
_answers = st.builds(Answers, _village, _which)
_moves_term = st.builds(
    MovesTerm,
    _village,
    _which,
    st.sampled_from(["start", "extend", "notice", "repair"]),
    st.sampled_from([None, date(2026, 11, 2), date(2027, 1, 4)]),
)
_concludes = st.builds(
    Concludes,
    _village,
    _which,
    st.sampled_from(["issue", "refuse", "book", "hand", "send", "arrive", "take_back", "end", "reopen", "note"]),
)
_annuls = st.builds(Annuls, _village, _which, st.one_of(st.none(), _which))
_lines = st.lists(
    st.tuples(st.one_of(st.none(), _which), st.integers(1, 3), st.integers(0, 700)), min_size=1, max_size=3
)
_pays = st.builds(Pays, _village, st.one_of(st.none(), _which), _lines.map(tuple), st.sampled_from([0, 0, 1, 198]))
_voids = st.builds(Voids, _village, _which)
_closes = st.builds(Closes, _village, st.sampled_from([0, 0, 0, -5, 250]))
_at_the_till = (_pays, _pays, _voids, _closes)
_with_an_entry = (_corrects, _answers, _annuls, _moves_term, _concludes)
_desk_act = st.one_of(_registers, _registers, *_with_an_entry, *_at_the_till)
_step: st.SearchStrategy[Step] = st.one_of(
    *(_desk_act for _ in range(6)),
    st.builds(Exchanges, _village, st.booleans()),
    st.just(TownExchanges()),
    st.builds(StickTravels, _village, st.booleans()),
    st.builds(TownDecides, _which, st.sampled_from(["clean", "clean", "accept", "dispute"])),
    st.builds(TimePasses, st.sampled_from([0, 7, 60, 24 * 60, 3 * 24 * 60])),
    st.builds(ClockJumps, st.sampled_from([-3650, -400, -2, 8, 50, 400, 3650])),
    st.builds(Restarts, _village),
    st.builds(
        CutOff,
        st.sampled_from(["before_commit", "after_commit"]),
        _desk_act,
        st.booleans(),
    ),
)


class History(NamedTuple):
    """When it starts, and what happens."""

    start: datetime
    steps: list[Step]


histories = st.builds(
    History,
    st.sampled_from([datetime(2026, 11, 16, 9, 0, tzinfo=office_date.SOFIA), DECEMBER]),
    st.lists(_step, min_size=8, max_size=40),
)


# --- the player -------------------------------------------------------------------------------------------------


class SteadyTown(Town):
    """A town whose relay stands elsewhere: its clock goes right while the clock of the offices is set off."""

    def __init__(self, folder: Path, start: datetime, villages: int = 2) -> None:
        super().__init__(folder, villages)
        self.clock.moment = start
        self.off = timedelta()

    def _seconds(self) -> int:
        return int((self.clock.now() - self.off).timestamp())

    def jump(self, days: int) -> None:
        """Set the clock of all offices off, once more."""
        self.off += timedelta(days=days)
        self.clock.tick(days=days)


@dataclasses.dataclass
class Promise:
    """What a clerk was told after a commit; it must stand for ever."""

    village: int
    table: sa.Table
    identity: bytes
    number: str


class Player:
    """Plays a history and keeps what was promised."""

    def __init__(self, folder: Path, start: datetime) -> None:
        self.town = SteadyTown(folder, start)
        self.promised: list[Promise] = []
        self._stick = folder / "stick"
        self._cuts = 0

    def __enter__(self) -> Self:
        """Build the town."""
        self.town.__enter__()
        self._stick.mkdir()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.town.__exit__(kind, error, trace)

    def play(self, step: Step) -> None:
        """Let one thing happen."""
        match step:
            case Registers() | Annuls() | Corrects() | Answers() | Pays() | Voids() | Closes():
                self._at_desk(step)
            case Exchanges(village, bookkeeping):
                self.village(village).exchange(bookkeeping=bookkeeping)
            case TownExchanges():
                self.town.centre_exchange()
            case StickTravels(village, back):
                self._carry(self.village(village), back=back)
            case TownDecides(line, how):
                self._decide(line, how)
            case TimePasses(minutes):
                self.town.clock.tick(minutes=minutes)
            case ClockJumps(days):
                self.town.jump(days)
            case Restarts(village):
                self.village(village).reopen()
            case CutOff():
                self._cut_off(step)

    def village(self, number: int) -> TestVillage:
        """Return a village."""
        return self.town.villages[number]

    def _at_desk(self, act: DeskAct, identity: bytes | None = None) -> None:
        """Do an act. A doubtful clock is met by confirming a date; an act against a rule must write nothing."""
        village = self.village(act.village)
        self.town.clock.tick(seconds=20)
        before = facts_held(village.store.ledger)
        identity = identity or village.new_id()
        try:
            self.confirming(village, lambda confirmed: self._do(village, act, identity, confirmed))
        except RuleViolation as refusal:
            if isinstance(refusal, ClockDoubtful):
                raise
            assert facts_held(village.store.ledger) == before, "a refused act writes nothing"

    def confirming(self, village: TestVillage, act: Callable[[date | None], object]) -> None:
        """Do an act; where the clock is in doubt, do it again on a date that the clerk confirms."""
        before = facts_held(village.store.ledger)
        try:
            act(None)
        except ClockDoubtful as doubt:
            assert facts_held(village.store.ledger) == before, "an act in doubt writes nothing"
            last = doubt.facts["last"]
            assert isinstance(last, date)
            clock = local_date(self.town)
            # The clerk knows better than a clock that is years off; a clock somewhat ahead may be right.
            right = clock if last <= clock <= last + timedelta(days=60) else last + timedelta(days=1)
            act(right)

    def _do(self, village: TestVillage, act: DeskAct, identity: bytes, confirmed: date | None) -> None:
        store, lists = village.store, village.lists
        match act:
            case Registers(_, fields):
                filing = Filing(entry=identity, register=village.number, **fields)
                done = registration.register(store, lists, filing, confirmed)
                self._promise(act.village, entries, done.entry, done.number)
            case Pays():
                issued = cash_desk.issue(store, lists, self._payment(village, act, identity), confirmed)
                self._promise(act.village, receipts, issued.receipt, issued.number)
            case Voids(_, receipt):
                held = self._ids(village, receipts)
                if held:
                    voided = cash_desk.void(store, held[receipt % len(held)], identity, "Грешна услуга", confirmed)
                    self._promise(act.village, receipts, voided.receipt, voided.number)
            case Closes(_, off):
                counted = max(0, (cash_desk.expected(store, village.number) or 0) + off)
                reason = "Преброено два пъти" if off else ""
                cash_desk.close_day(store, village.number, (NoteCount(1, counted),), reason, confirmed)
            case Annuls() | Corrects() | Answers() | MovesTerm() | Concludes():
                held = self._ids(village, entries)
                if held:
                    self._to_an_entry(village, act, held, confirmed)

    @staticmethod
    def _to_an_entry(village: TestVillage, act: ToAnEntry, held: list[bytes], confirmed: date | None) -> None:
        store, entry = village.store, held[act.entry % len(held)]
        match act:
            case Annuls(_, _, replacement):
                other = held[replacement % len(held)] if replacement is not None else None
                registration.annul(store, entry, "Вписано два пъти", other, confirmed)
            case Corrects(_, _, fields):
                filing = Filing(entry=entry, register=village.number, **fields)
                registration.correct(store, village.lists, entry, filing, "Сбъркано", confirmed)
            case Answers():
                registration.answer_dispute(store, entry, "Платено е", confirmed)
            case MovesTerm():
                _move_term(village, entry, act, confirmed)
            case Concludes():
                _conclude(village, entry, act.how, confirmed)

    def _payment(self, village: TestVillage, act: Pays, identity: bytes) -> cash_desk.Payment:
        held = self._ids(village, entries)
        lines = [
            ReceiptLine(
                held[entry % len(held)] if entry is not None and held else None,
                PAID_SERVICE if entry is not None else None,
                None,
                "Такса",
                quantity,
                unit,
                quantity * unit,
            )
            for entry, quantity, unit in act.lines
        ]
        if act.own_fee_of is not None and held:
            lines = [cash_desk.line_for(village.store, held[act.own_fee_of % len(held)], "Такса по тарифа")]
        payer = Correspondent(CorrespondentKind.PERSON, _PEOPLE[0].name)
        given = sum(line.cents for line in lines) + act.more_given
        return cash_desk.Payment(receipt=identity, till=village.number, payer=payer, lines=tuple(lines), given=given)

    def _promise(self, village: int, table: sa.Table, identity: bytes, number: str) -> None:
        self.promised.append(Promise(village, table, identity, number))

    @staticmethod
    def _ids(village: TestVillage, table: sa.Table) -> list[bytes]:
        key = table.c.entry if table is entries else table.c.receipt
        with village.store.ledger.reading() as connection:
            return [bytes(row[0]) for row in connection.execute(sa.select(key).order_by(table.c.position))]

    def _cut_off(self, step: CutOff) -> None:
        """Cut an act off: before the commit it is absent, after it it is whole. Tried again, it is there once."""
        village = self.village(step.act.village)
        before = everything(village.store.ledger)
        reached: list[str] = []

        def fuse(name: str) -> None:
            if name == step.milestone:
                reached.append(name)
                raise PowerCutError(name)

        village.store.ledger.milestone = fuse
        identity = village.new_id()
        try:
            self._at_desk(step.act, identity)
        except PowerCutError:
            self._cuts += 1
        village.store.ledger.milestone = pass_by
        if step.milestone == "before_commit":
            assert everything(village.store.ledger) == before, "cut off before the commit, an act is absent"
        elif reached:
            assert everything(village.store.ledger) != before, "cut off after the commit, an act is whole"
        village.reopen()
        if step.again:
            self._at_desk(step.act, identity)

    def _carry(self, village: TestVillage, *, back: bool) -> None:
        self.town.clock.tick(seconds=5)
        disk = village.store.world.disk
        export_to(village.end(), disk, self._stick)
        import_from(self.town.centre_end(), disk, self._stick)
        if back:
            export_to(self.town.centre_end(), disk, self._stick)
            import_from(village.end(), disk, self._stick)

    def _decide(self, line: int, how: str) -> None:
        if how == "clean":
            self.town.accept_clean()
            return
        with self.town.centre.ledger.reading() as connection:
            query = sa.select(entries.c.entry).where(entries.c.town != TownState.ACCEPTED).order_by(entries.c.position)
            held = [bytes(row[0]) for row in connection.execute(query)]
        if not held:
            return
        entry = held[line % len(held)]
        if how == "accept":
            decisions.accept(self.town.centre, self.town.docflow, entry, 1)
        else:
            decisions.dispute(self.town.centre, entry, DisputeReason.OTHER, "Елате с лична карта", 1)

    def heal(self) -> None:
        """End all faults: everybody exchanges until nothing is open. Three rounds must do."""
        for _ in range(3):
            self._exchange_all()
            self.town.accept_clean()
            with self.town.centre.ledger.reading() as connection:
                doubtful = [bytes(line.row.entry) for line in waiting_lines(connection)]
            for entry in doubtful:
                decisions.dispute(self.town.centre, entry, DisputeReason.FEE_MISSING, "", 1)
            self.town.centre_exchange()
            self._exchange_all()
            if self._all_agree():
                return
        raise AssertionError("three rounds without a fault do not bring both sides together")

    def _exchange_all(self) -> None:
        for village in self.town.villages:
            self.town.clock.tick(seconds=1)
            village.exchange(bookkeeping=True)
        self.town.centre_exchange()

    def _all_agree(self) -> bool:
        with self.town.centre.ledger.reading() as town:
            for village in self.town.villages:
                me, state = village.store.identity, status.of(village.store)
                with village.store.ledger.reading() as here:
                    same = all(head_of(here, one) == head_of(town, one) for one in (me.epoch, me.answers))
                if not same or state.waiting_entries or state.registered != state.accepted + state.disputed:
                    return False
        return True


def _move_term(village: TestVillage, entry: bytes, act: MovesTerm, confirmed: date | None) -> None:
    store, lists = village.store, village.lists
    match act.how:
        case "notice":
            said = proceedings.Noticing(("подпис", "пълномощно"), act.told)
            proceedings.notice_defects(store, lists, entry, said, confirmed)
        case "start":
            proceedings.start(store, lists, entry, act.told or date(2026, 12, 1), confirmed)
        case "repair":
            proceedings.repair(store, lists, entry, act.told or date(2026, 12, 1), confirmed)
        case _:
            with store.ledger.reading() as connection:
                kind = details(connection, entry).row.kind
            for known in proceedings.extensions_of(lists, kind)[:1]:
                until = act.told if known.length is None else None
                extending = proceedings.Extending(known.code, "Събират се доказателства", act.told, until)
                proceedings.extend(store, lists, entry, extending, confirmed)


def _conclude(village: TestVillage, entry: bytes, how: str, confirmed: date | None) -> None:
    store = village.store
    match how:
        case "issue" | "refuse" | "book":
            outcome = Outcome.REFUSAL if how == "refuse" else Outcome.DOCUMENT
            book = f"РД-{village.new_id().hex()[:6]}" if how == "book" else ""
            said = results.Issuing(village.new_id(), entry, outcome, "Удостоверение", "Няма акт", book_number=book)
            results.issue(store, said, confirmed)
        case "end":
            endings.end(store, entry, endings.EndingSaid(Ending.FORWARDED, "Община Струмяни"), confirmed)
        case "reopen":
            endings.reopen(store, entry, "Върнато", confirmed)
        case "note":
            endings.note(store, entry, "Донесе скица", confirmed)
        case _:
            with store.ledger.reading() as connection:
                issued = details(connection, entry).results
            for one in issued[-1:]:
                _move_result(village, one.result, how, confirmed)


def _move_result(village: TestVillage, result: bytes, how: str, confirmed: date | None) -> None:
    if how == "take_back":
        results.annul(village.store, result, "Сбъркано име", confirmed)
        return
    states = {"hand": DeliveryState.HANDED, "send": DeliveryState.SENT, "arrive": DeliveryState.DELIVERED}
    today = confirmed or local_date(village.town)
    said = results.Delivering(result, states[how], DeliveryWay.POST, today, _PEOPLE[0].name)
    results.deliver(village.store, said, confirmed)


def local_date(town: Town) -> date:
    """Return the date of the offices' clock."""
    return office_date.local(town.clock.now()).date()


@cache
def _pattern() -> sa.Engine:
    """Return the engine whose compiled statements all stores share."""
    engine = engines.open_engine(None, None)
    engine.connect().close()
    return engine


@contextmanager
def hurried() -> Iterator[None]:
    """Let every store share one set of compiled statements and not wait for the disk.

    A test opens a thousand stores; in each SQLAlchemy would compile the same statements anew. What is done stays the
    same; that the disk is waited for is shown elsewhere.
    """
    really, first = engines.open_engine, _pattern()

    def open_engine(path: Path | None, key: bytes | None) -> sa.Engine:
        engine = really(path, key)
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache

        @event.listens_for(engine, "connect")
        def _connected(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own untyped connection
            connection.execute("PRAGMA synchronous = OFF")

        return engine

    with mock.patch.object(engines, "open_engine", open_engine):
        yield


def facts_held(ledger: Ledger) -> int:
    """Return how many facts a ledger holds."""
    with ledger.reading() as connection:
        return last_position(connection)


def everything(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table that the facts say."""
    with ledger.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
            for table in REPLAYED
        }
