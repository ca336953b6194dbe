"""Titles of the paper in each language, set large, in plain type over names, drawn or at the end; words of headings."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

from recover.lexicon.characters import han_share, is_han, simplified, unaccented
from recover.model.document import Author, Bilingual
from recover.model.flow import Block, Flow
from recover.model.page import Line
from recover.stages.outline.particulars import split_authors
from recover.text.join import compose
from recover.text.labels import OPEN_ROLES, find_label
from recover.text.names import AFFILIATION, are_names, cover_field, is_cover_line, is_declaration, names_end
from recover.text.numbering import parse_number
from recover.text.reference_lists import is_known_heading, is_list_heading

_TWIN = re.compile(r"^(?P<zh>.*[\u3400-\u9fff）)”》])\s*(?P<en>[A-Z][A-Za-z][A-Za-z0-9 ,，'’:&()/\-]*)$")
# 参考文献 (References): brackets part the halves of a known heading; in any other they hold a part of it.
_BRACKETED = re.compile(r"^(?P<zh>.*[\u3400-\u9fff])\s*[(（]\s*(?P<en>[A-Za-z ]+?)\s*[)）]\s*$")
# The frame of a list's heading, and a title of a few characters set apart.
_FRAME = " \u3000[]【】〔〕［］"
_SPACED = re.compile(r"^[\u3400-\u9fff](?:[ \u3000]+[\u3400-\u9fff]){1,4}$")
_WORD = re.compile(r"[a-z]{3,}")


def _closed_up(title: str) -> str:
    """A short title whose characters are set apart (结　论), without the white between them."""
    return "".join(title.split()) if _SPACED.match(title) else title


def split_title(title: str) -> tuple[str, str]:
    """Title and English title; a Latin name that ends a Chinese title is no translation of it."""
    # Recognition adds accents: ``Refęrences``.
    if is_list_heading(title):
        title = _BRACKETED.sub(r"\g<zh> \g<en>", unaccented(title).strip(_FRAME))
    title = _closed_up(title.strip().strip(":：").strip())
    match = _TWIN.match(title)
    if match and _WORD.search(match.group("en")) and any(map(is_han, match.group("zh"))):
        return match.group("zh").rstrip(" |｜/"), match.group("en").strip()
    return title, ""


# A title that the layout network took for a picture: large type with an ornament around it, on the first page.

# Type of this size over the text's is a title's; a line's box is so much higher than its type.
LARGE, BOX_OVER_TYPE = 1.5, 1.15
# A title has so many Chinese characters, and stands over no more lines.
LEAST, MOST, DRAWN_LINES = 4, 40, 4


def title_in_float(flow: Flow) -> tuple[Bilingual, tuple[Author, ...]]:
    """The title and the names drawn into a figure of the first page; empty where none shows one."""
    first = flow.lines[0].page if flow.lines else 0
    for item in flow.floats:
        if item.page != first or item.region.kind != "figure":
            continue
        large = [line for line in item.region.lines if _is_large(line, flow.body_size) and not are_names(line.text)]
        text = "".join(line.text.strip() for line in sorted(large, key=lambda line: line.box.center[1]))
        if 0 < len(large) <= DRAWN_LINES and LEAST <= sum(map(is_han, text)) <= len(text) <= MOST:
            names = [line.text for line in item.region.lines if are_names(line.text)]
            return Bilingual(zh=text), split_authors(names, [])
    return Bilingual(), ()


def _is_large(line: Line, body: float) -> bool:
    # A line that runs down is as wide as its type.
    return min(line.height, line.box.width) / BOX_OVER_TYPE > LARGE * body


# Front matter that stands at the end: the English title, authors and abstract behind the list of references.

# A title stands at most so many blocks above its abstract: authors, affiliations, marks stand between.
REACH = 8
LATE_TITLE_SIZE = 1.08
_ABSTRACTS = frozenset({"abstract-zh", "abstract-en"})
_KEYWORDS = frozenset({"keywords-zh", "keywords-en"})


def late_front(blocks: Sequence[Block], body: int, flow: Flow) -> tuple[int, ...]:
    """Indexes from ``body`` on that are front matter, in order."""
    found: set[int] = set()
    state = ""
    for index in range(body, len(blocks)):
        role = _role(blocks[index])
        if role in OPEN_ROLES:
            found.add(index)
            found.update(_above(blocks, index, body, flow) if role in _ABSTRACTS else ())
            state = role
        elif (
            state in _ABSTRACTS
            and role in ("part-zh", "part-en", "")
            and (_goes_on_below(blocks[index - 1], blocks[index]) or _keywords_follow(blocks, index))
        ):
            found.add(index)
        else:
            state = ""
    return tuple(sorted(found))


def _role(block: Block) -> str:
    label = find_label(compose(block.pieces).text)
    return label.role if label is not None else ""


def _goes_on_below(above: Block, block: Block) -> bool:
    """Whether a block is set like the abstract's paragraph above it."""
    alike = abs(above.first.size - block.first.size) < 0.08 * above.first.size
    same = compose(above.pieces).lang == compose(block.pieces).lang
    return alike and same and block.first.kind not in ("reference", "title")


def _keywords_follow(blocks: Sequence[Block], index: int) -> bool:
    """Whether the keywords stand a few blocks below, nothing but text of one language before them."""
    lang = compose(blocks[index].pieces).lang
    for block in blocks[index : index + REACH]:
        if _role(block) in _KEYWORDS:
            return True
        if block.first.kind in ("reference", "title") or compose(block.pieces).lang != lang:
            return False
    return False


def _above(blocks: Sequence[Block], index: int, body: int, flow: Flow) -> range:
    """The title over an abstract and what stands between them; empty where no title does."""
    lang = compose(blocks[index].pieces).lang
    top = index
    for at in range(index - 1, max(body, index - REACH) - 1, -1):
        block = blocks[at]
        is_title = block.first.kind == "title" or block.first.size > LATE_TITLE_SIZE * flow.body_size
        if is_speck(block, flow):
            continue
        if block.first.kind == "reference" or compose(block.pieces).lang != lang:
            break
        if is_title:
            top = at
        elif top < index:
            break
    return range(top, index)


# Which blocks are the title: the largest type, or what stands over names.

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
        is_shown = block.first.bold > BOLD or _is_wrapped_in_middle(block)
        is_one = len(block.pieces) == 1 or (is_shown and not AFFILIATION.search(text))
        same = _is_chinese(block) == _is_chinese(below) == chinese
        if is_one and same and text[-1:] != "." and may_be_title(block) and _begins_with_names(below):
            return (index,)
    return ()


def _is_wrapped_in_middle(block: Block) -> bool:
    """Whether a block's last line stands in the middle under full ones: a heading's lines do, a paragraph's don't."""
    last = block.last
    return len(block.pieces) > 1 and min(last.indent, last.rest) > WHITE and abs(last.indent - last.rest) < CENTRED


def _begins_with_names(block: Block) -> bool:
    text = compose(block.pieces).text
    return are_names(text) or names_end(text) is not None


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
