"""The reviewed document is the recovered one with the log applied: a pure function, run anew whenever asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from recover.model.document import Document, Term
from recover.review.actions import Action, Conflict, Misfit
from recover.review.anchor import find_block, find_line
from recover.review.fold import fold
from recover.review.history import effective
from recover.review.lines import check_line, edit_line
from recover.review.references import reread_reference, set_field
from recover.review.restore import restore, with_restored
from recover.review.sheet import Block, Flag, Sheet
from recover.review.structure import merge, move, set_role, split
from recover.review.tables import reshape
from recover.review.texts import edit_seam, set_mark
from recover.review.unfold import unfold
from recover.stages.account.account import recounted


def apply_log(document: Document, actions: Sequence[Action]) -> tuple[Document, tuple[Conflict, ...]]:
    """The document with everything a person did, and what of it doesn't fit this reading."""
    counting = effective(actions)
    if not counting:
        return document, ()
    sheet, conflicts = apply_all(unfold(document), counting)
    return recounted(with_restored(fold(sheet), sheet)), conflicts


def apply_all(sheet: Sheet, actions: Iterable[Action]) -> tuple[Sheet, tuple[Conflict, ...]]:
    """The sheet after ``actions``; one that doesn't fit is left out and told."""
    conflicts = []
    for action in actions:
        try:
            sheet = apply(sheet, action)
        except Misfit as misfit:
            conflicts.append(Conflict(action=action, why=str(misfit)))
    return sheet, tuple(conflicts)


def apply(sheet: Sheet, action: Action) -> Sheet:
    """The sheet after one action; raises Misfit."""
    if action.kind in ("text", "check"):
        return _on_line(sheet, action)
    if action.kind == "term":
        return _add_term(sheet, action)
    if action.kind == "restore":
        return restore(sheet, action)
    if action.kind == "finish":
        return msgspec.structs.replace(sheet, is_finished=bool(action.now))
    return _ON_BLOCK[action.kind](sheet, find_block(sheet, action.where), action)


def _merge(sheet: Sheet, block: Block, action: Action) -> Sheet:
    if action.now not in sheet.order:
        raise Misfit("the block to join is not there any more")
    return merge(sheet, block, sheet.blocks[action.now])


def _seam(sheet: Sheet, block: Block, action: Action) -> Sheet:
    return _follow_references(sheet, edit_seam(sheet, block, action), (block.id,))


def _flag(sheet: Sheet, block: Block, action: Action) -> Sheet:
    """A flag stands on its characters; a second one at the same place is in the place of the first."""
    others = tuple(flag for flag in sheet.flags if (flag.block, flag.start) != (block.id, action.where.at))
    flag = Flag(block=block.id, start=action.where.at, was=action.was, comment=action.now)
    return msgspec.structs.replace(sheet, flags=(*others, flag) if action.now else others)


_ON_BLOCK: dict[str, Callable[[Sheet, Block, Action], Sheet]] = {
    "seam": _seam,
    "move": lambda sheet, block, action: move(sheet, block, action.now),
    "role": lambda sheet, block, action: set_role(sheet, block, action.now),
    "merge": _merge,
    "split": lambda sheet, block, action: split(sheet, block, action.where.at),
    "mark": set_mark,
    "flag": _flag,
    "table": lambda sheet, block, action: reshape(sheet, block, action.now),
    "field": lambda sheet, block, action: set_field(sheet, block, action.field, action.now),
}


def _on_line(sheet: Sheet, action: Action) -> Sheet:
    try:
        line, at = find_line(sheet, action.where, action.was)
    except Misfit:
        # A better reading may say by itself what the person said: then nothing is lost, and nothing to do.
        line, at = find_line(sheet, action.where, action.now)
        return check_line(sheet, line, at, msgspec.structs.replace(action, was=action.now))
    if action.kind == "check":
        return check_line(sheet, line, at, action)
    edited = edit_line(sheet, line, at, action)
    return _follow_references(sheet, edited, sheet.users.get(line, ()))


def _follow_references(before: Sheet, after: Sheet, keys: Iterable[str]) -> Sheet:
    changed = [
        reread_reference(before.blocks[key], after.blocks[key])
        for key in keys
        if before.blocks[key].kind == "reference"
    ]
    return after.with_block(*changed) if changed else after


def _add_term(sheet: Sheet, action: Action) -> Sheet:
    zh, en, abbreviation = (*action.now.split("\t"), "", "")[:3]
    if not (zh or en):
        raise Misfit("the term is empty")
    term = Term(zh=zh, en=en, abbreviation=abbreviation, count=0, mentions=(), aligned=bool(zh and en), source="person")
    return msgspec.structs.replace(sheet, terms=(*sheet.terms, term))
