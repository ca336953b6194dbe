"""Where the authors end: the stop or colon up to which the string reads as a list of names."""

from __future__ import annotations

import re

import msgspec

from recover.stages.references.normalise.name_list import likeness, weakest

# One class of signs in front: the search leaps from one to the next.
_CUT = re.compile(
    r"[.．。:：](?:(?<=\.)\.?\s+(?=\S)|(?<=[．。])\s*(?=\S)|(?<=[:：])\s+(?=\S)"
    r"|(?<=\.)(?=[\"“A-Z][a-z]{2})|(?<=[\u4e00-\u9fff]\.)(?=\S)|(?<=\.)(?=[\u4e00-\u9fff]))"
)
_INITIAL_ON = re.compile(r"^[A-Z](?:[.,;\s&-]|$)")
# "U.S. Food and Drug Administration": nobody is called by initials alone.
_INITIALS_ALONE = re.compile(r"\s*(?:[A-Z]\.)+[A-Z]")
_CUTS_TRIED = 12
# Lists of names this likely end where they end; a colon ends nothing less likely.
_SURE = 0.85
# A list may run long: consortium papers print forty names before the title.
_LONGEST = 1500


class AuthorCut(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """``text[:end]`` are the authors, the title begins at ``begin``; ``likeness`` from 0 to 1."""

    end: int
    begin: int
    likeness: float


_NONE = AuthorCut(end=0, begin=0, likeness=0.0)


def cut_authors(text: str, least: float = 0.3) -> AuthorCut:
    """The best cut after the authors; an empty one when the string doesn't begin with names."""
    best = _NONE
    for count, hit in enumerate(_CUT.finditer(text, 0, _LONGEST)):
        if count >= _CUTS_TRIED:
            break
        if best.likeness >= _SURE and not _continues(text, best, hit):
            break
        if _INITIALS_ALONE.fullmatch(text, 0, hit.start()):
            continue
        score = likeness(text[: hit.start()])
        if hit[0][0] in ":：" and score < _SURE:
            continue
        if score > best.likeness or (score >= _SURE and best.likeness >= _SURE):
            best = AuthorCut(end=hit.start(), begin=hit.end(), likeness=score)
    return best if best.likeness >= least else _NONE


def _continues(text: str, cut: AuthorCut, hit: re.Match[str]) -> bool:
    """Dotted initials hold stops too: after ``Smith J.`` may follow ``A., Jones B.``"""
    if text[cut.end : cut.end + 1] not in ".．":
        return False
    added = text[cut.begin : hit.start()]
    return bool(_INITIAL_ON.match(added)) and len(added) < 400 and weakest(text[: hit.start()]) > 0
