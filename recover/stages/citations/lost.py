"""Citation marks of which reading lost a bracket, made whole where they name what nothing else cites."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

import msgspec

from recover.model.document import Correction, Paragraph, Span

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
