"""Front matter: title, authors, abstracts and what else stands before the text, told by label, size and script."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.document import Author, Bilingual, BilingualList, FrontBlock
from recover.model.flow import Block, Flow, Piece
from recover.stages.outline.authors import split_authors, split_keywords
from recover.stages.outline.title_blocks import is_set_large, title_blocks
from recover.text.affiliations import AFFILIATION
from recover.text.compose import compose
from recover.text.cover import cover_field, is_cover_line, is_declaration
from recover.text.labels import Label, find_label
from recover.text.names import are_names
from recover.text.scripts import han_share
from recover.text.simplify import simplified

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
    titles = title_blocks(blocks, flow)
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
        elif _flows_on(state, block, blocks[index - 1], flow):
            role = state
        else:
            role = _unlabelled(text, state)
        roles.append(role)
    return roles


def _flows_on(state: str, block: Block, above: Block, flow: Flow) -> bool:
    """Whether a block without a label is more of the abstract or of the declaration above it."""
    is_declared = state == "declaration" and block.first.page == above.first.page
    return is_declared or (state in FLOWING and not is_set_large(block, flow))


def _labelled(label: Label) -> str:
    if label.role in ("part-zh", "part-en"):
        return f"abstract-{label.role[-2:]}"
    return label.role


def _unlabelled(text: str, state: str) -> str:
    lang = "zh" if han_share(text) > 0.3 else "en"
    field = cover_field(text)
    if field is not None:
        return f"authors-{lang}" if field.role == "author" else "cover"
    if are_names(text):
        return f"authors-{lang}"
    if AFFILIATION.search(simplified(text)):
        return f"affiliation-{lang}"
    if is_cover_line(text):
        return "cover"
    if state.startswith("title") and len(text) < 200:
        return f"authors-{lang}"
    return "other"


def _without_label(block: Block, role: str) -> tuple[Piece, ...]:
    """A block's pieces; a label that the role repeats (摘要, 关键词) is left out, one that says more (目的) stays."""
    text = compose(block.pieces).text
    label, field = find_label(text), cover_field(text)
    if field is not None and role.startswith(("title", "authors")):
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
