"""Every state, reason and error has its words, in both languages, and no words are left over."""

import enum
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

import pytest

from app.domain import errors, terms
from app.domain.errors import TefterError
from app.domain.terms import FindingCode, VerifyCode
from resources.loading import TEXT_NAMES, services, short_names, texts

Language = Literal["bg", "en"]
LANGUAGES: tuple[Language, ...] = ("bg", "en")
SENTENCES = 3
LONGEST_SHORT_NAME = 34
LATIN_ALLOWED = frozenset({"USB", "PDF", "QR", "EUR", "Ctrl", "Shift", "Alt", "Enter", "Esc", "Tab", "Home", "End"})
KEY_NAMES = re.compile(r"\bF\d{1,2}\b|\bCtrl\+[A-Z]\b|\bCtrl\+Shift\+[A-Z]\b")
VERIFY_WORDS = frozenset({"store", "result", "clean", "has_findings"})
"""Words of the verification's report beside its findings."""


def error_classes() -> list[type[TefterError]]:
    """Return the whole tree of errors, wherever in the program a branch grows."""

    def below(branch: type[TefterError]) -> Iterator[type[TefterError]]:
        yield branch
        for one in branch.__subclasses__():
            yield from below(one)

    return [one for one in below(TefterError) if one.__module__ == errors.__name__]


def closed_lists() -> dict[str, type[enum.StrEnum]]:
    """Return the closed lists by the name of their table of labels, but the one of the verification."""
    found = [one for one in vars(terms).values() if isinstance(one, type) and issubclass(one, enum.StrEnum)]
    return {
        re.sub(r"(?<!^)(?=[A-Z])", "_", one.__name__).lower(): one
        for one in found
        if one not in {enum.StrEnum, VerifyCode}
    }


def flat(language: Language, name: str) -> dict[str, str]:
    """Return all texts of a file as ``table.key`` → text."""
    tables: dict[str, Any] = texts(language, name)
    return {f"{table}.{key}": text for table, rows in tables.items() for key, text in rows.items()}


def sentences(text: str) -> int:
    """Return how many sentences a text has; a full stop inside a word or number ends none."""
    return len(re.findall(r"[.!?](?=\s|$)", text))


def places(text: str) -> Counter[str]:
    """Return the places of a text that facts fill."""
    return Counter(re.findall(r"\{([^{}]*)\}", text))


def test_the_tree_in_the_errors_is_walked_whole() -> None:
    classes = error_classes()
    assert len(classes) > 50
    in_module = {one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, TefterError)}
    assert set(classes) == in_module
    assert len(set(classes)) == len(classes)


def test_no_two_errors_share_a_code() -> None:
    assert [code for code, count in Counter(one.code for one in error_classes()).items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_its_sentence_and_no_sentence_is_left_over(language: Language) -> None:
    assert set(texts(language, "messages")["error"]) == {one.code for one in error_classes()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_of_the_verification_has_its_words(language: Language) -> None:
    assert set(texts(language, "messages")["verify"]) == {one.name.lower() for one in VerifyCode} | VERIFY_WORDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_do_is_said_only_of_findings_that_there_are(language: Language) -> None:
    said = set(texts(language, "village")["finding_help"])
    assert said - {"any"} <= {one.value for one in FindingCode}


def test_the_numbers_of_the_verification_run_without_gaps() -> None:
    assert sorted(VerifyCode) == [f"V{number:02}" for number in range(1, len(VerifyCode) + 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_closed_list_has_exactly_one_label_per_member(language: Language) -> None:
    labels = texts(language, "terms")
    lists = closed_lists()
    assert set(labels) == set(lists)
    for name, members in lists.items():
        assert set(labels[name]) == {str(one) for one in members}, name
        said = Counter(labels[name].values())
        assert [label for label, count in said.items() if count > 1] == [], name


@pytest.mark.parametrize("name", TEXT_NAMES)
def test_both_languages_say_the_same_things_with_the_same_places(name: str) -> None:
    bulgarian, english = flat("bg", name), flat("en", name)
    assert list(bulgarian) == list(english)
    for key, text in bulgarian.items():
        assert places(text) == places(english[key]), key
        assert all(re.fullmatch("[a-z_]+", place) for place in places(text)), key


@pytest.mark.parametrize("name", TEXT_NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_longer_than_three_sentences(language: Language, name: str) -> None:
    for key, text in flat(language, name).items():
        assert text.strip(" "), key
        assert sentences(text) <= SENTENCES, key
        assert "  " not in text, key
        assert name != "messages" or not key.startswith("error.") or text.endswith("."), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_says_what_happened_what_is_safe_and_what_to_do(language: Language) -> None:
    for code, text in texts(language, "messages")["error"].items():
        assert sentences(text) >= SENTENCES - 1, code


@pytest.mark.parametrize("name", TEXT_NAMES)
def test_bulgarian_texts_have_no_latin_words(name: str) -> None:
    for key, text in flat("bg", name).items():
        plain = KEY_NAMES.sub("", re.sub(r"\{[^{}]*\}", "", text))
        assert set(re.findall("[A-Za-z]+", plain)) <= LATIN_ALLOWED, key


@pytest.mark.parametrize("name", TEXT_NAMES)
def test_english_texts_have_no_cyrillic_words(name: str) -> None:
    for key, text in flat("en", name).items():
        assert re.findall("[\u0400-\u04ff]+", text) == [], key


def test_a_short_name_is_that_of_a_service_and_short() -> None:
    names = short_names()
    assert set(names) <= set(services())
    assert {number: name for number, name in names.items() if len(name) > LONGEST_SHORT_NAME} == {}
    performed = {one.number for one in services().values() if one.village_role == "performs" and len(one.name) > 55}
    assert performed <= set(names)
