"""No word mixes Latin and Cyrillic letters that look alike: such a word is never found again."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("app", "sync", "resources", "tests", "installer")
ENDINGS = {".py", ".toml", ".csv", ".md", ".txt", ".in", ".json", ".mako", ".ini", ".svg"}
SKIPPED = {".git", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", "build", "dist"}

MIXED = re.compile(r"[^\W\d_]*(?:[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z])[^\W\d_]*")
ESCAPE = re.compile(r"\\(?:[abfnrtv]|u[0-9a-fA-F]{4})")

ALLOWED = {
    # The register of services itself writes two Latin "e" in this name; official names are kept letter by letter.
    ("resources/tables/services.csv", "2020"): ["лич\u0065н", "регистрацион\u0065н"],
    # The classifier of settlements itself ends this Latin name with a Cyrillic "о".
    ("resources/tables/settlements.csv", "47319"): ["Markov\u043e"],
}
"""(file, first cell of the row) → words of official lists that stay as their owner wrote them."""


TYPED_WRONG = {"\u0043\u0438\u0433\u043d\u0430\u043b"}
"""Words that tests write on purpose as a clerk types them with the wrong keyboard."""


def our_files() -> list[Path]:
    """Return every file of text that we wrote or carry along."""
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*"))]
    found += sorted(path for path in ROOT.iterdir() if path.is_file())
    return [
        path
        for path in found
        if path.is_file() and path.suffix in ENDINGS and not SKIPPED & set(path.relative_to(ROOT).parts)
    ]


def mixed_words(line: str) -> list[str]:
    """Return the words of a line that mix both alphabets; the letter of an escape is none."""
    return MIXED.findall(ESCAPE.sub(" ", line))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("лич\u0065н картон", ["лич\u0065н"]),
        ("\u0410BC and АБВ", ["\u0410BC"]),
        ("Markov\u043e,SHU19", ["Markov\u043e"]),
        ("plain words, български думи, USB-памет, 17-та", []),
        ('"първи ред\\nвтори ред"', []),
    ],
)
def test_the_eye_of_this_test_sees_mixed_words(line: str, words: list[str]) -> None:
    assert mixed_words(line) == words


def test_no_word_of_ours_mixes_latin_and_cyrillic_letters() -> None:
    found: dict[tuple[str, str], list[str]] = {}
    files = our_files()
    assert len(files) > 100
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            words = mixed_words(line)
            if name.startswith("tests/"):
                words = [word for word in words if word not in TYPED_WRONG]
            if words:
                row = line.split(",")[0] if path.suffix == ".csv" else str(number)
                found.setdefault((name, row), []).extend(words)
    assert found == ALLOWED
