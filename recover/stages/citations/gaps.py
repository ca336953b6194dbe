"""Marks whose figures or brackets were misread, made whole where the order of first citing leaves one reading only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
from rapidfuzz.distance import Levenshtein

from recover.model.document import Correction, Paragraph
from recover.stages.citations.lost import Filled, bracketed, insert, span_at

Marks = Sequence[Sequence[tuple[int, tuple[int, ...]]]]

# Nothing between the brackets; figures that name no entries; a number at a clause's end without any bracket.
_EMPTY = re.compile(r"[\[［【〔](?P<in>\s*)(?=[\]］】〕])")
# Letters that figures are misread as.
_FIGURE = r"[\dzZlIOoSsB]"
_FIGURES = re.compile(
    rf"[\[［【〔](?P<in>{_FIGURE}{{0,3}}\s*[,，\-–~:：.·]\s*{_FIGURE}{{1,3}}|{_FIGURE}{{1,3}})(?=[\]］】〕])"
)
_BARE = re.compile(r"(?<=[\u4e00-\u9fff])(?<![为是于至到达约第共近有足超过均占型期级组])(?P<in>\d{1,3})(?=[，。；;、])")
# A whole mark that names an entry which is not its turn: another figure, or a range whose hyphen was lost.
_WHOLE = re.compile(r"[\[［【〔](?P<in>\d{1,3})(?=[\]］】〕])")
WHY = "a citation mark: what its neighbours leave and nothing else cites"
# A number may be this far ahead of the highest before it: the marks between may be lost.
AHEAD = 4
# No more figures than this of a mark are believed to be misread.
_MOST_MISREAD = 1


class _Place(msgspec.Struct, frozen=True):
    """Offsets of a damaged mark's numbers, what is printed there and what stood in its place."""

    start: int
    end: int
    was: str
    now: str
    evidence: str


def fill_gaps(paragraphs: Sequence[Paragraph], marks: Marks) -> Filled:
    """Mend the damaged marks. ``marks`` holds, for every paragraph, the offsets and numbers of its whole marks."""
    seen = {number for here in marks for _, numbers in here for number in numbers}
    starts = [{start for start, _ in here} for here in marks]
    marks = _in_turn(marks)
    filled, corrections = list(paragraphs), []
    for index, paragraph in enumerate(paragraphs):
        for place in sorted(
            _places(paragraph.text, index, (marks, starts[index]), seen), key=lambda place: place.start, reverse=True
        ):
            seen |= {int(number) for number in re.findall(r"\d+", place.now)}
            corrections.append(_correction(paragraph, place))
            filled[index] = _rewritten(filled[index], place)
    return Filled(paragraphs=tuple(filled), corrections=tuple(corrections))


def _in_turn(marks: Marks) -> Marks:
    """The marks without numbers far ahead of their turn, which later marks show to be misread: 1-8, 19, 9, 10, 11."""
    numbers = [number for here in marks for _, named in here for number in named]
    highest, at, regular = 0, 0, []
    for here in marks:
        kept = []
        for start, named in here:
            turn = []
            for number in named:
                at += 1
                if number <= highest + AHEAD or not any(highest < other < number for other in numbers[at:]):
                    highest = max(highest, number)
                    turn.append(number)
            kept.append((start, tuple(turn)))
        regular.append([(start, named) for start, named in kept if named])
    return regular


def _places(text: str, index: int, known: tuple[Marks, set[int]], seen: set[int]) -> Iterator[_Place]:
    """``known``: the marks in their turn, and where this paragraph has whole ones."""
    marks, whole = known
    for pattern in (_EMPTY, _FIGURES, _BARE):
        for hit in pattern.finditer(text):
            if hit.start() in whole:
                continue
            before, following = _before(marks, index, hit.start()), _following(marks, index, hit.end())
            gap = range(before + 1, following)
            now = _reading(hit, gap) if any(number not in seen for number in gap) else ""
            if now:
                yield _place(hit, now, before, following)
    for hit in _WHOLE.finditer(text):
        before, following = _before(marks, index, hit.start()), _after(marks, index, hit.end())
        now = str(before + 1)
        if hit["in"] == f"{before + 1}{following - 1}" and not seen.issuperset(range(before + 1, following)):
            yield _place(hit, f"{before + 1}-{following - 1}", before, following)
            continue
        is_skipped = following == before + 2 < int(hit["in"]) and before + 1 not in seen
        if is_skipped and len(now) == len(hit["in"]) and Levenshtein.distance(now, hit["in"]) <= _MOST_MISREAD:
            yield _place(hit, now, before, following)


def _place(hit: re.Match[str], now: str, before: int, following: int) -> _Place:
    evidence = f"{before} is the highest number before, {following} the next new one"
    return _Place(hit.start("in"), hit.end("in"), hit["in"], now, evidence)


def _reading(hit: re.Match[str], gap: range) -> str:
    """What the mark names if it fills the gap: nothing printed leaves one number, figures all but one of theirs."""
    first, last = gap[0], gap[-1]
    if hit.re is _EMPTY:
        return str(first) if first == last else ""
    if hit.re is _BARE:
        # A closing bracket may have been read as a 1.
        return f"[{first}]" if first == last and hit["in"] in (str(first), f"{first}1") else ""
    is_list = re.search(r"[,，]", hit["in"]) and last == first + 1
    spelled = str(first) if first == last else f"{first},{last}" if is_list else f"{first}-{last}"
    printed = re.sub(r"\s*[,，\-–~:：.·]\s*", "," if is_list else "-", hit["in"])
    is_near = len(spelled) >= len(hit["in"]) and Levenshtein.distance(spelled, printed) <= _MOST_MISREAD
    return spelled if is_near else ""


def _before(marks: Marks, index: int, at: int) -> int:
    """The highest number cited before a place; 0 where there is none."""
    earlier = [numbers for here in marks[:index] for _, numbers in here]
    earlier += [numbers for start, numbers in marks[index] if start < at]
    return max((number for numbers in earlier for number in numbers), default=0)


def _after(marks: Marks, index: int, at: int) -> int:
    """The first number of the next mark; 0 where there is none."""
    return next((numbers[0] for numbers in _later(marks, index, at)), 0)


def _following(marks: Marks, index: int, at: int) -> int:
    """The first number cited after a place that is new there; 0 where there is none."""
    before = _before(marks, index, at)
    return next((number for numbers in _later(marks, index, at) for number in numbers if number > before), 0)


def _later(marks: Marks, index: int, at: int) -> list[tuple[int, ...]]:
    """The numbers of the marks after a place."""
    here = [numbers for start, numbers in marks[index] if start >= at]
    return here + [numbers for after in marks[index + 1 :] for _, numbers in after]


def _rewritten(paragraph: Paragraph, place: _Place) -> Paragraph:
    """The paragraph with the mark made whole; a figure in another's place keeps that one's box, a new one has none."""
    was, now = place.was, place.now
    same = next((n for n, (old, new) in enumerate(zip(was, now, strict=False)) if old != new), min(len(was), len(now)))
    if len(now) == len(was):
        text = paragraph.text[: place.start] + now + paragraph.text[place.end :]
        return msgspec.structs.replace(paragraph, text=text)
    if now.startswith("["):
        if now[1:-1] != was:
            return insert(bracketed(paragraph, place.end - 1), place.start, "[")
        return insert(insert(paragraph, place.end, "]"), place.start, "[")
    grown = insert(paragraph, place.start + same, now[same : same + len(now) - len(was)])
    text = grown.text[: place.start] + now + grown.text[place.start + len(now) :]
    return msgspec.structs.replace(grown, text=text)


def _correction(paragraph: Paragraph, place: _Place) -> Correction:
    span = span_at(paragraph, max(0, place.start - 1))
    bracketed = place.now.startswith("[")
    return Correction(
        page=span.page if span else 0,
        box=span.box if span else None,
        was=place.was if bracketed else f"[{place.was}]",
        now=place.now if bracketed else f"[{place.now}]",
        why=WHY,
        evidence=place.evidence,
    )
