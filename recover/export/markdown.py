"""``document.md``: the paper as Markdown that GitHub and Pandoc render alike, citations linked to the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from recover.export.content import Float, body, caption, heading, listed, notes, runs
from recover.export.references import entry_keys, list_title, printed_text
from recover.model.document import Document, Paragraph, Reference, Section, Table

# Marks that Markdown would take for markup; brackets matter only where a link could begin.
_SPECIAL = re.compile(r"([\\`*_<>\[\]|~$])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}\s|[-+]\s|\d+[.)]\s|>)")


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
        else:
            yield _float(item)
    if document.references:
        yield f"# {escape(list_title(document))}"
        yield "\n".join(map(_reference, document.references, entry_keys(document.references)))


def _front(document: Document) -> Iterator[str]:
    for title in (document.title.zh, document.title.en):
        if title:
            yield f"# {escape(title)}"
    if document.authors:
        yield _joined([author.name for author in document.authors])
    for lang, label, keywords in (("zh", "摘要", "关键词"), ("en", "Abstract", "Key words")):
        paragraphs = getattr(document.abstracts, lang)
        if paragraphs:
            yield f"**{label}**"
            yield from map(escape, paragraphs)
        words = getattr(document.keywords, lang)
        if words:
            yield f"**{keywords}** {escape(('；' if lang == 'zh' else '; ').join(words))}"
    yield from (f"> {escape(block.paragraph.text)}" for block in notes(document))


def _heading(section: Section) -> Iterator[str]:
    if text := heading(section):
        yield f"{'#' * min(6, section.level)} {escape(text)}"


def linked(paragraph: Paragraph, known: Sequence[str]) -> str:
    """The paragraph's text with each citation mark linked to its first reference that is there."""
    return "".join(
        f"[{escape(run.text)}](#ref-{run.targets[0]})" if run.targets else escape(run.text)
        for run in runs(paragraph, known)
    )


def _float(item: Float) -> str:
    label = escape(caption(item))
    english = f"\n\n{escape(item.caption_en)}" if item.caption_en else ""
    if isinstance(item, Table) and item.rows:
        return f"**{label}**{english}\n\n{_rows(item.rows)}" if label else _rows(item.rows)
    picture = f"![{label}]({item.image})" if item.image else ""
    return "\n\n".join(part for part in (picture, f"**{label}**" if label else "") if part) + english


def _rows(rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def _reference(reference: Reference, key: str) -> str:
    number = f"\\[{reference.number}\\] " if reference.number else ""
    return f'<a id="ref-{key}"></a>{number}{escape(printed_text(reference))}  '


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.splitlines()))
    return _LINE_START.sub(
        lambda match: f"{match.group(1)}\\{match.group(2)}" if not match.group(2)[0].isdigit() else _number(match),
        escaped,
    )


def _number(match: re.Match[str]) -> str:
    """A number at a line's start with its stop escaped, so that no list begins."""
    digits = re.match(r"\d+", match.group(2))
    end = digits.end() if digits else 0
    return f"{match.group(1)}{match.group(2)[:end]}\\{match.group(2)[end:]}"


def _joined(names: Sequence[str]) -> str:
    """Names parted as their language parts them."""
    comma = "，" if any("\u4e00" <= char <= "\u9fff" for name in names for char in name) else ", "
    return comma.join(map(escape, names))
