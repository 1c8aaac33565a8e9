"""The command `woontraject`, also as `python -m generator`."""


def main() -> None:
    """Ctrl+C ends it without a traceback, while its modules are still being read too."""
    try:
        from generator.cli import main as command
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    command()


if __name__ == "__main__":
    main()
