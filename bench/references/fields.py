"""Field accuracy of the reference parser on strings with known fields, by source and field.

    python -m bench.references.fields STRINGS.jsonl [--json OUT.json] [--misses] [--peer]
    python -m bench.references.fields --styles seen|unseen|fresh|all [--misses]

Each line of STRINGS.jsonl holds ``source``, ``string`` and the true ``author`` (all names where they have initials;
with ``type`` only the first family name), ``title``, ``container``, ``year``, ``volume``, ``issue``, ``page``; an empty
truth is not judged. ``--styles`` judges the invented entries of ``samples/references/styles.txt`` in more fields;
``type`` is shown, not summed.
``--peer`` sets the same strings before refextract, when that is installed.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from recover.model.csl import CslDate, CslItem, CslName
from recover.stages.references.parse import parse_references
from samples.references.strings import Row, families, folded, json_rows, style_rows

CORE = ("author", "title", "container", "year", "volume", "issue", "page")
MORE = ("editor", "translator", "publisher", "place", "number", "edition", "doi", "url", "accessed")
PEOPLE = ("author", "editor", "translator")
Value = str | tuple[str, ...]
Fields = dict[str, Value]
Table = dict[str, dict[str, list[int]]]
Miss = tuple[str, Value, Value, str]


def fields_of(item: CslItem) -> Fields:
    """The judged fields of an item."""
    return {
        "type": item.type,
        "author": _names(item.author),
        "editor": _names(item.editor),
        "translator": _names(item.translator),
        "title": item.title,
        "container": item.container_title,
        "year": str(item.issued.date_parts[0][0]) if item.issued and item.issued.date_parts else "",
        "volume": item.volume,
        "issue": item.issue,
        "page": item.page,
        "publisher": item.publisher,
        "place": item.publisher_place or item.event_place,
        "number": item.number,
        "edition": item.edition,
        "doi": item.DOI,
        "url": item.URL,
        "accessed": _day(item.accessed),
    }


def _names(names: Sequence[CslName]) -> tuple[str, ...]:
    return tuple(name.literal or f"{name.non_dropping_particle} {name.family} {name.suffix}".strip() for name in names)


def _day(date: CslDate | None) -> str:
    return "-".join(map(str, date.date_parts[0])) if date and date.date_parts else ""


def own(string: str) -> Fields:
    """The parser's reading of a string."""
    return fields_of(parse_references([(string, 0)])[0].csl)


def is_right(field: str, true: Value, read: Value, *, every: bool = True) -> bool:
    """Whether a field is read as it is true: all names in their order, a date to the day, else the folded text."""
    if isinstance(true, tuple) and isinstance(read, tuple):
        names, others = (
            list(map(folded, true)),
            [folded(re.sub(r"\s(?:Jr|Sr|I{2,3}|IV|[23]r?n?d)$", "", n)) for n in read],
        )
        return names == others if every else names[:1] == others[:1]
    if field == "accessed":
        return [int(part) for part in re.findall(r"\d+", str(true)) if part] == sorted_day(str(true), str(read))
    if field == "year":
        return folded(str(true))[:4] == folded(str(read))[:4]
    if field == "edition":  # 第3版 and 3版 are one edition
        true, read = str(true).removeprefix("第"), str(read).removeprefix("第")
    return folded(str(true)) == folded(str(read))


def sorted_day(true: str, read: str) -> list[int]:
    """The day that was read, its parts in the order of ``true``; a month's name is judged by the others."""
    parts = [int(part) for part in read.split("-") if part]
    if re.search("[A-Za-z]", true) and len(parts) > 1:
        parts.pop(1)
        wanted = [int(part) for part in re.findall(r"\d+", true)]
        return wanted if sorted(parts) == sorted(wanted) else parts
    return parts


def refextract(string: str) -> Fields:
    """The peer's reading of the same string; it knows no titles."""
    from refextract import extract_references_from_string  # noqa: PLC0415 - optional peer

    found = extract_references_from_string(string, is_only_references=True)
    first = found[0] if found else {}

    def take(key: str) -> str:
        return str(first.get(key, [""])[0])

    return {
        "author": families(re.sub(r"^(?:[A-Z]\.[\s-]?)+", "", take("author"))),  # it puts initials first
        "title": take("title"),
        "container": take("journal_title"),
        "year": take("journal_year") or take("year"),
        "volume": take("journal_volume"),
        "issue": take("journal_issue"),
        "page": take("journal_page"),
    }


def measure(rows: Sequence[Row], parse: Callable[[str], Fields]) -> tuple[Table, list[Miss]]:
    """Right and judged fields by source and field, and the misses."""
    table: Table = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    misses = []
    for row in rows:
        read = parse(row.string)
        for field, true in row.fields.items():
            if not true:
                continue
            right = is_right(field, true, read.get(field, ""), every=row.every_author)
            table[row.source][field][0] += right
            table[row.source][field][1] += 1
            if not right:
                misses.append((field, true, read.get(field, ""), row.string))
    return table, misses


def total(row: dict[str, list[int]]) -> list[int]:
    """All judged fields but the type."""
    cells = [cell for field, cell in row.items() if field != "type"]
    return [sum(cell[0] for cell in cells), sum(cell[1] for cell in cells)]


def summed(table: Table) -> dict[str, list[int]]:
    """The fields of all sources."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in table.values():
        for field, (right, judged) in row.items():
            sums[field][0] += right
            sums[field][1] += judged
    return sums


def speed(strings: Sequence[str]) -> float:
    """References parsed in a second of processor time."""
    began = time.process_time()
    parse_references([(string, 0) for string in strings])
    return len(strings) / (time.process_time() - began)


def show(name: str, table: Table) -> None:
    fields = [field for field in (*CORE, *MORE, "type") if any(row[field][1] for row in table.values())]
    print(f"{name:28}" + "".join(f"{field[:9]:>10}" for field in (*fields, "all")))
    for source, row in (*table.items(), ("all", summed(table))):
        cells = [row[field] for field in fields] + [total(row)]
        print(
            f"{source[:26]:28}" + "".join(f"{cell[0] / cell[1]:>10.4f}" if cell[1] else f"{'-':>10}" for cell in cells)
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("strings", type=Path, nargs="?")
    options.add_argument("--styles", choices=("seen", "unseen", "fresh", "all"))
    options.add_argument("--json", type=Path)
    options.add_argument("--misses", action="store_true")
    options.add_argument("--peer", action="store_true")
    asked = options.parse_args()
    rows = style_rows(asked.styles) if asked.styles else json_rows(asked.strings)
    own(rows[0].string)
    rate = speed([row.string for row in rows])
    table, misses = measure(rows, own)
    show("recover", table)
    print(f"{rate:.0f} references a second on one core")
    if asked.misses:
        for field, true, read, string in misses:
            print(f"{field}: {true!r} read as {read!r}\n    {string}")
    peer = _peer_table(rows) if asked.peer else {}
    if asked.json:
        asked.json.write_text(
            json.dumps(
                {"recover": table, "refextract": peer, "references_per_second": round(rate)},
                ensure_ascii=False,
                indent=1,
            )
        )


def _peer_table(rows: Sequence[Row]) -> Table:
    try:
        table, _ = measure(rows, refextract)
    except ImportError:
        print("refextract is not installed: no peer")
        return {}
    show("refextract", table)
    return table


if __name__ == "__main__":
    main()
