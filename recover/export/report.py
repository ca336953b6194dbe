"""``report.html``: pages and text side by side."""

from __future__ import annotations

from pathlib import Path

from recover.model.document import Document


def render(document: Document, folder: Path) -> bytes:
    return b"<!doctype html>"
