"""Folding: what is typed finds what was written, whatever the keyboard did."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.folding import Reading, fold, holds, means, readings, words
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


# --- letters that look alike --------------------------------------------------------------------------------------

_TWINS = dict(zip("аеорсухкмнтв", "aeopcyxkmhtb", strict=True))
_NAMES = st.text(alphabet=_BULGARIAN + _BULGARIAN.upper(), min_size=2, max_size=20)


def _switched(name: str, places: set[int]) -> str:
    """Return a name in which some letters are the Latin ones that look like them, where there are such."""
    typed = [_twin(letter) if place in places else letter for place, letter in enumerate(name)]
    return "".join(typed)


def _twin(letter: str) -> str:
    twin = _TWINS.get(letter.lower(), letter)
    return twin.upper() if letter.isupper() else twin


@st.composite
def _switched_names(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a name, and the same with at least one but not all of its letters from the other keyboard."""
    name = draw(_NAMES)
    able = [place for place, letter in enumerate(name) if letter.lower() in _TWINS]
    most = len(able) - (len(able) == len(name))
    assume(most > 0)
    places = draw(st.sets(st.sampled_from(able), min_size=1, max_size=most))
    return name, _switched(name, places)


@given(names=_switched_names())
def test_a_name_with_some_letters_of_the_other_keyboard_folds_as_the_name(names: tuple[str, str]) -> None:
    name, typed = names
    assert typed != name
    assert fold(typed) == fold(name)


@given(names=_switched_names(), letters=st.integers(1, 20))
def test_the_name_is_among_the_readings_at_every_letter_on_the_way(names: tuple[str, str], letters: int) -> None:
    name, typed = names
    (word,) = readings(typed[:letters])
    assert holds(f" {fold(name)} ", word)


@given(name=st.text(alphabet="аеорсухкмнтв", min_size=1, max_size=12))
def test_a_word_typed_wholly_on_the_other_keyboard_is_read_both_ways(name: str) -> None:
    typed = _switched(name, set(range(len(name))))
    (word,) = readings(typed)
    assert word[0] == Reading(typed)
    assert holds(f" {fold(name)} ", word)


@given(name=st.text(alphabet="аеорсухкмнтв", min_size=1, max_size=12))
def test_a_word_kept_in_the_other_alphabet_is_found_by_the_cyrillic_one(name: str) -> None:
    kept = _switched(name, set(range(len(name))))
    (word,) = readings(name)
    assert holds(f" {fold(kept)} ", word)


@given(name=st.text(alphabet="аеорсухкмнтв", min_size=1, max_size=12))
def test_a_name_typed_wholly_on_the_other_keyboard_means_that_name_and_no_longer_one(name: str) -> None:
    asked = readings(f"с. {_switched(name, set(range(len(name))))}")
    assert means(asked, f"с. {name}")
    assert not means(asked, f"с. {name}во")
    assert not means(asked, f"с. {name} {name}")


@given(text=st.text(max_size=40))
def test_every_text_means_itself(text: str) -> None:
    assert means(readings(text), text)


@given(text=st.text(max_size=40))
def test_the_first_reading_of_each_word_is_the_word_as_it_is_kept(text: str) -> None:
    assert [word[0] for word in readings(text)] == [Reading(one) for one in words(text)]


@pytest.mark.parametrize(
    "typed", ["Ив\u0061нов", "\u0043тоян", "\u0043т", "иванов", "Ivanov", "ИВАНОВ", "\u0043\u0054"]
)
def test_people_are_meant_whatever_the_keyboard_did(typed: str) -> None:
    (word,) = readings(typed)
    assert holds(f" {fold('Стоян Иванов')} ", word)


def test_a_cyrillic_letter_brings_no_names_that_only_fold_to_what_it_looks_like() -> None:
    (word,) = readings("в")
    assert not holds(f" {fold('Борис')} ", word)
    assert readings("Борис") == [(Reading("boris"),)]
