"""``document.docx``: the paper as a Word document that editors can work on."""

from recover.export.docx.whole import render

__all__ = ["render"]
