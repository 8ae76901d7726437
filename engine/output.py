"""What a program prints must never end it, whatever the console's encoding."""

import codecs
import io
import sys


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
