"""``document.xlf``: the paper as XLIFF 1.2, which OmegaT and other translators' tools open ready to translate."""

from recover.export.xliff.whole import render

__all__ = ["render"]
