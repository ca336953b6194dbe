"""How pieces of text become one: the only place that decides about spaces and hyphens at a seam."""

from __future__ import annotations

import re

from recover.text.scripts import is_wide

HYPHENS = "-\u2010\u00ad"
_WORD_BEFORE_HYPHEN = re.compile(r"([A-Za-z]+)[-\u2010\u00ad]$")
_WORD_AFTER = re.compile(r"^([a-z]+)")
# Prefixes that keep their hyphen when a line ends after it: printers break there first.
KEEPING = frozenset(
    [
        "non",
        "anti",
        "post",
        "pre",
        "co",
        "self",
        "well",
        "high",
        "low",
        "long",
        "short",
        "double",
        "single",
        "multi",
        "semi",
        "cross",
        "half",
        "two",
        "three",
        "one",
        "all",
        "ex",
        "de",
        "bi",
        "tri",
        "sub",
        "beta",
        "alpha",
        "gamma",
        "time",
        "cell",
        "dose",
        "age",
        "stem",
        "follow",
        "placebo",
        "first",
        "second",
        "end",
        "early",
        "late",
        "large",
        "small",
    ]
)


def separator(left: str, right: str) -> str:
    """What stands between two pieces on one line or two: nothing beside Han, a space between words."""
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return ""
    if is_wide(left[-1]) or is_wide(right[0]):
        return ""
    return " "


def seam(left: str, right: str) -> tuple[int, str]:
    """How a line's end meets the next line: how many characters to drop from ``left``, and what to put between."""
    word = _WORD_BEFORE_HYPHEN.search(left)
    if word and right:
        if _WORD_AFTER.match(right) and not _keeps_hyphen(left, word.group(1), right):
            return 1, ""
        return 0, ""
    if left and left[-1] in HYPHENS and right[:1].isalnum():
        return 0, ""
    if left.endswith("/") or (right.startswith("/") and not right.startswith("//")):
        return 0, ""
    return 0, separator(left, right)


def _keeps_hyphen(left: str, word: str, right: str) -> bool:
    """Whether the hyphen belongs to a compound rather than to the line's end."""
    if left[-1] == "\u00ad":
        return False
    before = left[: -len(word) - 1][-1:]
    if before in HYPHENS or before.isdigit() or word.lower() in KEEPING or word.isupper():
        return True
    follower = _WORD_AFTER.match(right)
    # "-like", "-based", "-derived": second parts that English writes with a hyphen.
    return bool(follower) and follower.group(1) in {
        "like",
        "based",
        "derived",
        "type",
        "dependent",
        "specific",
        "induced",
        "related",
        "associated",
        "mediated",
        "positive",
        "negative",
    }  # type: ignore[union-attr]
