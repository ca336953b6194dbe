"""A stretch of text as Markdown: escaped, raised and lowered type in the elements that Markdown has no sign for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recover.export.styled import Styled, stretches
from recover.model.document import MarkKind

# Marks that Markdown would take for markup; brackets matter only where a link could begin.
_SPECIAL = re.compile(r"([\\`*_<>\[\]|~$])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}\s|[-+]\s|\d+[.)]\s|>)")
_SIGNS: dict[MarkKind, str] = {"italic": "*", "bold": "**"}
_TAGS: dict[MarkKind, str] = {"sup": "sup", "sub": "sub", "italic": "em", "bold": "strong"}


def inline(styled: Styled) -> str:
    """A whole text, its marked stretches marked."""
    return at_line_start("".join(marked(stretch.text, stretch.kinds) for stretch in stretches(styled)))


def marked(text: str, kinds: Sequence[MarkKind]) -> str:
    """A stretch with its marks; white space at its ends stays outside, where Markdown wants it."""
    inner = text.strip()
    if not kinds or not inner:
        return escape_inline(text)
    lead = len(text) - len(text.lstrip())
    shown = escape_inline(inner)
    for kind in reversed(kinds):
        shown = _enclosed(shown, inner, kind)
    return f"{text[:lead]}{shown}{text[lead + len(inner) :]}"


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return at_line_start(escape_inline(text))


def escape_inline(text: str) -> str:
    """Text inside a line that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.splitlines()) if "\n" in text else text)


def at_line_start(escaped: str) -> str:
    """Escaped text of which nothing at its start begins a list, a heading or a quotation."""
    return _LINE_START.sub(
        lambda match: f"{match.group(1)}\\{match.group(2)}" if not match.group(2)[0].isdigit() else _number(match),
        escaped,
    )


def _enclosed(shown: str, inner: str, kind: MarkKind) -> str:
    """Stars count as marks only where they stand against a letter or figure on the inside."""
    sign = _SIGNS.get(kind)
    if sign and inner[0].isalnum() and inner[-1].isalnum() and not shown.startswith(("*", "<")):
        return f"{sign}{shown}{sign}"
    return f"<{_TAGS[kind]}>{shown}</{_TAGS[kind]}>"


def _number(match: re.Match[str]) -> str:
    """A number at a line's start with its stop escaped, so that no list begins."""
    digits = re.match(r"\d+", match.group(2))
    end = digits.end() if digits else 0
    return f"{match.group(1)}{match.group(2)[:end]}\\{match.group(2)[end:]}"
