"""Amounts in words: as a cashier writes them by hand, and read back by a reader that knows nothing of the writer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cash import MOST_CENTS
from app.domain.errors import BadAmount
from app.printing.amounts import in_words
from resources.speech import speech

GOLDEN = [
    (0, "нула евро"),
    (1, "един цент"),
    (2, "два цента"),
    (3, "три цента"),
    (10, "десет цента"),
    (11, "единадесет цента"),
    (12, "дванадесет цента"),
    (19, "деветнадесет цента"),
    (20, "двадесет цента"),
    (21, "двадесет и един цента"),
    (22, "двадесет и два цента"),
    (51, "петдесет и един цента"),
    (99, "деветдесет и девет цента"),
    (100, "едно евро"),
    (101, "едно евро и един цент"),
    (102, "едно евро и два цента"),
    (200, "две евро"),
    (256, "две евро и петдесет и шест цента"),
    (300, "три евро"),
    (383, "три евро и осемдесет и три цента"),
    (400, "четири евро"),
    (511, "пет евро и единадесет цента"),
    (600, "шест евро"),
    (744, "седем евро и четиридесет и четири цента"),
    (800, "осем евро"),
    (1000, "десет евро"),
    (1300, "тринадесет евро"),
    (1405, "четиринадесет евро и пет цента"),
    (1600, "шестнадесет евро"),
    (1717, "седемнадесет евро и седемнадесет цента"),
    (1800, "осемнадесет евро"),
    (2000, "двадесет евро"),
    (2100, "двадесет и едно евро"),
    (2200, "двадесет и две евро"),
    (3700, "тридесет и седем евро"),
    (4100, "четиридесет и едно евро"),
    (6900, "шестдесет и девет евро"),
    (7050, "седемдесет евро и петдесет цента"),
    (8800, "осемдесет и осем евро"),
    (10000, "сто евро"),
    (10100, "сто и едно евро"),
    (10200, "сто и две евро"),
    (11000, "сто и десет евро"),
    (11500, "сто и петнадесет евро"),
    (12000, "сто и двадесет евро"),
    (12100, "сто двадесет и едно евро"),
    (20000, "двеста евро"),
    (25600, "двеста петдесет и шест евро"),
    (30100, "триста и едно евро"),
    (40000, "четиристотин евро"),
    (51234, "петстотин и дванадесет евро и тридесет и четири цента"),
    (60000, "шестстотин евро"),
    (77777, "седемстотин седемдесет и седем евро и седемдесет и седем цента"),
    (80000, "осемстотин евро"),
    (99999, "деветстотин деветдесет и девет евро и деветдесет и девет цента"),
    (100000, "хиляда евро"),
    (100100, "хиляда и едно евро"),
    (100200, "хиляда и две евро"),
    (101100, "хиляда и единадесет евро"),
    (102000, "хиляда и двадесет евро"),
    (102100, "хиляда двадесет и едно евро"),
    (110000, "хиляда и сто евро"),
    (110100, "хиляда сто и едно евро"),
    (123456, "хиляда двеста тридесет и четири евро и петдесет и шест цента"),
    (200000, "две хиляди евро"),
    (200200, "две хиляди и две евро"),
    (520000, "пет хиляди и двеста евро"),
    (999999, "девет хиляди деветстотин деветдесет и девет евро и деветдесет и девет цента"),
    (1250000, "дванадесет хиляди и петстотин евро"),
    (2100000, "двадесет и една хиляди евро"),
    (2200000, "двадесет и две хиляди евро"),
    (12000000, "сто и двадесет хиляди евро"),
    (100000000, "един милион евро"),
    (100100000, "един милион и хиляда евро"),
    (120000000, "един милион и двеста хиляди евро"),
    (122000000, "един милион двеста и двадесет хиляди евро"),
    (200000100, "два милиона и едно евро"),
    (100_000_000_000, "един милиард евро"),
    (MOST_CENTS, "десет милиарда евро"),
]

STOTINKI = [
    (1, "една стотинка"),
    (2, "две стотинки"),
    (21, "двадесет и една стотинки"),
    (62, "шестдесет и две стотинки"),
    (101, "едно евро и една стотинка"),
    (256, "две евро и петдесет и шест стотинки"),
]

ENGLISH = [
    (0, "zero euros"),
    (1, "one cent"),
    (21, "twenty-one cents"),
    (100, "one euro"),
    (256, "two euros and fifty-six cents"),
    (11500, "one hundred and fifteen euros"),
    (100200, "one thousand and two euros"),
    (120000, "one thousand two hundred euros"),
    (123456, "one thousand two hundred and thirty-four euros and fifty-six cents"),
    (100100000, "one million one thousand euros"),
]


@pytest.mark.parametrize(("cents", "said"), GOLDEN)
def test_an_amount_is_said_as_a_cashier_writes_it(cents: int, said: str) -> None:
    assert in_words(cents, speech("bg")) == said


@pytest.mark.parametrize(("cents", "said"), STOTINKI)
def test_where_the_municipality_says_stotinka_its_gender_is_right(cents: int, said: str) -> None:
    assert in_words(cents, speech("bg"), "stotinka") == said


@pytest.mark.parametrize(("cents", "said"), ENGLISH)
def test_the_same_rule_speaks_english(cents: int, said: str) -> None:
    assert in_words(cents, speech("en")) == said


@pytest.mark.parametrize("cents", [-1, MOST_CENTS + 1])
def test_an_amount_that_no_receipt_holds_is_refused(cents: int) -> None:
    with pytest.raises(BadAmount):
        in_words(cents, speech("bg"))


# --- a reader of its own, by the grammar of schoolbooks ---

VALUES = {
    "нула": 0, "един": 1, "една": 1, "едно": 1, "два": 2, "две": 2, "три": 3, "четири": 4, "пет": 5, "шест": 6,
    "седем": 7, "осем": 8, "девет": 9, "десет": 10, "единадесет": 11, "дванадесет": 12, "тринадесет": 13,
    "четиринадесет": 14, "петнадесет": 15, "шестнадесет": 16, "седемнадесет": 17, "осемнадесет": 18,
    "деветнадесет": 19, "двадесет": 20, "тридесет": 30, "четиридесет": 40, "петдесет": 50, "шестдесет": 60,
    "седемдесет": 70, "осемдесет": 80, "деветдесет": 90, "сто": 100, "двеста": 200, "триста": 300,
    "четиристотин": 400, "петстотин": 500, "шестстотин": 600, "седемстотин": 700, "осемстотин": 800,
    "деветстотин": 900,
}  # fmt: skip
GENDER = {"един": "m", "два": "m", "една": "f", "едно": "n"}
NOUNS = {"евро": (100, "n"), "цент": (1, "m"), "цента": (1, "m"), "стотинка": (1, "f"), "стотинки": (1, "f")}


def read_back(said: str) -> int:
    """Return the minor units that these words mean; every word must be a known one and agree in gender."""
    cents, gathered, last = 0, 0, ""
    for word in said.split():
        if word in NOUNS:
            worth, gender = NOUNS[word]
            assert GENDER.get(last, gender) == gender, said
            assert last != "две" or gender in "fn", said
            cents, gathered = cents + gathered * worth, 0
        elif word == "хиляда":
            gathered += 1000
        elif word == "хиляди":
            assert last not in {"един", "едно", "два"}, said
            gathered *= 1000
        elif word != "и":
            gathered += VALUES[word]
        last = word
    assert gathered == 0, said
    return cents


def joined(numbers: list[str]) -> str:
    """Return number words with the one conjunction before the last, as the spelling dictionary has it."""
    return " и ".join([" ".join(numbers[:-1]), numbers[-1]]) if len(numbers) > 1 else "".join(numbers)


def test_every_amount_up_to_ten_thousand_reads_back_as_itself() -> None:
    voice = speech("bg")
    for cents in range(1_000_000):
        assert read_back(in_words(cents, voice)) == cents


def test_amounts_in_stotinki_read_back_as_themselves() -> None:
    voice = speech("bg")
    for cents in range(0, 1_000_000, 7):
        assert read_back(in_words(cents, voice, "stotinka")) == cents


def test_the_last_word_of_every_number_has_the_one_conjunction() -> None:
    for euro in range(10_000):
        said = in_words(euro * 100, speech("bg")).removesuffix(" евро")
        thousands, scale, rest = said.partition(" хиляди")
        assert thousands == joined([word for word in thousands.split() if word != "и"])
        numbers = [word for word in rest.split() if word != "и"]
        lone = f"и {numbers[0]}" if len(numbers) == 1 else joined(numbers)
        assert not scale or rest.strip() == lone


@given(st.integers(0, MOST_CENTS), st.integers(0, MOST_CENTS))
def test_different_amounts_are_said_differently(one: int, other: int) -> None:
    for language in ("bg", "en"):
        assert (in_words(one, speech(language)) == in_words(other, speech(language))) == (one == other)
