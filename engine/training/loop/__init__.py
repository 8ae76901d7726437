"""The training loop: recipe and films in, weights out; stops and goes on without a trace.

`train` is the whole of it. What an epoch reads and in which order stands in `order`, the random
changes to a batch in `variation`, one change of the weights in `step`, their loss in `losses`, the
learning rate in `rate`, what is kept on disk in `checkpoint`, and devices, precision and processes
in `run`.
"""

from engine.training.loop.epoch import Epoch, Listener, Moment
from engine.training.loop.epochs import Trained, train
from engine.training.loop.predicting import predict
from engine.training.loop.run import Run, start_run

__all__ = ["Epoch", "Listener", "Moment", "Run", "Trained", "predict", "start_run", "train"]
