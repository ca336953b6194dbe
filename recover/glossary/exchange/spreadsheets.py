"""Tables of any make read as concepts: which column is which, and which rows say nothing."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import msgspec
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from recover.errors import UnreadableInput, UsageError
from recover.glossary import table
from recover.glossary.concept import STATUSES, Concept, Status
from recover.glossary.table import COLUMNS, variants
from recover.lexicon.characters import is_han

# So much of a foreign file's head is quoted in an error.
MOST_SHOWN = 300
# Heads that people and programs write over such columns, in lower case.
HEADS = {
    "zh": ("zh", "zh-cn", "zh_cn", "zh-hans", "chinese", "中文", "中文名", "中文术语", "汉语", "术语"),
    "en": ("en", "en-us", "en-gb", "en_us", "english", "英文", "英文名", "英文术语", "英语"),
    "abbreviation": ("abbreviation", "abbr", "acronym", "缩写", "英文缩写", "简称"),
    "zh_variants": ("zh_variants", "中文变体", "中文同义词"),
    "en_variants": ("en_variants", "英文变体", "英文同义词", "synonyms"),
    "domain": ("domain", "subject", "领域", "学科"),
    "status": ("status", "状态"),
    "note": ("note", "notes", "comment", "remark", "备注", "注释"),
    "source": ("source", "来源", "出处"),
}


class Imported(msgspec.Struct, frozen=True):
    """The concepts of a foreign file, and a line for each row that was left out."""

    concepts: tuple[Concept, ...]
    skipped: tuple[str, ...] = ()


def read_rows(rows: Iterable[Sequence[str]], named: Mapping[str, str], subject: str) -> Imported:
    """Concepts of rows whose first is the head; ``named`` says which head stands for which of our columns."""
    lines = iter(rows)
    head = [cell.strip() for cell in next(lines, ())]
    places = locate(head, named, subject)
    concepts, skipped = [], []
    for line, cells in enumerate(lines, 2):
        row = {name: cells[place].strip() for name, place in places.items() if place < len(cells)}
        if row.get("zh") and row.get("en"):
            concepts.append(concept_of(row))
        elif any(cell.strip() for cell in cells):
            skipped.append(f"line {line}: no {'Chinese' if not row.get('zh') else 'English'} term")
    return Imported(tuple(concepts), tuple(skipped))


def locate(head: Sequence[str], named: Mapping[str, str], subject: str) -> dict[str, int]:
    """The places of our columns under a head; raises for a column that was named and isn't there."""
    missing = [column for column in named.values() if column not in head]
    if missing:
        raise UsageError(
            f"--column {missing[0]}",
            f"{subject} has no such column",
            f"its columns are: {', '.join(head)[:MOST_SHOWN]}",
        )
    lower = [cell.lower() for cell in head]
    places = {name: lower.index(known) for name in COLUMNS for known in reversed(HEADS[name]) if known in lower}
    places.update({name: head.index(column) for name, column in named.items()})
    if not {"zh", "en"} <= places.keys():
        heads = ", ".join(head)[:MOST_SHOWN] or "none"
        raise UnreadableInput(
            subject,
            f"no Chinese or no English column is known by its head ({heads})",
            "name them: --column zh=HEAD --column en=HEAD",
        )
    return places


def concept_of(row: Mapping[str, str]) -> Concept:
    """A concept of cells by their column; a status nobody knows counts as preferred."""
    status = row.get("status", "")
    return Concept(
        zh=row["zh"],
        en=row["en"],
        abbreviation=row.get("abbreviation", ""),
        zh_variants=variants(row.get("zh_variants", "")),
        en_variants=variants(row.get("en_variants", "")),
        domain=row.get("domain", ""),
        status=cast("Status", status if status in STATUSES else "preferred"),
        note=row.get("note", ""),
        source=row.get("source", ""),
    )


# CSV and TSV of any program, and OmegaT's glossaries: lines of source, target and comment.


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


# Excel workbooks.

# A sheet of 100,000 terms unpacks to 30 MB.
MOST_BYTES = 300 * 2**20


def read_xlsx(content: bytes, named: Mapping[str, str], subject: str) -> Imported:
    """The first sheet of a workbook; of formulas the values that were last worked out."""
    try:
        _refuse_bomb(content, subject)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = [tuple("" if value is None else str(value) for value in row) for row in book.worksheets[0].values]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise UnreadableInput(subject, f"is not an Excel workbook ({error})", "save it as .xlsx") from error
    return read_rows(rows, named, subject)


def _refuse_bomb(content: bytes, subject: str) -> None:
    """Raise UnreadableInput for a workbook that unpacks to more than any glossary has."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > MOST_BYTES:
        cause = f"unpacks to {size // 2**20} MB"
        raise UnreadableInput(subject, cause, "save only the sheet with the terms, as CSV")


def write_xlsx(concepts: Sequence[Concept]) -> bytes:
    """One sheet with its head row held in place."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("glossary")
    sheet.freeze_panes = "A2"
    for row in (COLUMNS, *map(table.cells, concepts)):
        sheet.append([_text_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: object, value: str) -> object:
    """A cell that stays text, whatever it begins with."""
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
