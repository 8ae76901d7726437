"""How far a training is, on a terminal: a bar with the time left, and a line for each epoch."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bar

from engine.progress import Progress, duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.training.loop import Epoch, Listener, Moment


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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
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
