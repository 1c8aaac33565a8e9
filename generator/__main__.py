"""`python -m generator` is the command `woontraject`."""

from generator.cli import main

main()
