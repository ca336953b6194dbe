"""``document.docx``: the paper as a Word document that editors can work on."""

from recover.export.docx.document import render

__all__ = ["render"]
