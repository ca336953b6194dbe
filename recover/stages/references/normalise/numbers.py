"""Volume, issue and pages without their labels, dashes made one kind."""

from __future__ import annotations

import re

_VOLUME = re.compile(r"^(?:[Vv]ol(?:ume)?s?\.?|第)\s*|\s*卷$")
_ISSUE = re.compile(r"^(?:[Nn]os?\.?|[Ii]ssue|第)\s*|\s*期$")
_PAGES = re.compile(r"^(?:pp?\.?\s*(?=[\dA-Z])|页码?\s*)", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—−‐‑－~～]{1,2}\s*")
_LABEL_P = re.compile(r"^P(?=\d)")


_WITH_PART = re.compile(r"^(\S+)\s+((?:[Ss]uppl|Pt|Spec)\b.*)$")


def volume_and_issue(volume: str, issue: str) -> tuple[str, str]:
    """Both read; a supplement printed after the volume (``42 Suppl 2``) is its issue."""
    hit = _WITH_PART.match(volume.strip()) if not issue else None
    return (read_volume(hit[1]), read_issue(hit[2])) if hit else (read_volume(volume), read_issue(issue))


def read_volume(text: str) -> str:
    """``Vol. 12`` and ``第12卷`` to ``12``."""
    return _DASH.sub("-", _VOLUME.sub("", text.strip())).strip(" .,")


def read_issue(text: str) -> str:
    """``No. 3`` and ``第3期`` to ``3``; ``Pt A`` and ``Suppl 1`` stay."""
    return _DASH.sub("-", _ISSUE.sub("", text.strip())).strip(" .,")


def read_pages(text: str) -> str:
    """``pp. 12–15`` to ``12-15``; letters that belong to the number (``S39``, ``e13206``, ``18.e3``) stay."""
    if not text:
        return ""
    text = _DASH.sub("-", _PAGES.sub("", text.strip()))
    return re.sub(r"\s*[,，;、+]\s*", ", ", text).strip(" .,;:")
