"""No paper is crowded: nothing overlaps, leaves the sheet, is cut or is set under ten points, however long it is."""

import pytest

from app.printing import sheets
from app.printing.contents import ServiceName
from app.printing.flow import DENSITIES
from app.printing.fonts import Style, font
from app.printing.output import to_pdf
from app.printing.receipt import receipt_leaves
from app.printing.slip import slip_leaves
from resources.loading import services
from resources.speech import Language, speech
from tests.unit.printing import pages, samples
from tests.unit.printing.rendering import Box, boxes, fonts, reader, rendered, squares, text_of, tight

PAPERS = (
    "slip",
    "slip-unpaid",
    "slip-plain",
    "slip-long",
    "slip-english",
    "slip-endless",
    "receipt",
    "receipt-copies",
    "receipt-english",
    "receipt-long",
    "receipt-many",
    "receipt-fortune",
    "storno",
    "storno-english",
    "together",
    "protocol",
    "protocol-blank",
    "protocol-long",
    "protocol-english",
    "application",
    "application-blank",
    "application-long",
    "application-english",
    "complex",
    "complex-blank",
    "complex-long",
    "complex-english",
)
_EDGE = 5 * 72 / 25.4
"""Points: no printer reaches less than five millimetres to the edge."""

_TOUCH = 1.25
"""Points that the boxes of two neighbouring letters may share in both directions."""


def pdf_of(name: str) -> bytes:
    """Return one of the papers that are saved to be looked at."""
    return to_pdf(pages.papers()[name], name)


def overlap(one: Box, other: Box) -> bool:
    """Return whether two runs of text lie on each other."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.top, other.top) - max(one.bottom, other.bottom)
    return width > _TOUCH and height > _TOUCH


def overlapping(found: list[Box]) -> list[tuple[Box, Box]]:
    """Return the pairs of runs of text that lie on each other, looked for from left to right."""
    open_ones: list[Box] = []
    pairs = []
    for box in sorted(found, key=lambda one: one.left):
        open_ones = [one for one in open_ones if one.right > box.left]
        pairs += [(one, box) for one in open_ones if overlap(one, box)]
        open_ones.append(box)
    return pairs


def test_every_paper_that_is_looked_at_is_tested_here() -> None:
    assert set(pages.papers()) == set(PAPERS)


def test_the_eye_of_these_tests_sees_an_overlap() -> None:
    first = Box("а", 10, 0, 0, 5, 7)
    assert overlapping([first, Box("б", 10, 3, 2, 9, 9)]) != []
    assert overlapping([first, Box("б", 10, 5, 0, 9, 7), Box("в", 10, 0, 7, 5, 14)]) == []


@pytest.mark.parametrize("name", PAPERS)
def test_nothing_overlaps_leaves_the_sheet_or_is_too_small(name: str) -> None:
    pdf = pdf_of(name)
    for number, page in enumerate(reader(pdf).pages):
        found = [box for box in boxes(pdf, number) if box.text.strip()]
        assert found
        assert min(box.size for box in found) > 9.95
        assert min(box.left for box in found) > _EDGE
        assert min(box.bottom for box in found) > _EDGE
        assert max(box.right for box in found) < float(page.mediabox.width) - _EDGE
        assert max(box.top for box in found) < float(page.mediabox.height) - _EDGE
        assert overlapping(found) == []


@pytest.mark.parametrize("name", PAPERS)
def test_only_the_shipped_fonts_are_used_and_all_are_embedded(name: str) -> None:
    faces = {"/NotoSans-Regular", "/NotoSans-Medium", "/NotoSans-SemiBold"}
    found = fonts(pdf_of(name))
    assert {one["/BaseFont"] for one in found} <= faces
    for one in found:
        assert "/ToUnicode" in one
        assert "/FontFile2" in one["/DescendantFonts"][0].get_object()["/FontDescriptor"]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_slip_of_every_service_of_the_register_is_one_leaf(language: Language) -> None:
    assert len(samples.LONGEST[0].name) > 250
    for one in services().values():
        service = ServiceName(number=one.number, name=one.name)
        content = samples.slip(office=samples.UNREAL, subject=one.name, service=service)
        assert len(slip_leaves(content, speech(language))) == 1, one.number


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_receipt_of_every_service_of_the_register_is_one_leaf(language: Language) -> None:
    for one in services().values():
        service = ServiceName(number=one.number, name=one.name)
        content = samples.receipt(office=samples.UNREAL, lines=(samples.paid(one.name, service),))
        assert len(receipt_leaves(content, "payer", speech(language))) == 1, one.number


def test_an_endless_subject_goes_on_over_the_leaves_and_loses_no_word() -> None:
    words = [f"дума{number}" for number in range(900)]
    content = samples.slip(subject=" ".join(words))
    pdf = to_pdf(sheets.slip(content, speech("bg")), content.number)
    count = len(reader(pdf).pages)
    assert count > 2
    text = text_of(pdf)
    assert [word for word in words if word not in text] == []
    for page in range(1, count + 1):
        assert tight(f"{content.number} · лист {page} от {count}") in text
    assert [squares(rendered(pdf, page)) for page in range(count)] == [*[[]] * (count - 1), [content.qr]]


def test_a_word_without_a_place_to_break_is_broken_and_not_cut() -> None:
    usual, broken = (
        text_of(to_pdf(sheets.slip(samples.slip(subject=subject), speech("bg")), "slip"))
        for subject in ("Жалба", "Жалба" + "щ" * 200)
    )
    assert broken.count("щ") == usual.count("щ") + 200


def test_a_receipt_of_many_lines_names_each_and_sums_up_on_the_last_leaf() -> None:
    content = samples.long_receipt(14)
    pdf = to_pdf(sheets.receipt(content, "payer", speech("bg")), content.number)
    text = text_of(pdf)
    for one in content.lines:
        assert tight(one.text) in text.replace(tight(speech("bg").amount(one.cents)), "")
    last = tight(reader(pdf).pages[-1].extract_text())
    assert tight("Платено в брой") in last
    assert tight("33 333,12 EUR") in last


def test_a_short_paper_is_set_widely_and_a_longer_one_closer() -> None:
    def number_size(subject: str) -> float:
        return max(box.size for box in boxes(to_pdf(sheets.slip(samples.slip(subject=subject), speech("bg")), "x"), 0))

    assert number_size("Жалба") == pytest.approx(DENSITIES[0].number, abs=0.1)
    assert number_size("Жалба срещу съседите. " * 20) < DENSITIES[0].number


def test_a_style_under_ten_points_is_refused() -> None:
    with pytest.raises(ValueError, match=r"9\.5"):
        font(Style(9.5))
