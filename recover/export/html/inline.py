"""Texts with their marks as HTML: raised, lowered, italic and bold stretches in their elements."""

from __future__ import annotations

from collections.abc import Sequence

from recover.export.markup import Markup, escape, join, tag
from recover.export.styled import Styled, stretches
from recover.model.document import MarkKind

_TAGS: dict[MarkKind, str] = {"sup": "sup", "sub": "sub", "italic": "i", "bold": "b"}


def inline(styled: Styled) -> Markup:
    """The text, its marked stretches in elements."""
    return join(marked(stretch.text, stretch.kinds) for stretch in stretches(styled))


def marked(text: str, kinds: Sequence[MarkKind]) -> Markup:
    """A stretch inside its elements, the first kind outermost."""
    element = escape(text)
    for kind in reversed(kinds):
        element = tag(_TAGS[kind], element)
    return element
