"""How texts are made comparable: NFKC, punctuation folded to its half-width form, white space dropped."""

from __future__ import annotations

import unicodedata
from functools import cache

import msgspec

_PUNCTUATION = {
    **dict.fromkeys("“”„‟″〝〞«»", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("–—―‐‑‒−─ー﹣", "-"),
    **dict.fromkeys("•・∙⋅‧", "·"),
    "。": ".",
    "、": ",",
    "【": "[",
    "】": "]",
    "〔": "[",
    "〕": "]",
    "×": "x",
}


class Folded(msgspec.Struct, frozen=True):
    """A folded text; ``origin[i]`` is the offset in the unfolded text of its i-th character."""

    text: str
    origin: tuple[int, ...]


def fold(text: str) -> str:
    return "".join(map(_fold_character, text))


def fold_with_origin(text: str) -> Folded:
    pieces = [(piece, index) for index, character in enumerate(text) for piece in _fold_character(character)]
    return Folded("".join(piece for piece, _ in pieces), tuple(index for _, index in pieces))


@cache
def _fold_character(character: str) -> str:
    """Folding works character by character: the marks combining sequences would need don't occur in print."""
    wide = _PUNCTUATION.get(character) or unicodedata.normalize("NFKC", character)
    return "".join(_PUNCTUATION.get(piece, piece) for piece in wide if not piece.isspace())
