"""``document.jats.xml``: the paper in JATS, the form in which journals' archives exchange articles."""

from recover.export.jats.article import render

__all__ = ["render"]
