"""What a person can do to a recovered document, as it is written to the log: one JSON object a line."""

from __future__ import annotations

from typing import Literal

import msgspec

from recover.model.geometry import Box

Kind = Literal[
    "text",
    "seam",
    "check",
    "move",
    "role",
    "merge",
    "split",
    "mark",
    "field",
    "term",
    "finish",
    "flag",
    "restore",
    "table",
    "undo",
    "redo",
]


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where an action took place, told so that the place is found again in another reading of the same page.

    ``line`` or ``block`` name it in this reading. ``box`` is in points on the original page, ``context`` the
    line's whole text or the block's beginning as it stood, ``at`` an offset in the line's or block's text.
    """

    page: int = 0
    box: Box | None = None
    line: str = ""
    block: str = ""
    at: int = 0
    context: str = ""


class Action(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of the log: when, what, where, what stood there and what stands there now.

    - ``text`` replaces characters of a printed line, ``seam`` characters of a block that no line holds;
      ``check`` says that characters are right as they were read.
    - ``move`` puts a block behind the one named by ``now`` (first, when that is empty); ``role`` says what a
      block is (``paragraph``, ``heading:2``, ``furniture``, ``caption:f1``, ``front:affiliation-zh``).
    - ``merge`` joins the block named by ``now`` to this one; ``split`` cuts a block at an offset.
    - ``mark`` sets ``was``, at an offset of a block, as ``now`` says (``sup``, ``sub``, ``italic``, ``bold``), or plain
      where it was set so.
    - ``field`` sets a field of a reference; ``term`` adds a term (``now`` holds zh, en and abbreviation).
    - ``finish`` says that the document is done (or, with an empty ``now``, that it is not); ``flag`` asks a second
      reader to look at ``was`` in a block, with a comment in ``now``; an empty one takes the flag away.
    - ``restore`` makes a paragraph of print that stood in no text (``was``, at ``where.box``), behind the block that
      ``field`` names.
    - ``table`` adds or deletes the row or column of a cell, or merges the cell with its neighbour (``now``:
      ``add-row``, ``delete-column``, ``merge-right`` …).
    - ``undo`` and ``redo`` name the group they take back or bring back.

    Actions of one ``group`` are undone together. ``confidence`` is what the reader thought of the least
    certain character, in thousandths; -1 where nobody measured.
    """

    id: int
    when: str
    kind: Kind
    group: int = 0
    where: Place = Place()
    was: str = ""
    now: str = ""
    field: str = ""
    of: int = 0
    confidence: int = -1


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """An action that doesn't fit the reading any more, and why."""

    action: Action
    why: str


class Misfit(ValueError):
    """The action's place is not there, or something else stands there now."""
