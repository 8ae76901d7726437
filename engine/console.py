"""What a program writes must not end it, whatever the console it writes to."""

import sys
from io import TextIOWrapper


def speak_any_letter() -> None:
    """Let no letter end a run: what a console or file cannot hold is written as its number.

    Its encoding stays the user's own; JSON is ASCII in any case. (Python's default would raise an
    error at the first name that cp1252 or cp932 lacks, and lose every answer after it.)
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
