"""Volume, issue and pages without their labels, dashes made one kind."""

from __future__ import annotations

import re

_VOLUME = re.compile(r"^(?:[Vv]ol(?:ume)?s?\.?|第)\s*|\s*卷$")
_ISSUE = re.compile(r"^(?:[Nn]os?\.?|[Ii]ssue|第)\s*|\s*期$")
_PAGES = re.compile(r"^(?:pp?\.?\s*(?=[\dA-Z])|页码?\s*)", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—−‐‑~～]{1,2}\s*")
_LABEL_P = re.compile(r"^P(?=\d)")


def read_volume(text: str) -> str:
    return _DASH.sub("-", _VOLUME.sub("", text.strip())).strip(" .,")


def read_issue(text: str) -> str:
    return _DASH.sub("-", _ISSUE.sub("", text.strip())).strip(" .,")


def read_pages(text: str) -> str:
    """``pp. 12–15`` to ``12-15``; letters that belong to the number (``S39``, ``e13206``, ``18.e3``) stay."""
    if not text:
        return ""
    text = _DASH.sub("-", _PAGES.sub("", text.strip()))
    return re.sub(r"\s*[,，;、+]\s*", ", ", text).strip(" .,;:")
