"""What a hostile file may do to the process that reads it, for tests."""

import os
import time

from engine.films import read_rows


def read_hostile(path, fmt, frame):
    """End or sleep over files whose names ask for it; read the others."""
    if "ends" in path.name:
        os._exit(9)
    if "sleeps" in path.name:
        time.sleep(600)
    return read_rows(path, fmt, frame)


def end_before_the_first_task():
    os._exit(1)
