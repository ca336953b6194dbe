"""Traditional characters as simplified ones, so that lists of words hold every word once. Lengths never change."""

from __future__ import annotations

from recover.lexicon.tables import simplified_characters

# With this share of characters that only traditional print has, a text is set in it.
TRADITIONAL = 0.08


def simplified(text: str) -> str:
    """``text`` with its traditional characters replaced, one for one: offsets in it are offsets in ``text``."""
    return text if text.isascii() else text.translate(simplified_characters())


def is_traditional(text: str) -> bool:
    """Whether a text is set in traditional characters: enough of its Han differ from the simplified ones."""
    plain = simplified(text)
    differing = sum(old != new for old, new in zip(text, plain, strict=True))
    return differing > TRADITIONAL * max(1, sum("\u3400" <= char <= "\u9fff" for char in text))
