"""Files that are there whole or not at all; output that never ends a program."""

import codecs
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A place beside a file, to be written to; at the end it takes the file's own.

    Raises:
        OSError: It cannot be put there.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Write a text file in one step."""
    with whole(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")


def say(text: str, stream: TextIO | None = None) -> None:
    """Print a line at once; where nobody reads it any more, the program goes on without it.

    Args:
        text: The line.
        stream: stdout, or stderr.
    """
    stream = stream or sys.stdout
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # else the interpreter complains at its end
        os.close(nowhere)


def safe_output() -> None:
    r"""Let stdout and stderr write a letter that they cannot hold as its number, such as \u80f8.

    To be called once, before anything is printed. A console keeps its encoding. Files and pipes
    whose encoding is none of Unicode get plain ASCII: nobody knows how their reader will decode
    them, and ASCII is the same in all of them.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):  # None without a console, others in tests
            continue
        unicode = codecs.lookup(stream.encoding).name.startswith("utf")
        encoding = stream.encoding if unicode or stream.isatty() else "ascii"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
