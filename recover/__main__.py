"""`python -m recover` is the command `recover`."""

from recover.cli.app import main

main()
