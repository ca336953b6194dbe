"""``searchable.pdf``: the original pages as they look, with the recovered text invisibly in its place."""

from recover.export.searchable_pdf.document import render

__all__ = ["render"]
