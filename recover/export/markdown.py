"""``document.md``: the paper as Markdown that GitHub and Pandoc render alike, citations linked to the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from recover.export.content import Float, body, described, listed, notes, runs, words_inside
from recover.export.styled import (
    Styled,
    abstract_texts,
    caption_text,
    cell_text,
    english_caption,
    entry_keys,
    heading_text,
    list_title,
    not_bold,
    paragraph_text,
    reference_text,
    stretches,
    title_text,
)
from recover.model.document import Document, Formula, MarkKind, Paragraph, Reference, Section, Table
from recover.text.mathematics import known_latex

# What a formula's number may be made of.
_NUMBER = re.compile(r"[\w.-]+")


def render(document: Document, folder: Path) -> bytes:  # noqa: ARG001 pictures are linked, not held
    """UTF-8 Markdown, blocks parted by empty lines."""
    return ("\n\n".join(_blocks(document)) + "\n").encode()


def _blocks(document: Document) -> Iterator[str]:
    yield from _front(document)
    known = listed(document)
    for item in body(document):
        if isinstance(item, Section):
            yield from _heading(item)
        elif isinstance(item, Paragraph):
            yield linked(item, known)
        elif isinstance(item, Formula):
            yield _formula(item)
        else:
            yield _float(item)
    if document.references:
        yield f"# {escape(list_title(document))}"
        yield "\n".join(map(_reference, document.references, entry_keys(document.references)))


def _front(document: Document) -> Iterator[str]:
    for title in (title_text(document, "zh"), title_text(document, "en")):
        if title.text:
            yield f"# {inline(not_bold(title))}"
    if document.authors:
        yield _joined([author.name for author in document.authors])
    for lang, label, keywords in (("zh", "摘要", "关键词"), ("en", "Abstract", "Key words")):
        paragraphs = abstract_texts(document, lang)
        if paragraphs:
            yield f"**{label}**"
            yield from map(inline, paragraphs)
        words = getattr(document.keywords, lang)
        if words:
            yield f"**{keywords}** {escape(('；' if lang == 'zh' else '; ').join(words))}"
    yield from (f"> {inline(paragraph_text(block.paragraph))}" for block in notes(document))


def _heading(section: Section) -> Iterator[str]:
    heading = heading_text(section)
    if heading.text:
        yield f"{'#' * min(6, section.level)} {inline(not_bold(heading))}"


def linked(paragraph: Paragraph, known: Sequence[str]) -> str:
    """The paragraph's text with each citation mark linked to its first reference that is there."""
    return at_line_start(
        "".join(
            f"[{escape(run.text)}](#ref-{run.targets[0]})" if run.targets else marked(run.text, run.kinds)
            for run in runs(paragraph, known)
        )
    )


def _float(item: Float) -> str:
    label = inline(not_bold(caption_text(item)))
    english = f"\n\n{inline(english_caption(item))}" if item.caption_en else ""
    if isinstance(item, Table) and item.rows:
        return f"**{label}**{english}\n\n{_rows(item)}" if label else _rows(item)
    shown = escape(described(item))
    picture = f"![{shown}]({item.image})" if item.image else escape(words_inside(item))
    return "\n\n".join(part for part in (picture, f"**{label}**" if label else "") if part) + english


def _formula(formula: Formula) -> str:
    """As mathematics, as its picture, or what was read of it, and its number."""
    if latex := known_latex(formula.latex):
        number = formula.label.strip("()（）")
        shown_number = f" \\tag{{{number}}}" if _NUMBER.fullmatch(number) else ""
        return f"$$\n{latex}{shown_number}\n$$"
    text = escape(formula.text.replace("\n", " "))
    shown = f"![{text or 'formula'}]({formula.image})" if formula.image else text
    return f"{shown} {escape(formula.label)}".strip()


def _rows(table: Table) -> str:
    marks = {(cell.row, cell.column, cell.text): cell_text(cell) for cell in table.cells}
    lines = [
        "| "
        + " | ".join(inline(marks.get((row, column, text), Styled(text))) for column, text in enumerate(cells))
        + " |"
        for row, cells in enumerate(table.rows)
    ]
    lines.insert(1, "|" + " --- |" * len(table.rows[0]))
    return "\n".join(lines)


def _reference(reference: Reference, key: str) -> str:
    number = f"\\[{reference.number}\\] " if reference.number else ""
    return f'<a id="ref-{key}"></a>{number}{inline(reference_text(reference))}  '


def _joined(names: Sequence[str]) -> str:
    """Names parted as their language parts them."""
    comma = "，" if any("\u4e00" <= char <= "\u9fff" for name in names for char in name) else ", "
    return comma.join(map(escape, names))


# A stretch of text as Markdown: escaped, raised and lowered type in the elements that Markdown has no sign for.

# Marks that Markdown would take for markup; brackets matter only where a link could begin.
_SPECIAL = re.compile(r"([\\`*_<>\[\]|~$])")
_LINE_START = re.compile(r"^(\s*)((?:#{1,6}|[-+]|\d+[.)])(?:\s|$)|>)")
_SIGNS: dict[MarkKind, str] = {"italic": "*", "bold": "**"}
_TAGS: dict[MarkKind, str] = {"sup": "sup", "sub": "sub", "italic": "em", "bold": "strong"}


def inline(styled: Styled) -> str:
    """A whole text, its marked stretches marked."""
    return at_line_start("".join(marked(stretch.text, stretch.kinds) for stretch in stretches(styled)))


def marked(text: str, kinds: Sequence[MarkKind]) -> str:
    """A stretch with its marks; white space at its ends stays outside, where Markdown wants it."""
    inner = text.strip()
    if not kinds or not inner:
        return escape_inline(text)
    lead = len(text) - len(text.lstrip())
    shown = escape_inline(inner)
    for kind in reversed(kinds):
        shown = _enclosed(shown, inner, kind)
    return f"{text[:lead]}{shown}{text[lead + len(inner) :]}"


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return at_line_start(escape_inline(text))


def escape_inline(text: str) -> str:
    """Text inside a line that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.splitlines()) if "\n" in text else text)


def at_line_start(escaped: str) -> str:
    """Escaped text of which nothing at its start begins a list, a heading or a quotation."""
    return _LINE_START.sub(
        lambda match: f"{match.group(1)}\\{match.group(2)}" if not match.group(2)[0].isdigit() else _number(match),
        escaped,
    )


def _enclosed(shown: str, inner: str, kind: MarkKind) -> str:
    """Stars count as marks only where they stand against a letter or figure on the inside."""
    sign = _SIGNS.get(kind)
    if sign and inner[0].isalnum() and inner[-1].isalnum() and not shown.startswith(("*", "<")):
        return f"{sign}{shown}{sign}"
    return f"<{_TAGS[kind]}>{shown}</{_TAGS[kind]}>"


def _number(match: re.Match[str]) -> str:
    """A number at a line's start with its stop escaped, so that no list begins."""
    digits = re.match(r"\d+", match.group(2))
    end = digits.end() if digits else 0
    return f"{match.group(1)}{match.group(2)[:end]}\\{match.group(2)[end:]}"
