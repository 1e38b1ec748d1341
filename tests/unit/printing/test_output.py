"""Sheets become PDF files and pictures, whole or not at all, on whichever thread."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from app.domain.errors import DiskFailed, DiskFull
from app.printing import sheets
from app.printing.output import file_name, preview, save_pdf, to_pdf, write_pdf
from app.printing.sheets import Sheet
from app.system import SystemDisk
from resources.speech import speech
from tests.unit.printing import samples
from tests.unit.printing.rendering import reader, rendered, squares, text_of

POINTS_PER_MM = 72 / 25.4


@pytest.fixture
def slip() -> tuple[Sheet, ...]:
    """Return the sheets of an ordinary slip."""
    return sheets.slip(samples.slip(), speech("bg"))


@pytest.fixture
def copies() -> tuple[Sheet, ...]:
    """Return both copies of an ordinary receipt."""
    return sheets.both_copies(samples.receipt(), speech("bg"))


def test_the_sheets_are_a5_upright_and_a4_across(slip: tuple[Sheet, ...], copies: tuple[Sheet, ...]) -> None:
    small, large = (reader(to_pdf(one, "x")).pages[0].mediabox for one in (slip, copies))
    assert float(small.width) == pytest.approx(148 * POINTS_PER_MM, abs=1)
    assert float(small.height) == pytest.approx(210 * POINTS_PER_MM, abs=1)
    assert float(large.width) == pytest.approx(297 * POINTS_PER_MM, abs=1)
    assert float(large.height) == pytest.approx(210 * POINTS_PER_MM, abs=1)


def test_sheets_of_both_sizes_may_follow_each_other(slip: tuple[Sheet, ...], copies: tuple[Sheet, ...]) -> None:
    widths = [round(float(page.mediabox.width)) for page in reader(to_pdf((*slip, *copies, *slip), "x")).pages]
    assert widths == [420, 842, 420]


def test_the_pdf_says_that_it_is_one_for_archives(slip: tuple[Sheet, ...]) -> None:
    pdf = to_pdf(slip, samples.slip().number)
    document = reader(pdf)
    assert document.metadata is not None
    assert document.metadata.title == "26-000188/20.11.2026"
    assert document.metadata.creator == "Tefter"
    assert b'pdfaid:part="1" pdfaid:conformance="B"' in pdf
    assert "/OutputIntents" in document.root_object
    assert not document.is_encrypted


def test_no_name_stands_in_the_properties_of_the_file(slip: tuple[Sheet, ...]) -> None:
    metadata = reader(to_pdf(slip, samples.slip().number)).metadata
    assert samples.PERSON.name not in str(metadata)


def test_a_pdf_goes_into_any_open_device(slip: tuple[Sheet, ...]) -> None:
    device = QBuffer()
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    write_pdf(device, slip, "slip")
    assert text_of(bytes(device.data().data())) == text_of(to_pdf(slip, "slip"))


def test_a_saved_file_replaces_the_old_one_whole(slip: tuple[Sheet, ...], tmp_path: Path) -> None:
    target = tmp_path / "slip.pdf"
    target.write_bytes(b"old")
    save_pdf(SystemDisk(), str(target), slip, "slip")
    assert text_of(target.read_bytes()) == text_of(to_pdf(slip, "slip"))
    assert [one.name for one in tmp_path.iterdir()] == ["slip.pdf"]


def test_a_file_is_named_by_its_number_alone() -> None:
    assert file_name(samples.slip().number) == "26-000188-20.11.2026.pdf"


def test_a_folder_that_is_gone_is_a_disk_that_failed(slip: tuple[Sheet, ...], tmp_path: Path) -> None:
    with pytest.raises(DiskFailed):
        save_pdf(SystemDisk(), str(tmp_path / "gone" / "slip.pdf"), slip, "slip")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return the folder of a disk of 64 KiB; only root may mount one."""
    mount, place = shutil.which("mount"), tmp_path / "small"
    place.mkdir()
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root mounts a small disk")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip("mounting is forbidden here")
    yield place
    subprocess.run([str(shutil.which("umount")), place], check=True)


def test_on_a_full_disk_nothing_half_written_is_left_and_the_old_file_stands(
    slip: tuple[Sheet, ...], small_disk: Path
) -> None:
    target = small_disk / "slip.pdf"
    target.write_bytes(b"old")
    with contextlib.suppress(OSError), (small_disk / "ballast").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4_096))
    with pytest.raises(DiskFull):
        save_pdf(SystemDisk(), str(target), slip, "slip")
    assert target.read_bytes() == b"old"
    assert sorted(one.name for one in small_disk.iterdir()) == ["ballast", "slip.pdf"]


# --- pictures ---


def test_the_picture_is_as_wide_as_asked_on_fine_screens_too(slip: tuple[Sheet, ...]) -> None:
    picture = preview(slip[0], 420, 1.5)
    assert (picture.width(), picture.height()) == (630, round(630 * 210 / 148))
    assert picture.devicePixelRatio() == 1.5
    assert squares(picture) == [samples.slip().qr]


def test_the_picture_shows_what_the_pdf_does(slip: tuple[Sheet, ...]) -> None:
    page = rendered(to_pdf(slip, "slip"), 0, dots_per_inch=150)
    picture = preview(slip[0], round(slip[0].width * 150 / 25.4))
    assert difference(picture, page) < 0.01
    assert difference(preview(slip[0], picture.width() + 20), page) > 0.05


def difference(one: QImage, other: QImage) -> float:
    """Return the share of points (each 4 × 4 pixels) that are clearly darker in one picture than in the other."""
    width, height = one.width() // 4, min(one.height(), other.height()) // 4
    small = [
        picture.convertToFormat(QImage.Format.Format_Grayscale8).copy(0, 0, width * 4, height * 4).scaled(width, height)
        for picture in (one, other)
    ]
    far = [
        (x, y)
        for x in range(width)
        for y in range(height)
        if abs(small[0].pixelColor(x, y).lightness() - small[1].pixelColor(x, y).lightness()) > 160
    ]
    return len(far) / (width * height)


def test_a_worker_draws_the_same_as_the_window_s_own_thread(slip: tuple[Sheet, ...]) -> None:
    with ThreadPoolExecutor(max_workers=1) as worker:
        made = worker.submit(lambda: sheets.slip(samples.slip(), speech("bg"))).result()
        picture = worker.submit(preview, made[0], 420, 1.0).result()
        pdf = worker.submit(to_pdf, made, "slip").result()
    assert picture == preview(slip[0], 420, 1.0)
    assert text_of(pdf) == text_of(to_pdf(slip, "slip"))
