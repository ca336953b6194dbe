"""Front matter: title, authors, abstracts and what else stands before the text, told by label, size and place."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.lexicon.characters import han_share, is_han, simplified
from recover.model.document import Author, Bilingual, BilingualList, FrontBlock
from recover.model.flow import Block, Flow, Piece
from recover.stages.outline.particulars import split_authors, split_keywords
from recover.stages.outline.titles import is_set_large, is_speck, title_blocks
from recover.text.join import compose
from recover.text.labels import Label, find_label
from recover.text.names import AFFILIATION, are_names, cover_field, is_cover_line, is_declaration, names_end

# Behind a title they call a note: of funding, of a translation.
NOTE_MARKS = " *＊∗†‡※①②③"
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
    blocks = [part for block in blocks for part in _names_apart(block)]
    roles = _with_abstracts(_roles(blocks, flow), blocks)
    found: list[FrontBlock] = []
    for block, role in zip(blocks, roles, strict=True):
        pieces = _without_label(block, role)
        if pieces:
            paragraph = compose(pieces)
            if paragraph.text:
                found.append(FrontBlock(role=role, lang=paragraph.lang, paragraph=paragraph))
    return _front(found)


def _names_apart(block: Block) -> tuple[Block, ...]:
    """A block that begins with names and goes on with where they work, in brackets, as two."""
    first, *rest = block.pieces
    end = names_end(first.text)
    if end is None:
        return (block,)
    names, where = Piece(first.line, first.start, first.start + end), Piece(first.line, first.start + end, first.end)
    return Block(pieces=(names,)), Block(pieces=(where, *rest))


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
            role = state = _labelled(label)
        elif is_speck(block, flow):
            role = "other"
        elif _flows_on(state, block, blocks[index - 1], flow):
            role = state
        else:
            role = _unlabelled(text, state)
            # Names stand over what says where they work: behind that, a line without a label is none.
            state = role if role.startswith("affiliation") and state.startswith("title") else state
        roles.append(role)
    return roles


# An abstract without a label is a paragraph of so many characters that ends as sentences do.
ABSTRACT, SENTENCE_ENDS = 60, "。.．"


def _with_abstracts(roles: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """The roles, with the abstracts that no label announces: paragraphs right above the keywords of their language."""
    told = list(roles)
    for lang in ("zh", "en"):
        above = roles.index(f"keywords-{lang}") - 1 if f"keywords-{lang}" in roles else -1
        if f"abstract-{lang}" in roles:
            continue
        while above >= 0 and roles[above] in ("other", f"affiliation-{lang}") and _is_paragraph(blocks[above], lang):
            told[above] = f"abstract-{lang}"
            above -= 1
    return told


def _is_paragraph(block: Block, lang: str) -> bool:
    paragraph = compose(block.pieces)
    text = paragraph.text.rstrip()
    return paragraph.lang == lang and len(text) > ABSTRACT and text[-1:] in SENTENCE_ENDS


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
        # One name in Han among foreign ones is of the Chinese list.
        return "authors-zh" if any(map(is_han, text)) else "authors-en"
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


def _from_names(texts: Sequence[str]) -> Sequence[str]:
    """The lines below a title from the first one that holds names: a subtitle may stand above it."""
    first = next((at for at, text in enumerate(texts) if are_names(text)), 0)
    return texts[first:]


def _front(blocks: Sequence[FrontBlock]) -> Front:
    def texts(role: str) -> tuple[str, ...]:
        return tuple(block.paragraph.text for block in blocks if block.role == role and block.paragraph.text)

    return Front(
        blocks=tuple(blocks),
        title=Bilingual(
            zh="".join(texts("title-zh")).rstrip(NOTE_MARKS), en=" ".join(texts("title-en")).rstrip(NOTE_MARKS)
        ),
        authors=split_authors(_from_names(texts("authors-zh")), _from_names(texts("authors-en"))),
        abstracts=BilingualList(zh=texts("abstract-zh"), en=texts("abstract-en")),
        keywords=BilingualList(zh=split_keywords(texts("keywords-zh")), en=split_keywords(texts("keywords-en"))),
    )
