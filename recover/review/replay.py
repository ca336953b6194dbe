"""The reviewed document is the recovered one with the log applied: a pure function, run anew whenever asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from recover.export.document_json import read
from recover.model.document import Document, Term
from recover.model.records import Problem
from recover.review.from_document import unfold
from recover.review.log import NAME, Action, Conflict, Log, Misfit, effective
from recover.review.places import find_block, find_line
from recover.review.references import reread_reference, set_field
from recover.review.regions import restore, with_restored
from recover.review.structure import merge, move, reshape, set_role, split
from recover.review.text_edits import check_line, edit_line, edit_seam, set_mark
from recover.review.to_document import fold
from recover.review.working_copy import Block, Flag, WorkingCopy
from recover.stages.account import recounted


def apply_log(document: Document, actions: Sequence[Action]) -> tuple[Document, tuple[Conflict, ...]]:
    """The document with everything a person did, and what of it doesn't fit this reading."""
    counting = effective(actions)
    if not counting:
        return document, ()
    sheet, conflicts = apply_all(unfold(document), counting)
    return recounted(with_restored(fold(sheet), sheet)), conflicts


def apply_all(sheet: WorkingCopy, actions: Iterable[Action]) -> tuple[WorkingCopy, tuple[Conflict, ...]]:
    """The sheet after ``actions``; one that doesn't fit is left out and told."""
    conflicts = []
    for action in actions:
        try:
            sheet = apply(sheet, action)
        except Misfit as misfit:
            conflicts.append(Conflict(action=action, why=str(misfit)))
    return sheet, tuple(conflicts)


def apply(sheet: WorkingCopy, action: Action) -> WorkingCopy:
    """The sheet after one action; raises Misfit."""
    if action.kind in ("text", "check"):
        return _on_line(sheet, action)
    if action.kind == "term":
        return _add_term(sheet, action)
    if action.kind == "restore":
        return _restore(sheet, action)
    if action.kind == "finish":
        return msgspec.structs.replace(sheet, is_finished=bool(action.now))
    return _ON_BLOCK[action.kind](sheet, find_block(sheet, action.where), action)


def _restore(sheet: WorkingCopy, action: Action) -> WorkingCopy:
    after = restore(sheet, action)
    return _follow_references(sheet, after, (key for key in sheet.order if after.blocks[key] is not sheet.blocks[key]))


def _merge(sheet: WorkingCopy, block: Block, action: Action) -> WorkingCopy:
    if action.now not in sheet.order:
        raise Misfit("the block to join is not there any more")
    return merge(sheet, block, sheet.blocks[action.now])


def _seam(sheet: WorkingCopy, block: Block, action: Action) -> WorkingCopy:
    return _follow_references(sheet, edit_seam(sheet, block, action), (block.id,))


def _flag(sheet: WorkingCopy, block: Block, action: Action) -> WorkingCopy:
    """A flag stands on its characters; a second one at the same place is in the place of the first."""
    others = tuple(flag for flag in sheet.flags if (flag.block, flag.start) != (block.id, action.where.at))
    flag = Flag(block=block.id, start=action.where.at, was=action.was, comment=action.now)
    return msgspec.structs.replace(sheet, flags=(*others, flag) if action.now else others)


_ON_BLOCK: dict[str, Callable[[WorkingCopy, Block, Action], WorkingCopy]] = {
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


def _on_line(sheet: WorkingCopy, action: Action) -> WorkingCopy:
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


def _follow_references(before: WorkingCopy, after: WorkingCopy, keys: Iterable[str]) -> WorkingCopy:
    changed = [
        reread_reference(before.blocks[key], after.blocks[key])
        for key in keys
        if before.blocks[key].kind == "reference"
    ]
    return after.with_block(*changed) if changed else after


def _add_term(sheet: WorkingCopy, action: Action) -> WorkingCopy:
    zh, en, abbreviation = (*action.now.split("\t"), "", "")[:3]
    if not (zh or en):
        raise Misfit("the term is empty")
    term = Term(zh=zh, en=en, abbreviation=abbreviation, count=0, mentions=(), aligned=bool(zh and en), source="person")
    return msgspec.structs.replace(sheet, terms=(*sheet.terms, term))


# A recovered folder as it stands after its review: what exporters are given.


def reviewed_document(folder: Path) -> Document:
    """The document of ``folder`` with its review applied, if there is one; raises UnreadableInput."""
    return replay(folder)[0]


def replay(folder: Path) -> tuple[Document, tuple[Conflict, ...]]:
    """The reviewed document, and the actions that don't fit the reading any more; raises UnreadableInput."""
    log = Log(folder)
    document, conflicts = apply_log(read(folder / "document.json"), log.read())
    damaged = log.damaged()
    if damaged:
        lines = ", ".join(map(str, damaged))
        message = f"the log of corrections is damaged: what stood in its lines {lines} is left out"
        told = Problem(stage="review", page=None, message=message, remedy=f"look at {NAME}, and correct it again")
        document = msgspec.structs.replace(document, problems=(*document.problems, told))
    return document, conflicts


def is_reviewed(folder: Path) -> bool:
    """Whether somebody reviewed the folder's document."""
    return (folder / NAME).is_file()
