"""What may be a heading: numbered, known or promised blocks, scored by how they are set."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence

import msgspec

from recover.lexicon.characters import is_han, is_wide
from recover.model.document import Paragraph, Section
from recover.model.flow import Block, Flow, Piece
from recover.model.records import Correction
from recover.stages.outline.runin import BOLD, GAP_EM, MAX_TITLE, Boundary, find_boundary, latin_weights
from recover.text.join import compose
from recover.text.labels import find_label
from recover.text.names import are_names
from recover.text.numbering import Number, parse_number
from recover.text.reference_lists import is_known_heading

# A heading is no smaller than the text but for so much: at 120 dpi short ones in its size measured .89 of it.
SMALLER = 0.87


class Draft:
    """A heading and what has been found under it so far; ``is_list`` where entries of a reference list follow."""

    def __init__(self, number: str, level: int, title: str, start: int, block: Block | None = None) -> None:
        self.number = number
        self.level = level
        self.title = title
        self.start = start
        self.block = block
        self.title_pieces: tuple[Piece, ...] = ()
        self.title_en = ""
        self.title_en_pieces: tuple[Piece, ...] = ()
        # What stood behind the title and is none of it.
        self.speck = ""
        self.is_list = False
        self.is_endnotes = False
        self.is_note = False
        self.paragraphs: list[Paragraph] = []
        self.entries: list[Piece] = []

    def section(self, number: int) -> Section:
        """The section, ``number`` being its place in the document from 1."""
        heading = compose(self.title_pieces) if self.title_pieces else None
        first = self.block.first if self.block else None
        return Section(
            id=f"s{number}",
            number=self.number,
            level=self.level,
            title=self.title,
            title_en=self.title_en,
            page=first.page if first else (self.paragraphs[0].spans[0].page if self.paragraphs else 0),
            paragraphs=tuple(self.paragraphs),
            box=first.to_page.box(first.box).rounded() if first else None,
            title_spans=heading.spans if heading else (),
            title_en_spans=compose(self.title_en_pieces).spans if self.title_en_pieces else (),
        )


# Numbers of headings in the script of their paper: readers take 貳, 參 and 陸 for their simplified forms.

_TRADITIONAL = str.maketrans({"贰": "貳", "参": "參", "陆": "陸"})
WHY = "a paper in traditional characters numbers its headings in them"


def in_script(drafts: Sequence[Draft], *, is_traditional: bool) -> tuple[Correction, ...]:
    """Set the drafts' numbers in traditional characters where the paper is; what was changed."""
    corrections = []
    for draft in drafts if is_traditional else ():
        printed = draft.number.translate(_TRADITIONAL)
        if printed != draft.number:
            first = draft.block.first if draft.block else None
            box = first.to_page.box(first.line.char_box(0, 1)).rounded() if first else None
            page = first.page if first else 0
            evidence = "most characters of the paper are traditional"
            corrections.append(
                Correction(page=page, box=box, was=draft.number, now=printed, why=WHY, evidence=evidence)
            )
            draft.number = printed
    return tuple(corrections)


# Blocks that the contents page names: headings beyond doubt, at the level that it shows.

HEAD_LINES = 3
# A title of the contents is read with no more wrong characters than one in so many.
MISREAD = 8


def promised_levels(blocks: Sequence[Block], flow: Flow) -> dict[int, int]:
    """Levels by block index; every line of the contents names the first block that fits behind the one before."""
    levels: dict[int, int] = {}
    keys = [_block_key(block) for block in blocks]
    at = 0
    for entry in flow.contents:
        wanted = _key(entry.number + entry.title)
        found = next((index for index in range(at, len(keys)) if keys[index] and _is_same(keys[index], wanted)), None)
        if wanted and found is not None:
            levels[found] = entry.level
            at = found + 1
    return levels


def _block_key(block: Block) -> str:
    """What a block is compared by; empty for paragraphs and for labels, which head front matter."""
    text = compose(block.pieces).text
    return _key(text) if len(block.pieces) <= HEAD_LINES and find_label(text) is None else ""


def _key(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _is_same(key: str, wanted: str) -> bool:
    wrong = sum(a != b for a, b in zip(key, wanted, strict=False))
    return len(key) == len(wanted) and wrong * MISREAD <= len(key)


MAX_LINES, MAX_CHARS = 3, 70
# A title is this much larger or heavier than the text; one that the network did not see is both.
LARGE, HEAVY = 1.1, 1.25
TITLE_SIZE, TITLE_WEIGHT = 1.06, 1.4
# A title that it did not see is set as so many are that it saw, in size and weight.
ALIKE, SAME_SIZE, SAME_WEIGHT = 2, 0.06, 0.85
LEAST_SCORE = 0.5
# What dirt beside a heading is read as.
_SPECKS = " \u3000.。·,，'`:：-"
_CERTAIN = frozenset({"part", "chapter", "chapter-section", "formal", "han", "han-bracket"})
# The items of a list are numbered so, and seldom headings.
_LISTED = frozenset({"arabic-bracket", "circled"})
_RUNNING_ON = frozenset("。；;，,、")
_CLAUSES = frozenset("，。；：")
# A number before these is a quantity, and before these classifiers more likely one than a heading's.
_UNIT = re.compile(r"^\s*(?:[%％℃×~～±<>＜＞=＝+]|(?:mg|kg|ml|mL|cm|mm|km|MPa|kPa|Hz|min|h|d|g|m|s)(?![a-zA-Z]))")
_COUNTED = re.compile(r"^\s*[年月日例只个次岁周天种倍万亿名篇型期人组]")


# A title has a word: two Han, or letters that are no names of variables.
_WORD = re.compile(r"[\u3400-\u9fff]{2}|[\u3400-\u9fff]\s[\u3400-\u9fff]|[A-Za-z]{4}|[A-Z]{2}")
_OPERATORS = re.compile(r"[=＝<>＜＞≤≥≠≈√∑∫∏∀∃∈→±∞]")
# A title may name an equation among its words.
_IS_SENTENCE = re.compile(r"[\u3400-\u9fff]{4}")


# A line's type size and weight.
Style = tuple[float, float]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A block that may be a heading: its number, if any, its title's boundary when run in, and its score."""

    index: int
    number: Number | None
    boundary: Boundary | None
    score: float


def find_candidates(blocks: Sequence[Block], flow: Flow) -> tuple[Candidate, ...]:
    """Every block that could be a heading, in order."""
    styles = tuple((block.first.size, block.first.bold) for block in blocks if _is_title_of_one_line(block))
    bold = _set_as_known(blocks, flow.body_size)
    found = (
        _candidate(index, block, flow, styles, is_set_as_known=index in bold) for index, block in enumerate(blocks)
    )
    return tuple(candidate for candidate in found if candidate is not None)


def _is_title_of_one_line(block: Block) -> bool:
    return block.first.kind == "title" and len(block.pieces) == 1 and block.first.bold > TITLE_WEIGHT


def _candidate(
    index: int, block: Block, flow: Flow, styles: Sequence[Style], *, is_set_as_known: bool
) -> Candidate | None:
    text = compose(block.pieces).text
    number = parse_number(text)
    if _is_formula(block, text, number):
        return None
    if number is None:
        score = _unnumbered_score(block, text, flow, styles)
        score = max(score, LEAST_SCORE) if is_set_as_known else score
        if score > 0:
            return Candidate(index=index, number=None, boundary=None, score=score)
        return _unnumbered_run_in(index, block, text, flow)
    title = text[number.end :]
    if not _may_be_title(title):
        return None
    boundary = find_boundary(block, _number_end(block, number), flow.body_size)
    alone = _alone_score(block, title, number, flow)
    if (
        boundary is not None
        and len(text) > MIN_RUN_IN_CHARS
        and not (_is_short(block, text) and _is_plain(block, boundary))
    ):
        return Candidate(
            index=index, number=number, boundary=boundary, score=boundary.score - 1.0 + _number_score(number)
        )
    return Candidate(index=index, number=number, boundary=None, score=alone) if alone > 0 else None


MIN_RUN_IN_CHARS = 12


def _number_end(block: Block, number: Number) -> int:
    """Where the title begins in the first line; composing only ever drops white space before it."""
    first = block.pieces[0]
    lead = len(first.text) - len(first.text.lstrip())
    return lead + number.end


def _is_formula(block: Block, text: str, number: Number | None) -> bool:
    """Whether a block is a piece of a formula: signs of operation, no word, or what stands in a region of formulas."""
    title = text[number.end :] if number is not None else text
    if not _WORD.search(title) or (len(_OPERATORS.findall(title)) and not _IS_SENTENCE.search(title)):
        return True
    is_sure = is_known_heading(text) or (number is not None and (number.scheme in _CERTAIN or number.depth > 1))
    return block.first.kind == "equation" and not is_sure


def _may_be_title(title: str) -> bool:
    stripped = title.strip()
    return bool(re.match(r"[\u3400-\u9fffA-Za-z“\"《(（α-ωΑ-Ω\[]", stripped)) and not _UNIT.match(title)


def _is_short(block: Block, text: str) -> bool:
    return len(block.pieces) <= MAX_LINES and len(text) <= MAX_CHARS and text.rstrip()[-1:] not in _RUNNING_ON | {"."}


def _is_plain(block: Block, boundary: Boundary) -> bool:
    """Whether no clause ends behind the boundary: the white stands before a title's English half."""
    first = block.pieces[boundary.piece].line.text[boundary.at :]
    rest = (piece.text for piece in block.pieces[boundary.piece + 1 :])
    return _CLAUSES.isdisjoint("".join((first, *rest)))


def _number_score(number: Number) -> float:
    # The items of a list are numbered alike: only their type tells headings from them.
    if number.scheme in _LISTED:
        return -0.8
    return 0.6 if number.depth > 1 or number.scheme in _CERTAIN else 0.2


def _alone_score(block: Block, title: str, number: Number, flow: Flow) -> float:
    """How much a block of its own looks like a heading; 0 or less where it does not."""
    if not _is_short(block, title):
        return 0.0
    score = _number_score(number) + _style_score(block, flow) - (1.0 if _COUNTED.match(title) else 0.0)
    score += 0.4 if len(title) <= 25 else -0.3
    score += 0.4 if block.last.rest > 2 else -0.6
    return score


def _style_score(block: Block, flow: Flow) -> float:
    size, bold = block.first.size / flow.body_size, block.first.bold
    score = 1.2 if block.first.kind == "title" else 0.0
    score += 0.9 if size > 1.08 else -2.0 if size < SMALLER else 0.0
    score += min(1.5, max(0.0, (bold - 1.05) * 6)) if bold else 0.0
    return score


def _unnumbered_score(block: Block, text: str, flow: Flow, styles: Sequence[Style]) -> float:
    if is_known_heading(text.strip(_SPECKS)):
        return 1.0 + _style_score(block, flow)
    if not _is_short(block, text) or len(text) < 2 or not any(char.isalpha() for char in text):
        return 0.0
    score = _style_score(block, flow)
    is_set_large = block.first.size > LARGE * flow.body_size or block.first.bold > HEAVY
    if block.first.kind == "title":
        return score - 1.0 if is_set_large else 0.0
    # The network misses titles; type that is both larger and heavier than the text's, or heavy and as large as that of
    # titles it saw, is none of a sentence.
    is_large = block.first.size > TITLE_SIZE * flow.body_size or _is_set_like_titles(block, styles)
    is_title = is_large and block.first.bold > TITLE_WEIGHT and block.last.rest > 2
    return max(score, LEAST_SCORE) if is_title and len(text) <= MAX_TITLE else 0.0


def _is_set_like_titles(block: Block, styles: Sequence[Style]) -> bool:
    """Whether a line of its own has the size and the weight of several titles."""
    size, bold = block.first.size, block.first.bold
    alike = [1 for other, weight in styles if abs(size / other - 1) < SAME_SIZE and bold > SAME_WEIGHT * weight]
    return len(block.pieces) == 1 and is_han(block.pieces[0].text.strip()[:1]) and len(alike) >= ALIKE


# Headings of English papers in the text's own type, told by strokes alone, where the known ones are set so.

# So many known headings stand alone, and their strokes are so much heavier than those of the text below, by the median;
# others nearly as much. Headings in bold measured 1.10 to 1.51 at 150 to 300 dpi, lines of text .89 to .99.
KNOWN, HEAVIER, ALIKE_HEAVY = 2, 1.1, 1.06
# The text below has so many letters, and stands within so many blocks; a heading has this many of its own.
LETTERS, BELOW, OWN = 24, 2, 4
# A heading in the text's type has at most so many characters, and leaves this much white; it begins at the margin or is
# set in as a paragraph is.
MAX_PLAIN, WHITE_BEHIND, SET_IN = 80, 2.0, 2.5


def _set_as_known(blocks: Sequence[Block], body_size: float) -> frozenset[int]:
    """Short lines of Latin that are bold where the paper's known headings are, and stand over text like these."""
    weights = ((index, _weight_over_text(index, blocks, body_size)) for index in range(len(blocks)))
    heads = {index: over for index, over in weights if over is not None}
    known = [over for index, over in heads.items() if is_known_heading(compose(blocks[index].pieces).text)]
    if len(known) < KNOWN or statistics.median(known) < HEAVIER:
        return frozenset()
    first = next(index for index in heads if is_known_heading(compose(blocks[index].pieces).text))
    return frozenset(index for index, over in heads.items() if index > first and over >= ALIKE_HEAVY)


def _weight_over_text(index: int, blocks: Sequence[Block], body_size: float) -> float | None:
    """The strokes of a short line over those of the text below; None where it is no such line or none is below."""
    block = blocks[index]
    text = compose(block.pieces).text.strip()
    is_short = len(block.pieces) == 1 and OWN <= len(text) <= MAX_PLAIN and block.last.rest > WHITE_BEHIND
    is_title = text[:1].isupper() and text[-1:].isalnum() and not any(map(is_wide, text)) and _WORD.search(text)
    is_set_in = block.first.indent > SET_IN
    is_other = not is_known_heading(text) and (is_set_in or find_label(text) is not None or are_names(text))
    if not is_short or not is_title or is_other:
        return None
    own = latin_weights(block.pieces)
    for below in blocks[index + 1 : index + 1 + BELOW]:
        under = latin_weights(below.pieces[:3])
        # Small type is thin, whatever stands above it.
        if len(under) >= LETTERS and len(own) >= OWN and below.first.size > SMALLER * body_size:
            return statistics.median(own) / max(1e-6, statistics.median(under))
    return None


def _unnumbered_run_in(index: int, block: Block, text: str, flow: Flow) -> Candidate | None:
    """A bold title at the start of a paragraph, set off by white; papers without any numbers have such headings."""
    if len(text) <= MIN_RUN_IN_CHARS or find_label(text) is not None or not is_han(text.lstrip()[:1]):
        return None
    boundary = find_boundary(block, 0, flow.body_size)
    if boundary is None or boundary.piece or boundary.gap < GAP_EM or boundary.contrast < BOLD:
        return None
    return Candidate(index=index, number=None, boundary=boundary, score=boundary.score - 1.0)
