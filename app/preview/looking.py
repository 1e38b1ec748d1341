"""Looking through files (разглеждане): a process for one file at a time; another file gets another process.

So no file sees the one before it. A worker asks; ``close`` may come from any thread.
"""

import threading
from collections.abc import Callable
from typing import NamedTuple

from app.domain.errors import PreviewFailed
from app.preview.frames import Picture
from app.preview.viewer import Viewer

Content = Callable[[], bytes]
"""Brings a whole file, on the thread that asks for a page of it."""

_COUNT_SECONDS = 5.0


class Page(NamedTuple):
    """A page: of which file (as it was asked for), which one (0 is the first) of how many, and its picture."""

    file: bytes
    page: int
    pages: int
    picture: Picture


class Looking:
    """Draws pages of one file after another."""

    def __init__(self) -> None:
        self._file = b""
        self._viewer: Viewer | None = None
        self._over = False
        self._one_hand = threading.Lock()

    def page(self, file: bytes, media: str, content: Content, page: int, width: int) -> Page:
        """Return a page of a file, named by its digest; one beyond the last is the last.

        Raises:
            PreviewFailed: it cannot be drawn, or nobody looks any more; what ``content`` raises.

        """
        viewer = self._viewer
        if viewer is None or viewer.closed or file != self._file:
            viewer = self._begin(file, media, content)
        pages = viewer.pages()
        at = min(page, pages - 1)
        return Page(file, at, pages, viewer.page(at, width))

    def _begin(self, file: bytes, media: str, content: Content) -> Viewer:
        self._end()
        octets = content()
        with self._one_hand:
            if self._over:
                raise PreviewFailed
            self._file, self._viewer = file, Viewer(media, octets)
            return self._viewer

    def _end(self) -> None:
        with self._one_hand:
            viewer, self._viewer, self._file = self._viewer, None, b""
        if viewer is not None:
            viewer.close()

    def close(self) -> None:
        """End the process, from any thread; a question under way ends with it."""
        self._over = True
        self._end()


def count_pages(media: str, content: bytes) -> int:
    """Return how many pages a file has, 0 where it cannot be drawn: then nobody counts them."""
    viewer = Viewer(media, content, seconds=_COUNT_SECONDS)
    try:
        return viewer.pages()
    except PreviewFailed:
        return 0
    finally:
        viewer.close()
