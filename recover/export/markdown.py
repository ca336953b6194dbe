"""``document.md``: the paper as Markdown that GitHub and Pandoc render alike, citations linked to the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from recover.model.document import Document, Figure, FrontBlock, Paragraph, Reference, Section, Table

# Marks that Markdown would take for markup; brackets matter only where a link could begin.
_SPECIAL = re.compile(r"([\\`*_<>\[\]|~$])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}\s|[-+]\s|\d+[.)]\s|>)")
FRONT_TITLES = {"funding": "基金", "cite": "引用本文"}


def render(document: Document, folder: Path) -> bytes:  # noqa: ARG001 pictures are linked, not held
    """UTF-8 Markdown, blocks parted by empty lines."""
    return ("\n\n".join(_blocks(document)) + "\n").encode()


def _blocks(document: Document) -> Iterator[str]:
    yield from _front(document)
    floats: list[Figure | Table] = [*document.figures, *document.tables]
    for section in document.sections:
        yield from _section(section, [item for item in floats if item.section == section.id])
    yield from (_float(item) for item in floats if not item.section)
    if document.references:
        if not any(_is_list(section) for section in document.sections):
            yield "# 参考文献"
        yield "\n".join(_reference(reference) for reference in document.references)


def _is_list(section: Section) -> bool:
    return "参考文献" in "".join(section.title.split()) or "eference" in section.title + section.title_en


def _front(document: Document) -> Iterator[str]:
    for title in (document.title.zh, document.title.en):
        if title:
            yield f"# {escape(title)}"
    if document.authors:
        yield "，".join(escape(author.name) for author in document.authors)
    for lang, label, keywords in (("zh", "摘要", "关键词"), ("en", "Abstract", "Key words")):
        paragraphs = getattr(document.abstracts, lang)
        if paragraphs:
            yield f"**{label}**"
            yield from map(escape, paragraphs)
        words = getattr(document.keywords, lang)
        if words:
            yield f"**{keywords}** {escape(('；' if lang == 'zh' else '; ').join(words))}"
    yield from (_front_note(block) for block in document.front if _is_note(block))


def _is_note(block: FrontBlock) -> bool:
    return not block.role.startswith(("title", "authors", "abstract", "keywords"))


def _front_note(block: FrontBlock) -> str:
    return f"> {escape(block.paragraph.text)}"


def _section(section: Section, floats: Sequence[Figure | Table]) -> Iterator[str]:
    heading = " ".join(part for part in (section.number, section.title, section.title_en) if part)
    if heading:
        yield f"{'#' * min(6, section.level)} {escape(heading)}"
    waiting = list(floats)
    for paragraph in section.paragraphs:
        yield linked(paragraph)
        for item in [item for item in waiting if item.label and _names(paragraph.text, item.label)]:
            waiting.remove(item)
            yield _float(item)
    yield from map(_float, waiting)


def _names(text: str, label: str) -> bool:
    return re.search(re.escape("".join(label.split())) + r"(?!\d)", "".join(text.split())) is not None


def linked(paragraph: Paragraph) -> str:
    """The paragraph's text with each citation mark linked to its first reference."""
    parts, at = [], 0
    for citation in paragraph.citations:
        parts.append(escape(paragraph.text[at : citation.start]))
        mark = escape(paragraph.text[citation.start : citation.end])
        parts.append(f"[{mark}](#ref-{citation.numbers[0]})")
        at = citation.end
    return "".join([*parts, escape(paragraph.text[at:])])


def _float(item: Figure | Table) -> str:
    caption = escape(" ".join(part for part in (item.label, item.caption) if part))
    english = f"\n\n{escape(item.caption_en)}" if item.caption_en else ""
    if isinstance(item, Table) and item.rows:
        return f"**{caption}**{english}\n\n{_rows(item.rows)}" if caption else _rows(item.rows)
    picture = f"![{caption}]({item.image})" if item.image else ""
    return "\n\n".join(part for part in (picture, f"**{caption}**" if caption else "") if part) + english


def _rows(rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def _reference(reference: Reference) -> str:
    text = re.sub(rf"^[\[［(（]?\s*{reference.number}\s*[\]］)）.]?\s*", "", reference.raw)
    return f'<a id="ref-{reference.number}"></a>\\[{reference.number}\\] {escape(text)}  '


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.splitlines()))
    return _LINE_START.sub(lambda match: f"{match.group(1)}\\{match.group(2)}" if not match.group(2)[0].isdigit() else _number(match), escaped)


def _number(match: re.Match[str]) -> str:
    """A number at a line's start with its stop escaped, so that no list begins."""
    digits = re.match(r"\d+", match.group(2))
    end = digits.end() if digits else 0
    return f"{match.group(1)}{match.group(2)[:end]}\\{match.group(2)[end:]}"
