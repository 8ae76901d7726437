"""The entry point `rowscope`: starts the other processes, then Qt."""

import sys

from viewer import ahead

_ANSWERED_AT_ONCE = {"-h", "--help", "--version", "--commands"}


def main() -> int:
    """Start what takes long, then load Qt and run the viewer; returns the exit status."""
    if not _ANSWERED_AT_ONCE & set(sys.argv[1:]):
        ahead.start()
    from viewer.__main__ import main as run  # noqa: PLC0415 - a second of imports

    return run()


if __name__ == "__main__":
    sys.exit(main())
