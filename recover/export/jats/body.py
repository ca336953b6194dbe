"""The text of JATS: sections inside sections, figures, tables, and citation marks that point to the list."""

from __future__ import annotations

from collections.abc import Sequence

from recover.export.content import Float, body, described, listed, runs, words_inside
from recover.export.jats.build import HREF, add, add_styled, append_stretch, append_styled
from recover.export.styled import Styled, english_caption, joined
from recover.export.table_cells import PrintedCell, head_rows, printed_rows
from recover.export.xml import Element
from recover.model.document import Document, Formula, Paragraph, Section, Table


def add_body(article: Element, document: Document) -> None:
    """The ``body`` element."""
    root = add(article, "body")
    path: list[tuple[int, Element]] = []
    known = listed(document)
    for number, item in enumerate(body(document), 1):
        place = path[-1][1] if path else root
        if isinstance(item, Section):
            _open_section(root, path, item)
        elif isinstance(item, Paragraph):
            _paragraph(place, item, known)
        elif isinstance(item, Formula):
            _formula(place, item, f"f{number}")
        else:
            _float(place, item, f"f{number}")
    _fill_empty(root)


def _open_section(root: Element, path: list[tuple[int, Element]], section: Section) -> None:
    """A section under the last one of a lesser level; what stands before the first heading is no section."""
    if not (section.number or section.title or section.title_en):
        return
    while path and path[-1][0] >= section.level:
        path.pop()
    element = add(path[-1][1] if path else root, "sec", id=section.id)
    if section.number:
        add(element, "label", section.number)
    add_styled(element, "title", joined((Styled(section.title, section.title_marks), Styled(section.title_en))))
    path.append((section.level, element))


def _fill_empty(root: Element) -> None:
    """A section with nothing in it isn't valid; a paragraph with nothing is."""
    for section in (root, *root.iter("sec")):
        if not any(child.tag not in {"label", "title"} for child in section):
            add(section, "p")


def _paragraph(parent: Element, paragraph: Paragraph, known: Sequence[str]) -> None:
    element = add(parent, "p")
    for run in runs(paragraph, known):
        if run.citation is None:
            append_stretch(element, run.text, run.kinds)
            continue
        targets = " ".join(f"ref-{number}" for number in run.targets)
        if targets:
            add(add(element, "sup"), "xref", run.text, ref_type="bibr", rid=targets)
        else:
            add(element, "sup", run.text)


def _formula(parent: Element, formula: Formula, key: str) -> None:
    element = add(parent, "disp-formula", id=key)
    if formula.label:
        add(element, "label", formula.label)
    if formula.latex:
        add(element, "tex-math", formula.latex)
    elif formula.image:
        add(element, "graphic").set(HREF, formula.image)
    else:
        append_styled(element, Styled(formula.text, formula.marks))


def _float(parent: Element, item: Float, key: str) -> None:
    is_table = isinstance(item, Table)
    wrap = add(parent, "table-wrap" if is_table else "fig", id=key, position="anchor")
    if item.label:
        add(wrap, "label", item.label)
    _caption(wrap, item)
    if isinstance(item, Table) and item.rows:
        _table(wrap, item)
        return
    if words_inside(item):
        add(wrap, "alt-text", described(item))
    if item.image:
        add(wrap, "graphic").set(HREF, item.image)
    elif is_table:
        add(add(add(add(wrap, "table"), "tbody"), "tr"), "td")


def _caption(wrap: Element, item: Float) -> None:
    if item.caption or item.caption_en:
        caption = add(wrap, "caption")
        own, english = Styled(item.caption, item.caption_marks), english_caption(item)
        add_styled(caption, "title", own if own.text else english)
        if own.text and english.text:
            add_styled(caption, "p", english)


def _table(wrap: Element, item: Table) -> None:
    table = add(wrap, "table")
    heads = head_rows(item)
    groups = [("thead", printed_rows(item)[:heads]), ("tbody", printed_rows(item)[heads:])]
    for name, rows in groups:
        group = add(table, name) if rows else None
        for row in rows:
            if row and group is not None:  # a row that merged cells cover whole would not be valid
                _row(add(group, "tr"), row, "th" if name == "thead" else "td")


def _row(line: Element, row: Sequence[PrintedCell], name: str) -> None:
    for cell in row:
        rows = str(cell.rowspan) if cell.rowspan > 1 else ""
        columns = str(cell.colspan) if cell.colspan > 1 else ""
        add_styled(line, name, cell.styled, rowspan=rows, colspan=columns)
