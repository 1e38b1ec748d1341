"""``python -m app.preview``: draws the pages of one file, given on standard input, until that ends."""

import os
import sys

from app import operating_system
from app.domain.file_types import MOST_OCTETS
from app.preview import drawing, frames

_MEBIBYTES = 1_024
"""Address space: what Qt and the PDF library take by themselves, and the largest picture on top."""
_CPU_SECONDS = 120


def main() -> None:
    """Draw what is asked for; end where the window ends, or the file is beyond what can be drawn."""
    asked = sys.stdin.buffer
    # What a library prints must not get between the frames.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - it is no path of anybody's
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    media = frames.receive(asked, 100).decode("ascii")
    content = frames.receive(asked, MOST_OCTETS)
    operating_system.limit_this_process(_MEBIBYTES * 1_048_576, _CPU_SECONDS)
    pages = drawing.opened(media, content)
    frames.send(answers, frames.PAGES.pack(pages.count))
    while True:
        page, width = frames.QUESTION.unpack(frames.receive(asked, frames.QUESTION.size))
        frames.send(answers, frames.packed(pages.draw(page, min(width, frames.WIDEST))))


if __name__ == "__main__":
    try:
        main()
    except frames.Broken:  # the window is gone
        sys.exit(0)
