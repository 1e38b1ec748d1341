"""What the commands share: passwords from files, answers as text or JSON, errors as sentences."""

import argparse
import getpass
import json
import os
import sys
from pathlib import Path
from typing import Any

from app.demonstration import PASSWORD_BESIDE
from app.domain.errors import StoreMissing, TefterError
from resources.speech import Speech, chosen_language, speech

LANGUAGE = "TEFTER_LANGUAGE"
"""``en`` for English; Bulgarian is what everybody gets."""


def add_password(parser: argparse.ArgumentParser) -> None:
    """Let a command take its password from a file instead of the keyboard."""
    parser.add_argument("--password-file", type=Path, metavar="F")


def password(arguments: argparse.Namespace, store: Path) -> str:
    """Return the password: from the file named, beside a demonstration's store, or typed."""
    file: Path | None = arguments.password_file
    beside = store.with_name(f"{store.name}.{PASSWORD_BESIDE}")
    if file is None and beside.is_file():
        file = beside
    if file is not None:
        return read_file(file).decode().strip()
    return getpass.getpass(say("ask.password"))


def read_file(path: Path) -> bytes:
    """Return a file's octets.

    Raises:
        StoreMissing: it is not there.

    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreMissing(place=path.name) from error


def add_language(parser: argparse.ArgumentParser) -> None:
    """Let a window speak a language of its own, whatever ``TEFTER_LANGUAGE`` says."""
    parser.add_argument("--language", choices=("bg", "en"), help="Bulgarian unless said otherwise")


def words(asked: str | None = None) -> Speech:
    """Return the user's language: the one asked for, else that of ``TEFTER_LANGUAGE``."""
    return speech(chosen_language(asked or os.environ.get(LANGUAGE, "")))


def say(key: str, **facts: object) -> str:
    """Return a sentence of ``resources/messages`` in the user's language."""
    return words().say(f"messages.{key}", **facts)


def explain(error: TefterError) -> str:
    """Return what happened, what is safe and what to do."""
    return words().explain(error)


def answer(arguments: argparse.Namespace, facts: dict[str, Any]) -> None:
    """Print an answer: one JSON object with ``--json``, else a line for each fact."""
    if arguments.json:
        text = json.dumps(facts, ensure_ascii=False)
    else:
        text = "\n".join(f"{name}: {value}" for name, value in facts.items())
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def progress(text: str) -> None:
    """Tell how far a long command is, on the error stream."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
