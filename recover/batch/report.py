"""What became of every file, worst first: a table for programs and a page for people."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import msgspec

from recover.batch.ledger import Ledger
from recover.batch.walk import CSV_REPORT, HTML_REPORT, home_of
from recover.errors import UnwritableOutput
from recover.pipeline.output import adding, refuse_taken
from recover.pipeline.storage import exists, is_url, storage_for
from recover.text.messages import in_chinese, language, translated

COLUMNS = ("file", "state", "confidence", "pages", "missing", "problems", "title", "error", "folder")
STATES = ("failed", "incomplete", "new", "looked", "done", "gone")
HEADS = ("file", "state", "confidence", "pages", "problems", "title", "what is wrong", "links")
WORDS = {"new": "unfinished", "looked": "unfinished", "gone": "gone from the folder"}
LINKS = {"report.html": "report", "document.md": "text", "document.json": "data"}


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A file in the report; ``folder`` is empty where there is no document."""

    file: str
    state: str
    confidence: float | None
    pages: int
    missing: int
    problems: int
    title: str
    error: str
    folder: str


def report_rows(ledger: Ledger) -> Iterator[Row]:
    """Every file: the failed, the incomplete, the unfinished, then the least sure first."""
    order = " ".join(f"WHEN '{state}' THEN {rank}" for rank, state in enumerate(STATES))
    last = ledger.meta("walk") or "0"
    now = f"CASE WHEN seen < {int(last)} THEN 'gone' ELSE state END"
    columns = f"name, {now} AS now, confidence, pages, missing, problems, title, error, target, made_key"
    rest = f"ORDER BY CASE now {order} END, confidence IS NOT NULL, confidence, problems DESC, name"
    for values in ledger.rows(columns, rest):
        *told, made = values
        folder = told[-1] if made else ""
        yield msgspec.convert((*told[:-1], folder), Row)


def write_reports(ledger: Ledger, out: str) -> tuple[str, str]:
    """Write both reports into the output; returns their names. Raises UnwritableOutput."""
    written = f"{out}/{CSV_REPORT}", f"{out}/{HTML_REPORT}"
    contents = _csv(ledger), _html(ledger, out)
    if not is_url(out):
        with adding(Path(out), home_of(out)) as draft:
            (draft / CSV_REPORT).write_bytes(contents[0])
            (draft / HTML_REPORT).write_bytes(contents[1])
        return written
    try:
        for name, content in zip(written, contents, strict=True):
            storage_for(out).write(name, content)
    except OSError as error:
        raise UnwritableOutput(out, error.strerror or str(error), "free space and permissions") from error
    return written


def refuse_foreign_reports(out: Path) -> None:
    """Raise OutputTaken, before hours of work, where the reports would replace somebody's files."""
    refuse_taken(out, (CSV_REPORT, HTML_REPORT), home_of(str(out)))


def _csv(ledger: Ledger) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in report_rows(ledger):
        writer.writerow([_safe(value) for value in msgspec.structs.astuple(row)])
    return text.getvalue().encode("utf-8-sig")  # spreadsheets take it for Chinese so


def _safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


STYLE = """
:root { color-scheme: light dark; --ink: #222; --paper: #fff; --line: #ddd; --soft: #666; --link: #0b57a4;
  --failed: #fdecea; --part: #fff6e0 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8ec; --paper: #15181d; --line: #3b4450; --soft: #a7b0bd; --link: #8cc0f0;
    --failed: #3a1616; --part: #3a3010 }
}
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; margin: 2rem; color: var(--ink);
  background: var(--paper) }
body:has(#ui-en:checked) .ui:lang(zh), body:has(#ui-zh:checked) .ui:lang(en) { display: none }
a { color: var(--link) } .languages { float: right } .scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .3rem .6rem; vertical-align: top }
th { border-bottom: 2px solid #888; white-space: nowrap } tr { border-bottom: 1px solid var(--line) }
td { overflow-wrap: break-word } td:first-child { overflow-wrap: anywhere; min-width: 8em } td.title { min-width: 14em }
td:nth-child(2) { white-space: nowrap }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
.failed { background: var(--failed) } .incomplete { background: var(--part) } .gone { color: var(--soft) }
"""


def _html(ledger: Ledger, out: str) -> bytes:
    tally = ledger.tally()
    counts = [(tally[state], WORDS.get(state, state)) for state in STATES if tally.get(state)]
    summary = ", ".join(f"{count} {_said(word)}" for count, word in counts) or _said("no files")
    heads = "".join(f'<th scope="col">{_said(word)}</th>' for word in HEADS)
    rows = "\n".join(_row(row, out) for row in report_rows(ledger))
    languages = _choice("en", "English"), _choice("zh", "中文")
    page = (
        f'<!doctype html>\n<html lang="{language()}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{translated('Batch report')}</title><style>{STYLE}</style></head>\n<body>\n"
        f'<header class="languages">{" ".join(languages)}</header>\n<main>\n'
        f"<h1>{_said('Batch report')}</h1>\n<p>{summary}</p>\n"
        f'<div class="scroll" tabindex="0"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n'
        "</table></div>\n</main>\n</body>\n</html>\n"
    )
    return page.encode()


def _choice(code: str, name: str) -> str:
    checked = " checked" if language() == code else ""
    return f'<label><input type="radio" name="ui" id="ui-{code}"{checked}> {name}</label>'


@lru_cache(maxsize=1024)
def _said(message: str) -> str:
    """A message in both languages, of which the page shows the one that is chosen at its top."""
    english, chinese = html.escape(message), html.escape(in_chinese(message))
    if english == chinese:
        return english
    return f'<span class="ui" lang="zh">{chinese}</span><span class="ui" lang="en">{english}</span>'


def _row(row: Row, out: str) -> str:
    sure = "" if row.confidence is None else f"{row.confidence:.3f}"
    pages = _said(f"{row.pages - row.missing} of {row.pages}") if row.missing else str(row.pages or "")
    cells = (
        f"<td>{html.escape(row.file)}</td><td>{_said(WORDS.get(row.state, row.state))}</td>",
        f'<td class="number">{sure}</td><td class="number">{pages}</td><td class="number">{row.problems or ""}</td>',
        f'<td class="title">{html.escape(row.title)}</td><td class="title">{_said(row.error)}</td>',
        f"<td>{_links(row, out)}</td>",
    )
    return f'<tr class="{row.state}">{"".join(cells)}</tr>'


def _links(row: Row, out: str) -> str:
    if not row.folder:
        return ""
    names = [name for name in LINKS if exists(f"{out}/{row.folder}/{name}")]
    return " ".join(f'<a href="{quote(row.folder)}/{name}">{_said(LINKS[name])}</a>' for name in names)
