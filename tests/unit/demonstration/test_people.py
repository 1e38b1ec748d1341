"""Invented people: well formed, repeatable, and nobody who could be alive."""

import string
from random import Random

import pytest
from stdnum.bg import egn as stdnum_egn
from stdnum.bg import vat as stdnum_vat

from app.demonstration import people
from resources.loading import document_kinds, services

SEEDS = range(300)


def draw(seed: int) -> Random:
    """Give a generator that repeats; nothing secret is drawn here."""
    return Random(seed)  # noqa: S311


def test_the_pool_is_large_and_without_repetition() -> None:
    words = people.pool()
    for names, least in (([name for name, _ in words.men], 40), (words.women, 40), (words.families, 60)):
        assert len(names) >= least
        assert len(set(names)) == len(names)


def test_the_words_hold_no_latin_letters() -> None:
    words = people.pool()
    names = [*words.women, *words.families, *(name for pair in words.men for name in pair)]
    names += [*words.firms.first, *words.firms.second, *words.firms.forms, *words.purposes.words]
    names += [subject for subjects in words.subjects.values() for subject in subjects]
    assert not [name for name in names if set(name) & set(string.ascii_letters)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_person_is_of_the_nineteenth_century(seed: int) -> None:
    person = people.person(draw(seed))
    assert stdnum_egn.is_valid(person.egn)
    assert 1890 <= stdnum_egn.get_birth_date(person.egn).year <= 1899
    assert 21 <= int(person.egn[2:4]) <= 32


@pytest.mark.parametrize("seed", SEEDS)
def test_names_and_egn_agree_in_gender(seed: int) -> None:
    person = people.person(draw(seed))
    given, patronymic, family = person.name.split(" ")
    woman = int(person.egn[8]) % 2 == 1
    words = people.pool()
    assert given in (words.women if woman else [name for name, _ in words.men])
    assert patronymic.endswith("а") is woman
    assert family.endswith("а") is woman


def test_both_genders_occur() -> None:
    assert {int(people.person(draw(seed)).egn[8]) % 2 for seed in SEEDS} == {0, 1}


@pytest.mark.parametrize(
    ("masculine", "feminine"),
    [("Иванов", "Иванова"), ("Загорски", "Загорска"), ("Делчев", "Делчева")],
)
def test_feminine_forms(masculine: str, feminine: str) -> None:
    assert people.feminine(masculine) == feminine


@pytest.mark.parametrize("seed", SEEDS)
def test_a_firm_has_a_valid_number(seed: int) -> None:
    firm = people.legal_entity(draw(seed))
    assert len(firm.eik) == 9
    assert stdnum_vat.is_valid(firm.eik)
    assert firm.name.startswith("„")


def test_the_same_seed_gives_the_same_people() -> None:
    assert [people.person(draw(7)) for _ in range(2)] == [people.person(draw(7))] * 2
    assert people.legal_entity(draw(7)) == people.legal_entity(draw(7))


def test_every_kind_has_words_of_its_own() -> None:
    assert set(people.pool().subjects) == set(document_kinds())


def test_subjects() -> None:
    kinds = document_kinds()
    assert people.subject_for(draw(1), None, kinds["signal"]) in people.pool().subjects["signal"]
    heirs = people.subject_for(draw(1), services()[2016], kinds["zayavlenie_usluga"])
    assert heirs.startswith("Издаване на удостоверение за наследници, за")
    recognition = people.subject_for(draw(1), services()[2053], kinds["zayavlenie_akt"])
    assert recognition == services()[2053].name
