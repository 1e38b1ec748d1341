"""Findings as the form shows them: ripe when there is something to say, at the field they are about."""

import pytest

from app.domain.facts import Finding
from app.domain.terms import FindingCode
from app.ui.village.form_draft import FormDraft, PersonDraft
from app.ui.village.form_findings import noticed, ripe
from resources.speech import speech

DRAFT = FormDraft(
    entry=b"e" * 16,
    draft=b"e" * 16,
    people=[
        PersonDraft(settlement="49686"),
        PersonDraft(name="Мария Примерова", identifier="95210", settlement="49686"),
    ],
)


def test_a_finding_names_the_correspondent_as_the_form_counts_them() -> None:
    """The first correspondent was left empty, so that the filing's first is the form's second."""
    (one,) = noticed(DRAFT, [Finding(FindingCode.INVALID_EGN, "correspondents.0.identifier")], speech("bg"))
    assert (one.field, one.place, one.key) == ("identifier", 1, "identifier@1")
    assert one.title == "ЕГН не минава проверката"


@pytest.mark.parametrize(
    ("typed", "left", "expected"),
    [("95210", set(), False), ("95210", {"identifier@1"}, True), ("95210 11235", set(), True)],
)
def test_a_number_half_typed_is_not_called_wrong_before_it_is_left(typed: str, left: set[str], expected: bool) -> None:  # noqa: FBT001 - a case of the table
    people = [DRAFT.people[0], PersonDraft(name="Мария", identifier=typed)]
    draft = FormDraft(entry=b"e" * 16, draft=b"e" * 16, people=people)
    (one,) = noticed(draft, [Finding(FindingCode.INVALID_EGN, "correspondents.0.identifier")], speech("bg"))
    assert ripe(one, draft, left) is expected


def test_what_is_missing_is_not_said_before_its_field_was_left() -> None:
    (one,) = noticed(DRAFT, [Finding(FindingCode.SUBJECT_MISSING, "subject")], speech("bg"))
    assert not ripe(one, DRAFT, set())
    assert ripe(one, DRAFT, {"subject"})


def test_what_was_chosen_wrongly_is_said_at_once() -> None:
    (one,) = noticed(DRAFT, [Finding(FindingCode.SERVICE_NOT_HERE, "service")], speech("bg"))
    assert ripe(one, DRAFT, set())


def test_words_that_name_no_service_are_kept_and_the_clerk_is_told_where() -> None:
    draft = FormDraft(entry=b"e" * 16, draft=b"e" * 16, service_text="за луната")
    (one,) = noticed(draft, [Finding(FindingCode.SERVICE_MISSING, "service")], speech("bg"))
    assert "„Относно“" in one.help
