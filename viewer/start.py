"""The entry point `rowscope`: starts the other processes, then Qt."""

import os
import sys
from pathlib import Path

from platformdirs import user_cache_dir

from viewer import ahead

_DEMO = {"--demo", "--tour"}
_ANSWERED_AT_ONCE = {"-h", "--help", "--version", "--commands"}


def main() -> int:
    """Start what takes long, then load Qt and run the viewer; returns the exit status.

    What reads films starts at once where there is one to read. Without one it would only take the
    processor away from the window, which then starts it as soon as it is shown.
    """
    given = sys.argv[1:]
    if _names_film(given) and not _ANSWERED_AT_ONCE & set(given):
        if _DEMO & set(given):
            ahead.draw_demo(Path(user_cache_dir("rowscope"), "demo"))
        ahead.start()
    from viewer.__main__ import main as run  # noqa: PLC0415 - a second of imports

    return run()


def _names_film(given: list[str]) -> bool:
    return bool(_DEMO & set(given)) or any(os.path.exists(one) for one in given)  # noqa: PTH110 - any text


if __name__ == "__main__":
    sys.exit(main())
