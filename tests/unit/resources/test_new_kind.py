"""A kind of document is data: a new one is two files and a few lines, and every verb takes it."""

import csv
import dataclasses
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.deadlines import RULES
from app.domain.entries import Particulars
from app.domain.facts import Due, Particular
from app.domain.nomenclature import DocumentKind
from app.domain.office_date import OfficeDate
from app.services.deriving import derive
from resources import FOLDER, loading, make_tables
from tests.town import Town

FACT = "udostoverenie_nov_vid,Искане от нов вид,request of a new kind,Закон чл.1,5,days,receipt,,\n"
JUDGEMENT = """
[document_kinds.udostoverenie_nov_vid]
law = "Закон чл.1"
counts_from = "receipt"
binds = "office"
passing = "silent_refusal"
passing_article = "АПК чл.58(1)"
extension = ""
notes = ""
fields = [{ code = "until", type = "date", article = "Закон чл.2", name = "Отговор до", name_en = "Answer due on" }]
"""
NEW = "udostoverenie_nov_vid"
MONDAY = OfficeDate(date(2026, 11, 16), doubt=False)


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Facts as the table holds them, and a copy of the judgements that the script reads in place of the own."""
    terms = tmp_path / "facts" / "terms" / "document_kinds.csv"
    terms.parent.mkdir(parents=True)
    with terms.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["code", "name_bg", "name_en", "law", "term", "unit", "counts_from", "extension", "notes"])
        for kind in loading.document_kinds().values():
            writer.writerow([kind.code, kind.name, kind.name_en, kind.law, kind.term, kind.unit, "", "", ""])
    shutil.copy(FOLDER / "judgements.toml", tmp_path)
    monkeypatch.setattr(make_tables, "HERE", tmp_path)
    return tmp_path / "facts"


def append(path: Path, lines: str) -> int:
    """Append lines to a file, and return how many."""
    with path.open("a", encoding="utf-8") as stream:
        stream.write(lines)
    return len(lines.splitlines())


def made(facts: Path) -> Mapping[str, DocumentKind]:
    """Make the table and read it as the program does."""
    content = make_tables.render(make_tables.document_kinds(facts)).decode("utf-8")
    return {row.code: row for row in loading.parse_table(DocumentKind, content, "document_kinds.csv")}


def test_a_new_kind_is_at_most_two_files_and_twelve_lines_and_goes_as_it_came(facts: Path, town: Town) -> None:
    before = made(facts)
    assert before == loading.document_kinds()
    changed = {facts / "terms" / "document_kinds.csv": FACT, facts.parent / "judgements.toml": JUDGEMENT}
    assert sum(append(path, lines) for path, lines in changed.items()) <= 12
    kinds = made(facts)
    assert set(kinds) - set(before) == {NEW}
    fields = loading.grouped(make_tables.kind_fields(), lambda row: row.kind)
    assert [(one.code, one.type, one.article) for one in fields[NEW]] == [("until", "date", "Закон чл.2")]

    town.lists = dataclasses.replace(town.lists, kinds=kinds, fields=fields)
    new: dict[str, Any] = {"kind": NEW, "service": None, "speed": None}
    registered = town.village.register(**new)
    derived = derive(town.lists, town.village.filing(**new), town.clock.now(), MONDAY)
    assert derived.due == registered.due == Due(date(2026, 11, 23), "Закон чл.1", RULES)
    earlier = Particulars(values=(Particular("until", "2026-11-19"),))
    assert town.village.register(**new, particulars=earlier).due == Due(date(2026, 11, 19), "Закон чл.1", RULES)

    for path, lines in changed.items():
        path.write_text(path.read_text("utf-8").removesuffix(lines), "utf-8")
    assert made(facts) == before
