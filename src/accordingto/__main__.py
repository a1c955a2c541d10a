"""`python -m accordingto`: the command."""

from accordingto.cli import main

main()
