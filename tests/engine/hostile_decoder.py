"""A guarded process whose decoder does what a film's Patient ID says, for tests."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from engine.imaging import be_the_guarded_process, guarded
from engine.processes import Crew, Limits

LIMITS = Limits(memory=600 << 20, seconds=60.0)
HURRIED = replace(LIMITS, seconds=4.0)
_TRIES = "ROWSCOPE_TEST_TRIES"


def crew(tries, limits=LIMITS):
    """Two processes with that decoder; every film that it decodes is a line in a file."""
    environment = {**guarded._ENVIRONMENT, _TRIES: str(tries)}
    return Crew(2, limits, environment=environment, first=(install, ()))


def install():
    from engine.imaging.dicom import image

    be_the_guarded_process()
    real = image.stored_pixels

    def stored_pixels(header, *rest, **how):
        word = str(header.dataset.get("PatientID", ""))
        with Path(os.environ[_TRIES]).open("a") as file:
            file.write(f"{word}\n")
        if word in DEEDS:
            DEEDS[word]()
        return real(header, *rest, **how)

    image.stored_pixels = stored_pixels


def take_memory():
    blocks = [bytearray(64 << 20) for _ in range(1000)]
    return len(blocks)


DEEDS = {
    "exits": lambda: os._exit(3),
    "crashes": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "hangs": lambda: time.sleep(600),
    "swells": take_memory,
}
