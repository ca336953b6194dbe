"""How wide a text prints, in ems: enough to tell which words fill a column.

A dump doesn't say its typeface. Faces differ most in how wide their capitals are beside their small letters, so three
kinds are kept, and the one that makes the columns fit best is taken.
"""

from __future__ import annotations

from functools import cache, lru_cache

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_UPPER = _LOWER.upper()
_SIGNS = " 0.,:;-()/|'"
# Advance widths in thousandths of an em that the faces of each kind share, in the order of the letters above.
_FACES = {
    "grotesque": (
        "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500",
        "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611",
        "278 556 278 278 278 278 333 333 333 278 260 191",
    ),
    "humanist": (
        "479 525 423 525 498 305 471 525 229 239 455 229 799 525 527 525 525 349 391 335 525 452 715 433 453 395",
        "579 544 533 615 488 459 631 623 252 319 520 420 855 646 662 517 673 543 459 487 642 567 890 519 487 468",
        "226 507 252 250 267 267 306 303 303 386 460 221",
    ),
    "roman": (
        "444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444",
        "722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611",
        "250 500 250 250 278 278 333 333 333 278 200 180",
    ),
}
FACES = tuple(_FACES)
_WIDE = 1000
_OTHER = 520


@cache
def _widths(face: str) -> dict[str, int]:
    widths = [int(width) for group in _FACES[face] for width in group.split()]
    table = dict(zip(_LOWER + _UPPER + _SIGNS, widths, strict=True))
    return table | dict.fromkeys("123456789", table["0"]) | {"’": table["'"], "[": table["("], "]": table[")"]}


@lru_cache(maxsize=1 << 16)
def width_em(text: str, face: str = "grotesque") -> float:
    """The printed width of ``text`` in ems of ``face``."""
    table = _widths(face)
    return sum(table.get(char) or (_WIDE if char >= "\u2e80" else _OTHER) for char in text) / 1000
