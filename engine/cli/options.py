"""What the commands share: options, one sentence for a failure, progress."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self, TextIO, cast
from xml.etree import ElementTree as ET

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress as Bar, TaskProgressColumn, TextColumn
from rich.table import Table
from rich.text import Text

from engine.errors import EngineError
from engine.progress import Passing, Progress, duration, telling
from engine.resources import resource_path
from engine.words import CONTEXT, NAMES, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.training import DeviceChoice, Epoch, Listener, Moment


# ------------------------------------------------------------------- words on the console
# How the commands speak: one sentence on stderr for what was expected to fail, clean text.

_STOPPED = 130  # as shells call an interrupted command
_LANGUAGE = "ROWSCOPE_LANGUAGE"  # English without it, whatever else the shell speaks
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
        raise fail(error.sentence) from error
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
    """The text without control characters: file names must not steer a terminal.

    A sentence of the engine is said in the language that ROWSCOPE_LANGUAGE names.
    """
    known = _translations(os.environ.get(_LANGUAGE, ""))
    if known:
        text = say(
            text,
            lambda template: known.get((CONTEXT, template), template),
            lambda name: known.get((NAMES, name), name),
        )
    return "".join(character if character.isprintable() else "�" for character in text)


@cache
def _translations(language: str) -> dict[tuple[str, str], str]:
    """Context and English text → text, of the language's file; empty where there is none."""
    short = language.replace("-", "_").partition("_")[0].lower()
    path = resource_path("translations", f"rowscope_{short}.ts")
    if not short.isalpha() or short == "en" or not path.is_file():
        return {}
    contexts = ET.parse(path).getroot().iter("context")  # noqa: S314 - our own file
    return {
        (context.findtext("name", ""), message.findtext("source", "")): words
        for context in contexts
        for message in context.iter("message")
        if (words := message.findtext("translation", "").strip("\n"))
    }


# ------------------------------------------------------------------------- shared options
# Options that more than one command has, and what they come to.

_SPLITS = ("train", "val", "test", "all")


def split_named(name: str | None) -> str | None:
    """A split as it was named; None where nobody named one."""
    if name is not None and name not in _SPLITS:
        raise fail("--split must be train, val, test or all.")
    return name


Model = Annotated[str, typer.Argument(help="Name or folder of a model.")]
ChangedModel = Annotated[str, typer.Argument(help="Name or folder of a model; it is changed.")]
RecipeFile = Annotated[Path, typer.Argument(help="Recipe, a TOML file.")]
FilmSource = Annotated[
    Path, typer.Argument(help="Folder, table (CSV, Parquet), tar file or npz file of films.")
]
OwnFilms = Annotated[Path, typer.Argument(help="The films that it was trained on.")]
Lungs = Annotated[
    str | None,
    typer.Option(
        help="Model of lung fields, or folder of masks under the films' names: also measure how"
        " much of the maps lies within the lungs."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Cache = Annotated[
    Path | None,
    typer.Option(envvar="ROWSCOPE_CACHE", help="Folder in which films are kept once read."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Keep no films.")]
Changes = Annotated[
    list[str] | None,
    typer.Option("--set", help="KEY=VALUE instead of the recipe's; repeatable."),
]
SplitName = Annotated[str, typer.Option(help="train, val, test, or all.", callback=split_named)]
Device = Annotated[str, typer.Option(help="auto, cpu or cuda.")]
Threads = Annotated[int, typer.Option(min=1, help="CPU threads.")]


def cache_of(cache: Path | None, *, no_cache: bool) -> Path | None:
    """Where films are kept: the folder that was named, or the user's own; None keeps none."""
    from engine.films import default_cache  # noqa: PLC0415 - imports torch

    return None if no_cache else cache or default_cache()


def device_of(name: str) -> "DeviceChoice":
    """The device of an option, or a sentence that names the three."""
    if name in {"auto", "cpu", "cuda"}:
        return cast("DeviceChoice", name)
    raise fail("--device must be auto, cpu or cuda.")


# ----------------------------------------------------------------- progress of a training
# How far a training is, on a terminal: a bar with the time left, and a line for each epoch.


class TrainingProgress:
    """Tells a console, and whoever else listens; without a terminal there are only the lines.

    The bar is there while steps are learnt. Whatever else is said meanwhile goes through `saying`,
    which takes it away; the next step brings it back.
    """

    def __init__(self, others: "Sequence[Listener]" = ()) -> None:
        self._others = others
        self._live = False
        self._console = Console(highlight=False, soft_wrap=True)
        self._bar = Bar(
            TextColumn("epoch {task.fields[epoch]}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("loss {task.fields[loss]}, {task.fields[left]} left"),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None, epoch="1", loss="–", left="time unknown")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._hide()

    def _hide(self) -> None:
        if self._live:
            self._bar.stop()
            self._live = False

    def saying(self, say: Progress) -> Progress:
        """What says words by `say` without writing over the bar."""

        def said(words: str) -> None:
            self._hide()
            say(words)

        return said

    def on_step(self, moment: "Moment") -> None:
        """Move the bar."""
        if not self._live:
            self._bar.start()
            self._live = True
        self._bar.update(
            self._task,
            total=moment.steps,
            completed=moment.step,
            epoch=f"{moment.epoch}",
            loss=f"{moment.loss:.3f}",
            left=duration(moment.remaining),
        )
        for other in self._others:
            other.on_step(moment)

    def on_epoch(self, epoch: "Epoch") -> None:
        """Print what the epoch brought."""
        self._hide()
        self._console.print(epoch_words(epoch))
        for other in self._others:
            other.on_epoch(epoch)


def epoch_words(epoch: "Epoch") -> str:
    """One line for an epoch that is over."""
    words = f"epoch {epoch.number} of {epoch.epochs}: loss {epoch.loss:.4f}"
    if epoch.validation_loss is not None and epoch.accuracy is not None:
        words += f", validation loss {epoch.validation_loss:.4f}, accuracy {epoch.accuracy:.4f}"
    words += f", {duration(epoch.seconds)}"
    return words + (f", {duration(epoch.remaining)} left" if epoch.remaining else "")
