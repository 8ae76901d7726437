"""How the commands speak: one sentence on stderr for what was expected to fail, clean text."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self, TextIO

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.errors import EngineError
from engine.progress import Passing, telling

_STOPPED = 130  # as shells call an interrupted command
_LOG_EVERY = 10.0  # seconds between passing words where no terminal overwrites them


@contextmanager
def sentences() -> Iterator["Teller"]:
    """Turn an expected failure into its sentence on stderr and exit status 1.

    What runs within is heard (`engine.progress`), and tells on stderr how far it is: stdout is the
    result alone.
    """
    try:
        with Teller() as say, telling(say):
            yield say
    except EngineError as error:
        raise fail(str(error)) from error
    except OSError as error:
        raise fail(f"{error.filename or 'The file'}: {error.strerror}.") from error


@contextmanager
def stoppable(sentence: str = "") -> Iterator[None]:
    """Let Ctrl-C end in a sentence and the exit status that shells expect."""
    try:
        yield
    except KeyboardInterrupt:
        if sentence:
            typer.echo(sentence, err=True)
        raise typer.Exit(_STOPPED) from None


def fail(sentence: str) -> typer.Exit:
    """Say a sentence on stderr; raise what this returns."""
    typer.echo(printable(sentence), err=True)
    return typer.Exit(1)


class Teller:
    """Says sentences on lines of their own, and passing words on one that is written over."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._passing = False
        self._next = time.monotonic() + _LOG_EVERY

    def __call__(self, words: str) -> None:
        """Say a sentence, or a passing word (`engine.progress.Passing`)."""
        if not isinstance(words, Passing):
            self.clear()
            typer.echo(printable(words), file=self._stream)
        elif self._terminal:
            self._stream.write(f"\r\x1b[K{printable(words)}")
            self._stream.flush()
            self._passing = True
        elif time.monotonic() >= self._next:
            self._next = time.monotonic() + _LOG_EVERY
            typer.echo(printable(words), file=self._stream)

    def clear(self) -> None:
        """Take the passing word away."""
        if self._passing:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._passing = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()


def print_results(title: str, results: tuple[tuple[str, str], ...]) -> None:
    """A table of results; texts of strangers steer nothing."""
    table = Table("what", "value", title=Text(printable(title)), title_justify="left")
    for what, value in results:
        table.add_row(Text(printable(what)), Text(printable(value)))
    Console().print(table)


def printable(text: str) -> str:
    """The text without control characters: file names must not steer a terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)
