"""CSV and TSV of any program, and OmegaT's glossaries: lines of source, target and comment."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from recover.errors import UnreadableInput
from recover.glossary import table
from recover.glossary.concept import Concept
from recover.glossary.exchange.columns import Imported, read_rows
from recover.glossary.normal_form import is_han


def text_of(content: bytes, subject: str) -> str:
    """UTF-8 or UTF-16 with its mark, else GB 18030, which Chinese spreadsheets still save."""
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableInput(subject, "is neither UTF-8 nor GB 18030", "save it as UTF-8")


def read_csv(content: bytes, named: Mapping[str, str], subject: str) -> Imported:
    """A table with commas, its columns known by their heads or named."""
    return _read(content, named, subject, ",")


def read_tsv(content: bytes, named: Mapping[str, str], subject: str) -> Imported:
    """A table with tabs, its columns known by their heads or named."""
    return _read(content, named, subject, "\t")


def _read(content: bytes, named: Mapping[str, str], subject: str, delimiter: str) -> Imported:
    text = text_of(content, subject)
    try:
        return read_rows(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), named, subject)
    except csv.Error as error:
        raise UnreadableInput(subject, f"is not a table ({error})", "save it again as CSV or TSV") from error


def write_csv(concepts: Sequence[Concept]) -> bytes:
    """The glossary's own format, with the mark that makes spreadsheets read UTF-8."""
    return table.render(table.Sheet(tuple(concepts)))


def write_tsv(concepts: Sequence[Concept]) -> bytes:
    """The same columns apart by tabs."""
    return table.render(table.Sheet(tuple(concepts)), delimiter="\t")


def read_omegat(content: bytes, _named: Mapping[str, str], subject: str) -> Imported:
    """A glossary in either direction: the column with the Chinese is told by its characters."""
    concepts, skipped = [], []
    for number, line in enumerate(text_of(content, subject).splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or line.startswith("#"):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1]:
            skipped.append(f"line {number}: no pair of terms")
            continue
        zh, en = (cells[1], cells[0]) if any(map(is_han, cells[1])) and not any(map(is_han, cells[0])) else cells[:2]
        concepts.append(Concept(zh, en, note=cells[2] if len(cells) > 2 else ""))
    return Imported(tuple(concepts), tuple(skipped))


def write_omegat(concepts: Sequence[Concept]) -> bytes:
    """Chinese first, for translation out of it; a forbidden pair is not offered to a translator."""
    lines = (f"{c.zh}\t{c.en}\t{c.note}\n" for c in concepts if c.status != "forbidden")
    return "".join(lines).encode("utf-8")
