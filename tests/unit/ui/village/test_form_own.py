"""The keys under Alt of a kind's own fields: none that another label of the form has, one for each field."""

import pytest

from app.ui.village.form_own import CHOICES, LINES, free_letters, with_letter
from resources import loading
from resources.speech import Language

MOST = 3


@pytest.mark.parametrize("language", ["bg", "en"])
def test_there_are_keys_for_all_fields_of_every_kind_and_none_is_taken(language: Language) -> None:
    letters = free_letters(language)
    assert len(letters) >= MOST
    taken = " ".join([*loading.texts(language, "village")["form"].values()]).casefold()
    assert [one for one in letters if f"&{one}" in taken] == []
    for kind, fields in loading.kind_fields().items():
        left, keys = letters, []
        for one in fields:
            shown, left = with_letter(one.label if language == "bg" else one.label_en, left)
            keys.append(shown[shown.index("&") + 1].casefold())
        assert len(set(keys)) == len(fields), kind


def test_a_letter_of_the_label_goes_before_one_beside_it() -> None:
    assert with_letter("Обжалван акт", "x\u0436") == ("Об&жалван акт", "x")
    assert with_letter("Дата на акта", "жх") == ("Дата на акта (&Ж)", "х")
    assert with_letter("Дата на акта", "") == ("Дата на акта", "")


def test_the_fields_of_every_kind_have_their_place_in_the_form() -> None:
    for kind, fields in loading.kind_fields().items():
        types = [one.type for one in fields]
        assert types.count("choice") <= CHOICES, kind
        assert len(types) - types.count("choice") <= LINES, kind
