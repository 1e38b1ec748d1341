"""Papers, routes and the fields of kinds: complete, tied to services and kinds, and honest about what is judged."""

from pathlib import Path

import pytest

from app.domain.checks import HEIRS_SERVICE
from app.domain.desk_lists import Paper
from resources import FOLDER, loading, make_tables

FACTS = Path(__file__).resolve().parents[4] / "shared" / "data"
MOST_FIELDS = 3

needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the facts are not at hand")


def codes(service: int, *when: str) -> list[str]:
    """Return the codes of the papers of a service, of these cases or of all."""
    return [one.code for one in loading.service_papers()[service] if not when or one.when in when]


def test_every_service_that_a_village_takes_in_has_its_papers_and_no_other_has() -> None:
    taken = {row.number for row in loading.services().values() if row.village_role != "centre"}
    assert len(taken) == 80
    assert set(loading.service_papers()) == taken
    used = {one.code for rows in loading.service_papers().values() for one in rows}
    assert used == set(loading.papers())


def test_the_papers_of_an_heirs_certificate() -> None:
    assert codes(HEIRS_SERVICE, "always") == ["zayavlenie", "lichen_dokument", "spisak_naslednitsi"]
    assert codes(HEIRS_SERVICE, "by_proxy") == ["palnomoshtno"]
    assert codes(HEIRS_SERVICE, "collected") == ["registar_naselenie", "akt_grazhdansko"]


def test_what_the_town_collects_comes_last_and_is_never_asked_of_the_citizen() -> None:
    for service, rows in loading.service_papers().items():
        asked = [one.when != "collected" for one in rows]
        assert asked == sorted(asked, reverse=True), service
        assert any(asked), service
    for one in loading.papers().values():
        if one.when == "collected":
            assert one.basis.endswith(("чл.11", "чл.24(1)")), one.code


def test_a_paper_for_one_case_names_the_case() -> None:
    assert [one.code for one in loading.papers().values() if one.when == "in_case" and not one.hint] == []
    assert [one.code for one in loading.papers().values() if bool(one.hint) != bool(one.hint_en)] == []


def test_what_is_done_at_once_is_what_a_mayoralty_performs_and_says_since_when() -> None:
    known = loading.services()
    assert len(loading.on_the_spot()) == 6
    for number, since in loading.on_the_spot().items():
        assert known[number].village_role == "performs"
        assert since == 2000


def test_an_identity_document_is_seen_and_never_copied() -> None:
    assert "не се копира" in loading.papers()["lichen_dokument"].hint


@pytest.mark.parametrize("service", [2015, 2053, 2094])
def test_what_is_done_in_person_knows_no_proxy(service: int) -> None:
    assert codes(service, "by_proxy") == []


def test_a_fee_document_is_asked_for_where_the_town_charges() -> None:
    services = loading.services()
    for number in loading.service_papers():
        charged = services[number].village_role == "forwards" and services[number].payment == "paid"
        assert ("dokument_taksa" in codes(number)) == charged, number


def test_every_group_that_a_village_forwards_has_its_unit_and_steps() -> None:
    groups = {row.group for row in loading.services().values() if row.village_role == "forwards"}
    assert set(loading.routes()) == groups
    for group, steps in loading.routes().items():
        assert 2 <= len(steps) <= 4, group
        assert [one.place for one in steps] == list(range(1, len(steps) + 1))
        assert [one.by for one in steps].count("unit") == 1
    unit = next(one for one in loading.routes()["УТ"] if one.by == "unit")
    assert unit.who == "Устройство на територията"


def test_fields_are_those_of_kinds_and_few() -> None:
    assert set(loading.kind_fields()) < set(loading.document_kinds())
    for kind, fields in loading.kind_fields().items():
        assert [one.place for one in fields] == list(range(1, len(fields) + 1)), kind
        assert len(fields) <= MOST_FIELDS, kind
        assert len({one.code for one in fields}) == len(fields), kind
        choices = [one.code for one in fields if one.type == "choice"]
        assert [code for code in choices if (kind, code) not in loading.field_options()] == [], kind
    known = {(kind, one.code) for kind, fields in loading.kind_fields().items() for one in fields}
    assert set(loading.field_options()) <= known


def test_an_appeal_asks_for_the_act_its_date_and_when_it_was_told() -> None:
    assert [(one.code, one.type) for one in loading.kind_fields()["zhalba"]] == [
        ("act", "text"),
        ("act_on", "date"),
        ("told_on", "date"),
    ]


def test_the_forms_of_access_are_those_of_the_law() -> None:
    assert [one.code for one in loading.field_options()["zdoi", "form"]] == ["view", "oral", "paper", "electronic"]


def test_a_table_is_read_when_it_is_first_asked() -> None:
    asked = []

    def read() -> dict[str, int]:
        asked.append(1)
        return {"a": 1}

    lazily = loading.Lazily(read)
    assert not asked
    assert (dict(lazily), len(lazily), lazily.get("b")) == ({"a": 1}, 1, None)


def judged_with(folder: Path, old: str, new: str) -> None:
    """Put a copy of the judgements into a folder, changed at its first place."""
    content = (FOLDER / "judgements_services.toml").read_text("utf-8")
    assert old in content
    (folder / "judgements_services.toml").write_text(content.replace(old, new, 1), "utf-8")


@needs_facts
@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("services = [2016]", "services = [2016, 1997]", "two sets"),
        ("services = [2016]", "services = [2016, 2003]", "no village takes it in"),
        ("services = [2053]", "services = []", "without papers"),
    ],
)
def test_papers_of_wrong_services_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, why: str
) -> None:
    judged_with(tmp_path, old, new)
    monkeypatch.setattr(make_tables, "HERE", tmp_path)
    with pytest.raises(ValueError, match=why):
        make_tables.service_papers(FACTS)


def test_a_case_nobody_knows_is_refused() -> None:
    table = "code,name,name_en,hint,hint_en,when,basis\na,А,a,,,sometimes,\n"
    with pytest.raises(ValueError, match="line 2"):
        loading.parse_table(Paper, table, "papers.csv")
