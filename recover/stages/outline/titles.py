"""Titles of the paper in each language, as drawn or at the end, and the words of headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recover.lexicon.characters import is_han, unaccented
from recover.model.document import Author, Bilingual
from recover.model.flow import Block, Flow
from recover.model.page import Line
from recover.stages.outline.front import is_speck
from recover.stages.outline.particulars import split_authors
from recover.text.join import compose
from recover.text.labels import OPEN_ROLES, find_label
from recover.text.names import are_names
from recover.text.reference_lists import is_list_heading

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
LEAST, MOST, LINES = 4, 40, 4


def title_in_float(flow: Flow) -> tuple[Bilingual, tuple[Author, ...]]:
    """The title and the names drawn into a figure of the first page; empty where none shows one."""
    first = flow.lines[0].page if flow.lines else 0
    for item in flow.floats:
        if item.page != first or item.region.kind != "figure":
            continue
        large = [line for line in item.region.lines if _is_large(line, flow.body_size) and not are_names(line.text)]
        text = "".join(line.text.strip() for line in sorted(large, key=lambda line: line.box.center[1]))
        if 0 < len(large) <= LINES and LEAST <= sum(map(is_han, text)) <= len(text) <= MOST:
            names = [line.text for line in item.region.lines if are_names(line.text)]
            return Bilingual(zh=text), split_authors(names, [])
    return Bilingual(), ()


def _is_large(line: Line, body: float) -> bool:
    # A line that runs down is as wide as its type.
    return min(line.height, line.box.width) / BOX_OVER_TYPE > LARGE * body


# Front matter that stands at the end: the English title, authors and abstract behind the list of references.

# A title stands at most so many blocks above its abstract: authors, affiliations, marks stand between.
REACH = 8
TITLE_SIZE = 1.08
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
            and (_goes_on(blocks[index - 1], blocks[index]) or _keywords_follow(blocks, index))
        ):
            found.add(index)
        else:
            state = ""
    return tuple(sorted(found))


def _role(block: Block) -> str:
    label = find_label(compose(block.pieces).text)
    return label.role if label is not None else ""


def _goes_on(above: Block, block: Block) -> bool:
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
        is_title = block.first.kind == "title" or block.first.size > TITLE_SIZE * flow.body_size
        if is_speck(block, flow):
            continue
        if block.first.kind == "reference" or compose(block.pieces).lang != lang:
            break
        if is_title:
            top = at
        elif top < index:
            break
    return range(top, index)
