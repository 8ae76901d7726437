"""What other processes do in the tests of `engine.processes`."""

import os
import signal
import sys
import time

import numpy as np

from engine.errors import ImageError


def add(left, right):
    return left + right


def film(rows):
    return {"values": np.full((rows, 1000), 7, np.float32), "name": "film"}


def total(array):
    return float(array.sum())


def refuse():
    raise ImageError("film.dcm cannot be read: it is empty; copy it again.", "empty")


class TwoWordsError(Exception):
    def __init__(self, one, two):
        super().__init__(one)
        self.two = two


def fail_oddly():
    raise TwoWordsError("one", "two")


def give_a_function():
    return lambda: 1


def die():
    os._exit(9)


def segfault():
    os.kill(os.getpid(), signal.SIGSEGV)


def take(size):
    return len(bytearray(size))


def pid_after(seconds):
    time.sleep(seconds)
    return os.getpid()


def maybe_die(number):
    if number == 3:
        os._exit(1)
    return number * number


def threads():
    return os.environ.get("OMP_NUM_THREADS")


def modules():
    return set(sys.modules)


def leave_in_order(path):
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    path.with_suffix(".begun").touch()
    try:
        time.sleep(600)
    except KeyboardInterrupt:
        path.touch()
