"""Load the tables and the texts that travel with the program.

The tables are trusted no more than any other input: each row is converted strictly, written back and
compared with what was read, so that a value which only looks right (a lost leading zero, a stray space
around a number) stops the program at the start with the name of the file and the line.
"""

import csv
import io
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar, get_args

import msgspec

from app.domain.desk_lists import FieldOption, KindField, OnTheSpot, Paper, RouteStep, ServicePaper
from app.domain.nomenclature import (
    DocumentKind,
    Extension,
    Holiday,
    Mayoralty,
    Municipality,
    Positive,
    Service,
    Settlement,
    Tariff,
    TariffRow,
)
from resources import FOLDER

Record = TypeVar("Record", bound=msgspec.Struct)
Key = TypeVar("Key", bound=Hashable)
Rows_co = TypeVar("Rows_co", covariant=True)

# The columns that together may occur once only.
KEYS: dict[type[msgspec.Struct], tuple[str, ...]] = {
    Settlement: ("ekatte",),
    Municipality: ("code",),
    Mayoralty: ("code",),
    Service: ("number",),
    DocumentKind: ("code",),
    Extension: ("kind", "code"),
    Holiday: ("day",),
    TariffRow: ("service", "speed", "valid_from"),
    Paper: ("code",),
    ServicePaper: ("service", "place"),
    RouteStep: ("group", "place"),
    OnTheSpot: ("service",),
    KindField: ("kind", "place"),
    FieldOption: ("kind", "field", "place"),
}

TEXT_NAMES = ("terms", "messages", "formats", "frame", "village", "desk", "papers")


class TariffHead(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Глава на тарифата: what is true of all its rows together."""

    version: Positive
    example: bool


def columns(kind: type[msgspec.Struct]) -> list[str]:
    """Give the header line of the table that holds records of this kind."""
    return list(kind.__struct_fields__)


def cells(record: msgspec.Struct) -> list[str]:
    """Write a record as the cells of one row; nothing becomes an empty cell."""
    values = (getattr(record, field) for field in record.__struct_fields__)
    return ["" if value is None else str(value) for value in values]


def parse_table(kind: type[Record], content: str, file: str) -> tuple[Record, ...]:
    """Read a whole table, or raise ValueError naming the file and the line."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    records: list[Record] = []
    seen: set[tuple[Any, ...]] = set()
    try:
        _check_header(next(reader, []), kind, content)
        for row in reader:
            record = _record(kind, row)
            key = tuple(getattr(record, field) for field in KEYS[kind])
            if key in seen:
                _refuse(f"repeated {key}")
            seen.add(key)
            records.append(record)
    except (ValueError, csv.Error) as error:
        message = f"{file}, line {reader.line_num}: {error}"
        raise ValueError(message) from error
    return tuple(records)


def _refuse(message: str) -> None:
    raise ValueError(message)


def _check_header(header: list[str], kind: type[msgspec.Struct], content: str) -> None:
    if header != columns(kind):
        _refuse(f"the header is not {','.join(columns(kind))}")
    if "\r" in content or not content.endswith("\n"):
        _refuse("the lines do not end with LF")


def _record(kind: type[Record], row: list[str]) -> Record:
    """Convert one row; an empty cell means "nothing" only where the field allows nothing."""
    fields = _optional_fields(kind)
    if len(row) != len(fields):
        _refuse(f"{len(row)} cells instead of {len(fields)}")
    values = {
        field: None if optional and cell == "" else cell for (field, optional), cell in zip(fields, row, strict=True)
    }
    record = msgspec.convert(values, kind, strict=False)
    if cells(record) != row:
        _refuse("a cell is not in its plain form")
    return record


@cache
def _optional_fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, bool], ...]:
    return tuple((field.name, type(None) in get_args(field.type)) for field in msgspec.structs.fields(kind))


def _read(*path: str) -> str:
    # read_bytes, because read_text would quietly turn CR LF into LF.
    return FOLDER.joinpath(*path).read_bytes().decode("utf-8")


def _table(kind: type[Record], file: str) -> tuple[Record, ...]:
    return parse_table(kind, _read("tables", file), file)


def _toml(*path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(_read(*path))
    except ValueError as error:
        message = f"{'/'.join(path)}: {error}"
        raise ValueError(message) from error


@cache
def settlements() -> tuple[Settlement, ...]:
    """Give all settlements, by ЕКАТТЕ code."""
    return _table(Settlement, "settlements.csv")


@cache
def _settlement_index() -> dict[str, Settlement]:
    return {row.ekatte: row for row in settlements()}


class SettlementCodes(AbstractSet[str]):
    """The codes of all settlements; the list is read when it is first asked, since a window starts without it."""

    def __contains__(self, code: object) -> bool:
        """Return whether there is such a settlement."""
        return code in _settlement_index()

    def __iter__(self) -> Iterator[str]:
        """Return the codes, in order."""
        return iter(_settlement_index())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(_settlement_index())


def settlement(ekatte: str) -> Settlement:
    """Give the settlement with this ЕКАТТЕ code; KeyError when there is none."""
    return _settlement_index()[ekatte]


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Give all municipalities, by code."""
    return _table(Municipality, "municipalities.csv")


def municipality_name(code: str) -> str:
    """Give the name of a municipality; its code where the list does not hold it."""
    return next((row.name for row in municipalities() if row.code == code), code)


@cache
def mayoralties() -> tuple[Mayoralty, ...]:
    """Give all mayoralties, by code."""
    return _table(Mayoralty, "mayoralties.csv")


@cache
def services() -> dict[int, Service]:
    """Give the services of the register by their number."""
    return {row.number: row for row in _table(Service, "services.csv")}


@cache
def document_kinds() -> dict[str, DocumentKind]:
    """Give the kinds of documents by their code."""
    return {row.code: row for row in _table(DocumentKind, "document_kinds.csv")}


@cache
def extensions() -> dict[str, tuple[Extension, ...]]:
    """Give the extensions of terms by the kind of document; a kind without one is not in it."""
    rows = _table(Extension, "extensions.csv")
    return {kind: tuple(row for row in rows if row.kind == kind) for kind in dict.fromkeys(row.kind for row in rows)}


@cache
def papers() -> dict[str, Paper]:
    """Give all papers that a service may need, by their code."""
    return {row.code: row for row in _table(Paper, "papers.csv")}


@cache
def service_papers() -> dict[int, tuple[Paper, ...]]:
    """Give the papers of each service, in their order; a service without any is not in it."""
    known, found = papers(), defaultdict(list)
    for row in _table(ServicePaper, "service_papers.csv"):
        found[row.service].append(known[row.paper])
    return {service: tuple(rows) for service, rows in found.items()}


@cache
def routes() -> dict[str, tuple[RouteStep, ...]]:
    """Give the way of what the town does, by the group of services."""
    return grouped(_table(RouteStep, "routes.csv"), lambda row: row.group)


@cache
def on_the_spot() -> dict[int, int]:
    """Give the services that can be done at once, with the year from which their events are of that kind."""
    return {row.service: row.since for row in _table(OnTheSpot, "on_the_spot.csv")}


@cache
def kind_fields() -> dict[str, tuple[KindField, ...]]:
    """Give the fields that a kind of document has of its own, in their order; a kind without any is not in it."""
    return grouped(_table(KindField, "kind_fields.csv"), lambda row: row.kind)


@cache
def field_options() -> dict[tuple[str, str], tuple[FieldOption, ...]]:
    """Give what can be chosen, by kind and field."""
    return grouped(_table(FieldOption, "field_options.csv"), lambda row: (row.kind, row.field))


def grouped(rows: Iterable[Record], key: Callable[[Record], Key]) -> dict[Key, tuple[Record, ...]]:
    """Give rows by a key, in the order in which they stand."""
    found: dict[Key, list[Record]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return {name: tuple(some) for name, some in found.items()}


class Lazily(Mapping[Key, Rows_co]):
    """A table that is read when it is first asked, since a window starts without it."""

    def __init__(self, read: Callable[[], Mapping[Key, Rows_co]]) -> None:
        self._read = read

    def __getitem__(self, key: Key) -> Rows_co:
        """Return the rows of a key."""
        return self._read()[key]

    def __iter__(self) -> Iterator[Key]:
        """Return the keys, in order."""
        return iter(self._read())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._read())


@cache
def holiday_list() -> tuple[Holiday, ...]:
    """Give the days off with kind and name, by date."""
    return _table(Holiday, "holidays.csv")


@cache
def holidays() -> frozenset[date]:
    """Give the bare dates of the days off."""
    return frozenset(row.day for row in holiday_list())


@cache
def tariff() -> Tariff:
    """Give the tariff that travels with the program; it is an example and says so."""
    head = msgspec.convert(_toml("tables", "tariff.toml"), TariffHead)
    return Tariff(version=head.version, example=head.example, rows=_table(TariffRow, "tariff.csv"))


@cache
def texts(language: Literal["bg", "en"], name: str) -> dict[str, Any]:
    """Give the terms or the messages in one language; callers must not change the answer."""
    if name not in TEXT_NAMES:
        message = f"no texts with the name {name!r}"
        raise ValueError(message)
    file = f"{language}.toml"
    return plain_texts(_read(name, file)) or _toml(name, file)


_TABLE = re.compile(r"\[([A-Za-z0-9_]+)\]")
_TEXT = re.compile(r"""([A-Za-z0-9_-]+) = "([^"\\\x00-\x1f\x7f]*)\"""")


def plain_texts(content: str) -> dict[str, dict[str, str]] | None:
    """Read tables of plain texts, ten times as fast as TOML's own reader; None where any line is more than that."""
    tables: dict[str, dict[str, str]] = {}
    rows: dict[str, str] | None = None
    for line in content.split("\n"):
        if not line or line[0] == "#":
            continue
        if found := _TABLE.fullmatch(line):
            if found[1] in tables:
                return None
            rows = tables[found[1]] = {}
        elif (found := _TEXT.fullmatch(line)) and rows is not None and found[1] not in rows:
            rows[found[1]] = found[2]
        else:
            return None
    return tables


@cache
def short_names() -> dict[int, str]:
    """Give the short names of services by their number; a service without one is not in it."""
    return {int(number): name for number, name in _toml("tables", "short_names.toml")["services"].items()}


@cache
def demonstration() -> dict[str, Any]:
    """Give the words from which the demonstration invents people, firms and subjects."""
    return _toml("tables", "demonstration.toml")
