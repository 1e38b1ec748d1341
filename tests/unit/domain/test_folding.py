"""Folding: what is typed finds what was written, whatever the keyboard did."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.folding import fold, words
from resources import loading


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Удостоверение", "удостоверение"),
        ("ЪГЪЛ", "ъгъл"),
        ("Йордан", "йордан"),
        (unicodedata.normalize("NFD", "Йордан"), "йордан"),
        ("лич\u0065н", "личен"),
        ("\u0410\u0042\u0412", "авв"),
        ("USB", "usb"),
        ("Hop 7", "hop 7"),
        ("", ""),
        ("№ 17-000042/20.11.2026", "№ 17-000042/20.11.2026"),
    ],
)
def test_case_accents_and_look_alike_letters_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_the_service_that_the_register_writes_with_latin_letters_is_found_by_bulgarian_words() -> None:
    name = loading.services()[2020].name
    assert "личен" not in name.lower()
    assert "личен" in words(name)
    assert "регистрационен" in words(name)


def test_the_words_of_a_question_are_folded_and_bare() -> None:
    assert words("  Иванка  ПЕТРОВА-Колева, с. Микрево! ") == ["иванка", "петрова", "колева", "с", "микрево"]
    assert words("…") == []


@given(text=st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(text=st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъьюяѝ АБВГДЕЖЗИЙ-0123456789", max_size=40))
def test_upper_case_and_decomposed_letters_are_found_as_the_plain_ones(text: str) -> None:
    assert fold(text.upper()) == fold(text) == fold(unicodedata.normalize("NFD", text))
