"""``document.html``: the paper as one page that reads well, prints well, and is known to reference managers."""

from recover.export.html.page import render

__all__ = ["render"]
