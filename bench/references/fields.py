"""Field accuracy of the reference parser on strings with known fields, by source and field.

    python bench/references/fields.py STRINGS.jsonl [--json OUT.json] [--misses] [--peer]

Each line of STRINGS.jsonl holds ``source``, ``string`` and the true ``author`` (a list whose first family name
counts), ``title``, ``container``, ``year``, ``volume``, ``issue``, ``page``; an empty truth is not judged.
``--peer`` sets the same strings before refextract, when that is installed.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from recover.model.csl import CslItem
from recover.stages.references.parse import parse_reference

FIELDS = ("author", "title", "container", "year", "volume", "issue", "page")
Fields = dict[str, str]


def folded(text: str) -> str:
    """NFKC, no case, no punctuation or space: what two printings of one field share."""
    plain = unicodedata.normalize("NFKC", re.sub(r"<[^>]+>", "", text)).casefold()
    return "".join(char for char in plain if char.isalnum())


def first_family(authors: str) -> str:
    """The first name of a printed list without its initials."""
    first = re.split(r"[,;]", authors)[0].strip()
    return re.sub(r"(?:\s+(?:[A-ZÀ-Þ](?:[-.\s]?[A-ZÀ-Þ]){0,3}\.?|Jr|Sr|II|III|IV|2nd|3rd|3d))+$", "", first)


def truth_of(row: Fields) -> Fields:
    return {field: first_family(row["author"]) if field == "author" else row[field] for field in FIELDS}


def fields_of(item: CslItem) -> Fields:
    """The judged fields of an item."""
    first = item.author[0] if item.author else None
    year = str(item.issued.date_parts[0][0]) if item.issued and item.issued.date_parts else ""
    return {
        "author": (first.family or first.literal) if first else "",
        "title": item.title,
        "container": item.container_title,
        "year": year,
        "volume": item.volume,
        "issue": item.issue,
        "page": item.page,
    }


def own(string: str) -> Fields:
    return fields_of(parse_reference(string).csl)


def refextract(string: str) -> Fields:
    """The peer's reading of the same string; it knows no titles."""
    from refextract import extract_references_from_string  # noqa: PLC0415 - optional peer

    found = extract_references_from_string(string, is_only_references=True)
    first = found[0] if found else {}

    def take(key: str) -> str:
        return str(first.get(key, [""])[0])

    return {
        "author": first_family(re.sub(r"^(?:[A-Z]\.[\s-]?)+", "", take("author"))),  # it puts initials first
        "title": take("title"),
        "container": take("journal_title"),
        "year": take("journal_year") or take("year"),
        "volume": take("journal_volume"),
        "issue": take("journal_issue"),
        "page": take("journal_page"),
    }


def measure(
    rows: list[Fields], parse: Callable[[str], Fields]
) -> tuple[dict[str, dict[str, list[int]]], list[tuple[str, str, str, str]]]:
    """Right and judged fields by source and field, and the misses."""
    table: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    misses = []
    for row in rows:
        read = parse(row["string"])
        for field, true in truth_of(row).items():
            if not true:
                continue
            right = folded(true) == folded(read[field])
            table[row["source"]][field][0] += right
            table[row["source"]][field][1] += 1
            if not right:
                misses.append((field, true, read[field], row["string"]))
    return table, misses


def speed(strings: list[str]) -> float:
    """References parsed in a second of processor time."""
    began = time.process_time()
    for string in strings:
        parse_reference(string)
    return len(strings) / (time.process_time() - began)


def show(name: str, table: dict[str, dict[str, list[int]]]) -> None:
    print(f"{name:34}" + "".join(f"{field:>11}" for field in (*FIELDS, "all")))
    for source, row in table.items():
        cells = [row[field] for field in FIELDS] + [
            [sum(cell[0] for cell in row.values()), sum(cell[1] for cell in row.values())]
        ]
        print(
            f"{source[:32]:34}" + "".join(f"{cell[0] / cell[1]:>11.4f}" if cell[1] else f"{'-':>11}" for cell in cells)
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("strings", type=Path)
    options.add_argument("--json", type=Path)
    options.add_argument("--misses", action="store_true")
    options.add_argument("--peer", action="store_true")
    asked = options.parse_args()
    rows = [json.loads(line) for line in asked.strings.read_text("utf-8").splitlines()]
    own(rows[0]["string"])
    rate = speed([row["string"] for row in rows])
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


def _peer_table(rows: list[Fields]) -> dict[str, dict[str, list[int]]]:
    try:
        table, _ = measure(rows, refextract)
    except ImportError:
        print("refextract is not installed: no peer")
        return {}
    show("refextract", table)
    return table


if __name__ == "__main__":
    main()
