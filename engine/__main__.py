"""`python -m engine` and `rowscope-engine`: the headless command line."""

from engine.cli import app
from engine.console import speak_any_letter


def main() -> None:
    """Run the command line; ends the process with its exit status."""
    speak_any_letter()
    app()


if __name__ == "__main__":
    main()
