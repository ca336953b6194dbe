"""The labels that Chinese and English papers set before parts of their front and back matter."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

import msgspec

from recover.lexicon.characters import simplified
from recover.text.vocabulary import pairs


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """A label found at a text's start: what it marks, as it is printed, and where its text begins."""

    role: str
    printed: str
    end: int


_LETTER_GAP = r"[ \u3000]*"


# What may stand before a label, and what closes it.
_BEFORE = r"[\s\[［【〔(（*＊△▲#※\d]{0,4}"
# A Chinese label may have its English one beside it: 通信作者(Corresponding author)：.
_TWIN = r"(?:\s*[(（]\s*[A-Za-z][A-Za-z ]{2,40}[)）](?=\s*[:：]))?"
# A part's label in brackets may follow at once: 摘要[目的].
_PART = r"(?=[\[［【〔]\s*(?:目的|背景|方法|objective|aim|purpose|background|method))"
_AFTER = (
    rf"(?:\s*[\]］】〕)）]\s*[:：|｜]?|\s*[:：|｜]|\s*[*＊∗]|(?=[\u3000 ])|(?<=[A-Za-z])(?=[\u4e00-\u9fff])|{_PART}|$)"
)
# Keywords that semicolons part, and no sentence about keywords, may follow their label at once.
_LISTED = r"(?=(?![为包有是检的和及与等中在])[\u4e00-\u9fff][^。；;:：]{0,20}[；;][^。]*$)"


def _spaced(spellings: tuple[str, ...]) -> str:
    """Any of the spellings; a Chinese one's characters may stand apart."""
    gap = _LETTER_GAP.replace("\\", r"\\")
    return "|".join(re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", gap, spelling) for spelling in spellings)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A pattern for every run of spellings of one role, in the order of the list."""
    return tuple(
        (
            role,
            re.compile(
                f"^{_BEFORE}({_spaced(tuple(spelling for _, spelling in run))}){_TWIN}"
                + (f"(?:{_AFTER}|{_LISTED})" if role == "keywords-zh" else _AFTER),
                re.IGNORECASE,
            ),
        )
        for role, run in groupby(pairs("labels"), key=lambda pair: pair[0])
    )


_CLOSING = frozenset(")）")
# Labels that are also common words count only with a colon, a bar or brackets.
_CLOSED = re.compile(r"[:：|｜\]］】〕)）]\s*$")
_IN_BRACKETS = re.compile(r"[(（\[［][^()（）]{3,40}[)）\]］]")
OPEN_ROLES = frozenset({"abstract-zh", "abstract-en", "keywords-zh", "keywords-en"})
# Labels of a bibliographic kind: no sentence wraps so that a line begins with one and its colon.
NAMED_ROLES = frozenset({"funding", "cite", "class", "dates", "author-note"}) | OPEN_ROLES


def find_label(text: str) -> Label | None:
    """The label at the start of ``text``; None where there is none."""
    plain = simplified(text)
    for role, pattern in _patterns():
        match = pattern.match(plain)
        if not match:
            continue
        if _ends_bracket(match, plain):
            continue
        closed = bool(_CLOSED.search(match.group(0)))
        alone = match.end() >= len(text.rstrip())
        is_told = closed or alone or role in OPEN_ROLES or _is_in_brackets(role, plain)
        if is_told or _is_set_apart(role, match.group(1), text[match.end() :]):
            return Label(
                role=role, printed=_printed(text[match.start(1) : match.end(1)]), end=_text_start(text, match.end())
            )
    return None


def _ends_bracket(match: re.Match[str], text: str) -> bool:
    """Whether the word only closes what an earlier line opened: (in Chinese with English | abstract)."""
    before, after = text[: match.start(1)], text[match.end(1) :].lstrip()
    return after[:1] in _CLOSING and not any(char in before for char in "(（")


def _is_set_apart(role: str, label: str, rest: str) -> bool:
    """Whether an abstract's part is told by white alone: 目的 探讨, METHODS We, but no "Methods differ"."""
    return rest[:1].isspace() and (role == "part-zh" or (role == "part-en" and label.isupper()))


def _is_in_brackets(role: str, text: str) -> bool:
    """Whether a line is nothing but an editor's name or a date in brackets: （本文编辑　王某）."""
    return role in ("editor", "dates") and _IN_BRACKETS.fullmatch(text.strip()) is not None


def _printed(label: str) -> str:
    has_han = any("\u4e00" <= char <= "\u9fff" for char in label)
    return "".join(label.split()) if has_han else " ".join(label.split())


def _text_start(text: str, end: int) -> int:
    while end < len(text) and text[end] in " \u3000:：|｜*＊∗":
        end += 1
    return end


def starts_with_label(text: str) -> bool:
    """Whether a line begins with a closed label."""
    label = find_label(text)
    return label is not None and (label.role in OPEN_ROLES or _is_closed(text, label))


def names_itself(text: str) -> bool:
    """Whether a line begins with a closed label that no sentence has there: 收稿日期：, Abstract:, 【关键词】."""
    label = find_label(text)
    # An entry of a list may wrap before "doi:".
    is_bare = label is not None and label.printed.upper() == "DOI"
    return label is not None and label.role in NAMED_ROLES and not is_bare and _is_closed(text, label)


def _is_closed(text: str, label: Label) -> bool:
    return bool(_CLOSED.search(text[: label.end].rstrip()))
