"""Learning curves as TensorBoard shows them."""

from pathlib import Path
from types import TracebackType
from typing import Self

from engine.errors import DataError
from engine.training.loop import Epoch, Moment


class Curves:
    """Writes what a training tells into a folder for `tensorboard --logdir`; see `Listener`.

    Args:
        folder: Of this training alone; a resumed one goes on in it.

    Raises:
        DataError: TensorBoard is not installed.
    """

    def __init__(self, folder: Path) -> None:
        try:
            from torch.utils.tensorboard import (  # noqa: PLC0415 - only where it is asked for
                SummaryWriter,
            )
        except ImportError as error:
            raise DataError(
                "Learning curves need TensorBoard: pip install 'rowscope[train]'.", "data"
            ) from error
        self._writer = SummaryWriter(str(folder))
        self._step = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.close()

    def on_step(self, moment: Moment) -> None:
        """The loss of one batch."""
        self._step = moment.step
        self._writer.add_scalar("loss/batch", moment.loss, moment.step)

    def on_epoch(self, epoch: Epoch) -> None:
        """Everything that an epoch says, over the batches read so far."""
        for name, value in (
            ("loss/training", epoch.loss),
            ("loss/validation", epoch.validation_loss),
            ("accuracy/validation", epoch.accuracy),
            ("learning rate", epoch.learning_rate),
            ("seconds per epoch", epoch.seconds),
        ):
            if value is not None:
                self._writer.add_scalar(name, value, self._step)
        self._writer.flush()
