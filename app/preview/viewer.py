"""The window's side of a preview (показване): starts the process that draws, asks it, and ends it.

All of it waits, so workers call it; ``close`` may come from any thread and ends a waiting at once.
"""

import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, TypeVar

from app import operating_system
from app.domain.errors import PreviewFailed
from app.preview import frames
from app.preview.frames import Picture

SECONDS = 15.0
"""A page that takes longer is none: the process is ended."""
_ROOT = Path(__file__).resolve().parents[2]
"""Where this program lies, so that the process runs the same one."""

Answer = TypeVar("Answer")


class Viewer:
    """A file being looked at. ``media`` says how it is drawn; ``seconds`` is how long an answer may take.

    The process starts at once, and nothing waits before the first question.
    """

    def __init__(self, media: str, content: bytes, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._closed = False
        self._file = media, content
        self._count = 0
        self._process = _started()

    def pages(self) -> int:
        """Return how many pages there are; the process gets the file with the first question.

        Raises:
            PreviewFailed: the process died of it, or took too long.

        """
        if not self._count:
            self._count = self._in_time(lambda: self._begin(*self._file))
        return self._count

    def _begin(self, media: str, content: bytes) -> int:
        asked, answers = self._pipes()
        frames.send(asked, media.encode("ascii"))
        frames.send(asked, content)
        (pages,) = frames.PAGES.unpack(_all(frames.receive(answers, frames.PAGES.size), frames.PAGES.size))
        if not 0 < pages <= frames.MOST_PAGES:
            raise frames.Broken
        return int(pages)

    def page(self, page: int, width: int) -> Picture:
        """Return a page (0 is the first), so many pixels wide at most.

        Raises:
            PreviewFailed: the process died of it, or took too long.

        """
        self.pages()
        return self._in_time(lambda: self._ask(page, width))

    def _ask(self, page: int, width: int) -> Picture:
        asked, answers = self._pipes()
        frames.send(asked, frames.QUESTION.pack(page, width))
        return frames.unpacked(frames.receive(answers, frames.LONGEST))

    def _in_time(self, ask: Callable[[], Answer]) -> Answer:
        """Return the answer; a process that does not give one in time, or a wrong one, is ended."""
        watch = threading.Timer(self._seconds, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            return ask()
        except (OSError, ValueError, frames.Broken) as error:
            self.close()
            raise PreviewFailed from error
        finally:
            watch.cancel()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None or self._closed:
            raise frames.Broken
        return asked, answers

    @property
    def closed(self) -> bool:
        """Whether the process was ended, by us or by what it was given."""
        return self._closed

    def close(self) -> None:
        """End the process."""
        self._closed = True
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not read any more
                    pipe.close()


def _started() -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "app.preview"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            creationflags=operating_system.NO_CONSOLE,
        )
    except OSError as error:
        raise PreviewFailed from error


def _all(content: bytes, length: int) -> bytes:
    if len(content) != length:
        raise frames.Broken
    return content
