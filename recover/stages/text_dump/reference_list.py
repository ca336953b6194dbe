"""The reference list in a dump: where it stands and its entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

import msgspec

from recover.stages.references.entries import Entry, EntryLine, begin_scores, last_field, split_entries
from recover.stages.references.preparation import leading_number
from recover.stages.text_dump.entry_columns import Seam, is_interleaved, part
from recover.stages.text_dump.lines import DumpLine
from recover.text.reference_lists import is_list_heading

_INNER = re.compile(r"(?<=\S)\s+[\[［]\s?(\d{1,3})\s?[\]］]\s+(?=[A-Z\u4e00-\u9fff])")
_LEADING = re.compile(r"^\s*(?:[\[［]\s?\d{1,3}\s?[\]］1)|]|[(（]\s?\d{1,3}\s?[\]］])\s*(?=$|[A-Z\u4e00-\u9fff\[［])")
# Entries run over a dozen lines at most; numbers farther apart than this are no one list.
_FARTHEST = 30
_SCRAP_CHARS = 12
# Under its heading a list goes on past gaps in the numbers as long as this share of the lines is language.
_MOSTLY = 0.8
_PAGE = re.compile(r"^[A-Za-z]{0,4}\d[\d\-–.e]*$")


class Bibliography(msgspec.Struct, frozen=True, kw_only=True):
    """The entries; which of the dump's lines they took whole; what stood on their lines and is none of theirs."""

    entries: tuple[Entry, ...]
    taken: frozenset[int] = frozenset()
    heading: int | None = None
    left_over: tuple[str, ...] = ()


def find_bibliography(lines: Sequence[DumpLine]) -> Bibliography:
    """The list among ``lines`` (furniture already gone); none gives no entries."""
    begin, end = _region(lines)
    if begin == end:
        return Bibliography(entries=())
    texts: list[EntryLine] = []
    left_over: list[str] = []
    heading = None
    for _, page in groupby(lines[begin:end], key=lambda line: line.page):
        stretch = list(page)
        found, rest, head = _page_lines(stretch)
        heading = head if head is not None else heading
        texts += found
        left_over += rest
    texts, scraps = _without_scraps(texts)
    taken = frozenset(line.index for line in lines[begin:end])
    return Bibliography(entries=split_entries(texts), taken=taken, heading=heading, left_over=(*left_over, *scraps))


def _region(lines: Sequence[DumpLine]) -> tuple[int, int]:
    """The stretch of lines with the most entry numbers, from its heading on, to the end of its last entry."""
    marked = [i for i, line in enumerate(lines) if _LEADING.match(line.text) or _INNER.search(line.text)]
    clusters: list[list[int]] = []
    for position in marked:
        if clusters and position - clusters[-1][-1] <= _FARTHEST:
            clusters[-1].append(position)
        else:
            clusters.append([position])
    heading = next((i for i in range(len(lines) - 1, -1, -1) if is_list_heading(lines[i].text)), None)
    best = max(clusters, key=len, default=[])
    if len(best) < 3:
        return (heading, len(lines)) if heading is not None else (0, 0)
    begin = best[0]
    if heading is None or heading > begin:
        return begin, _last(lines, best[-1])
    under = [position for position in marked if position > heading]
    if _legible_share(lines[heading : under[-1] + 1]) >= _MOSTLY:
        return heading, _last(lines, under[-1])
    return (heading if begin - heading <= _FARTHEST else begin), _last(lines, best[-1])


def _legible_share(lines: Sequence[DumpLine]) -> float:
    return sum(line.legible.is_legible for line in lines) / len(lines)


def _last(lines: Sequence[DumpLine], marked: int) -> int:
    """The list runs on as long as lines are legible, for entries whose numbers stand in a block come after it."""
    end = marked + 1
    misses = 0
    for position in range(marked + 1, len(lines)):
        misses = 0 if lines[position].legible.is_legible else misses + 1
        if misses > 2:
            break
        end = position + 1 if misses == 0 else end
    return end


def _page_lines(page: list[DumpLine]) -> tuple[list[EntryLine], list[str], int | None]:
    heading = next((i for i, line in enumerate(page) if is_list_heading(line.text)), None)
    if not is_interleaved([line.text for line in page]):
        body = page[heading + 1 :] if heading is not None else page
        rest = [line.text for line in page[: heading or 0]]
        texts = [_entry_line(line, text) for line, text in pair_numbers(body)]
        return texts, rest, page[heading].index if heading is not None else None
    return _two_columns(page)


def _two_columns(page: list[DumpLine]) -> tuple[list[EntryLine], list[str], int | None]:
    """Left column first; what stands there above the list's heading or first number is the body's."""
    seams = part([line.text for line in page])
    heading = next((i for i, seam in enumerate(seams) if is_list_heading(seam.left)), None)
    begin = heading + 1 if heading is not None else _first_left(seams)
    rest = [seam.left for seam in seams[: begin - (heading is not None)] if seam.left]
    left = [_entry_line(page[i], seams[i].left, 0) for i in range(begin, len(seams)) if seams[i].left]
    right = [_entry_line(page[i], seam.right, 1) for i, seam in enumerate(seams) if seam.right]
    return left + right, rest, page[heading].index if heading is not None else None


def _first_left(seams: Sequence[Seam]) -> int:
    """Without a heading the column begins with the list, unless what precedes the first number is no language."""
    first = next((i for i, seam in enumerate(seams) if leading_number(seam.left)[0]), 0)
    return 0 if any(seam.left.rstrip().endswith(".") for seam in seams[:first]) else first


def _entry_line(line: DumpLine, text: str, column: int = 0) -> EntryLine:
    return EntryLine(text=text, column=column, page=line.page, indent=None)


def _without_scraps(texts: list[EntryLine]) -> tuple[list[EntryLine], list[str]]:
    """Lines that follow a complete entry and open none, or that are a few signs of nonsense, are not the list's."""
    kept: list[EntryLine] = []
    scraps: list[str] = []
    entry = ""
    for line in texts:
        starts = bool(_LEADING.match(line.text) or leading_number(line.text)[0])
        if not starts and entry and _is_scrap(line.text, entry):
            scraps.append(line.text)
            continue
        entry = line.text if starts else f"{entry} {line.text}"
        kept.append(line)
    return kept, scraps


def _is_scrap(text: str, entry: str) -> bool:
    from recover.text.legible import legibility  # noqa: PLC0415 - only dumps with scraps need its word lists

    is_complete = entry.rstrip().endswith((".", ",", "．", "。")) and last_field(entry) == "P"
    if is_complete and (len(text) > 6 or text.isdigit()):
        return True
    return 4 < len(text) < _SCRAP_CHARS and not _PAGE.match(text) and legibility(text).score < 0.3


# Entry numbers that the dump prints in a block of their own, given back to their entries.

_BARE = re.compile(r"^(?:[\[［【(（]\s?\d{1,3}\s?[\]］】)）|J1]?\s*)+$")
_EACH = re.compile(r"[\[［【(（]\s?(\d{1,3})\s?[\]］】)）|J1]?")
# A blank line above makes a beginning likelier; dumps set one between paragraphs as often as not.
_BLANK = 0.4


class _Block(msgspec.Struct, frozen=True):
    """Lines ``begin`` to ``end`` hold nothing but ``numbers``."""

    begin: int
    end: int
    numbers: tuple[int, ...]


def pair_numbers(lines: Sequence[DumpLine]) -> list[tuple[DumpLine, str]]:
    """The lines with their text, the numbers of a block set before the entries they belong to."""
    blocks = _blocks(lines)
    if not blocks:
        return [(line, line.text) for line in lines]
    runs = _runs(lines, blocks)
    numbers = _follow(lines, blocks, runs) or {index + 1: block.numbers for index, block in enumerate(blocks)}
    paired: list[tuple[DumpLine, str]] = []
    for index, (begin, end) in enumerate(runs):
        stop = _unnumbered_end(lines, begin, end)
        paired.extend(_give(numbers.get(index, ()), lines[begin:stop]))
        paired.extend((line, line.text) for line in lines[stop:end])
    return paired


def _blocks(lines: Sequence[DumpLine]) -> list[_Block]:
    """Blocks of two numbers and more; a number alone may stand before its own entry."""
    blocks = []
    position = 0
    while position < len(lines):
        end = _block_end(lines, position)
        numbers = tuple(_numbers(lines[position:end]))
        if len(numbers) > 1:
            blocks.append(_Block(position, end, numbers))
        position = max(end, position + 1)
    return blocks


def _runs(lines: Sequence[DumpLine], blocks: Sequence[_Block]) -> list[tuple[int, int]]:
    """What stands before, between and after the blocks."""
    begins = [0, *(block.end for block in blocks)]
    ends = [*(block.begin for block in blocks), len(lines)]
    return list(zip(begins, ends, strict=True))


def _follow(
    lines: Sequence[DumpLine], blocks: Sequence[_Block], runs: Sequence[tuple[int, int]]
) -> dict[int, tuple[int, ...]] | None:
    """The blocks' numbers by run where every block follows its entries; None where they fit better ahead of them."""
    if any(_unnumbered_end(lines, begin, end) < end for begin, end in runs[:-1]):
        return None
    found = [_count_begins(lines[begin : _unnumbered_end(lines, begin, end)]) for begin, end in runs]
    wanted = [len(block.numbers) for block in blocks]
    ahead = found[0] + sum(abs(a - b) for a, b in zip(found[1:], wanted, strict=True))
    behind = found[-1] + sum(abs(a - b) for a, b in zip(found[:-1], wanted, strict=True))
    return {index: block.numbers for index, block in enumerate(blocks)} if behind < ahead else None


def _block_end(lines: Sequence[DumpLine], begin: int) -> int:
    end = begin
    while end < len(lines) and _BARE.match(lines[end].text):
        end += 1
    return end


def _numbers(lines: Sequence[DumpLine]) -> list[int]:
    return [int(number) for line in lines for number in _EACH.findall(line.text)]


def _unnumbered_end(lines: Sequence[DumpLine], begin: int, end: int) -> int:
    """Up to the first line that has its own number."""
    for position in range(begin, end):
        text = lines[position].text
        if leading_number(text)[0] and text.lstrip()[:1] in "[［(":
            return position
    return end


def _begin_scores(lines: Sequence[DumpLine]) -> list[tuple[float, int]]:
    """How much each line but the first looks like an entry's first."""
    scores = begin_scores([(below.text, above.text) for above, below in pairwise(lines)])
    return [
        (score + _BLANK * (line.blanks_above > 0), index)
        for index, (score, line) in enumerate(zip(scores, lines[1:], strict=True), 1)
    ]


def _count_begins(lines: Sequence[DumpLine]) -> int:
    return bool(lines) + sum(score > 0 for score, _ in _begin_scores(lines))


def _give(numbers: Sequence[int], lines: Sequence[DumpLine]) -> list[tuple[DumpLine, str]]:
    """The best beginnings among ``lines``, one a number, in order; the first line always begins an entry."""
    if not numbers:
        return [(line, line.text) for line in lines]
    likeliest = sorted(_begin_scores(lines), key=lambda item: (-item[0], item[1]))[: len(numbers) - 1]
    begins = [0, *sorted(index for score, index in likeliest if score > 0)]
    given = dict(zip(begins, numbers, strict=False))
    return [(line, f"[{given[i]}] {line.text}" if i in given else line.text) for i, line in enumerate(lines)]
