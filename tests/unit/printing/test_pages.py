"""All papers can be saved to be looked at."""

from pathlib import Path

from tests.unit.printing import pages


def test_every_paper_is_saved_as_pdf_as_pages_and_as_the_screen_shows_it(tmp_path: Path) -> None:
    pages.save(tmp_path)
    saved = {one.name for one in tmp_path.iterdir()}
    for name, sheets in pages.papers().items():
        assert {f"{name}.pdf", f"{name}-preview.png", f"{name}-1.png", f"{name}-{len(sheets)}.png"} <= saved
    assert all(one.stat().st_size > 4_000 for one in tmp_path.iterdir())
