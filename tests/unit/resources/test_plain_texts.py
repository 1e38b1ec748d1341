"""The fast reader of plain texts says what TOML's own reader says, and leaves to it whatever is more than plain."""

import tomllib

import pytest

from resources import FOLDER, loading


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("name", loading.TEXT_NAMES)
def test_what_is_read_fast_is_what_toml_reads(name: str, language: str) -> None:
    content = (FOLDER / name / f"{language}.toml").read_text("utf-8")
    read = loading.plain_texts(content)
    assert read is None or read == tomllib.loads(content)


def test_the_largest_file_of_texts_is_read_fast() -> None:
    content = (FOLDER / "village" / "bg.toml").read_text("utf-8")
    assert loading.plain_texts(content) == tomllib.loads(content)


@pytest.mark.parametrize(
    "content",
    [
        '[a]\nb = "\\u00a0"\n',
        "[a]\nb = 1\n",
        '[a]\nb = "x" # why\n',
        '[a]\nb = "x"\nb = "y"\n',
        "[a]\n[a]\n",
        '[a.b]\nc = "x"\n',
        'b = "before any table"\n',
        '[a]\nb = "a\x01b"\n',
        '[a]\nb = """\nx"""\n',
    ],
)
def test_whatever_is_more_than_plain_is_left_to_toml(content: str) -> None:
    assert loading.plain_texts(content) is None
