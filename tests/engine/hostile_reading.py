"""Stand-ins for the process that reads films, for tests of what a hostile file may do to it."""

import os
import time

from engine.training.film_reader import read_rows


def serve_hostile(connection, fmt):
    """End or sleep over files whose names ask for it; read the others."""
    connection.send(None)
    while True:
        try:
            path, frame = connection.recv()
        except EOFError:
            return
        if "ends" in path.name:
            os._exit(9)
        if "sleeps" in path.name:
            time.sleep(600)
        connection.send(read_rows(path, fmt, frame))


def serve_nobody(connection, fmt):
    """End before the first word."""
