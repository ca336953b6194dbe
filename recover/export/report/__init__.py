"""``report.html``: what was read, how, and what to check, in one file that needs neither network nor script."""

from recover.export.report.page import render

__all__ = ["render"]
