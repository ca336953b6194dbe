"""Citation marks of which reading lost the number or a bracket, made whole where the marks around leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

import msgspec

from recover.model.document import Correction, Paragraph, Span

EMPTY = re.compile(r"[\[［【〔]\s*(?=[\]］】〕])")
_NUMBERS = r"\d{1,3}(?:\s*[,，\-–]\s*\d{1,3})*"
# A mark without its closing bracket before a sign or Han, and one without its opening bracket behind a word.
UNCLOSED = re.compile(rf"[\[［【〔]\s*({_NUMBERS})(?=[，。；：、,.;:（(\u4e00-\u9fff])(?!\s*[,，\-–]\s*\d)")
UNOPENED = re.compile(rf"(?<=[\u4e00-\u9fff\w])(?<!\d)({_NUMBERS})(?=[\]］】〕])")
WHY_HALF = "a citation mark has two brackets, and nothing else cites these entries"
WHY = "a citation mark: the one number that its neighbours leave and nothing else cites"


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """Paragraphs in order, and what was filled in."""

    paragraphs: tuple[Paragraph, ...]
    corrections: tuple[Correction, ...] = ()


def fill_marks(paragraphs: Sequence[Paragraph], cited: Sequence[Sequence[tuple[int, tuple[int, ...]]]]) -> Filled:
    """Fill empty marks. ``cited`` holds, for every paragraph, the offsets and numbers of its whole marks."""
    seen = {number for marks in cited for _, numbers in marks for number in numbers}
    filled, corrections = list(paragraphs), []
    for index, paragraph in enumerate(paragraphs):
        for hit in reversed(list(EMPTY.finditer(paragraph.text))):
            number = _left_between(_before(cited, index, hit.end()), _after(cited, index, hit.end()))
            if number is not None and number not in seen:
                seen.add(number)
                corrections.append(_correction(paragraph, hit.start(), number))
                filled[index] = insert(filled[index], hit.end(), str(number))
    return Filled(paragraphs=tuple(filled), corrections=tuple(corrections))


def close_marks(paragraphs: Sequence[Paragraph], seen: Collection[int], highest: int) -> Filled:
    """Give marks that name entries nobody else cites their lost bracket; ``highest`` is the list's last number."""
    closed, corrections = list(paragraphs), []
    for index in range(len(closed)):
        for pattern, bracket in ((UNCLOSED, "]"), (UNOPENED, "[")):
            for hit in reversed(list(pattern.finditer(closed[index].text))):
                if _names_uncited(hit[1], seen, highest):
                    corrections.append(_half_correction(closed[index], hit, bracket))
                    closed[index] = insert(closed[index], hit.end() if bracket == "]" else hit.start(1), bracket)
    return Filled(paragraphs=tuple(closed), corrections=tuple(corrections))


def _names_uncited(numbers: str, seen: Collection[int], highest: int) -> bool:
    named = [int(number) for number in re.findall(r"\d+", numbers)]
    rises = all(low < high for low, high in pairwise(named))
    return rises and named[0] > 0 and named[-1] <= highest and not any(number in seen for number in named)


def _half_correction(paragraph: Paragraph, hit: re.Match[str], bracket: str) -> Correction:
    was = hit[0] if bracket == "]" else hit[0] + paragraph.text[hit.end()]
    now = was + bracket if bracket == "]" else bracket + was
    span = _span_at(paragraph, hit.start(1))
    evidence = f"{hit[1]} is cited nowhere else"
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


def _before(cited: Sequence[Sequence[tuple[int, tuple[int, ...]]]], index: int, at: int) -> int:
    """The highest number cited before a place; 0 where there is none."""
    earlier = [numbers for marks in cited[:index] for _, numbers in marks]
    earlier += [numbers for place, numbers in cited[index] if place < at]
    return max((number for numbers in earlier for number in numbers), default=0)


def _after(cited: Sequence[Sequence[tuple[int, tuple[int, ...]]]], index: int, at: int) -> list[int]:
    """The numbers cited after a place, in order."""
    here = [number for place, numbers in cited[index] if place > at for number in numbers]
    return here + [number for marks in cited[index + 1 :] for _, numbers in marks for number in numbers]


def _left_between(before: int, after: Sequence[int]) -> int | None:
    """The number between the highest so far and the next new one, where there is just one."""
    following = next((number for number in after if number > before), None)
    return before + 1 if following == before + 2 else None


def _correction(paragraph: Paragraph, at: int, number: int) -> Correction:
    span = _span_at(paragraph, at)
    return Correction(
        page=span.page if span else 0,
        box=span.box if span else None,
        was="[]",
        now=f"[{number}]",
        why=WHY,
        evidence=f"{number - 1} is the highest number before, {number + 1} the next new one",
    )


def _span_at(paragraph: Paragraph, at: int) -> Span | None:
    return next((span for span in paragraph.spans if span.start <= at < span.end), None)
