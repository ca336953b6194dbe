"""Numbers in addresses: Python itself declines to read thousands of digits."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor


class PageNumber(Convertor[int]):
    """A page's number; what is longer is no address of this server."""

    regex = "[0-9]{1,9}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


def register() -> None:
    """Make ``{name:page}`` known to routes."""
    register_url_convertor("page", PageNumber())
