"""What nobody expected is our bug: told in one sentence and written down without anybody's data.

Messages and values of an exception may hold names or ЕГН, so only its type and the places in our code are kept.
"""

import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from resources import loading

INTERNAL = "internal"


def install(language: str) -> None:
    """Let unexpected errors end in a sentence."""

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        sentence = loading.texts("en" if language == "en" else "bg", "messages")["error"][INTERNAL]
        sys.stderr.write(f"{sentence} [{INTERNAL}]\n{redacted(error, trace)}\n")

    def told_of_thread(failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None:
            told(failure.exc_type, failure.exc_value, failure.exc_traceback)

    sys.excepthook = told
    threading.excepthook = told_of_thread


def redacted(error: BaseException, trace: TracebackType | None) -> str:
    """Return an error's type and its places, without its message."""
    places = [f"  {Path(one.filename).name}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)]
    return "\n".join([type(error).__qualname__, *places])
