"""A made-up document as Typst code that tells where its paragraphs and tables stand."""

from __future__ import annotations

import msgspec

from bench.tables.made import Made, MadeTable, Merge
from samples.markup import typst_string

_PAGE = """
#set page(paper: "a4", margin: (x: 2cm, y: 2.2cm), columns: {columns})
#set text(font: ("{font}", "Noto Serif CJK SC"), size: {size}pt, lang: "zh", cjk-latin-spacing: none)
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 0.75em, spacing: 0.85em)
#let mark(key) = context [#metadata((key: key, ..here().position())) <mark>]
#let para(key, body) = [#mark(key)#body#parbreak()]
#let head(body) = block(above: 1.2em, below: 0.9em, text(size: 1.15em, weight: "bold", body))
#let hline(y, ..rest) = table.hline(y: y, stroke: 0.6pt, ..rest)
#let thick(y) = table.hline(y: y, stroke: 1.1pt)
"""


def typst_source(made: Made) -> str:
    """The whole Typst document."""
    parts = [_PAGE.format(columns=made.columns, font=made.font, size=made.size)]
    for at, item in enumerate(made.items):
        if isinstance(item, MadeTable):
            parts.append(_float(item, f"table-{at}"))
        elif item[0] == "heading":
            parts.append(f'#mark("heading-{at}")\n#head({typst_string(item[1])})')
        else:
            parts.append(f'#para("text-{at}", {typst_string(item[1])})')
    return "\n".join(parts) + "\n"


def _float(table: MadeTable, key: str) -> str:
    mark = f'mark("{key}");'
    if table.cut:
        first, rest = (_part(table, rows) for rows in ((0, table.cut), (table.cut, len(table.rows))))
        above = f'align(center, text(weight: "bold", {typst_string(table.continued)})); v(-0.4em);'
        return (
            f"#{_block(table, mark + _captions(table) + _table(first))}\n#pagebreak()\n"
            f"#{_block(table, above + _table(rest) + _note(table))}"
        )
    block = _block(table, mark + _captions(table) + _table(table) + _note(table))
    if table.sideways:
        turned = f"#align(center, rotate(-90deg, reflow: true, block(width: 19cm, {block})))"
        return f"#pagebreak()\n{turned}\n#pagebreak()" if table.alone else turned
    if table.placed == "here" and not table.wide:
        return f"#{block}"
    scope = "parent" if table.wide else "column"
    edge = "bottom" if table.placed == "bottom" else "top"
    return f'#place({edge}, float: true, scope: "{scope}", {block})'


def _block(table: MadeTable, content: str) -> str:
    """A block that no page cuts, set like a table."""
    justify = str(table.justified).lower()
    settings = f"set par(first-line-indent: 0pt, justify: {justify}, leading: 0.55em); set text(size: {table.size}pt);"
    return f"block(breakable: false, width: 100%, above: 1em, below: 1em, {{{settings} {content}}})"


def _part(table: MadeTable, rows: tuple[int, int]) -> MadeTable:
    """The table's heads over some of its rows."""
    start, end = max(rows[0], table.head), rows[1]
    shift = start - table.head
    merges = [merge for merge in table.merges if merge.row < table.head]
    merges += [
        Merge(merge.row - shift, merge.col, merge.rowspan, merge.colspan)
        for merge in table.merges
        if start <= merge.row < end
    ]
    return msgspec.structs.replace(
        table, rows=(*table.rows[: table.head], *table.rows[start:end]), merges=tuple(merges), cut=0
    )


def _captions(table: MadeTable) -> str:
    lines = [f"{table.label}　{table.caption}"]
    if table.caption_en:
        lines.append(f"Table {table.label[1:]}  {table.caption_en}")
    shown = " linebreak(); ".join(f'text(weight: "bold", {typst_string(line)});' for line in lines)
    return f"align(center, {{{shown}}}); v(-0.4em);"


def _note(table: MadeTable) -> str:
    return f"v(-0.3em); text(size: 0.88em, {typst_string(table.note)});" if table.note else ""


def _table(table: MadeTable) -> str:
    x, y = table.inset
    align = "center" if table.center else "left"
    vertical = "horizon" if table.middle else "top"
    stroke = "0.6pt" if table.rules == "grid" else "none"
    settings = (
        f"columns: ({', '.join(table.widths)},), inset: (x: {x}pt, y: {y}pt), stroke: {stroke}, "
        f"align: (c, r) => (if c == 0 {{left}} else {{{align}}}) + {vertical}"
    )
    return f"align(center, table({settings}, {', '.join([*_cells(table), *_lines(table)])}));"


def _cells(table: MadeTable) -> list[str]:
    covered = {
        (row, column)
        for merge in table.merges
        for row in range(merge.row, merge.row + merge.rowspan)
        for column in range(merge.col, merge.col + merge.colspan)
    }
    first = {(merge.row, merge.col): merge for merge in table.merges}
    cells = []
    for row, texts in enumerate(table.rows):
        for column, text in enumerate(texts):
            merge = first.get((row, column))
            if merge is None and (row, column) in covered:
                continue
            merge = merge or Merge(row, column, 1, 1)
            place = f"x: {column}, y: {row}, rowspan: {merge.rowspan}, colspan: {merge.colspan}"
            centred = ", align: center + horizon" if merge.colspan > 1 else ""
            shown = " + linebreak() + ".join(map(typst_string, text.split("\n")))
            cells.append(f"table.cell({place}{centred}, {shown})")
    return cells


def _lines(table: MadeTable) -> list[str]:
    rows, columns, head = len(table.rows), len(table.rows[0]), table.head
    outer = ["thick(0)", f"hline({head})", f"thick({rows})"]
    under = [
        f"hline({merge.row + 1}, start: {merge.col}, end: {merge.col + merge.colspan})"
        for merge in table.merges
        if merge.colspan > 1
    ]
    match table.rules:
        case "three":
            return outer
        case "three-heads":
            return [*outer, *under]
        case "rows":
            return [f"hline({row})" for row in range(rows + 1) if row >= head or row == 0] + under
        case "head-grid":
            return [*outer, *under, *(_vline(column, 0, head) for column in range(1, columns))]
        case "open-sides":
            across = [f"hline({row})" for row in range(rows + 1)]
            return [*across, *(_vline(column, 0, rows) for column in range(1, columns))]
        case _:
            return []


def _vline(column: int, start: int, end: int) -> str:
    return f"table.vline(x: {column}, start: {start}, end: {end}, stroke: 0.6pt)"
