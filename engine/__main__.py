"""`python -m engine` and `rowscope-engine`: the headless command line."""

from engine.cli import app
from engine.output import safe_output
from engine.processes import serve_if_asked


def main() -> None:
    """Run the command line; ends the process with its exit status."""
    serve_if_asked()
    safe_output()
    app()


if __name__ == "__main__":
    main()
