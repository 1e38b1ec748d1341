"""A file is drawn by a process of its own; whatever kills that process is one sentence for the window."""

import io
import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.domain.errors import PreviewFailed
from app.preview import frames
from app.preview.frames import Broken, Picture
from app.preview.viewer import Viewer
from tests.unit.preview.samples import GREEN, RED, flood, pdf, picture, tiff

PDF = "application/pdf"


@contextmanager
def viewed(media: str, content: bytes, seconds: float = 15.0) -> Iterator[Viewer]:
    """Look at a file, and end the process that draws it."""
    with closing(Viewer(media, content, seconds=seconds)) as viewer:
        yield viewer


def middle(picture: Picture) -> tuple[int, ...]:
    """Return the colour in the middle of a picture."""
    at = 3 * (picture.height // 2 * picture.width + picture.width // 2)
    return tuple(picture.pixels[at : at + 3])


def alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Return whether two colours look alike, as far as a lossy format keeps them."""
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def test_the_pages_of_a_pdf_are_drawn_to_the_width_that_is_asked_for() -> None:
    with viewed(PDF, pdf(3)) as viewer:
        assert viewer.pages() == 3
        standing, lying = viewer.page(0, 600), viewer.page(1, 600)
        assert (standing.width, lying.width) == (600, 600)
        assert standing.height > 800
        assert lying.height < 450
        assert middle(standing) == (255, 255, 255)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "TIFF", "WEBP"])
def test_a_picture_is_drawn_in_its_colours_and_never_larger_than_it_is(form: str) -> None:
    with viewed(f"image/{form.lower()}", picture(form)) as viewer:
        assert viewer.pages() == 1
        small, whole = viewer.page(0, 150), viewer.page(0, 2_000)
    assert (small.width, small.height) == (150, 100)
    assert (whole.width, whole.height) == (300, 200)
    assert alike(middle(small), RED)
    assert alike(middle(whole), RED)


def test_what_is_clear_in_a_picture_is_white() -> None:
    with viewed("image/png", picture()) as viewer:
        assert tuple(viewer.page(0, 300).pixels[:3]) == (255, 255, 255)


def test_the_sheets_of_a_tiff_are_its_pages() -> None:
    with viewed("image/tiff", tiff()) as viewer:
        assert viewer.pages() == 2
        assert (middle(viewer.page(0, 40)), middle(viewer.page(1, 40))) == (RED, GREEN)


def test_the_process_is_this_program_wherever_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("raise SystemExit('another program of this name')", "ascii")
    monkeypatch.chdir(tmp_path)
    with viewed(PDF, pdf(1)) as viewer:
        assert viewer.pages() == 1


# --- what cannot be shown ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("media", "content"),
    [
        (PDF, b"%PDF-1.7 and nothing"),
        (PDF, pdf()[:200]),
        ("image/png", flood()),
        ("image/png", picture("JPEG")),
        ("image/tiff", tiff()[:300]),
        ("image/jpeg", b"\xff\xd8\xff"),
        ("image/svg+xml", b"<svg/>"),
        ("image/png", b""),
    ],
    ids=["no pdf", "cut pdf", "flood", "false name", "cut tiff", "no jpeg", "svg", "empty"],
)
def test_what_is_damaged_or_hostile_is_one_error(media: str, content: bytes) -> None:
    with pytest.raises(PreviewFailed), viewed(media, content) as viewer:
        viewer.page(0, 600)


def test_a_page_that_is_not_there_ends_the_process_and_later_questions_are_refused() -> None:
    with viewed(PDF, pdf(1)) as viewer:
        with pytest.raises(PreviewFailed):
            viewer.page(7, 600)
        with pytest.raises(PreviewFailed):
            viewer.page(0, 600)


@pytest.mark.parametrize("seed", range(6))
def test_spoiled_files_are_drawn_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - it spoils files
    media, whole = [(PDF, pdf()), ("image/jpeg", picture("JPEG")), ("image/tiff", tiff())][seed % 3]
    spoiled = bytearray(whole)
    for _ in range(1 + seed * 4):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    try:
        with viewed(media, bytes(spoiled)) as viewer:
            drawn = viewer.page(0, 400)
    except PreviewFailed:
        return
    assert len(drawn.pixels) == 3 * drawn.width * drawn.height


def test_a_process_that_does_not_answer_in_time_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(PreviewFailed), viewed(PDF, pdf(), seconds=0.01) as viewer:
        viewer.page(0, 600)
    assert time.monotonic() - began < 5


def test_closing_from_another_thread_ends_a_question_under_way() -> None:
    with viewed("image/png", picture(width=4_000, height=4_000)) as viewer:
        threading.Timer(0.01, viewer.close).start()
        with pytest.raises(PreviewFailed):
            for _ in iter(lambda: viewer.page(0, 2_000), None):
                pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_process_may_write_no_file_and_has_an_end_of_memory() -> None:
    with viewed(PDF, pdf()) as viewer:
        viewer.pages()
        limits = Path(f"/proc/{viewer._process.pid}/limits").read_text("ascii")
    rows = {line[:26].strip(): line[26:].split() for line in limits.splitlines()}
    assert rows["Max file size"][:2] == ["0", "0"]
    assert rows["Max core file size"][:2] == ["0", "0"]
    assert int(rows["Max address space"][0]) <= 1_073_741_824


def test_the_process_loads_nothing_of_store_road_or_windows() -> None:
    code = "import sys, app.preview.__main__; print(' '.join(sys.modules))"
    with os.popen(f'"{sys.executable}" -c "{code}"') as asked:  # noqa: S605 - the test's own words
        loaded = asked.read().split()
    assert "app.preview.drawing" in loaded
    strange = ("app.store", "app.ledger", "app.services", "app.ui", "sync", "sqlalchemy", "sqlcipher3", "cryptography")
    assert not [one for one in loaded if one.startswith(strange)]


# --- frames -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "octets", [b"", b"\0\0", b"\0\0\0\5abc", b"\xff\xff\xff\xff"], ids=["nothing", "no length", "too few", "too many"]
)
def test_a_frame_that_is_not_whole_is_no_frame(octets: bytes) -> None:
    with pytest.raises(Broken):
        frames.receive(io.BytesIO(octets), 100)


@pytest.mark.parametrize(
    "octets",
    [b"", frames.SIZE.pack(2, 2) + bytes(11), frames.SIZE.pack(0, 0), frames.SIZE.pack(3_000, 1) + bytes(9_000)],
    ids=["empty", "too few", "no size", "too wide"],
)
def test_a_picture_whose_octets_are_not_its_size_is_none(octets: bytes) -> None:
    with pytest.raises(Broken):
        frames.unpacked(octets)


def test_a_picture_comes_as_it_was_sent() -> None:
    sent = Picture(2, 1, b"abcdef")
    assert frames.unpacked(frames.packed(sent)) == sent
