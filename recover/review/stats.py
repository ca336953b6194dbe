"""What a review teaches: how much was checked, how much was wrong, where the confidences lie, how long it took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import msgspec

from recover.errors import UnreadableInput
from recover.glossary import places
from recover.glossary.load import load_stack
from recover.pipeline.output import find_folders
from recover.review.log import Action, Log, effective
from recover.review.replay import is_reviewed, replay
from recover.text.messages import counted

BINS = 10
# Whoever does nothing for longer than this is not at the page.
PAUSE_S = 120.0


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """Characters looked at whose reported confidence lies in ``low`` to ``high``, and how many were wrong."""

    low: float
    high: float
    checked: int
    wrong: int


class Learned(msgspec.Struct, frozen=True, kw_only=True):
    """A term that a person added or corrected and no glossary holds."""

    zh: str
    en: str
    abbreviation: str


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """Of one folder or of all below it. Errors per 1,000 are those among the characters a person looked at."""

    documents: int
    actions: int
    checked: int
    wrong: int
    errors_per_1000: float | None
    pages: int
    seconds_a_page: float | None
    bins: tuple[Bin, ...]
    unmeasured: Bin
    conflicts: int
    terms: tuple[Learned, ...]


def stats_of(folder: Path) -> Stats:
    """The figures of every reviewed document in ``folder``; raises UnreadableInput when none was reviewed."""
    reviewed = [found for found in find_folders(folder) if is_reviewed(found)] if folder.is_dir() else []
    if not reviewed:
        raise UnreadableInput(str(folder), "nothing in it was reviewed yet", "open it with recover review")
    logs = [Log(found).read() for found in reviewed]
    actions = [action for log in logs for action in effective(log)]
    looks = [action for action in actions if action.kind in ("text", "check")]
    checked, wrong = sum(map(_size, looks)), sum(_size(action) for action in looks if action.kind == "text")
    timed = [_seconds(log) for log in logs]
    pages = sum(len(by_page) for by_page in timed)
    seconds = sum(value for by_page in timed for value in by_page.values())
    return Stats(
        documents=len(reviewed),
        actions=len(actions),
        checked=checked,
        wrong=wrong,
        errors_per_1000=round(1000 * wrong / checked, 1) if checked else None,
        pages=pages,
        seconds_a_page=round(seconds / pages, 1) if pages else None,
        bins=tuple(_bin(looks, number) for number in range(BINS)),
        unmeasured=_counted(-1, -1, [action for action in looks if action.confidence < 0]),
        conflicts=sum(len(replay(found)[1]) for found in reviewed),
        terms=_learned(reviewed, actions),
    )


def _size(action: Action) -> int:
    """Characters looked at; a character that was missing counts as one."""
    return max(1, len(action.was))


def _bin(looks: Sequence[Action], number: int) -> Bin:
    inside = [
        action
        for action in looks
        if action.confidence >= 0 and min(BINS - 1, action.confidence * BINS // 1000) == number
    ]
    return _counted(number / BINS, (number + 1) / BINS, inside)


def _counted(low: float, high: float, looks: Iterable[Action]) -> Bin:
    inside = list(looks)
    wrong = sum(_size(action) for action in inside if action.kind == "text")
    return Bin(low=low, high=high, checked=sum(map(_size, inside)), wrong=wrong)


def _seconds(log: Sequence[Action]) -> dict[int, float]:
    """Time spent on each page: up to every action since the one before, pauses left out."""
    spent: dict[int, float] = {}
    for before, after in pairwise([None, *log]):
        if after is None or after.kind in ("undo", "redo", "term"):
            continue
        passed = _passed(before, after) if before else 0.0
        spent[after.where.page] = spent.get(after.where.page, 0.0) + (passed if passed <= PAUSE_S else 0.0)
    return spent


def _passed(before: Action, after: Action) -> float:
    return (datetime.fromisoformat(after.when) - datetime.fromisoformat(before.when)).total_seconds()


def _learned(folders: Sequence[Path], actions: Sequence[Action]) -> tuple[Learned, ...]:
    """Terms a person added, and recovered terms with a corrected character in them, that no glossary holds."""
    known = load_stack(list(places.names())) if places.names() else None
    pairs = {(form, concept.en.lower()) for concept in (known.concepts if known else ()) for form in concept.zh_forms}
    corrected = {action.now for action in actions if action.kind == "text" and action.now.strip()}
    found: dict[tuple[str, str], Learned] = {}
    for folder in folders:
        for term in replay(folder)[0].terms:
            told = term.source == "person" or any(text in term.zh or text in term.en for text in corrected)
            if told and term.zh and term.en and (term.zh, term.en.lower()) not in pairs:
                found[term.zh, term.en] = Learned(zh=term.zh, en=term.en, abbreviation=term.abbreviation)
    return tuple(found.values())


def to_json(stats: Stats) -> str:
    """The figures for a program to read."""
    return msgspec.json.format(msgspec.json.encode(stats), indent=2).decode()


def report(stats: Stats) -> str:
    """The figures for a person to read."""
    counts = ((stats.documents, "document"), (stats.actions, "action"), (stats.conflicts, "conflict"))
    pages = counted(stats.pages, "page")
    lines = [
        ", ".join(counted(number, noun) for number, noun in counts),
        f"{counted(stats.checked, 'character')} checked, {stats.wrong} wrong" + _rate(stats),
        "" if stats.seconds_a_page is None else f"{stats.seconds_a_page} seconds a page on {pages}",
        "confidence  checked  wrong",
        *(f"{one.low:.1f} to {one.high:.1f}  {one.checked:7}  {one.wrong:5}" for one in stats.bins if one.checked),
    ]
    if stats.unmeasured.checked:
        lines.append(f"unmeasured  {stats.unmeasured.checked:7}  {stats.unmeasured.wrong:5}")
    if stats.terms:
        lines.append("terms that no glossary holds (recover glossary add ZH EN takes them in):")
        lines += [f"  {term.zh}\t{term.en}\t{term.abbreviation}".rstrip() for term in stats.terms]
    return "\n".join(line for line in lines if line)


def _rate(stats: Stats) -> str:
    return "" if stats.errors_per_1000 is None else f" ({stats.errors_per_1000} per 1,000 looked at)"
