"""What is doubtful in a glossary that could be read: duplicates, clashes, and wordings that will not match."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import msgspec

from recover.glossary.concept import Concept, is_han, squashed

Level = Literal["error", "warning"]


class Finding(msgspec.Struct, frozen=True):
    """Something doubtful in the row at ``line``; ``rule`` names the sort of doubt."""

    line: int
    level: Level
    rule: str
    message: str


class Row(msgspec.Struct, frozen=True):
    """A concept and the line it stands on."""

    line: int
    concept: Concept


def check(concepts: Iterable[Concept], lines: Iterable[int]) -> tuple[Finding, ...]:
    """All findings, by line."""
    rows = [Row(line, concept) for line, concept in zip(lines, concepts, strict=True)]
    found = [finding for rule in ACROSS_ROWS for finding in rule(rows)]
    found += [finding for row in rows for rule in WITHIN_ROW for finding in rule(row)]
    return tuple(sorted(set(found), key=lambda finding: (finding.line, finding.rule, finding.message)))


def _groups(rows: Iterable[Row], key: Callable[[Concept], object]) -> Iterator[list[Row]]:
    """Rows that share a key, where more than one does."""
    groups: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row.concept)].append(row)
    yield from (group for group in groups.values() if len(group) > 1)


def duplicates(rows: list[Row]) -> Iterator[Finding]:
    """A pair that stands twice."""
    for first, *others in _groups(rows, lambda c: (squashed(c.zh), squashed(c.en))):
        for row in others:
            exact = (row.concept.zh, row.concept.en) == (first.concept.zh, first.concept.en)
            how = "repeats" if exact else "differs only in width, case, spaces or hyphens from"
            yield Finding(
                row.line, "error", "duplicate", f"{row.concept.zh} = {row.concept.en} {how} line {first.line}"
            )


def clashes(rows: list[Row]) -> Iterator[Finding]:
    """Two preferred translations of one term in one domain, in either direction; no domain is every domain."""
    preferred = [row for row in rows if row.concept.status == "preferred"]
    for group in _groups(preferred, lambda c: squashed(c.zh)):
        yield from (_clash(row, first, row.concept.zh, lambda c: c.en) for first, row in _rivals(group, lambda c: c.en))
    for group in _groups(preferred, lambda c: squashed(c.en)):
        yield from (_clash(row, first, row.concept.en, lambda c: c.zh) for first, row in _rivals(group, lambda c: c.zh))


def _rivals(group: list[Row], side: Callable[[Concept], str]) -> Iterator[tuple[Row, Row]]:
    """Each row with the first before it of the same domain that says something else on that side."""
    for number, row in enumerate(group):
        for first in group[:number]:
            domains = {first.concept.domain, row.concept.domain} - {""}
            if len(domains) < 2 and squashed(side(first.concept)) != squashed(side(row.concept)):
                yield first, row
                break


def _clash(row: Row, first: Row, term: str, side: Callable[[Concept], str]) -> Finding:
    both = f"{side(row.concept)} and {side(first.concept)} (line {first.line})"
    return Finding(row.line, "error", "clash", f"{term}: {both} are both preferred")


def shared_variants(rows: list[Row]) -> Iterator[Finding]:
    """A variant that is another concept's own term."""
    owners: dict[str, Row] = {}
    for row in rows:
        owners.setdefault(squashed(row.concept.zh), row)
    for row in rows:
        for variant in row.concept.zh_variants:
            owner = owners.get(squashed(variant))
            if owner and owner.concept.zh != row.concept.zh and owner.concept.status != "forbidden":
                message = f"variant {variant} is a term of its own in line {owner.line} ({owner.concept.en})"
                yield Finding(row.line, "warning", "variant", message)


def abbreviations(rows: list[Row]) -> Iterator[Finding]:
    """An abbreviation of two different names."""
    used = [row for row in rows if row.concept.abbreviation and row.concept.status != "forbidden"]
    for first, *others in _groups(used, lambda c: c.abbreviation):
        for row in others:
            if squashed(row.concept.en) != squashed(first.concept.en):
                message = f"{row.concept.abbreviation} also abbreviates {first.concept.en} (line {first.line})"
                yield Finding(row.line, "warning", "abbreviation", message)


def scripts(rows: list[Row]) -> Iterator[Finding]:
    """Traditional characters, and whether the simplified wording is there as well."""
    from opencc import OpenCC  # noqa: PLC0415 - its tables are read at once and only needed here

    simplify = OpenCC("t2s").convert
    for row in rows:
        for form in row.concept.zh_forms:
            simple = simplify(form)
            if simple != form and form == row.concept.zh:
                yield Finding(
                    row.line, "warning", "traditional", f"{form} is in traditional characters; simplified: {simple}"
                )
            elif simple in row.concept.zh_forms and simple != form:
                yield Finding(
                    row.line, "warning", "traditional", f"variant {form} is {simple} in traditional characters"
                )


def spaces(row: Row) -> Iterator[Finding]:
    """Spaces inside Chinese."""
    for form in row.concept.zh_forms:
        if re.search(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", form):
            yield Finding(row.line, "error", "space", f"{form!r} has a space between Chinese characters")


def widths(row: Row) -> Iterator[Finding]:
    """Letters and digits of full width."""
    for form in (*row.concept.zh_forms, *row.concept.en_forms, row.concept.abbreviation):
        narrow = unicodedata.normalize("NFKC", form)
        wide = [char for char in form if "\uff01" <= char <= "\uff5e" and char.isalnum()]
        if wide:
            yield Finding(row.line, "warning", "width", f"{form} is written in full width; in half width: {narrow}")


def languages(row: Row) -> Iterator[Finding]:
    """A wording in the column of the other language."""
    for form in (*row.concept.en_forms, row.concept.abbreviation):
        if any(map(is_han, form)):
            yield Finding(row.line, "error", "language", f"{form} stands in an English column")
    for form in row.concept.zh_forms:
        if not any(map(is_han, form)) and form not in (*row.concept.en_forms, row.concept.abbreviation):
            yield Finding(row.line, "warning", "language", f"{form} stands in a Chinese column")


PAIRS = {")": "(", "）": "（", "]": "[", "】": "【", "”": "“", "》": "《", "}": "{"}


def balance(row: Row) -> Iterator[Finding]:
    """Brackets that don't close, variants that repeat a wording, and lists with the wrong separator."""
    for forms in (row.concept.zh_forms, row.concept.en_forms):
        for form in forms:
            if not _is_balanced(form):
                yield Finding(row.line, "error", "unbalanced", f"{form}: brackets or quotes don't close")
            if any(char in form for char in "；;|") or ("、" in form and form in forms[1:]):
                yield Finding(row.line, "error", "unbalanced", f"{form}: variants are set apart by ';' alone")
        for number, form in enumerate(forms):
            if form in forms[:number]:
                yield Finding(row.line, "warning", "unbalanced", f"variant {form} stands twice in the row")


def _is_balanced(form: str) -> bool:
    opened: list[str] = []
    for char in form:
        if char in PAIRS.values():
            opened.append(char)
        elif char in PAIRS and (not opened or opened.pop() != PAIRS[char]):
            return False
    return not opened


def formulas(row: Row) -> Iterator[Finding]:
    """Cells that a spreadsheet would not show as they are."""
    for cell in (row.concept.zh, row.concept.en, row.concept.abbreviation, row.concept.note, row.concept.source):
        if cell[:1] in ("=", "+", "@") or re.match(r"-[^\w]|-\d*$", cell):
            yield Finding(row.line, "warning", "formula", f"{cell} would be worked out as a formula by a spreadsheet")


ACROSS_ROWS = (duplicates, clashes, shared_variants, abbreviations, scripts)
WITHIN_ROW = (spaces, widths, languages, balance, formulas)
