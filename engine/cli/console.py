"""How the commands speak: one sentence on stderr for what was expected to fail, clean text."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from engine.errors import EngineError


@contextmanager
def sentences() -> Iterator[None]:
    """Turn an expected failure into its sentence on stderr and exit status 1."""
    try:
        yield
    except EngineError as error:
        raise fail(str(error)) from error
    except OSError as error:
        raise fail(f"{error.filename or 'The file'}: {error.strerror}.") from error


def fail(sentence: str) -> typer.Exit:
    """Say a sentence on stderr; raise what this returns."""
    typer.echo(printable(sentence), err=True)
    return typer.Exit(1)


def printable(text: str) -> str:
    """The text without control characters: file names must not steer a terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)
