"""Make the tables of this folder from a folder of facts.

Run as ``python -m resources.make_tables FACTS_DIR``. The output depends on the facts, on ``judgements.toml``
and on ``judgements_services.toml`` alone: the same input gives the same bytes, so a test can compare.
"""

import csv
import io
import re
import sys
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from app.domain.desk_lists import FieldOption, KindField, OnTheSpot, Paper, RouteStep, ServicePaper
from app.domain.nomenclature import (
    DocumentKind,
    Extension,
    Holiday,
    Mayoralty,
    Municipality,
    Service,
    Settlement,
    Speed,
    SpeedUnit,
    TariffRow,
)
from resources.loading import cells, columns

HERE = Path(__file__).parent
Row = dict[str, str]

ROLES = {"A": "performs", "B": "forwards", "C": "centre"}
SPEEDS: dict[Speed, str] = {"ordinary": "обикновена", "fast": "бърза", "express": "експресна"}

# An article, with the short name of its law where the text gives one.
ARTICLE = re.compile(
    r"(?:(?:АПК|ЗМДТ|ЗМСМА|ЗННД|НИУРН)(?: РД-02-20-6/2012)? )?чл\.\d+(?:\(\d+\))?(?: т\.\d+(?:-\d+)?)?",
)

# The most usual pattern seen in municipal price lists, in stotinki: 5.00, 7.50 and 10.00 levs.
USUAL_STOTINKI = 500
RATIO_PERCENT: dict[Speed, int] = {"ordinary": 100, "fast": 150, "express": 200}
USUAL_TERMS: dict[Speed, tuple[int, SpeedUnit]] = {
    "ordinary": (7, "days"),
    "fast": (3, "days"),
    "express": (24, "hours"),
}
OBSERVED_TERM = re.compile(r"(\d+) (дни|часа)")
OBSERVED_UNITS: dict[str, SpeedUnit] = {"дни": "days", "часа": "hours"}
TARIFF_FROM = date(2026, 1, 1)
TARIFF_HEAD = "# An example: no municipal council has adopted these prices.\nversion = 1\nexample = true\n"


def euro_cents(stotinki: int) -> int:
    """Convert by the fixed rate of 1.95583 levs, half up, without floating point."""
    return (2 * stotinki * 100_000 + 195_583) // (2 * 195_583)


def read(path: Path) -> list[Row]:
    """Read one file of facts."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def render(records: Sequence[msgspec.Struct]) -> bytes:
    """Write records as a table: UTF-8, comma, LF, quotes only where needed."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns(type(records[0])))
    writer.writerows(cells(record) for record in records)
    return stream.getvalue().encode("utf-8")


def articles(text: str) -> str:
    """Keep the articles of a basis and drop the words around them."""
    return ", ".join(ARTICLE.findall(text))


def settlements(facts: Path) -> list[Settlement]:
    """Take the settlements, by ЕКАТТЕ code."""
    rows = [
        {
            "ekatte": row["ekatte"],
            "type": row["type"],
            "name": row["name"],
            "name_en": row["name_en"],
            "municipality": row["municipality_code"],
            "mayoralty": row["kmetstvo_code"] if row["admin_kind"] == "kmetstvo" else "",
        }
        for row in read(facts / "ekatte" / "settlements.csv")
    ]
    return sorted(msgspec.convert(rows, list[Settlement]), key=lambda row: row.ekatte)


def municipalities(facts: Path) -> list[Municipality]:
    """Take the municipalities, by code."""
    rows = [
        {
            "code": row["municipality_code"],
            "name": row["name"],
            "name_en": row["name_en"],
            "seat": row["seat_ekatte"],
            "district": row["district_code"],
        }
        for row in read(facts / "ekatte" / "municipalities.csv")
    ]
    return sorted(msgspec.convert(rows, list[Municipality]), key=lambda row: row.code)


def mayoralties(facts: Path) -> list[Mayoralty]:
    """Take the mayoralties, by code."""
    rows = [
        {
            "code": row["kmetstvo_code"],
            "name": row["name"],
            "name_en": row["name_en"],
            "settlement": row["seat_ekatte"],
            "municipality": row["municipality_code"],
        }
        for row in read(facts / "ekatte" / "kmetstva.csv")
    ]
    return sorted(msgspec.convert(rows, list[Mayoralty]), key=lambda row: row.code)


def services(facts: Path) -> list[Service]:
    """Take the services, by number; names go over letter by letter, look-alike letters too."""
    rows = [
        {
            "number": int(row["iisda_id"]),
            "name": row["name"],
            "group": row["group"],
            "group_name": row["group_name"],
            "village_role": ROLES[row["kmetstvo_level"]],
            "role_basis": articles(row["kmetstvo_basis"]),
            "term_days": _number(row["term_days"]),
            "term_article": articles(row["term_basis"]),
            "payment": row["fee_status"],
            "fee_article": articles(row["fee_basis"]),
        }
        for row in read(facts / "services" / "municipal_services_iisda.csv")
    ]
    return sorted(msgspec.convert(rows, list[Service]), key=lambda row: row.number)


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def judgements() -> dict[str, Any]:
    """Read what we decide where the facts leave it open."""
    return tomllib.loads((HERE / "judgements.toml").read_text(encoding="utf-8"))


def document_kinds(facts: Path) -> list[DocumentKind]:
    """Join names and terms with our judgements, by code."""
    judged: dict[str, dict[str, Any]] = judgements()["document_kinds"]
    found = read(facts / "terms" / "document_kinds.csv")
    if sorted(judged) != sorted(row["code"] for row in found):
        message = "judgements.toml and the facts name different kinds of documents"
        raise ValueError(message)
    rows = [
        {
            "code": row["code"],
            "name": row["name_bg"],
            "name_en": row["name_en"],
            "term": _number(row["term"]),
            "unit": row["unit"],
            **judged[row["code"]],
        }
        for row in found
    ]
    return sorted(msgspec.convert(rows, list[DocumentKind]), key=lambda row: row.code)


def extensions(facts: Path) -> list[Extension]:
    """Check our reading of the extensions against the facts, by kind and code."""
    kinds = {row.code: row for row in document_kinds(facts)}
    found = {
        row["code"]: row["extension"]
        for row in read(facts / "terms" / "document_kinds.csv")
        if row["extension"] and kinds[row["code"]].binds == "office"
    }
    rows = msgspec.convert([{"length": None, **row} for row in judgements()["extensions"]], list[Extension])
    if {row.kind for row in rows} != set(found):
        message = "judgements.toml and the facts name extensions of different kinds"
        raise ValueError(message)
    for row in rows:
        if row.length is not None and str(row.length) not in re.findall(r"\d+", found[row.kind]):
            message = f"the facts know no extension of {row.kind} by {row.length}"
            raise ValueError(message)
    return sorted(rows, key=lambda row: (row.kind, row.code))


def holidays(facts: Path) -> list[Holiday]:
    """Take the days off, by date."""
    rows = [
        {"day": row["date"], "kind": row["kind"], "name": row["name_bg"]}
        for row in read(facts / "calendar" / "holidays_bg_2025_2028.csv")
    ]
    return sorted(msgspec.convert(rows, list[Holiday]), key=lambda row: row.day)


def observed_series(fees: list[Row], service: int) -> dict[str, Row]:
    """Give the first observed place whose ordinary speed has a price, as rows by speed."""
    own = [row for row in fees if row["iisda_id"] == str(service) and row["fee_bgn"]]
    places = [row["place"] for row in own if row["speed"] == SPEEDS["ordinary"]]
    return {row["speed"]: row for row in own if row["place"] == places[0]} if places else {}


def _stotinki(fee: str) -> int:
    whole, _, part = fee.partition(".")
    return int(whole) * 100 + int(part)


def _price(series: dict[str, Row], speed: Speed) -> int:
    """Give the cents of one speed; a speed nobody observed follows the usual ratio."""
    if SPEEDS[speed] in series:
        return euro_cents(_stotinki(series[SPEEDS[speed]]["fee_bgn"]))
    ordinary = series.get(SPEEDS["ordinary"])
    base = _stotinki(ordinary["fee_bgn"]) if ordinary else USUAL_STOTINKI
    return euro_cents(base * RATIO_PERCENT[speed] // 100)


def _term(service: Service, series: dict[str, Row], speed: Speed) -> tuple[int, SpeedUnit]:
    """Give the observed term where all speeds were observed, but never a longer one than the law's."""
    number, unit = USUAL_TERMS[speed]
    if len(series) == len(SPEEDS):
        match = OBSERVED_TERM.fullmatch(series[SPEEDS[speed]]["term"])
        if match:
            number, unit = int(match[1]), OBSERVED_UNITS[match[2]]
    if unit == "days" and service.term_days is not None:
        number = min(number, service.term_days)
    return number, unit


def tariff_rows(service: Service, fees: list[Row]) -> list[TariffRow]:
    """Price one service: three speeds where it is paid or unsettled, ordinary at zero where it is free."""
    free = service.payment == "free"
    series = {} if free else observed_series(fees, service.number)
    rows = []
    for speed in list(SPEEDS)[:1] if free else SPEEDS:
        term, unit = _term(service, series, speed)
        row = TariffRow(
            service=service.number,
            speed=speed,
            term=term,
            unit=unit,
            price_cents=0 if free else _price(series, speed),
            currency="EUR",
            article=service.fee_article,
            valid_from=TARIFF_FROM,
            valid_to=None,
        )
        rows.append(row)
    return rows


def tariff(facts: Path) -> list[TariffRow]:
    """Make the example tariff for what a mayoralty performs itself, by service and speed."""
    fees = read(facts / "services" / "fees_observed_bgn.csv")
    return [
        row
        for service in services(facts)
        if service.village_role == "performs" and service.payment != ""
        for row in tariff_rows(service, fees)
    ]


def desk_judgements() -> dict[str, Any]:
    """Read what we decide about papers and routes: the facts name none of them."""
    return tomllib.loads((HERE / "judgements_services.toml").read_text(encoding="utf-8"))


def papers() -> list[Paper]:
    """Give all papers, by code; whose register holds what is collected becomes the basis of that."""
    judged = desk_judgements()
    rows = [
        {
            "code": code,
            **row,
            "basis": judged["basis"][row["basis"]] if row["when"] == "collected" else row["basis"],
        }
        for code, row in judged["papers"].items()
    ]
    return sorted(msgspec.convert(rows, list[Paper]), key=lambda row: row.code)


PROXY, FEE = "palnomoshtno", "dokument_taksa"
"""Papers that a set does not name: where one may file for another, and where the town charges before."""


def service_papers(facts: Path) -> list[ServicePaper]:
    """Give the papers of every service that a village takes in, in the order of its set, what is collected last."""
    known = {row.code: row.when for row in papers()}
    taken = {row.number: row for row in services(facts) if row.village_role != "centre"}
    found: dict[int, list[str]] = {}
    for one in desk_judgements()["sets"]:
        for number in one["services"]:
            if number in found or number not in taken:
                message = f"service {number} stands in two sets of papers, or no village takes it in"
                raise ValueError(message)
            service, codes = taken[number], list(one["papers"])
            more = [PROXY] if one["proxy"] else []
            more += [FEE] if service.village_role == "forwards" and service.payment == "paid" else []
            brought = [code for code in codes if known[code] != "collected"]
            found[number] = [*brought, *more, *(code for code in codes if known[code] == "collected")]
    if set(found) != set(taken):
        message = f"services without papers: {sorted(set(taken) - set(found))}"
        raise ValueError(message)
    return [
        ServicePaper(service=number, place=place, paper=code)
        for number in sorted(found)
        for place, code in enumerate(found[number], start=1)
    ]


WHO = {
    "mayoralty": ("Кметството", "the mayoralty"),
    "centre": ("Център за административно обслужване", "centre for administrative service"),
}


def routes(facts: Path) -> list[RouteStep]:
    """Give the way of what a village forwards, by group and step."""
    judged = desk_judgements()
    groups = sorted({row.group for row in services(facts) if row.village_role == "forwards"})
    rows = []
    for group in groups:
        unit = (judged["units"][group]["name"], judged["units"][group]["name_en"])
        for place, step in enumerate(judged["steps"], start=1):
            who, who_en = WHO.get(step["by"], unit)
            said = {"step": step["text"], "step_en": step["text_en"]}
            rows.append({"group": group, "place": place, "by": step["by"], "who": who, "who_en": who_en, **said})
    return msgspec.convert(rows, list[RouteStep])


def on_the_spot(facts: Path) -> list[OnTheSpot]:
    """Give the services that can be done at once: only what a mayoralty itself performs."""
    judged = desk_judgements()["on_the_spot"]
    performed = {row.number for row in services(facts) if row.village_role == "performs"}
    if not set(judged["services"]) <= performed:
        message = f"not performed by a mayoralty: {sorted(set(judged['services']) - performed)}"
        raise ValueError(message)
    return [OnTheSpot(service=number, since=judged["since"]) for number in sorted(judged["services"])]


def kind_fields() -> list[KindField]:
    """Give the fields that kinds of documents have of their own, by kind, in the order of the judgements."""
    rows = [
        {
            **{name: field[name] for name in ("code", "type", "article")},
            "kind": kind,
            "place": place,
            "label": field["name"],
            "label_en": field["name_en"],
        }
        for kind, judged in judgements()["document_kinds"].items()
        for place, field in enumerate(judged.get("fields", ()), start=1)
    ]
    return sorted(msgspec.convert(rows, list[KindField]), key=lambda row: (row.kind, row.place))


def field_options() -> list[FieldOption]:
    """Give what can be chosen in the fields that are choices, by kind and field."""
    rows = [
        {
            "kind": kind,
            "field": field["code"],
            "place": place,
            "code": code,
            "label": label,
            "label_en": label_en,
        }
        for kind, judged in judgements()["document_kinds"].items()
        for field in judged.get("fields", ())
        for place, (code, (label, label_en)) in enumerate(field.get("options", {}).items(), start=1)
    ]
    return sorted(msgspec.convert(rows, list[FieldOption]), key=lambda row: (row.kind, row.field, row.place))


def make(facts: Path) -> dict[str, bytes]:
    """Make every file as bytes, by its name."""
    return {
        "settlements.csv": render(settlements(facts)),
        "municipalities.csv": render(municipalities(facts)),
        "mayoralties.csv": render(mayoralties(facts)),
        "services.csv": render(services(facts)),
        "document_kinds.csv": render(document_kinds(facts)),
        "extensions.csv": render(extensions(facts)),
        "holidays.csv": render(holidays(facts)),
        "tariff.csv": render(tariff(facts)),
        "papers.csv": render(papers()),
        "service_papers.csv": render(service_papers(facts)),
        "routes.csv": render(routes(facts)),
        "on_the_spot.csv": render(on_the_spot(facts)),
        "kind_fields.csv": render(kind_fields()),
        "field_options.csv": render(field_options()),
        "tariff.toml": TARIFF_HEAD.encode("utf-8"),
    }


def main(arguments: Sequence[str]) -> int:
    """Write the tables and say how many."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m resources.make_tables FACTS_DIR\n")
        return 2
    made = make(Path(arguments[0]))
    for name, content in made.items():
        (HERE / "tables" / name).write_bytes(content)
    sys.stderr.write(f"{len(made)} files written\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
