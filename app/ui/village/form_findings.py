"""Which findings the form shows, and where (забележки): the same words beside the field, in the strip, in the check.

What is missing is not said before its field was left; a number that is half typed is not called wrong.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from app.domain.facts import Finding
from app.domain.terms import FindingCode
from app.ui.village.form_draft import FormDraft
from app.ui.village.form_filing import places_of
from app.ui.village.wording import finding_help, finding_title
from resources.speech import Speech

_PEOPLE = "correspondents"
_LENGTHS = {
    FindingCode.INVALID_EGN: 10,
    FindingCode.INVALID_LNCH: 10,
    FindingCode.INVALID_EIK: 9,
    FindingCode.INVALID_BULSTAT: 13,
}
_AT_ONCE = frozenset(
    {
        FindingCode.SERVICE_NOT_HERE,
        FindingCode.TARIFF_MISSING,
        FindingCode.ORAL_HEIRS,
        FindingCode.EVENT_TOO_OLD,
        FindingCode.PAPER_MISSING,
    }
)
"""Noticed of what was chosen, not of what is missing: said at once."""


class Noticed(NamedTuple):
    """A finding: the field's name, the correspondent's place in the draft (None elsewhere), and its words."""

    code: FindingCode
    field: str
    place: int | None
    title: str
    help: str

    @property
    def key(self) -> str:
        """The field with its place: what was left by the keyboard is remembered under it."""
        return key_of(self.field, self.place)


def key_of(field: str, place: int | None) -> str:
    """Return a field's key, ``identifier@1`` for the second correspondent's."""
    return field if place is None else f"{field}@{place}"


def split(field: str, draft: FormDraft) -> tuple[str, int | None]:
    """Return a finding's field and the place of its correspondent in the draft."""
    if not field.startswith(_PEOPLE):
        return field, None
    _people, number, name = field.split(".")
    return name, places_of(draft)[int(number)]


def noticed(draft: FormDraft, findings: Sequence[Finding], speech: Speech) -> list[Noticed]:
    """Return findings with their places in the form and their words."""
    found = []
    for one in findings:
        field, place = split(one.field, draft)
        found.append(Noticed(one.code, field, place, finding_title(speech, one), _help(one.code, draft, speech)))
    return found


def _help(code: FindingCode, draft: FormDraft, speech: Speech) -> str:
    """Return what to do; words that name no service are kept, and the clerk is told where."""
    if code is FindingCode.SERVICE_MISSING and draft.service_text.strip():
        return speech.say("village.form.service_unknown")
    return finding_help(speech, code)


def ripe(one: Noticed, draft: FormDraft, left: Collection[str]) -> bool:
    """Return whether a finding is to be shown while one types; ``left`` are the keys of fields the keyboard left."""
    if one.key in left or one.code in _AT_ONCE:
        return True
    length = _LENGTHS.get(one.code)
    return length is not None and one.place is not None and _typed(draft, one.place) >= length


def _typed(draft: FormDraft, place: int) -> int:
    return len("".join(draft.people[place].identifier.split()))
