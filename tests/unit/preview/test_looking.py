"""Each file is drawn by a process of its own; who stops looking ends it."""

from collections.abc import Iterator

import pytest

from app.domain.errors import FileDamaged, PreviewFailed
from app.preview.looking import Looking, count_pages
from tests.unit.preview.samples import RED, pdf, picture, tiff
from tests.unit.preview.test_viewer import middle


@pytest.fixture
def looking() -> Iterator[Looking]:
    """Nobody looks at anything yet."""
    one = Looking()
    yield one
    one.close()


def test_pages_of_one_file_come_from_one_process_and_another_file_gets_another(looking: Looking) -> None:
    first = looking.page(b"a", "application/pdf", lambda: pdf(2), 0, 200)
    one = looking._viewer
    last = looking.page(b"a", "application/pdf", pytest.fail, 9, 200)
    assert looking._viewer is one
    assert (first.file, first.page, first.pages, last.page) == (b"a", 0, 2, 1)
    assert middle(looking.page(b"b", "image/png", picture, 0, 100).picture) == RED
    assert one is not None
    assert one.closed


def test_a_file_that_cannot_be_drawn_is_told_and_the_next_one_is_drawn(looking: Looking) -> None:
    with pytest.raises(PreviewFailed):
        looking.page(b"a", "application/pdf", lambda: b"%PDF-", 0, 200)
    assert looking.page(b"b", "application/pdf", pdf, 0, 200).pages == 2


def test_a_file_that_cannot_be_read_is_told_as_such(looking: Looking) -> None:
    def damaged() -> bytes:
        raise FileDamaged

    with pytest.raises(FileDamaged):
        looking.page(b"a", "application/pdf", damaged, 0, 200)


def test_who_stopped_looking_gets_no_process_any_more(looking: Looking) -> None:
    looking.close()
    with pytest.raises(PreviewFailed):
        looking.page(b"a", "application/pdf", pdf, 0, 200)


def test_pages_are_counted_where_the_file_can_be_drawn() -> None:
    assert count_pages("application/pdf", pdf(3)) == 3
    assert count_pages("image/tiff", tiff()) == 2
    assert count_pages("application/pdf", b"%PDF-") == 0
