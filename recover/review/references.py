"""A reference under a person's hands: its fields as text, and what a corrected string changes in them."""

from __future__ import annotations

import re

import msgspec

from recover.model.csl import CslDate, CslItem, CslName
from recover.model.document import Repair
from recover.review.log import Misfit
from recover.review.working_copy import Block, WorkingCopy
from recover.stages.references.parse import parse_reference
from recover.stages.references.preparation import leading_number

NAMES = ("author", "editor", "translator")
DATES = ("issued", "accessed")
FIELDS = (
    "type",
    "author",
    "title",
    "container_title",
    "issued",
    "volume",
    "issue",
    "page",
    "publisher",
    "publisher_place",
    "edition",
    "DOI",
    "PMID",
    "URL",
    "editor",
    "translator",
    "genre",
    "note",
    "language",
)


def field_text(csl: CslItem, field: str) -> str:
    """A field as a person edits it: names as ``Family, Given; …``, dates as ``2017-03``."""
    value = getattr(csl, field)
    if field in NAMES:
        return "; ".join(_name_text(name) for name in value)
    if field in DATES:
        return _date_text(value)
    return str(value)


def _name_text(name: CslName) -> str:
    if name.literal:
        return f"{{{name.literal}}}"
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    return ", ".join(part for part in (family, name.given, name.suffix) if part)


def _date_text(date: CslDate | None) -> str:
    if date is None:
        return ""
    return date.literal or "/".join("-".join(f"{part:02d}" for part in parts) for parts in date.date_parts)


def with_field(csl: CslItem, field: str, text: str) -> CslItem:
    """The item with a field as a person wrote it; raises Misfit for a field there is none of."""
    if field not in FIELDS:
        raise Misfit(f"a reference has no field {field}")
    if field in NAMES:
        return msgspec.structs.replace(csl, **{field: _names(text)})
    if field in DATES:
        return msgspec.structs.replace(csl, **{field: _date(text)})
    return msgspec.structs.replace(csl, **{field: text.strip()})


def _names(text: str) -> tuple[CslName, ...]:
    return tuple(_name(part.strip()) for part in re.split("[;；]", text) if part.strip())


def _name(text: str) -> CslName:
    if text.startswith("{") and text.endswith("}"):
        return CslName(literal=text[1:-1])
    parts = [part.strip() for part in re.split("[,，]", text, maxsplit=2)]
    family, given, suffix = (*parts, "", "")[:3]
    return CslName(family=family, given=given, suffix=suffix)


def _date(text: str) -> CslDate | None:
    text = text.strip()
    if not text:
        return None
    parts = [part.strip().split("-") for part in text.split("/")]
    if all(number.isdecimal() for part in parts for number in part):
        return CslDate(date_parts=tuple(tuple(map(int, part)) for part in parts))
    return CslDate(literal=text)


def set_field(sheet: WorkingCopy, block: Block, field: str, now: str) -> WorkingCopy:
    """The reference with one field set, told as a repair."""
    if block.csl is None:
        raise Misfit("this block is no reference")
    csl = with_field(block.csl, field, now)
    repair = Repair(field=field, was=field_text(block.csl, field), now=field_text(csl, field), why="a person said so")
    return sheet.with_block(msgspec.structs.replace(block, csl=csl, repairs=(*block.repairs, repair)))


def reread_reference(before: Block, after: Block) -> Block:
    """The reference after its string was corrected: fields that read otherwise now follow, others stay."""
    if before.csl is None or before.text == after.text:
        return after
    old, new = (parse_reference(_bare(block.text), block.number).csl for block in (before, after))
    csl, repairs = before.csl, list(before.repairs)
    for field in FIELDS:
        was, now = field_text(old, field), field_text(new, field)
        if was != now and field_text(csl, field) == was:
            csl = with_field(csl, field, now)
            repairs.append(Repair(field=field, was=was, now=now, why="a person corrected the print's reading"))
    return msgspec.structs.replace(after, csl=csl, repairs=tuple(repairs))


def joined_reference(block: Block) -> Block:
    """A reference whose string was put together or cut anew, read from the start."""
    parsed = parse_reference(_bare(block.text), block.number)
    return msgspec.structs.replace(block, csl=parsed.csl, repairs=parsed.repairs, source=None)


def parted_reference(block: Block) -> Block:
    """The second part of a split reference: its own number if one is printed, else the next."""
    printed, _ = leading_number(block.text)
    return joined_reference(msgspec.structs.replace(block, number=printed or block.number + 1))


def _bare(text: str) -> str:
    _, start = leading_number(text)
    return text[start:]
