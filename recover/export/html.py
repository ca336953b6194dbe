"""``document.html``: the paper as one page that reads well, prints well, and is known to reference managers."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode

from recover.export.content import (
    Float,
    PrintedCell,
    body,
    caption,
    described,
    head_rows,
    listed,
    main_language,
    notes,
    printed_rows,
    publication,
    runs,
    title,
    words_inside,
)
from recover.export.markup import Markup, escape, inert_head, join, tag
from recover.export.mathml import mathml_markup
from recover.export.styled import (
    Styled,
    abstract_texts,
    caption_text,
    english_caption,
    entry_keys,
    heading_text,
    links,
    list_title,
    paragraph_text,
    reference_text,
    stretches,
    title_text,
)
from recover.model.document import Document, Formula, MarkKind, Paragraph, Reference, Section, Table
from recover.text.mathematics import known_latex

_TAGS: dict[MarkKind, str] = {"sup": "sup", "sub": "sub", "italic": "i", "bold": "b"}


def inline(styled: Styled) -> Markup:
    """The text, its marked stretches in elements."""
    return join(marked(stretch.text, stretch.kinds) for stretch in stretches(styled))


def marked(text: str, kinds: Sequence[MarkKind]) -> Markup:
    """A stretch inside its elements, the first kind outermost."""
    element = escape(text)
    for kind in reversed(kinds):
        element = tag(_TAGS[kind], element)
    return element


# From a picture's path in the recovered folder to the address it has in the file, empty when it has none.
Address = Callable[[str], str]

LABELS = {"zh": ("摘要", "关键词", "；"), "en": ("Abstract", "Key words", "; ")}


def article(document: Document, address: Address) -> Markup:
    """The whole paper."""
    parts = [*front(document), *_body(document, address), references(document)]
    return tag("article", *parts)


def front(document: Document) -> Iterator[Markup]:
    """Titles, authors, abstracts, keywords and notes, each announced in its language."""
    if document.title.zh:
        yield tag("h1", inline(title_text(document, "zh")), lang="zh")
    if document.title.en:
        name = "p" if document.title.zh else "h1"
        yield tag(name, inline(title_text(document, "en")), lang="en", class_="title")
    if document.authors:
        yield tag("p", "，".join(author.name for author in document.authors), class_="authors")
        english = ", ".join(author.name_en for author in document.authors if author.name_en)
        yield tag("p", english, class_="authors", lang="en") if english else Markup()
    for lang in ("zh", "en"):
        yield from _abstract(document, lang)
    blocks = notes(document)
    if blocks:
        texts = (tag("p", inline(paragraph_text(block.paragraph)), lang=block.lang) for block in blocks)
        yield tag("aside", *texts, class_="notes")


def _abstract(document: Document, lang: str) -> Iterator[Markup]:
    label, keywords_label, comma = LABELS[lang]
    paragraphs = abstract_texts(document, lang)
    keywords = document.keywords.zh if lang == "zh" else document.keywords.en
    if paragraphs:
        texts = (tag("p", inline(text)) for text in paragraphs)
        yield tag("section", tag("h2", label), *texts, class_="abstract", lang=lang)
    if keywords:
        yield tag("p", tag("b", keywords_label), " ", comma.join(keywords), class_="keywords", lang=lang)


def _body(document: Document, address: Address) -> Iterator[Markup]:
    known = listed(document)
    for item in body(document):
        if isinstance(item, Section):
            yield heading_element(item)
        elif isinstance(item, Paragraph):
            yield paragraph_element(item, known)
        elif isinstance(item, Formula):
            yield formula_element(item, address)
        else:
            yield float_element(item, address)


def heading_element(section: Section) -> Markup:
    """A heading one deeper than its level, since the title is the first; nothing for a section without one."""
    heading = heading_text(section)
    return tag(f"h{min(6, section.level + 1)}", inline(heading), id=section.id) if heading.text else Markup()


def paragraph_element(paragraph: Paragraph, known: Sequence[str]) -> Markup:
    """The paragraph with its citation marks raised and linked."""
    return tag("p", *map_runs(paragraph, known), lang=paragraph.lang or None)


def map_runs(paragraph: Paragraph, known: Sequence[str]) -> Iterator[str]:
    """The paragraph's runs, citation marks as links to the first reference they name that is there."""
    for run in runs(paragraph, known):
        if run.citation is None:
            yield marked(run.text, run.kinds)
        else:
            link = tag("a", run.text, href=f"#ref-{run.targets[0]}", class_="citation") if run.targets else run.text
            yield tag("sup", link)


def float_element(item: Float, address: Address) -> Markup:
    """A figure, or a table as a table where its cells were read and as a picture where not."""
    english = tag("span", inline(english_caption(item)), lang="en", class_="english") if item.caption_en else ""
    label = tag("figcaption", inline(caption_text(item)), english) if caption(item) or english else ""
    if isinstance(item, Table) and item.rows:
        return tag("figure", label, table_element(item), class_="table")
    source = address(item.image) if item.image else ""
    picture = tag("img", src=source, alt=described(item) or "figure") if source else ""
    if not source and words_inside(item):
        picture = tag("p", words_inside(item))
    return tag("figure", picture, label) if picture or label else Markup()


def formula_element(formula: Formula, address: Address) -> Markup:
    """A formula as mathematics, its picture, or what was read of it, with its number beside it."""
    source = address(formula.image) if formula.image else ""
    text = inline(Styled(formula.text, formula.marks))
    picture = tag("img", src=source, alt=formula.text or "formula") if source else text
    shown = mathml_markup(formula.latex) or picture
    label = tag("span", formula.label, class_="label") if formula.label else ""
    return tag("div", shown, label, class_="formula")


def table_element(table: Table) -> Markup:
    """Rows and cells, merged ones merged, the headings apart."""
    heads = head_rows(table)
    rows = [_row(row, "th" if at < heads else "td") for at, row in enumerate(printed_rows(table))]
    return tag("table", tag("thead", *rows[:heads]) if heads else "", tag("tbody", *rows[heads:]))


def _row(row: Sequence[PrintedCell], name: str) -> Markup:
    return tag(
        "tr",
        *(
            tag(
                name,
                inline(cell.styled),
                rowspan=cell.rowspan if cell.rowspan > 1 else None,
                colspan=cell.colspan if cell.colspan > 1 else None,
            )
            for cell in row
        ),
    )


def references(document: Document) -> Markup:
    """The numbered list under its heading; nothing without entries."""
    if not document.references:
        return Markup()
    entries = tag("ol", *map(reference_item, document.references, entry_keys(document.references)), class_="references")
    return tag("section", tag("h2", list_title(document)), entries)


def reference_item(reference: Reference, key: str) -> Markup:
    """An entry as printed, with links to where the work is found."""
    found = [join((" ", tag("a", name, href=target, rel="noreferrer"))) for name, target in links(reference)]
    text = inline(reference_text(reference))
    if not reference.number:
        return tag("li", text, *found, id=f"ref-{key}", class_="unnumbered")
    return tag("li", text, *found, id=f"ref-{key}", value=reference.number)


def pictures(document: Document) -> Sequence[str]:
    """The pictures the article shows."""
    shown = [item.image for item in document.figures]
    shown += [item.image for item in document.tables if not item.rows]
    shown += [item.image for item in document.formulas if not known_latex(item.latex)]
    return sorted({name for name in shown if name})


# The web page: metadata that Zotero and its like read, pictures inside, no script, nothing fetched.


def render(document: Document, folder: Path) -> bytes:
    """A self-contained HTML file."""
    style = (files("recover.export") / "html.css").read_text("utf-8")
    content = tag("main", article(document, partial(embedded, folder)))
    page = tag("html", _head(document, style), tag("body", _coins(document), content), lang=main_language(document))
    return f"<!doctype html>\n{page}\n".encode()


def embedded(folder: Path, name: str) -> str:
    """A picture as an address that holds it; empty when it is gone."""
    kind = "png" if name.endswith(".png") else "jpeg"
    try:
        content = (folder / name).read_bytes()
    except OSError:
        return ""
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def _head(document: Document, style: str) -> Markup:
    named = (tag("meta", name=name, content=value) for name, value in metadata(document))
    return inert_head(style, *named, tag("title", title(document)))


def metadata(document: Document) -> Iterator[tuple[str, str]]:
    """Highwire tags, which reference managers and Google Scholar read, and Dublin Core."""
    known = publication(document)
    yield "citation_title", title(document)
    yield from (("citation_author", author.name) for author in document.authors)
    fields = {
        "citation_journal_title": known.journal,
        "citation_publication_date": known.year,
        "citation_volume": known.volume,
        "citation_issue": known.issue,
        "citation_firstpage": known.first_page,
        "citation_lastpage": known.last_page,
        "citation_doi": known.doi,
        "citation_language": main_language(document),
        "citation_keywords": "; ".join((*document.keywords.zh, *document.keywords.en)),
        "DC.title": title(document),
        "DC.language": main_language(document),
        "DC.description": "\n".join(document.abstracts.zh or document.abstracts.en),
    }
    yield from ((name, value) for name, value in fields.items() if value)
    if document.title.zh and document.title.en:
        yield "DC.title.alternative", document.title.en
    yield from (("DC.creator", author.name) for author in document.authors)


def _coins(document: Document) -> Markup:
    """A ContextObject in a span: the oldest way to say what a page is about, and still read everywhere."""
    known = publication(document)
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", title(document)),
        ("rft.jtitle", known.journal),
        ("rft.date", known.year),
        ("rft.volume", known.volume),
        ("rft.issue", known.issue),
        ("rft.pages", known.pages),
        ("rft_id", f"info:doi/{known.doi}" if known.doi else ""),
        *(("rft.au", author.name) for author in document.authors),
    ]
    return tag("span", class_="Z3988", title=urlencode([pair for pair in pairs if pair[1]]))
