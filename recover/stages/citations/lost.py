"""Citation marks whose number was lost in reading: empty brackets, filled where the marks around leave one number."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recover.model.document import Correction, Paragraph, Span

EMPTY = re.compile(r"[\[［【〔]\s*(?=[\]］】〕])")
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
    span = next((span for span in paragraph.spans if span.start <= at < span.end), None)
    return Correction(
        page=span.page if span else 0,
        box=span.box if span else None,
        was="[]",
        now=f"[{number}]",
        why=WHY,
        evidence=f"{number - 1} is the highest number before, {number + 1} the next new one",
    )
