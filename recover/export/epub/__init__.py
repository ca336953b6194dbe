"""``document.epub``: the paper as an EPUB 3 book for reading devices."""

from recover.export.epub.whole import render

__all__ = ["render"]
