"""A reference as data that other programs may open: an address that could run a script is told as text instead."""

from __future__ import annotations

import re

import msgspec

from recover.model.csl import CslItem

# An address of the web, or one whose beginning wasn't printed: a name with dots, a port, a path.
_HARMLESS = re.compile(r"(?:https?|ftp)://|\w[\w-]*(?:\.[\w-]+)+(?::\d+)?(?:[/?#][^\s<>\"']*)?$", re.IGNORECASE)


def inert_item(item: CslItem) -> CslItem:
    """The item with an address of the web or none; any other stands in its note."""
    if not item.URL or _HARMLESS.match(item.URL):
        return item
    note = "; ".join(filter(None, (item.note, f"URL: {item.URL}")))
    return msgspec.structs.replace(item, URL="", note=note)
