"""Front matter: title, authors, abstracts and what else stands before the text, told by label, size and script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from recover.model.document import Author, Bilingual, BilingualList, FrontBlock
from recover.model.flow import Block, Flow, Piece
from recover.stages.outline.masthead import is_centred, may_be_title
from recover.text.affiliations import AFFILIATION
from recover.text.compose import compose
from recover.text.cover import cover_field, is_cover_line, is_declaration
from recover.text.labels import Label, find_label
from recover.text.names import are_names
from recover.text.scripts import han_share, is_han
from recover.text.simplify import simplified

MIN_TITLE_CHARS = 4
# A title is set larger than the body by this factor, unless the layout network vouches for it.
TITLE_SIZE = 1.1
# On worn pages neither the network nor the strokes may show a title; this size alone does.
LARGE_TITLE = 1.15
ABSTRACTS = ("abstract-zh", "abstract-en")
# What a labelled paragraph of the front matter may be followed by without a label of its own.
FLOWING = frozenset(ABSTRACTS)


class Front(msgspec.Struct, frozen=True, kw_only=True):
    """The front matter's blocks in order, and what programs ask for first."""

    blocks: tuple[FrontBlock, ...] = ()
    title: Bilingual = Bilingual()
    authors: tuple[Author, ...] = ()
    abstracts: BilingualList = BilingualList()
    keywords: BilingualList = BilingualList()


def read_front(blocks: Sequence[Block], flow: Flow) -> Front:
    """Roles for the blocks that stand before the text (and for labelled ones that stand after it)."""
    roles = _roles(blocks, flow)
    found: list[FrontBlock] = []
    for block, role in zip(blocks, roles, strict=True):
        pieces = _without_label(block, role)
        if pieces:
            paragraph = compose(pieces)
            if paragraph.text:
                found.append(FrontBlock(role=role, lang=paragraph.lang, paragraph=paragraph))
    return _front(found)


def _roles(blocks: Sequence[Block], flow: Flow) -> list[str]:
    titles = _title_blocks(blocks, flow)
    roles: list[str] = []
    state = "other"
    for index, block in enumerate(blocks):
        text = compose(block.pieces).text
        label = find_label(text)
        if is_declaration(text):
            role = state = "declaration"
        elif index in titles:
            role = state = "title-zh" if han_share(text) > 0.3 else "title-en"
        elif label is not None:
            role = _labelled(label)
            state = role
        elif state == "declaration" and block.first.page == blocks[index - 1].first.page:
            role = state
        elif state in FLOWING and not _is_set_large(block, flow):
            role = state
        else:
            role = _unlabelled(text, state)
        roles.append(role)
    return roles


def _labelled(label: Label) -> str:
    if label.role in ("part-zh", "part-en"):
        return f"abstract-{label.role[-2:]}"
    return label.role


def _unlabelled(text: str, state: str) -> str:
    lang = "zh" if han_share(text) > 0.3 else "en"
    if are_names(text):
        return f"authors-{lang}"
    if AFFILIATION.search(simplified(text)):
        return f"affiliation-{lang}"
    if is_cover_line(text):
        return "cover"
    if state.startswith("title") and len(text) < 200:
        return f"authors-{lang}"
    return "other"


def _title_blocks(blocks: Sequence[Block], flow: Flow) -> set[int]:
    """The title in each language: what a cover names as such, else the largest type, else a line over the names."""
    named = {index for index, block in enumerate(blocks) if _names_title(block)}
    found: set[int] = set()
    for chinese in (True, False):
        of_script = {index for index in named if (han_share(compose(blocks[index].pieces).text) > 0.3) == chinese}
        found |= of_script or _largest(blocks, flow, chinese=chinese)
    return found or _over_names(blocks)


def _names_title(block: Block) -> bool:
    """Whether a cover's field says that a block is the title: 论文题目：…"""
    field = cover_field(compose(block.pieces).text)
    return field is not None and field.role == "title"


def _largest(blocks: Sequence[Block], flow: Flow, *, chinese: bool) -> set[int]:
    """The largest block of a script, and those of the same size that continue it."""
    sized = [(index, block) for index, block in enumerate(blocks) if _may_be_title(block, flow, chinese=chinese)]
    if not sized:
        return set()
    largest = max(block.first.size for _, block in sized)
    best = [index for index, block in sized if block.first.size > 0.88 * largest]
    found = {best[0]}
    for previous, index in pairwise(best):
        if index == previous + 1 and previous in found:
            found.add(index)
    return found


def _over_names(blocks: Sequence[Block]) -> set[int]:
    """A title in plain type: the first line set apart with names, an affiliation or a label below it."""
    for index, (block, below) in enumerate(pairwise(blocks)):
        is_apart = is_centred(block) or block.first.kind == "title"
        text = compose(below.pieces).text
        is_over = are_names(text) or bool(AFFILIATION.search(simplified(text))) or find_label(text) is not None
        if is_apart and may_be_title(block) and (is_over or below.first.size < block.first.size):
            return {index}
    return set()


def _may_be_title(block: Block, flow: Flow, *, chinese: bool) -> bool:
    text = compose(block.pieces).text
    if (han_share(text) > 0.3) != chinese or len(text) < (MIN_TITLE_CHARS if chinese else 15) or len(text) > 300:
        return False
    is_large = _is_set_large(block, flow) or block.first.size > LARGE_TITLE * flow.body_size
    is_other = find_label(text) is not None or is_cover_line(text) or is_declaration(text) or are_names(text)
    return not is_other and (is_large or block.first.kind == "title")


def _is_set_large(block: Block, flow: Flow) -> bool:
    return block.first.size > TITLE_SIZE * flow.body_size and (block.first.kind == "title" or block.first.bold > 1.15)


def _without_label(block: Block, role: str) -> tuple[Piece, ...]:
    """A block's pieces; a label that the role repeats (摘要, 关键词) is left out, one that says more (目的) stays."""
    text = compose(block.pieces).text
    label, field = find_label(text), cover_field(text)
    if field is not None and role.startswith("title"):
        return cut_start(block.pieces, field.end)
    if label is None or label.role not in (*ABSTRACTS, "keywords-zh", "keywords-en") or label.role != role:
        return block.pieces
    return cut_start(block.pieces, label.end)


def cut_start(pieces: Sequence[Piece], length: int) -> tuple[Piece, ...]:
    """Pieces without their first ``length`` characters of composed text (a label on the first line)."""
    first = pieces[0]
    lead = len(first.text) - len(first.text.lstrip())
    start = min(first.end, first.start + lead + length)
    rest = (Piece(first.line, start, first.end),) if start < first.end else ()
    return (*rest, *pieces[1:])


def _front(blocks: Sequence[FrontBlock]) -> Front:
    def texts(role: str) -> tuple[str, ...]:
        return tuple(block.paragraph.text for block in blocks if block.role == role and block.paragraph.text)

    return Front(
        blocks=tuple(blocks),
        title=Bilingual(zh="".join(texts("title-zh")), en=" ".join(texts("title-en"))),
        authors=split_authors(texts("authors-zh"), texts("authors-en")),
        abstracts=BilingualList(zh=texts("abstract-zh"), en=texts("abstract-en")),
        keywords=BilingualList(zh=split_keywords(texts("keywords-zh")), en=split_keywords(texts("keywords-en"))),
    )


def split_keywords(texts: Sequence[str]) -> tuple[str, ...]:
    """Keywords of one or more paragraphs; commas part them only where no semicolon does."""
    joined = ";".join(text.strip().rstrip("。.") for text in texts)
    marks = r"[;；]" if re.search(r"[;；]", joined) else r"[,，、]|\u3000+|\s{2,}"
    return tuple(part.strip(" 。.") for part in re.split(marks, joined) if part.strip(" 。."))


_MARKS = re.compile(
    r"[\d*＊△▲#†‡§①②③④⑤⑥⑦⑧⑨⑩⁎^]+(?:\s*[,，]\s*[\d*＊△▲#†‡§]+)*|[\[\]［］()（）]|\b(?:MD|PhD|Dr|Prof)\b\.?"
)


def split_authors(chinese: Sequence[str], english: Sequence[str]) -> tuple[Author, ...]:
    """Authors as printed, marks of affiliation removed; the English name stands beside where both lists agree."""
    zh = _names("，".join(chinese))
    en = _names(", ".join(english))
    if zh and len(zh) == len(en):
        return tuple(Author(name=name, name_en=other) for name, other in zip(zh, en, strict=True))
    return tuple(Author(name=name) for name in (zh or en))


def _names(text: str) -> list[str]:
    bare = _MARKS.sub("，", text)
    if any(map(is_han, bare)):
        bare = re.sub(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])", "\u3000", bare)
    parts = re.split(r"[,，、;；\u3000]+|\band\b|&", bare)
    names = [part.strip(" .·") for part in parts if part.strip(" .·")]
    return _closed_up(names)


def _closed_up(names: Sequence[str]) -> list[str]:
    """Two-character names are set apart (王 明): single characters that follow each other are one name."""
    closed: list[str] = []
    open_family = False
    for name in names:
        single = len(name) == 1 and is_han(name)
        if single and open_family:
            closed[-1] += name
            open_family = False
        else:
            closed.append(name)
            open_family = single
    return closed
