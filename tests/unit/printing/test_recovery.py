"""The sheet with the recovery code: the code in full and in order, on one leaf, and what to do with it."""

from pathlib import Path

import pytest

from app.printing.output import save_pdf
from app.printing.recovery import RecoveryContent, lines_of, recovery
from app.system import SystemDisk
from resources.speech import Language, speech
from tests.unit.printing import samples
from tests.unit.printing.rendering import boxes, reader, text_of, tight

CODE = "00789-43037-55331-55813-55361-05682-53109-99096"


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_whole_code_stands_on_one_leaf(tmp_path: Path, language: Language) -> None:
    content = RecoveryContent(office=samples.UNREAL, code=CODE)
    save_pdf(SystemDisk(), str(tmp_path / "code.pdf"), recovery(content, speech(language)), "code")
    pdf = (tmp_path / "code.pdf").read_bytes()
    assert len(reader(pdf).pages) == 1
    assert CODE.replace("-", "") in text_of(pdf)
    for key in ("what", "keep"):
        assert tight(speech(language).say(f"papers.recovery.{key}")) in text_of(pdf)
    assert min(one.size for one in boxes(pdf, 0)) >= 9.9


def test_it_is_read_in_two_lines_of_four_groups() -> None:
    assert lines_of(CODE) == ["00789 43037 55331 55813", "55361 05682 53109 99096"]
