"""``sync/PROTOCOL.md`` says what the code does: its tables are compared with the code, both ways."""

import datetime
import importlib
import re
import types
import typing
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain import errors, facts, terms
from sync import batch, enrolment, frame, messages
from sync.batch import TRANSITIONS

PAGE = (Path(__file__).parents[2] / "sync" / "PROTOCOL.md").read_text("utf-8")

MESSAGES: tuple[type[msgspec.Struct], ...] = (
    messages.Batch,
    messages.Inner,
    messages.Totals,
    messages.PeerHead,
    messages.Letter,
    messages.Acknowledgement,
    enrolment.Enrolment,
    enrolment.Reply,
)
TYPES: dict[Any, str] = {
    int: "int",
    str: "str",
    bytes: "bin",
    bool: "bool",
    datetime.date: "date",
    msgspec.Raw: "fact",
}


def _tables() -> list[list[list[str]]]:
    """Return every table of the page: rows of cells, the heading row first."""
    blocks = re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE)
    return [[[cell.strip() for cell in row.strip("|").split(" | ")] for row in _rows(one)] for one in blocks]


def _rows(block: str) -> list[str]:
    return [line.strip().removeprefix("|").removesuffix("|") for line in block.splitlines() if "---" not in line]


def _table(*heading: str) -> list[list[str]]:
    """Return the rows of the tables with this heading."""
    found = [table[1:] for table in _tables() if [cell for cell in table[0] if cell] == list(heading)]
    assert found, heading
    return [row for rows in found for row in rows]


def _quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def _written(annotation: Any) -> str:  # noqa: ANN401 - an annotation
    """Return a type as the page writes it."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _written(arguments[0])
    if origin is tuple:
        return f"[{_written(arguments[0])}]"
    if origin in {typing.Union, types.UnionType}:
        return f"{_written(arguments[0])} or nil"
    return TYPES.get(annotation) or str(annotation.__name__)


def _in_code(struct: type[msgspec.Struct]) -> list[tuple[str, str]]:
    hints = typing.get_type_hints(struct, include_extras=True)
    return [(name, _written(hints[name])) for name in struct.__struct_fields__]


def _fields_after(opening: str) -> list[tuple[str, str]]:
    """Return (field, type) of the table that follows an opening on the page."""
    assert PAGE.count(opening) == 1, opening
    rest = PAGE.partition(opening)[2]
    block = re.search(r"(?:^\|.*\n)+", rest, re.MULTILINE)
    assert block is not None
    rows = [[cell.strip() for cell in row.split(" | ")] for row in _rows(block[0])]
    return [(_quoted(row[0])[0], row[1].rstrip("| ")) for row in rows[1:]]


# --- facts ---------------------------------------------------------------------------------------------------------


def _kinds(section: str) -> dict[str, set[str]]:
    """Return the marks of each kind in a section of the page."""
    found = PAGE.partition(section)[2].partition("\n### ")[0].partition("\n## ")[0]
    return {name: set(marks.split(", ")) for name, marks in re.findall(r"^#### (\w+) \((.+)\)$", found, re.MULTILINE)}


def test_the_page_lists_every_kind_of_fact_with_its_author_version_and_marks() -> None:
    village = _kinds("### 4.6 Kinds that a station writes")
    centre = _kinds("### 4.7 Kinds that a centre writes")
    assert set(centre) == facts.CENTRE_KINDS
    said = village | centre
    assert len(said) == len(village) + len(centre) == len(facts.BODIES)
    for (kind, version), body in facts.BODIES.items():
        marks = {f"version {version}"}
        marks |= {"personal"} if body.personal else set()
        marks |= {"bookkeeping"} if kind in facts.BOOKKEEPING else set()
        assert said[kind] == marks


@pytest.mark.parametrize("body", facts.BODIES.values(), ids=lambda body: str(body.__name__))
def test_the_fields_of_a_kind_stand_in_order_with_their_types(body: type[facts.Body]) -> None:
    assert _fields_after(f"\n#### {body.__name__} (") == _in_code(body)


def _parts() -> list[type[facts.Value]]:
    """Return the parts that fields of facts are made of."""
    bodies = set(facts.BODIES.values())
    found = [one for one in vars(facts).values() if isinstance(one, type) and issubclass(one, facts.Value)]
    return [one for one in found if one not in {*bodies, facts.Value, facts.Body, facts.Fact}]


@pytest.mark.parametrize("part", _parts(), ids=lambda part: str(part.__name__))
def test_the_fields_of_a_part_stand_in_order_with_their_types(part: type[facts.Value]) -> None:
    assert _fields_after(f"\n#### {part.__name__}\n") == _in_code(part)


def test_the_fields_of_a_fact_stand_in_order_with_their_types() -> None:
    assert _fields_after("A fact is one MessagePack array:") == _in_code(facts.Fact)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: str(message.__name__))
def test_the_fields_of_a_message_stand_in_order_with_their_types(message: type[msgspec.Struct]) -> None:
    assert _fields_after(f"\n**{message.__name__}**") == _in_code(message)


# --- codes ---------------------------------------------------------------------------------------------------------


def test_the_page_lists_every_code_list_with_its_codes_in_order() -> None:
    said = {name: _quoted(codes) for name, codes in _table("list", "codes")}
    lists = [one for one in vars(terms).values() if isinstance(one, type) and issubclass(one, StrEnum)]
    assert said == {one.__name__: [code.value for code in one] for one in lists if one is not StrEnum}


def _used(annotation: Any) -> set[object]:  # noqa: ANN401 - an annotation
    inner = typing.get_args(annotation)
    return {annotation} if not inner else {one for part in inner for one in _used(part)}


def test_a_list_that_facts_and_messages_use_is_among_those_that_travel() -> None:
    travelling = PAGE.partition("### 12.1 ")[2].partition("### 12.2")[0]
    structs = [*facts.BODIES.values(), *_parts(), *MESSAGES]
    hints = [hint for one in structs for hint in typing.get_type_hints(one, include_extras=True).values()]
    used = {one for hint in hints for one in _used(hint) if isinstance(one, type) and issubclass(one, StrEnum)}
    assert {one.__name__ for one in used} == set(re.findall(r"^\| (\w+) \| `", travelling, re.MULTILINE))


def _below(tree: type[errors.TefterError]) -> set[type[errors.TefterError]]:
    return {tree}.union(*(_below(one) for one in tree.__subclasses__()))


def test_every_class_of_refusal_has_its_code_on_the_page() -> None:
    section = PAGE.partition("## 7. Opening")[2].partition("## 8.")[0]
    for one in _below(errors.SetAside):
        assert f"`{one.code}`" in section, one
        assert re.search(rf"\b{one.__name__}\b", section), one


def test_each_step_of_opening_pairs_class_and_code() -> None:
    for _step, names, codes in _table("step", "failure", "code"):
        assert [getattr(errors, name).code for name in names.split(", ")] == _quoted(codes)


def test_every_error_code_named_on_the_page_exists() -> None:
    known = {one.code for one in _below(errors.TefterError)}
    assert {"relay_unreachable", "relay_failing", "relay_refused", "relay_not_recognised", "stick_failed"} <= known
    for code in ("relay_unreachable", "relay_failing", "relay_refused", "relay_not_recognised", "code_mismatch"):
        assert f"`{code}`" in PAGE


def test_the_states_of_a_batch_are_those_of_the_transition_table() -> None:
    said = {(state, event): after for state, event, after in _table("state", "event", "next")}
    assert said == {(state.value, event): after.value for (state, event), after in TRANSITIONS.items()}
    docstring = batch.__doc__ or ""
    for state in terms.BatchState:
        assert state.value in docstring


# --- numbers and octets ----------------------------------------------------------------------------------------------


def _named(path: str) -> Any:  # noqa: ANN401 - whatever the code holds there
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            found = getattr(found, name)
        return found
    raise AssertionError(path)


@pytest.mark.parametrize("row", _table("limit", "value", "where in the code"), ids=lambda row: str(row[0]))
def test_a_limit_on_the_page_is_the_one_in_the_code(row: list[str]) -> None:
    _limit, value, where = row
    assert int(value) == _named(_quoted(where)[0])


@pytest.mark.parametrize("row", _table("label", "where in the code", "used for"), ids=lambda row: str(row[0]))
def test_a_label_on_the_page_is_the_one_in_the_code(row: list[str]) -> None:
    assert _quoted(row[0])[0].encode() == _named(_quoted(row[1])[0])


def test_no_label_of_the_code_is_missing_on_the_page() -> None:
    root = Path(__file__).parents[2]
    sources = [one.read_text("utf-8") for folder in ("app", "sync") for one in (root / folder).rglob("*.py")]
    labels = {label for text in sources for label in re.findall(r'b"(tefter/[a-z]+/1)"', text)}
    assert len(labels) >= 10
    assert {label for label in labels if f"`{label}`" not in PAGE} == set()


def test_the_layout_of_the_outer_header_is_the_one_packed() -> None:
    rows = _table("offset", "octets", "field", "value")
    at = 0
    for offset, octets, _field, _value in rows:
        assert int(offset) == at
        at += int(octets)
    assert at == frame.HEADER.size
    sizes = [int(octets) for _offset, octets, _field, _value in rows]
    header = frame.Header(1, 1, 1, "BLG49", b"s" * 16, b"r" * 16, b"k" * 16, b"e" * 16, 5)
    packed = frame.pack_header(header, 6)
    cut = [packed[sum(sizes[:place]) :][:size] for place, size in enumerate(sizes)]
    assert cut == [
        b"TFT1",
        b"\1",
        b"\1",
        b"\1",
        b"\1",
        b"BLG49\0\0\0",
        b"s" * 16,
        b"r" * 16,
        b"k" * 16,
        b"e" * 16,
        (5).to_bytes(8, "big"),
        (6).to_bytes(4, "big"),
    ]
