"""The search index by itself: a question spelled out finds exactly what its beginning would."""

from collections.abc import Iterator, Sequence

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.domain.folding import fold, readings
from app.ledger.engine import open_engine
from app.store import search

_PUT = "INSERT INTO entry_search (rowid, who, subject) VALUES (?, ?, ?)"
_TEXTS = st.text(alphabet="абвичсАВС abcehp12\u00e9\u03b1\U00020000", max_size=12)


@pytest.fixture(scope="module")
def index() -> Iterator[sa.Engine]:
    """Return an empty index in memory."""
    engine = open_engine(None, None)
    search.create(engine)
    yield engine
    engine.dispose()


def _filled(connection: sa.Connection, texts: Sequence[str]) -> None:
    search.empty(connection)
    for place, text in enumerate(texts, 1):
        connection.exec_driver_sql(_PUT, (place, fold(text), ""))


def _begin(texts: Sequence[str], typed: str) -> list[int]:
    """Return which texts hold a word that begins so, by Python's own means, newest first."""
    held = [[*fold(text).split()] for text in texts]
    asked = readings(typed)
    if not asked:
        return []
    return [
        place
        for place in range(len(texts), 0, -1)
        if all(
            any(
                kept == way.folded if way.whole else kept.startswith(way.folded)
                for way in word
                for kept in held[place - 1]
            )
            for word in asked
        )
    ]


@given(texts=st.lists(_TEXTS, max_size=8), typed=_TEXTS)
def test_a_search_finds_the_texts_with_words_that_begin_so_and_no_others(
    index: sa.Engine, texts: list[str], typed: str
) -> None:
    with index.begin() as connection:
        _filled(connection, texts)
        assert search.positions(connection, typed) == _begin(texts, typed)


@given(
    stem=st.text(alphabet="бгдил", min_size=4, max_size=5),
    ends=st.lists(st.text(alphabet="абвгдежия\u00e9\u03b1", max_size=4), min_size=1, max_size=100),
)
def test_the_same_holds_for_few_and_for_many_words_that_begin_alike(
    index: sa.Engine, stem: str, ends: list[str]
) -> None:
    texts = [stem + end for end in ends]
    with index.begin() as connection:
        _filled(connection, texts)
        found = search.positions(connection, stem, len(texts))
        assert found == list(range(len(texts), 0, -1))
        few = len({fold(text) for text in texts}) <= 64
        assert search.question(connection, stem).endswith("*") is not few


def test_what_is_taken_out_is_no_longer_found_though_its_words_are_remembered(index: sa.Engine) -> None:
    with index.begin() as connection:
        _filled(connection, ["иванчева", "иванов"])
        connection.exec_driver_sql("DELETE FROM entry_search WHERE rowid = 1")
        assert search.positions(connection, "иван") == [2]
