"""The printed number of a formula: ``(1)``, ``（2.3）``, ``(4a)``, ``(A.1)``."""

from __future__ import annotations

import re

_NUMBER = r"(?:[A-Z]\s*[-.]?\s*)?\d{1,3}(?:\s*[-–—.·]\s*\d{1,3}){0,2}\s*[a-z]?['′]?"
_LABEL = re.compile(rf"[（(]\s*(?:式\s*)?{_NUMBER}\s*[)）]")


def is_label(text: str) -> bool:
    """Whether a line is nothing but a formula's number."""
    return _LABEL.fullmatch(text.strip()) is not None
