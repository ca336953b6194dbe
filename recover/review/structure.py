"""Changes of the structure and of how characters are set: order, roles, merged and split blocks, marks."""

from __future__ import annotations

import re

import msgspec

from recover.model.document import Span
from recover.review.from_document import name_of
from recover.review.log import Misfit
from recover.review.marks import between, moved
from recover.review.references import joined_reference, parted_reference
from recover.review.working_copy import Block, WorkingCopy
from recover.text.join import separator

MERGING = ("paragraph", "reference", "front")
# What stays what it is, whatever a person calls it.
FIXED = ("table", "figure", "cell", "reference", "note", "formula")
PLAIN_ROLES = ("paragraph", "furniture", "front")


def move(sheet: WorkingCopy, block: Block, after: str) -> WorkingCopy:
    """The block (a heading alone, without its section) behind the block ``after``; first when that is empty."""
    if after and after not in sheet.order:
        raise Misfit("the block to stand behind is not there any more")
    order = [key for key in sheet.order if key != block.id]
    index = order.index(after) + 1 if after and after != block.id else 0
    if after == block.id:
        return sheet
    return sheet.with_order((*order[:index], block.id, *order[index:]))


def set_role(sheet: WorkingCopy, block: Block, role: str) -> WorkingCopy:
    """What the block is: ``paragraph``, ``heading:2``, ``furniture``, ``front:title-zh``, ``caption:t1``."""
    kind, _, detail = role.partition(":")
    if block.kind in FIXED:
        raise Misfit(f"a {block.kind} stays what it is")
    if kind == "heading" and re.fullmatch("[1-6]", detail):
        return sheet.with_block(msgspec.structs.replace(block, kind="heading", level=int(detail)))
    if kind == "caption" and detail in sheet.blocks:
        return _caption(sheet, block, sheet.blocks[detail])
    if kind == "furniture":
        return sheet.with_block(msgspec.structs.replace(block, kind="furniture", role="person"))
    if kind == "front" and detail:
        return sheet.with_block(msgspec.structs.replace(block, kind="front", role=detail))
    if kind == "paragraph":
        return sheet.with_block(msgspec.structs.replace(block, kind="paragraph", level=0))
    raise Misfit(f"there is no role {role}")


def _caption(sheet: WorkingCopy, block: Block, item: Block) -> WorkingCopy:
    """The block's text becomes the caption of a figure or table, and the block goes."""
    captioned = msgspec.structs.replace(item, text=block.text, spans=block.spans, marks=block.marks)
    return without(sheet.with_block(captioned), block.id)


def without(sheet: WorkingCopy, key: str) -> WorkingCopy:
    """The sheet without a block."""
    return sheet.with_order(other for other in sheet.order if other != key)


def merge(sheet: WorkingCopy, block: Block, other: Block) -> WorkingCopy:
    """The other block's text at the end of this one's."""
    if block.kind != other.kind or block.kind not in MERGING or block.id == other.id:
        raise Misfit(f"a {block.kind} and a {other.kind} don't merge")
    between = separator(block.text, other.text)
    shift = len(block.text) + len(between)
    joined = msgspec.structs.replace(
        block,
        text=block.text + between + other.text,
        spans=(*block.spans, *(_shifted(span, shift) for span in other.spans)),
        marks=(*block.marks, *moved(other.marks, shift)),
    )
    if block.kind == "reference":
        joined = joined_reference(joined)
    return without(sheet.with_block(joined), other.id)


def _shifted(span: Span, shift: int) -> Span:
    return msgspec.structs.replace(span, start=span.start + shift, end=span.end + shift)


def split(sheet: WorkingCopy, block: Block, at: int) -> WorkingCopy:
    """Two blocks of one, the second beginning at ``at``."""
    head, tail = block.text[:at].rstrip(), block.text[at:].lstrip()
    if block.kind not in MERGING or not head or not tail:
        raise Misfit("there is nothing to split")
    begin = len(block.text) - len(tail)
    marks = between(block.marks, 0, len(head))
    first = msgspec.structs.replace(block, text=head, spans=_between(block.spans, 0, len(head)), marks=marks)
    spans = _between(block.spans, begin, len(block.text))
    key = name_of(spans, f"{block.id}+{begin}")
    second = msgspec.structs.replace(
        block,
        id=key if key not in sheet.order else f"{block.id}+{begin}",
        text=tail,
        spans=spans,
        marks=between(block.marks, begin, len(block.text)),
        page=spans[0].page if spans else block.page,
        source=None,
    )
    if block.kind == "reference":
        first, second = joined_reference(first), parted_reference(second)
    index = sheet.order.index(block.id) + 1
    order = (*sheet.order[:index], second.id, *sheet.order[index:])
    return sheet.with_block(first, second).with_order(order)


def _between(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The spans of ``text[start:end]``, counted from its beginning."""
    return tuple(
        msgspec.structs.replace(
            span,
            start=max(span.start, start) - start,
            end=min(span.end, end) - start,
            at=span.at + max(0, start - span.start),
        )
        for span in spans
        if max(span.start, start) < min(span.end, end)
    )
