"""Numbers of things in messages."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """``1 problem``, ``2 problems``; a noun that forms its plural otherwise is given both."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
