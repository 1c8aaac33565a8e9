"""The command `woontraject`, also as `python -m generator`."""

import gc
import os


def main() -> None:
    """Ctrl+C ends it without a traceback, while its modules are still being read too."""
    gc.set_threshold(100_000, 20, 20)  # nearly all that a command makes it keeps: looking for garbage finds none
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else pydantic looks through all that is installed
    try:
        from generator.cli import main as command
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    command()


if __name__ == "__main__":
    main()
