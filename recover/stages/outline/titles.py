"""A heading's words: its title, and its English twin where the journal prints both."""

from __future__ import annotations

import re

from recover.text.list_heading import is_list_heading
from recover.text.scripts import is_han, unaccented

_TWIN = re.compile(r"^(?P<zh>.*[\u3400-\u9fff）)”》])\s*(?P<en>[A-Z][A-Za-z][A-Za-z0-9 ,，'’:&()/\-]*)$")
# 参考文献 (References): brackets part the halves of a known heading; in any other they hold a part of it.
_BRACKETED = re.compile(r"^(?P<zh>.*[\u3400-\u9fff])\s*[(（]\s*(?P<en>[A-Za-z ]+?)\s*[)）]\s*$")
# The frame of a list's heading, and a title of a few characters set apart.
_FRAME = " \u3000[]【】〔〕［］"
_SPACED = re.compile(r"^[\u3400-\u9fff](?:[ \u3000]+[\u3400-\u9fff]){1,4}$")
_WORD = re.compile(r"[a-z]{3,}")


def _closed_up(title: str) -> str:
    """A short title whose characters are set apart (结　论), without the white between them."""
    return "".join(title.split()) if _SPACED.match(title) else title


def split_title(title: str) -> tuple[str, str]:
    """Title and English title; a Latin name that ends a Chinese title is no translation of it."""
    # Recognition adds accents: ``Refęrences``.
    if is_list_heading(title):
        title = _BRACKETED.sub(r"\g<zh> \g<en>", unaccented(title).strip(_FRAME))
    title = _closed_up(title.strip().strip(":：").strip())
    match = _TWIN.match(title)
    if match and _WORD.search(match.group("en")) and any(map(is_han, match.group("zh"))):
        return match.group("zh").rstrip(" |｜/"), match.group("en").strip()
    return title, ""
