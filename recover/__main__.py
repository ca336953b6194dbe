"""What `recover` and `python -m recover` start."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; Ctrl-C while it loads ends it as quietly as later."""
    try:
        from recover.cli.app import main as run  # noqa: PLC0415
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
