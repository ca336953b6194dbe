"""Citation marks that reading damaged, made whole by what the document shows: its style, its list, rising numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import msgspec
from rapidfuzz.distance import Levenshtein

from recover.model.document import Paragraph, Span
from recover.model.records import Correction
from recover.text.messages import counted

# One bracket at least must be square; between them what digits and their separators are misread as.
_DAMAGED = re.compile(
    r"(?:[\[［【〔]\s*(?P<a>[\dlIiOo|!.,，、;；\-–—~～ ]{1,24}?)\s*[\]］】〕)）}｝J]"
    r"|[(（{｛]\s*(?P<b>[\dlIiOo|!.,，、;；\-–—~～ ]{1,24}?)\s*[\]］】〕])"
)
_DIGITS = str.maketrans("lIi|!Oo", "1111100")
_MARKS = str.maketrans({".": ",", "，": ",", "、": ",", ";": ",", "；": ",", "–": "-", "—": "-", "~": "-", "～": "-"})
WHY = "a citation mark: numbers of the list, rising, in brackets"


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph with its marks as they were printed, and what was changed."""

    paragraph: Paragraph
    corrections: tuple[Correction, ...] = ()


def mend_marks(paragraph: Paragraph, highest: int) -> Mended:
    """Mend marks character by character, so that every offset stays true; ``highest`` is the list's last number."""
    if not highest:
        return Mended(paragraph=paragraph)
    text = paragraph.text
    corrections = []
    for match in _DAMAGED.finditer(paragraph.text):
        was = match.group(0)
        now = "[" + was[1:-1].translate(_DIGITS).translate(_MARKS) + "]"
        if _differs(was, now) and _is_mark(now, highest):
            text = text[: match.start()] + now + text[match.end() :]
            corrections.append(_correction(paragraph, match.start(), was, now, highest))
    if not corrections:
        return Mended(paragraph=paragraph)
    return Mended(paragraph=msgspec.structs.replace(paragraph, text=text), corrections=tuple(corrections))


def _differs(was: str, now: str) -> bool:
    """Whether more than the width of the brackets was mended."""
    return was[1:-1] != now[1:-1] or was[0] not in "[［" or was[-1] not in "]］"


def _is_mark(mark: str, highest: int) -> bool:
    """Whether the numbers rise, are all in the list, and nothing else stands between the brackets."""
    inner = mark[1:-1].replace(" ", "")
    if not re.fullmatch(r"\d{1,3}(?:[,-]\d{1,3})*", inner):
        return False
    numbers = [int(part) for part in re.split(r"[,-]", inner)]
    rises = all(low < high for low, high in pairwise(numbers))
    return rises and numbers[0] > 0 and numbers[-1] <= highest


def _correction(paragraph: Paragraph, start: int, was: str, now: str, highest: int) -> Correction:
    span = span_at(paragraph, start)
    evidence = f"the list has {counted(highest, 'entry', 'entries')}"
    return Correction(
        page=span.page if span else 0, box=span.box if span else None, was=was, now=now, why=WHY, evidence=evidence
    )


# Citation marks of which reading lost a bracket, made whole where they name what nothing else cites.

_NUMBERS = r"\d{1,3}(?:\s*[,，\-–]\s*\d{1,3})*"
# A mark without its closing bracket before a sign or Han, and one without its opening bracket behind a word.
UNCLOSED = re.compile(rf"[\[［【〔]\s*({_NUMBERS})(?=[，。；：、,.;:（(\u4e00-\u9fff])(?!\s*[,，\-–~:：.·]\s*\d)")
UNOPENED = re.compile(rf"(?<=[\u4e00-\u9fff\w%）)])(?<!\d)({_NUMBERS})(?=[\]］】〕}}])")
# The closing bracket itself read as a figure: ``[471`` in a list of 58.
SWALLOWED = re.compile(r"[\[［【〔]\s*(\d{1,3})(?P<bracket>[1lI|])(?=[，。；：、,.;:]|$)")
_BRACKET = re.compile(r"[\[\]]")
WHY_HALF = "a citation mark has two brackets"


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """Paragraphs in order, and what was filled in."""

    paragraphs: tuple[Paragraph, ...]
    corrections: tuple[Correction, ...] = ()


def close_marks(paragraphs: Sequence[Paragraph], seen: Collection[int], highest: int) -> Filled:
    """Give marks that name entries nobody else cites their lost bracket; ``highest`` is the list's last number."""
    closed, corrections = list(paragraphs), []
    for index in range(len(closed)):
        for pattern, bracket in ((UNCLOSED, "]"), (UNOPENED, "[")):
            for hit in reversed(list(pattern.finditer(closed[index].text))):
                is_open = bracket == "[" and _is_opened(hit)
                if (not is_open and _names_uncited(hit[1], seen, highest)) or _stands_alone(hit, bracket, highest):
                    corrections.append(_half_correction(closed[index], hit, bracket))
                    if bracket == "[":
                        closed[index] = bracketed(closed[index], hit.end())
                    closed[index] = insert(closed[index], hit.end() if bracket == "]" else hit.start(1), bracket)
        for hit in reversed(list(SWALLOWED.finditer(closed[index].text))):
            if int(hit[1] + "1") > highest and _names_uncited(hit[1], seen, highest):
                corrections.append(_half_correction(closed[index], hit, "]"))
                closed[index] = bracketed(closed[index], hit.start("bracket"))
    return Filled(paragraphs=tuple(closed), corrections=tuple(corrections))


def bracketed(paragraph: Paragraph, at: int) -> Paragraph:
    """The paragraph with a closing bracket in the place of the character at ``at``."""
    text = paragraph.text
    return msgspec.structs.replace(paragraph, text=text[:at] + "]" + text[at + 1 :])


def _names_uncited(numbers: str, seen: Collection[int], highest: int) -> bool:
    named = [int(number) for number in re.findall(r"\d+", numbers)]
    rises = all(low < high for low, high in pairwise(named))
    return rises and named[0] > 0 and named[-1] <= highest and not any(number in seen for number in named)


def _stands_alone(hit: re.Match[str], lost: str, highest: int) -> bool:
    """Whether nothing else opens or closes the bracket beside this number: print has no other use for such a one."""
    after = _BRACKET.findall(hit.string[hit.end() :])
    is_odd = not _is_opened(hit) if lost == "[" else after[:1] != ["]"]
    return is_odd and hit[1].isdecimal() and 0 < int(hit[1]) <= highest


def _is_opened(hit: re.Match[str]) -> bool:
    """Whether a bracket before it is still open, as in a formula."""
    return _BRACKET.findall(hit.string[: hit.start()])[-1:] == ["["]


def _half_correction(paragraph: Paragraph, hit: re.Match[str], bracket: str) -> Correction:
    was = hit[0] if bracket == "]" else hit[0] + paragraph.text[hit.end()]
    now = was.removesuffix(hit.groupdict().get("bracket") or "") + bracket if bracket == "]" else bracket + was
    span = span_at(paragraph, hit.start(1))
    evidence = f"the list has an entry {hit[1]}, and nothing else opens or closes this bracket"
    return Correction(
        page=span.page if span else 0, box=span.box if span else None, was=was, now=now, why=WHY_HALF, evidence=evidence
    )


def insert(paragraph: Paragraph, at: int, text: str) -> Paragraph:
    """The paragraph with ``text`` before offset ``at``; what is inserted has no place on the page."""
    spans: list[Span] = []
    for span in paragraph.spans:
        if span.end <= at:
            spans.append(span)
        elif span.start >= at:
            spans.append(_moved(span, span.start, len(text)))
        else:
            spans.append(msgspec.structs.replace(span, end=at))
            spans.append(_moved(span, at, len(text)))
    return msgspec.structs.replace(paragraph, text=paragraph.text[:at] + text + paragraph.text[at:], spans=tuple(spans))


def _moved(span: Span, start: int, by: int) -> Span:
    """The span from ``start`` on, moved to the right."""
    return msgspec.structs.replace(span, start=start + by, end=span.end + by, at=span.at + start - span.start)


def span_at(paragraph: Paragraph, at: int) -> Span | None:
    """The span that holds the character at an offset."""
    return next((span for span in paragraph.spans if span.start <= at < span.end), None)


# Marks whose figures or brackets were misread, made whole where the order of first citing leaves one reading only.

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
GAPS_WHY = "a citation mark: what its neighbours leave and nothing else cites"
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
            corrections.append(_correction_gaps(paragraph, place))
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


def _correction_gaps(paragraph: Paragraph, place: _Place) -> Correction:
    span = span_at(paragraph, max(0, place.start - 1))
    bracketed = place.now.startswith("[")
    return Correction(
        page=span.page if span else 0,
        box=span.box if span else None,
        was=place.was if bracketed else f"[{place.was}]",
        now=place.now if bracketed else f"[{place.now}]",
        why=GAPS_WHY,
        evidence=place.evidence,
    )
