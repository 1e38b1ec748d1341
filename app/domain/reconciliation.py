"""Reconciliation (равнение): what a village states against what it can be held to. Pure; the centre feeds it rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain.cash import Close
from app.domain.facts import Finding
from app.domain.terms import IN_FORCE_STANDINGS, DisputeReason, FindingCode, Standing


class EntryLine(NamedTuple):
    """An entry as the centre sees it: the fee it owed and what receipts in force paid for it, in minor units."""

    entry: bytes
    standing: Standing
    fee_cents: int | None
    paid_cents: int
    findings: tuple[FindingCode, ...]


class DayLine(NamedTuple):
    """A day close as stated, and as computed again from the documents held."""

    stated: Close
    recomputed: Close
    opening: int
    computed: int
    counted: int
    difference: int


SERIOUS = frozenset({FindingCode.UNKNOWN_SERVICE, FindingCode.NUMBER_TWICE, FindingCode.NUMBER_GAP})
"""Findings of the village that a person at the centre must look at; the rest is advice."""

REASONS: Mapping[FindingCode, DisputeReason] = {
    FindingCode.FEE_MISSING: DisputeReason.FEE_MISSING,
    FindingCode.FEE_DIFFERS: DisputeReason.FEE_DIFFERS,
    FindingCode.UNKNOWN_SERVICE: DisputeReason.WRONG_SERVICE,
    FindingCode.NUMBER_TWICE: DisputeReason.NUMBER_PROBLEM,
    FindingCode.NUMBER_GAP: DisputeReason.NUMBER_PROBLEM,
}


def entry_findings(line: EntryLine) -> tuple[FindingCode, ...]:
    """Return what stands between an entry and its acceptance; nothing means clean."""
    return tuple(_entry_findings(line))


def _entry_findings(line: EntryLine) -> Iterator[FindingCode]:
    if line.standing in IN_FORCE_STANDINGS and line.fee_cents:
        if line.paid_cents == 0:
            yield FindingCode.FEE_MISSING
        elif line.paid_cents != line.fee_cents:
            yield FindingCode.FEE_DIFFERS
    yield from (code for code in line.findings if code in SERIOUS)


def dispute_reason(findings: Sequence[FindingCode]) -> DisputeReason:
    """Return the coded reason proposed for a line with these findings."""
    return next((REASONS[code] for code in findings if code in REASONS), DisputeReason.OTHER)


def series_findings(numbers: Iterable[int]) -> tuple[FindingCode, ...]:
    """Return gap and double of a series that must run 1…n."""
    held = sorted(numbers)
    unique = set(held)
    found = []
    if len(unique) != len(held):
        found.append(FindingCode.NUMBER_TWICE)
    if unique and (min(unique) != 1 or max(unique) != len(unique)):
        found.append(FindingCode.NUMBER_GAP)
    return tuple(found)


def day_findings(line: DayLine) -> tuple[Finding, ...]:
    """Return where a day close parts from its own documents, and a cash difference."""
    found = []
    balance = line.opening + line.recomputed.taken - line.recomputed.paid_back
    if line.stated != line.recomputed or line.computed != balance or line.counted - line.computed != line.difference:
        found.append(Finding(FindingCode.DAY_DIFFERS))
    if line.difference:
        found.append(Finding(FindingCode.CASH_DIFFERENCE))
    return tuple(found)
