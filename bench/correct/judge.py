"""The truth of every line that was read, and how far from it the line is, to the space and the width of a mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec
from rapidfuzz.distance import Levenshtein

from bench.accuracy.fold import fold, fold_with_origin
from bench.accuracy.infix import find_infix
from recover.model.page import Line, PageReading

# One look each: what print doesn't tell apart, or houses set as they like.
SAME = {
    **dict.fromkeys('“”„‟″〝〞«»"', '"'),
    **dict.fromkeys("‘’‚‛′`´'", "'"),
    **dict.fromkeys("–—―‐‑‒−─ー﹣", "-"),
    **dict.fromkeys("•・∙⋅‧", "·"),
    "µ": "μ",
    "∆": "Δ",
    "∶": "：",
    "…": "...",
    **dict(zip("АВЕКМНОРСТХІЅЈаеорсухіѕј", "ABEKMHOPCTXISJaeopcyxisj", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True)),
}
# Marks whose width print tells.
WIDTHS = frozenset("，；：？！（）．％～＜＞＝＋［］")
# A half-width mark and a typeset blank beside Chinese look like a full-width mark: such a place has either width.
EITHER = {
    half: (chr(0xE000 + at), frozenset((half, full)))
    for at, (half, full) in enumerate(zip(".,;:?!()[]", "．，；：？！（）［］", strict=True))
}
FORMS = dict(EITHER.values())
_SPACE = re.compile(r"\s+")
# A line farther from all truth than this is no line of it; between two lines no more characters than these are lost.
FARTHEST, MOST_LOST, SHORTEST = 0.4, 4, 4
CLOSING = frozenset("，。、；：？！）》”’.,;:?!)]】%％")


class Judged(msgspec.Struct, frozen=True):
    """A line's place on its page and what is printed there, as it is compared."""

    region: int
    number: int
    truth: str


class Found(msgspec.Struct, frozen=True):
    """A line that was read, and the part of the truth it is nearest to."""

    region: int
    number: int
    text: str
    start: int
    end: int


def strict(text: str) -> str:
    """``text`` as it is compared: one space between foreign words, none beside Chinese; widths of marks count."""
    return "".join(map(_same, _SPACE.sub(lambda hit: " " if _parts(text, *hit.span()) else "", text)))


@lru_cache(maxsize=20000)
def _same(char: str) -> str:
    if char in SAME or char in WIDTHS or char.isspace():
        return SAME.get(char, " " if char.isspace() else char)
    return unicodedata.normalize("NFKC", char)


def _parts(text: str, start: int, end: int) -> bool:
    """Whether a space parts foreign words: it has neither Chinese beside it nor a quote that Chinese begins or ends."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    beside = (
        before[:1] if before[1:] in ("”", "’") else before[-1:],
        after[1:] if after[:1] in ("“", "‘") else after[:1],
    )
    return start > 0 and end < len(text) and not any(map(is_wide, filter(None, beside)))


def is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def distance(text: str, truth: str) -> int:
    """Wrong characters of a line."""
    own = strict(text).strip()
    if FORMS.keys().isdisjoint(truth):
        return Levenshtein.distance(own, truth)
    found = Levenshtein.editops(own, truth)
    replaced = (one for one in found if one.tag == "replace")
    return len(found) - sum(_is_alike(own[one.src_pos], truth[one.dest_pos]) for one in replaced)


def edits(text: str, truth: str) -> Iterator[str]:
    """What a line has for what is printed there: a→b."""
    own = strict(text).strip()
    for one in Levenshtein.opcodes(own, truth):
        was, now = own[one.src_start : one.src_end], truth[one.dest_start : one.dest_end]
        if one.tag == "replace":
            yield from (f"{char}→{other}" for char, other in zip(was, now, strict=True) if not _is_alike(char, other))
        elif one.tag != "equal":
            yield f"{was}→{''.join(min(FORMS.get(char, char)) for char in now)}"


def _is_alike(char: str, truth: str) -> bool:
    return char in FORMS.get(truth, truth)


def printed(paragraph: str) -> str:
    """A paragraph as print tells it: ratios, and marks that a typeset blank parts from Chinese, have either width."""
    text = " ".join(paragraph.split()).replace("∶", EITHER[":"][0])
    chars = list(text)
    for hit in _SPACE.finditer(text):
        for at in () if _parts(text, *hit.span()) else (hit.start() - 1, hit.end()):
            chars[at : at + 1] = EITHER.get(chars[at], chars[at])[0]
    return "".join(chars)


def judge(page: PageReading, paragraphs: Sequence[str]) -> list[Judged]:
    """The lines whose truth can be told, each with it."""
    text = "\n".join(map(printed, paragraphs))
    found = [_in_paragraph(one, text) for one in _aligned(page, text)]
    judged = [Judged(one.region, one.number, _truth(text[one.start : one.end])) for one in _parted(found, text)]
    # No house begins a line so; the typesetter of the pages does.
    return [one for one in judged if one.truth and CLOSING.isdisjoint(FORMS.get(one.truth[0], one.truth[0]))]


def _truth(text: str) -> str:
    """What is printed on a line; white behind a dot at its end doesn't tell how wide the dot is."""
    truth = strict(text).strip()
    return truth[:-1] + EITHER["."][0] if truth.endswith((".", "．")) else truth


def _aligned(page: PageReading, text: str) -> Iterator[Found]:
    """Each line with the part of the text it is aligned with; one out of its order with what it is nearest to."""
    folded = fold_with_origin("".join(min(FORMS.get(char, char)) for char in text))
    queries = [
        (number, at, line.text, fold(line.text))
        for number, region in enumerate(page.regions)
        for at, line in enumerate(region.lines)
    ]
    partners, begin = _partners("".join(query for *_, query in queries), folded.text), 0
    for number, at, shown, query in queries:
        places = [partners[spot] for spot in range(begin, begin + len(query)) if spot in partners]
        begin += len(query)
        start, end = (places[0], places[-1] + 1) if places else (0, 0)
        if not _is_near(query, folded.text[start:end]) and len(query) >= SHORTEST:
            nearest = find_infix(query, folded.text)
            start, end = nearest.start, nearest.end
        if end > start and _is_near(query, folded.text[start:end]):
            yield Found(number, at, shown, folded.origin[start], folded.origin[end - 1] + 1)


def _partners(read: str, text: str) -> dict[int, int]:
    """The printed character that each one is aligned with that was read; a page may be cut off."""
    part = find_infix(read, text)
    pairs = {}
    for edit in Levenshtein.opcodes(read, text[part.start : part.end]):
        if edit.tag in ("equal", "replace"):
            sources, targets = range(edit.src_start, edit.src_end), range(edit.dest_start, edit.dest_end)
            pairs.update({source: part.start + target for source, target in zip(sources, targets, strict=True)})
    return pairs


def _is_near(query: str, truth: str) -> bool:
    return Levenshtein.distance(query, truth) <= FARTHEST * len(query)


def _in_paragraph(one: Found, text: str) -> Found:
    """Without the end of the paragraph before, or the beginning of the next."""
    before = text.find("\n", one.start, min(one.end, one.start + MOST_LOST))
    after = text.rfind("\n", max(one.start, one.end - MOST_LOST), one.end)
    start = before + 1 if before >= 0 else one.start
    return msgspec.structs.replace(one, start=start, end=after if after > start else one.end)


def _parted(found: Sequence[Found], text: str) -> list[Found]:
    """The lines with what stands between two of them in the truth, where it suits them best."""
    lines = sorted(found, key=lambda one: one.start)
    for at, (above, below) in enumerate(pairwise([*lines, Found(0, 0, "", len(text), len(text))])):
        above, below = lines[at], below if at + 1 >= len(lines) else lines[at + 1]  # noqa: PLW2901
        if not -MOST_LOST <= below.start - above.end <= MOST_LOST:
            lines[at] = msgspec.structs.replace(above, end=_paragraph_end(text, above.end))
            continue
        low, high = min(above.end, below.start), max(above.end, below.start)
        stop = text.find("\n", low, high + 1)
        cuts = (stop,) if stop >= 0 else range(low, high + 1)
        cut = min(cuts, key=lambda one: (_cost(above, below, one, text), text[one : one + 1] in CLOSING, -one))
        lines[at] = msgspec.structs.replace(above, end=cut)
        if at + 1 < len(lines):
            lines[at + 1] = msgspec.structs.replace(below, start=cut)
    return [one for one in lines if one.end > one.start]


def _cost(above: Found, below: Found, cut: int, text: str) -> int:
    first = distance(above.text, strict(text[above.start : cut]).strip())
    return first + (distance(below.text, strict(text[cut : below.end]).strip()) if below.text else 0)


def _paragraph_end(text: str, end: int) -> int:
    """A paragraph's last marks belong to its last line."""
    stop = text.find("\n", end, end + MOST_LOST)
    return stop if stop >= 0 and all(char in CLOSING for char in text[end:stop]) else end


def lines_of(page: PageReading, judged: Sequence[Judged]) -> Iterator[tuple[Line, str]]:
    """Each judged line as ``page`` has it now, and its truth."""
    for one in judged:
        yield page.regions[one.region].lines[one.number], one.truth
