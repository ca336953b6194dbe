"""``searchable.pdf``: the original pages as they look, with the recovered text invisibly in its place."""

from recover.export.searchable_pdf.whole import render

__all__ = ["render"]
