"""Front matter: title, authors, abstracts and what else stands before the text, told by label, size and place."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

import msgspec

from recover.lexicon.characters import han_share, is_han, simplified
from recover.model.document import Author, Bilingual, BilingualList, FrontBlock
from recover.model.flow import Block, Flow, Piece
from recover.stages.outline.particulars import split_authors, split_keywords
from recover.text.join import compose
from recover.text.labels import Label, find_label
from recover.text.names import AFFILIATION, are_names, cover_field, is_cover_line, is_declaration
from recover.text.numbering import parse_number
from recover.text.reference_lists import is_known_heading

MIN_TITLE_CHARS = 4
# A title is set larger than the body by this factor, unless the layout network vouches for it.
TITLE_SIZE = 1.1
# Strokes over the text's that make a title's.
BOLD = 1.12
# On worn pages neither the network nor the strokes may show a title; this size alone does.
LARGE_TITLE = 1.15


def title_blocks(blocks: Sequence[Block], flow: Flow) -> set[int]:
    """The title in each language: what a cover names as such, else the largest type, else a line over the names."""
    named = {index for index, block in enumerate(blocks) if _names_title(block)}
    found: set[int] = set()
    for chinese in (True, False):
        of_script = {index for index in named if _is_chinese(blocks[index]) == chinese}
        found |= of_script or _largest(blocks, flow, chinese=chinese)
    found = found or _over_names(blocks)
    is_found = {_is_chinese(blocks[index]) for index in found}
    return found | {at for chinese in {True, False} - is_found for at in _alone_over_names(blocks, chinese=chinese)}


def _is_chinese(block: Block) -> bool:
    return han_share(compose(block.pieces).text) > 0.3


# A raised mark has so many characters, and is smaller than the text by this.
SPECK, SMALL = 2, 0.7


def is_speck(block: Block, flow: Flow) -> bool:
    """Whether a block is no more than a raised mark of the title, read as a line of its own."""
    return len(compose(block.pieces).text.strip()) <= SPECK and block.first.size < SMALL * flow.body_size


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
        if previous in found and all(is_speck(block, flow) for block in blocks[previous + 1 : index]):
            found.add(index)
    end = _subtitle_end(blocks, max(found) + 1)
    return found | set(range(max(found) + 1, end))


def _subtitle_end(blocks: Sequence[Block], below: int) -> int:
    """Where the subtitle that begins right below a title ends: with the lines of its type that full ones go on to."""
    end = below
    while end < len(blocks) and (
        is_subtitle(blocks[end], blocks[end - 1]) or (end > below and _goes_on(blocks[end], blocks[end - 1]))
    ):
        end += 1
    return end


def is_subtitle(block: Block, title: Block) -> bool:
    """Whether a line behind a dash stands under the title on its page, whatever its type."""
    text = compose(block.pieces).text.strip()
    is_short = len(block.pieces) <= MORE_LINES and len(text) <= LONGEST
    return is_short and text.startswith(_DASHES) and block.first.page == title.first.page and text[-1] not in _ENDS


def _goes_on(block: Block, above: Block) -> bool:
    """Whether a line in the middle goes on with the full one of its type above."""
    text = compose(block.pieces).text.strip()
    alike = abs(block.first.size - above.first.size) < 0.1 * above.first.size and block.first.page == above.first.page
    is_plain = not are_names(text) and find_label(text) is None and not is_cover_line(text)
    return alike and is_plain and above.last.rest < SHORT and is_centred(block) and text[-1] not in _ENDS


def _alone_over_names(blocks: Sequence[Block], *, chinese: bool) -> Iterable[int]:
    """A title in plain type in the other language: a line of its own or bold ones right over names in it."""
    for index, (block, below) in enumerate(pairwise(blocks)):
        text = compose(block.pieces).text
        is_one = len(block.pieces) == 1 or (block.first.bold > BOLD and not AFFILIATION.search(text))
        same = _is_chinese(block) == _is_chinese(below) == chinese
        if is_one and same and text[-1:] != "." and may_be_title(block) and are_names(compose(below.pieces).text):
            return (index,)
    return ()


def _is_head(blocks: Sequence[Block]) -> bool:
    """Whether nothing but labelled lines and those of a cover stand here, above a title."""
    texts = [compose(block.pieces).text for block in blocks]
    return all(find_label(text) is not None or is_cover_line(text) for text in texts)


def _over_names(blocks: Sequence[Block]) -> set[int]:
    """A title in plain type: the first line set apart with names, an affiliation or a label below it."""
    for index, block in enumerate(blocks[:-1]):
        is_first = block.last.rest > SHORT and _is_head(blocks[:index])
        is_apart = is_centred(block) or block.first.kind == "title" or is_first
        if not is_apart or not may_be_title(block):
            continue
        end = index + 1
        while end + 1 < len(blocks) and is_more_title(blocks[end], block):
            end += 1
        text = compose(blocks[end].pieces).text
        field = cover_field(text)
        is_over = (
            are_names(text)
            or (field is not None and field.role == "author")
            or bool(AFFILIATION.search(simplified(text)))
            or find_label(text) is not None
        )
        if is_over or blocks[end].first.size < block.first.size:
            return set(range(index, end))
    return set()


def _may_be_title(block: Block, flow: Flow, *, chinese: bool) -> bool:
    text = compose(block.pieces).text
    if (han_share(text) > 0.3) != chinese or len(text) < (MIN_TITLE_CHARS if chinese else 15) or len(text) > 300:
        return False
    is_large = is_set_large(block, flow) or block.first.size > LARGE_TITLE * flow.body_size
    is_other = find_label(text) is not None or is_cover_line(text) or is_declaration(text) or are_names(text)
    return not is_other and (is_large or block.first.kind == "title")


def is_set_large(block: Block, flow: Flow) -> bool:
    """Whether a block is larger than the text, and bold or a title for the layout network."""
    return block.first.size > TITLE_SIZE * flow.body_size and (block.first.kind == "title" or block.first.bold > 1.15)


# The title and what stands with it at the head of a paper that prints no abstract: told by place, type and names.

# A title has so many characters, the least in Chinese and in English, and stands over no more lines.
SHORTEST, SHORTEST_LATIN, LONGEST, LINES = 4, 15, 160, 5
# Type of this size, over the text's, is a title's whatever follows it.
SURE_SIZE = 1.2
# Headings are set smaller than the title: at most this large.
NEARLY = 0.97
# A centred line leaves this much white at both ends, as much at either but for so little, in type sizes.
WHITE, CENTRED = 2.0, 1.5
# The title is among the first blocks of a page.
FIRST = 8
# The first line of a paper may stand at the margin where it leaves this much white behind it.
SHORT = 4.0
# A title goes on over no more blocks; a subtitle begins with one of these.
MORE_LINES = 3
_DASHES = ("——", "—", "一一", "--", "–", "─")
_ENDS = frozenset("。；;，,：:")


def title_at(blocks: Sequence[Block], headings: Container[int], flow: Flow) -> int | None:
    """The block among the first that is the paper's title; None where nothing shows one."""
    lead = [index for index, block in enumerate(blocks[:FIRST]) if block.first.page == blocks[0].first.page]
    for index in lead:
        if is_prose(blocks[index], flow):
            return None
        if may_be_title(blocks[index]) and _is_shown(index, blocks, headings, flow):
            return index
    return None


def may_be_title(block: Block) -> bool:
    """Whether a block's words can be a title: no sentence, names, label, number, nor what covers print beside it."""
    text = compose(block.pieces).text.strip()
    shortest = SHORTEST if han_share(text) > 0.3 else SHORTEST_LATIN
    if not shortest <= len(text) <= LONGEST or len(block.pieces) > LINES or text[-1] in _ENDS:
        return False
    is_other = are_names(text) or is_known_heading(text) or is_cover_line(text)
    return not is_other and find_label(text) is None and parse_number(text) is None


def is_centred(block: Block) -> bool:
    """Whether every line of a block leaves as much white on the left as on the right."""
    lines = [piece.line for piece in block.pieces]
    return all(min(line.indent, line.rest) > WHITE and abs(line.indent - line.rest) < CENTRED for line in lines)


def _is_shown(index: int, blocks: Sequence[Block], headings: Container[int], flow: Flow) -> bool:
    """Whether type, names below, or a heading right below it show that a block is the title."""
    block = blocks[index]
    is_apart = is_centred(block) or block.first.kind == "title"
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    is_followed = after is not None and after.first.page == block.first.page
    is_first = index == 0 and block.last.rest > SHORT
    if (is_apart or is_first) and _leads_to_names(index, blocks):
        return True
    if not _is_largest(index, blocks, headings):
        return False
    if block.first.size > SURE_SIZE * flow.body_size:
        return is_apart
    return is_followed and index in headings and index + 1 in headings and block.first.kind == "title"


def _leads_to_names(index: int, blocks: Sequence[Block]) -> bool:
    """Whether names stand below a block, nothing but more lines of a title between."""
    for below in blocks[index + 1 : index + 1 + MORE_LINES]:
        if below.first.page != blocks[index].first.page:
            return False
        if are_names(compose(below.pieces).text) and below.last.rest > 1:
            return True
        if not is_more_title(below, blocks[index]):
            return False
    return False


def is_more_title(block: Block, title: Block) -> bool:
    """Whether a block goes on with a title: a subtitle behind a dash, or a line set like it."""
    alike = abs(block.first.size - title.first.size) < 0.1 * title.first.size
    is_apart = is_centred(block) or block.first.kind == "title"
    return is_subtitle(block, title) or (is_apart and alike and may_be_title(block))


def _is_largest(index: int, blocks: Sequence[Block], headings: Container[int]) -> bool:
    """Whether no heading behind a block is set as large: what heads a part of a paper is set like other such heads."""
    return all(
        block.first.size < NEARLY * blocks[index].first.size
        for at, block in enumerate(blocks)
        if at > index and at in headings
    )


def is_prose(block: Block, flow: Flow) -> bool:
    """Whether a block is a paragraph of the text."""
    text = compose(block.pieces).text.rstrip()
    is_body = abs(block.first.size - flow.body_size) < 0.1 * flow.body_size
    return (
        is_body and not is_centred(block) and (len(block.pieces) > 1 or len(text) > 30) and text[-1:] in "。.”’；：！？"
    )


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
    roles = _with_abstracts(_roles(blocks, flow), blocks)
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
