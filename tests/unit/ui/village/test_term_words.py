"""A term without a date says from when it runs; one with a date says nothing more."""

import pytest

from app import bootstrap
from app.ui.village.term_words import term_runs
from resources.speech import Language, speech

LISTS = bootstrap.nomenclatures()


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("kind", sorted(LISTS.kinds))
def test_a_kind_says_from_when_its_term_runs_where_that_is_no_date_yet(kind: str, language: Language) -> None:
    held = LISTS.kinds[kind]
    said = term_runs(LISTS, speech(language), kind)
    waits = held.term is not None and held.counts_from not in {"receipt", "registration"}
    assert bool(said) is waits
    assert not waits or held.law in said


def test_complex_service_counts_from_the_data() -> None:
    assert term_runs(LISTS, speech("bg"), "kao") == "3 дни от получаването на данните · АПК чл.57(9); НАО чл.14в"
