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
        ("Удостоверение", "udostoverenie"),
        ("ЪГЪЛ", "agal"),
        ("Йордан", "yordan"),
        (unicodedata.normalize("NFD", "Йордан"), "yordan"),
        ("лич\u0065н", "lichen"),
        ("\u0410\u0042\u0412", "avv"),
        ("USB", "usb"),
        ("Hop 7", "hop 7"),
        ("", ""),
        ("№ 17-000042/20.11.2026", "17 000042 20 11 2026"),
        ("„Ѝ“ (един)", "i edin"),
    ],
)
def test_case_accents_and_look_alike_letters_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("bulgarian", "latin"),
    [
        ("Ж Ц Ч Ш Щ Ю Я", "Zh Ts Ch Sh Sht Yu Ya"),
        ("Желязко Щърбанов", "Zhelyazko Shtarbanov"),
        ("Цветанка Чакърова", "Tsvetanka Chakarova"),
        ("Гюльшен Кьосе", "Gyulyshen Kyose"),
        ("Мария", "Maria"),
        ("Мария", "Mariya"),
        ("София Илиева", "Sofia Ilieva"),
        ("Хаджи Вълко", "Hadzhi Valko"),
    ],
)
def test_the_table_of_the_law_on_transliteration_brings_both_alphabets_together(bulgarian: str, latin: str) -> None:
    assert fold(bulgarian) == fold(latin)


def test_the_service_that_the_register_writes_with_latin_letters_is_found_by_bulgarian_words() -> None:
    name = loading.services()[2020].name
    assert "личен" not in name.lower()
    assert words("личен") == ["lichen"]
    assert set(words("личен регистрационен")) <= set(words(name))


def test_the_words_of_a_question_are_folded_and_bare() -> None:
    assert words("  Иванка  ПЕТРОВА-Колева, с. Микрево! ") == ["ivanka", "petrova", "koleva", "s", "mikrevo"]
    assert words("…") == []


_BULGARIAN = "абвгдежзийклмнопрстуфхцчшщъьюяѝ"


@given(text=st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(text=st.text(alphabet=f"{_BULGARIAN} {_BULGARIAN.upper()}-0123456789", max_size=40))
def test_upper_case_and_decomposed_letters_are_found_as_the_plain_ones(text: str) -> None:
    assert fold(text.upper()) == fold(text) == fold(unicodedata.normalize("NFD", text))


@given(name=st.text(alphabet=_BULGARIAN, min_size=1, max_size=20), letters=st.integers(1, 20))
def test_the_beginning_of_a_name_folds_to_the_beginning_of_the_folded_name(name: str, letters: int) -> None:
    assert fold(name).startswith(fold(name[:letters]))


@given(name=st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20), letters=st.integers(1, 20))
def test_the_same_holds_for_a_name_in_latin_letters(name: str, letters: int) -> None:
    assert fold(name).startswith(fold(name[:letters]))
