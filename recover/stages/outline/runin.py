"""Run-in headings: where the title ends and its paragraph begins, seen in the line's white and its strokes."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import msgspec

from recover.lexicon.characters import is_han, is_wide
from recover.model.flow import Block, FlowLine, Piece

# Titles are short; a boundary farther on is a gap in a sentence.
MAX_TITLE = 45
MIN_TITLE = 2
# White that sets a title off, in type sizes, beyond what justification puts between characters.
GAP_EM = 0.55
# Full-width marks have so much white in their own cell, behind their ink.
MARK_WHITE, WIDE_MARKS = 0.5, frozenset("：。．，、；）】」』")
# Strokes of bold type over those of the text that follows.
BOLD = 1.14
# Scores of boundaries that differ by less than this say the same.
NOISE = 0.3
# A title that stands against this many characters of text can be compared by weight.
COMPARED = 12
SENTENCE = frozenset("。；;，,？！?!")
CLOSING = frozenset("。．.：:")
# What goes on behind these is no text of its own.
OPEN = frozenset("、，,；;（(")


class Boundary(msgspec.Struct, frozen=True, kw_only=True):
    """The title's end: piece index and character in that piece, its gap in type sizes and its contrast."""

    piece: int
    at: int
    gap: float
    contrast: float

    @property
    def score(self) -> float:
        visible_gap = 1.6 if self.gap >= GAP_EM else 0.0
        return visible_gap + min(2.4, max(0.0, (self.contrast - 1.0) * 8))


def find_boundary(block: Block, title_start: int, body_size: float) -> Boundary | None:
    """The best place to part a run-in title from its text; None where nothing sets one off."""
    places = [
        (index, at)
        for index, piece in enumerate(block.pieces[:2])
        for at in range(piece.start + (title_start + MIN_TITLE if index == 0 else 0), piece.end)
    ]
    best: Boundary | None = None
    over = False
    for index, at in places[:MAX_TITLE]:
        found = _boundary(block, index, at, title_start, body_size)
        if found is not None and (best is None or _is_better(found, best)):
            best = found
        if over:
            break
        text = block.pieces[index].line.text
        # A title may be closed by a stop or a colon; its text begins behind that.
        over = text[at] in CLOSING and is_han(text[at - 1])
        if text[at] in SENTENCE and not over:
            break
    if best is None or best.score <= 1.0 or _before(block, best.piece, best.at) in OPEN:
        return None
    return best


def _before(block: Block, index: int, at: int) -> str:
    """The character before a place, in the line before where it is a line's first."""
    return block.pieces[index].line.text[at - 1] if at else block.pieces[index - 1].text.rstrip()[-1:] if index else ""


def _is_better(found: Boundary, best: Boundary) -> bool:
    """Whether a later boundary says more; of two without white the later one, for bold type drops once, at its end."""
    if found.gap < GAP_EM and best.gap < GAP_EM:
        return found.score > best.score - NOISE
    return found.score > best.score + 0.01


def _boundary(block: Block, index: int, at: int, title_start: int, body_size: float) -> Boundary | None:
    line = block.pieces[index].line
    before = _before(block, index, at)
    if not _may_begin_text(line.text, at):
        return None
    own = MARK_WHITE if before in WIDE_MARKS else 0.0
    gap = gap_before(line, at) / body_size - _usual_gap(line) / body_size - own
    contrast = _contrast(block, index, at, title_start)
    if gap < GAP_EM and (contrast < BOLD or not _weight_drops_here(block, index, at)):
        return None
    return Boundary(piece=index, at=at, gap=gap, contrast=contrast)


def _may_begin_text(text: str, at: int) -> bool:
    """No sentence begins with a closing mark, nor inside a word."""
    if at <= 0:
        return True
    before, after = text[at - 1], text[at]
    if after.isspace() or after in "。，、；：）)》」』”.,;:!?！？]］%":
        return False
    return not (before.isalnum() and after.isalnum() and not is_wide(before) and not is_wide(after))


def gap_before(line: FlowLine, at: int) -> float:
    """White in points before a character, spaces counted as white."""
    before = at - 1
    while before > 0 and line.text[before].isspace():
        before -= 1
    return line.line.lefts[at] - line.line.rights[before] if before >= 0 else 0.0


def _usual_gap(line: FlowLine) -> float:
    """White between neighbouring Han of the line: what justification put there."""
    text = line.text
    gaps = [
        line.line.lefts[at] - line.line.rights[at - 1]
        for at in range(1, len(text))
        if is_han(text[at]) and is_han(text[at - 1])
    ]
    return statistics.median(gaps) if len(gaps) >= 4 else 0.0


def _weights(piece: Piece, start: int, end: int) -> list[float]:
    letters = zip(piece.line.text[start:end], piece.line.line.weights[start:end], strict=False)
    height = piece.line.line.height
    return [weight * height for char, weight in letters if weight > 0 and is_han(char)]


def latin_weights(pieces: Sequence[Piece]) -> list[float]:
    """The strokes of the letters of Latin, in points."""
    found: list[float] = []
    for piece in pieces:
        letters = zip(piece.text, piece.line.line.weights[piece.start : piece.end], strict=False)
        found += [
            weight * piece.line.line.height
            for char, weight in letters
            if weight > 0 and char.isalpha() and not is_wide(char)
        ]
    return found


def _contrast(block: Block, index: int, at: int, title_start: int) -> float:
    """Median stroke of the title over that of what follows; 1 where there is too little to compare."""
    title: list[float] = []
    for number, piece in enumerate(block.pieces[: index + 1]):
        start = piece.start + (title_start if number == 0 else 0)
        title += _weights(piece, start, at if number == index else piece.end)
    text = _weights(block.pieces[index], at, block.pieces[index].end)
    for piece in block.pieces[index + 1 : index + 3]:
        text += _weights(piece, piece.start, piece.end)
    if len(title) < 2 or len(text) < COMPARED:
        return 1.0
    return statistics.median(title) / max(1e-6, statistics.median(text))


def contrast_at(block: Block, at: int) -> float:
    """Strokes before character ``at`` of the first line over those behind it; 1 where there is too little."""
    return _contrast(block, 0, at, 0)


def _weight_drops_here(block: Block, index: int, at: int) -> bool:
    """Whether the characters just before are bold and those just after are not."""
    piece = block.pieces[index]
    before = _weights(piece, max(piece.start, at - 3), at)
    after = _weights(piece, at, min(piece.end, at + 3))
    return len(before) >= 2 and len(after) >= 2 and min(before) > BOLD * statistics.median(after)
