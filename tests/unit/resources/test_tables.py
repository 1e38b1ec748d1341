"""The tables that travel with the program: counts, links between them, strictness, and their origin."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.nomenclature import DocumentKind, Extension, Holiday, Municipality, Settlement, TariffRow
from resources import loading, make_tables

ROOT = Path(__file__).resolve().parents[3]
FACTS = ROOT.parent / "shared" / "data"
TABLES = ROOT / "resources" / "tables"

needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the facts are not at hand")


def test_counts() -> None:
    assert len(loading.settlements()) == 5256
    assert len(loading.municipalities()) == 265
    assert len(loading.mayoralties()) == 3041
    assert len(loading.services()) == 167
    assert len(loading.document_kinds()) == 21
    assert len(loading.holidays()) == 68
    assert len(loading.holiday_list()) == 68


def test_settlements() -> None:
    assert all(len(row.ekatte) == 5 and row.ekatte.isdigit() for row in loading.settlements())
    assert Counter(row.type for row in loading.settlements()) == {"с.": 4997, "гр.": 257, "ман.": 2}
    assert loading.settlement("00014").name == "Абланица"
    with pytest.raises(KeyError):
        loading.settlement("14")


def test_strumyani_has_mikrevo_and_ilindentsi() -> None:
    seats = {row.settlement: row.name for row in loading.mayoralties() if row.municipality == "BLG49"}
    assert len(seats) == 7
    assert seats["49686"] == "Микрево"
    assert seats["32665"] == "Илинденци"
    assert loading.settlement("49686").mayoralty == "BLG49-12"
    assert [row.name for row in loading.municipalities() if row.code == "BLG49"] == ["Струмяни"]


def test_places_agree_with_each_other() -> None:
    municipalities = {row.code for row in loading.municipalities()}
    for mayoralty in loading.mayoralties():
        seat = loading.settlement(mayoralty.settlement)
        assert (seat.mayoralty, seat.municipality) == (mayoralty.code, mayoralty.municipality)
    mayoralties = {row.code for row in loading.mayoralties()}
    for settlement in loading.settlements():
        assert settlement.municipality in municipalities
        assert settlement.mayoralty in mayoralties | {""}
    for municipality in loading.municipalities():
        assert loading.settlement(municipality.seat).name
        assert municipality.code.startswith(municipality.district)


def test_services() -> None:
    services = loading.services()
    roles = Counter(row.village_role for row in services.values())
    assert roles == {"performs": 31, "forwards": 49, "centre": 87}
    heirs = services[2016]
    assert heirs.name == "Издаване на удостоверение за наследници"
    assert (heirs.term_days, heirs.term_article) == (7, "АПК чл.57(2)")
    assert (heirs.payment, heirs.fee_article) == ("paid", "ЗМДТ чл.110(1) т.1")
    assert services[1999].role_basis == "ЗМСМА чл.46(1) т.6-7, чл.44(1) т.14"
    assert services[2020].name.count("e") == 2, "the two Latin letters of the register stay"


def test_terms_of_the_citizen_never_bind_the_office() -> None:
    kinds = loading.document_kinds()
    assert {code for code, kind in kinds.items() if kind.binds == "citizen"} == {
        "zhalba",
        "protest",
        "nedostatak",
    }
    assert {code for code, kind in kinds.items() if kind.counts_from == "registration"} == {"zdoi"}
    assert kinds["kao"].counts_from == "access_to_data"
    assert kinds["zadacha_po_podrazbirane"].counts_from == "assignment"
    assert (kinds["signal"].term, kinds["signal"].unit) == (2, "months")
    assert (kinds["zayavlenie_usluga"].term, kinds["zayavlenie_usluga"].unit) == (7, "days")


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2026, 1, 2), True),
        (date(2026, 4, 13), True),
        (date(2026, 5, 25), True),
        (date(2026, 12, 24), True),
        (date(2026, 12, 28), True),
        (date(2026, 12, 29), False),
        (date(2026, 11, 1), False),
        (date(2027, 4, 30), True),
        (date(2027, 5, 5), False),
    ],
)
def test_holidays(day: date, off: bool) -> None:  # noqa: FBT001 - a parameter of the table above
    assert (day in loading.holidays()) is off


def test_working_days_of_2026() -> None:
    first = date(2026, 1, 1)
    days = [first + timedelta(days=number) for number in range(365)]
    assert sum(day.weekday() < 5 and day not in loading.holidays() for day in days) == 248


def test_tariff_is_an_example_in_euro() -> None:
    tariff = loading.tariff()
    assert tariff.example
    assert tariff.version == 1
    assert {row.currency for row in tariff.rows} == {"EUR"}
    assert {row.valid_from for row in tariff.rows} == {date(2026, 1, 1)}


def test_tariff_prices_what_the_mayoralty_performs() -> None:
    speeds: dict[int, list[TariffRow]] = {}
    for row in loading.tariff().rows:
        speeds.setdefault(row.service, []).append(row)
    services = loading.services()
    performed = {number for number, row in services.items() if row.village_role == "performs" and row.payment}
    assert set(speeds) == performed
    for number, rows in speeds.items():
        service = services[number]
        prices = [row.price_cents for row in rows]
        if service.payment == "free":
            assert prices == [0]
        else:
            assert [row.speed for row in rows] == ["ordinary", "fast", "express"]
            assert 0 < prices[0] < prices[1] < prices[2]
        assert all(row.article == service.fee_article for row in rows)
        ordinary = rows[0]
        assert ordinary.unit == "days"
        assert service.term_days is None or ordinary.term <= service.term_days


@pytest.mark.parametrize(
    ("service", "prices"),
    [
        (2020, [256, 383, 511]),
        (2016, [256, 383, 511]),
        (1997, [102, 153, 205]),
        (2000, [102, 153, 205]),
        (2057, [153, 205, 256]),
        (2076, [205, 256, 307]),
        (2132, [0]),
    ],
)
def test_tariff_follows_the_observed_prices(service: int, prices: list[int]) -> None:
    assert [row.price_cents for row in loading.tariff().rows if row.service == service] == prices


@pytest.mark.parametrize(
    ("stotinki", "cents"),
    [
        (0, 0),
        (1, 1),
        (100, 51),
        (195583, 100000),
        (500, 256),
        (750, 383),
        (1000, 511),
        (600, 307),
        (450, 230),
    ],
)
def test_conversion(stotinki: int, cents: int) -> None:
    assert make_tables.euro_cents(stotinki) == cents


MUNICIPALITY = "code,name,name_en,seat,district\nBLG49,Струмяни,Strumyani,70006,BLG\n"


def test_a_good_table_is_read() -> None:
    (row,) = loading.parse_table(Municipality, MUNICIPALITY, "m.csv")
    assert row.code == "BLG49"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", 0),
        ("code,name\n", 1),
        (MUNICIPALITY.replace("\n", "\r\n"), 1),
        (MUNICIPALITY.rstrip("\n"), 1),
        (MUNICIPALITY.replace("70006", "7006"), 2),
        (MUNICIPALITY.replace(",BLG\n", "\n"), 2),
        (MUNICIPALITY.replace("Струмяни", ""), 2),
        (MUNICIPALITY.replace("Струмяни", '"Струмяни" x'), 2),
        (MUNICIPALITY + "BLG49,Друга,Druga,70006,BLG\n", 3),
        (MUNICIPALITY + "\n", 3),
    ],
)
def test_a_bad_table_names_file_and_line(content: str, line: int) -> None:
    with pytest.raises(ValueError, match=rf"^m\.csv, line {line}: "):
        loading.parse_table(Municipality, content, "m.csv")


@pytest.mark.parametrize("term", ["07", " 7", "7.0", "null", "-1", "0"])
def test_a_number_has_one_plain_form(term: str) -> None:
    header = ",".join(loading.columns(DocumentKind))
    content = f"{header}\na,вид,c,,{term},days,receipt,office,still_owed,чл.1,,\n"
    with pytest.raises(ValueError, match=r"^k\.csv, line 2: "):
        loading.parse_table(DocumentKind, content, "k.csv")


TERM = "7,days,receipt,office,still_owed,чл.1"


def test_a_whole_term_is_read() -> None:
    header = ",".join(loading.columns(DocumentKind))
    (kind,) = loading.parse_table(DocumentKind, f"{header}\na,вид,c,,{TERM},,\n", "k.csv")
    assert (kind.term, kind.unit, kind.passing, kind.passing_article) == (7, "days", "still_owed", "чл.1")


@pytest.mark.parametrize("part", TERM.split(","))
def test_half_a_term_is_refused(part: str) -> None:
    header = ",".join(loading.columns(DocumentKind))
    half = TERM.replace(part, "none" if part in {"office", "still_owed"} else "")
    with pytest.raises(ValueError, match="incomplete term"):
        loading.parse_table(DocumentKind, f"{header}\na,вид,c,,{half},,\n", "k.csv")


@pytest.mark.parametrize("length", ["14,days,any", ",days,more", "14,,more", ",,in_all"])
def test_an_extension_that_contradicts_itself_is_refused(length: str) -> None:
    header = ",".join(loading.columns(Extension))
    with pytest.raises(ValueError, match=r"^e\.csv, line 2: extension a b: length does not fit"):
        loading.parse_table(Extension, f"{header}\na,b,{length},чл.1,,име,name\n", "e.csv")


def test_extensions() -> None:
    known = {
        (kind, row.length, row.unit, row.mode, row.article, row.notice_article)
        for kind, rows in loading.extensions().items()
        for row in rows
    }
    assert known == {
        ("zayavlenie_akt", 14, "days", "more", "АПК чл.57(7)", "АПК чл.57(8)"),
        ("predlozhenie", 6, "months", "in_all", "АПК чл.118(2)", "АПК чл.118(2)"),
        ("signal", 1, "months", "more", "АПК чл.121", "АПК чл.121"),
        ("zadacha_po_podrazbirane", None, "", "any", "вътрешни правила (Ветово) чл.75(4)", ""),
        ("zdoi", 10, "days", "more", "ЗДОИ чл.30(1)", "ЗДОИ чл.30(2)"),
        ("zdoi", 14, "days", "more", "ЗДОИ чл.31(1)", ""),
    }


def test_a_date_has_one_plain_form() -> None:
    content = "day,kind,name\n2026-1-01,holiday,Нова година\n"
    with pytest.raises(ValueError, match=r"^h\.csv, line 2: "):
        loading.parse_table(Holiday, content, "h.csv")


@pytest.mark.parametrize(
    ("term", "valid_to"),
    [("0,days", ""), ("7,at_once", ""), ("7,days", "2025-12-31")],
)
def test_a_tariff_row_that_contradicts_itself(term: str, valid_to: str) -> None:
    header = ",".join(loading.columns(TariffRow))
    content = f"{header}\n2016,ordinary,{term},256,EUR,,2026-01-01,{valid_to}\n"
    with pytest.raises(ValueError, match=r"^t\.csv, line 2: tariff row 2016"):
        loading.parse_table(TariffRow, content, "t.csv")


def test_texts_know_their_two_names() -> None:
    with pytest.raises(ValueError, match="no texts with the name"):
        loading.texts("bg", "tables")


def test_files_are_plain() -> None:
    for path in TABLES.iterdir():
        content = path.read_bytes()
        assert b"\r" not in content, path.name
        assert content.endswith(b"\n"), path.name
        assert not content.startswith(b"\xef\xbb\xbf"), path.name


def test_tables_are_sorted() -> None:
    rows = loading.settlements()
    assert [row.ekatte for row in rows] == sorted(row.ekatte for row in rows)
    assert list(loading.services()) == sorted(loading.services())
    assert list(loading.document_kinds()) == sorted(loading.document_kinds())


def test_writing_and_reading_agree() -> None:
    content = make_tables.render(loading.settlements()).decode("utf-8")
    assert loading.parse_table(Settlement, content, "s.csv") == loading.settlements()


def test_the_script_wants_one_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert make_tables.main([]) == 2
    assert capsys.readouterr().err.startswith("usage:")


@needs_facts
def test_tables_are_what_the_script_makes() -> None:
    for name, content in make_tables.make(FACTS).items():
        assert (TABLES / name).read_bytes() == content, name


def with_extension(folder: Path, old: str, new: str) -> None:
    """Put a copy of the judgements into a folder, changed at one place."""
    content = (ROOT / "resources" / "judgements.toml").read_text("utf-8")
    assert content.count(old) == 1
    (folder / "judgements.toml").write_text(content.replace(old, new), "utf-8")


@needs_facts
@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('kind = "signal"', 'kind = "zayavlenie_akt"', "extensions of different kinds"),
        ('kind = "signal"', 'kind = "zhalba"', "extensions of different kinds"),
        ("length = 10\n", "length = 11\n", "no extension of zdoi by 11"),
    ],
)
def test_extensions_that_the_facts_do_not_know_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, why: str
) -> None:
    with_extension(tmp_path, old, new)
    monkeypatch.setattr(make_tables, "HERE", tmp_path)
    with pytest.raises(ValueError, match=why):
        make_tables.extensions(FACTS)


@needs_facts
def test_conversion_agrees_with_the_observed_fees() -> None:
    with (FACTS / "services" / "fees_observed_bgn.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["fee_bgn"]]
    assert rows
    for row in rows:
        stotinki, cents = (int(row[column].replace(".", "")) for column in ("fee_bgn", "fee_eur_converted"))
        assert make_tables.euro_cents(stotinki) == cents
