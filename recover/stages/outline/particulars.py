"""What a paper prints of itself beside title, authors and abstracts: each thing from the blocks of its front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from recover.model.document import Affiliation, DatedEvent, FrontBlock, Paragraph, Particulars, Section
from recover.text.labels import find_label
from recover.text.scripts import han_share
from recover.text.simplify import simplified
from recover.text.wordlists import pairs

_DATE = (
    r"(?:19|20)\d{2}\s*[-–—./年]\s*\d{1,2}(?:\s*[-–—./月]\s*\d{1,2}\s*日?|\s*月)?|\d{1,2} [A-Z][a-z]+ (?:19|20)\d{2}"
)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s，。；、（）]+[^\s，。；、（）.,;)])")
_CLC = re.compile(
    r"(?:中图(?:法)?分类号|clc number)\s*[\]】]?\s*[:：]?\s*([A-Z]{1,2}[\d.\-/+;；, A-Z]*\d)", re.IGNORECASE
)
_CODE = re.compile(r"(?:文献标[识志]码|document code)\s*[\]】]?\s*[:：]?\s*([A-E])\b", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:文章编[号码]|article (?:id|no\.?|number))\s*[\]】]?\s*[:：]?\s*([\dXx][\dXx\s()（）\-–—]{8,30}\d)",
    re.IGNORECASE,
)
# Affiliations in one block: 1.甲大学；2.乙大学.
_MARKED = re.compile(
    r"(?:^|(?<=[;；。，,.\s]))\s*[(（\[]?([\d①②③④⑤⑥⑦⑧⑨]{1,2}|[*＊△#†‡])[)）\]]?\s*[.．、]?\s*(?=[\u4e00-\u9fffA-Z])"
)
_FRAME = " \t\u3000()（）[]【】;；,，"
# Roles of labels that announce particulars.
_PARTICULAR = frozenset({"author-note", "funding", "dates", "cite", "class"})
_KINDS = {"biography": "biographies", "correspondence": "correspondence"}


def read_particulars(front: Sequence[FrontBlock], sections: Sequence[Section] = ()) -> Particulars:
    """The particulars that front matter, labelled footnotes and labelled notes behind the text hold."""
    blocks = (*front, *_behind_text(sections))
    everything = "\n".join(block.paragraph.text for block in blocks)
    plain = simplified(everything)
    notes = {name: tuple(_notes(blocks, kind)) for kind, name in _KINDS.items()}
    return Particulars(
        affiliations=tuple(_affiliations(blocks)),
        funding=tuple(_without_label(block) for block in blocks if block.role == "funding"),
        dates=tuple(_dates(everything)),
        doi=_first(_DOI, _own(blocks)),
        clc=_first(_CLC, plain),
        document_code=_first(_CODE, plain),
        article_number=_first(_ARTICLE, plain),
        cite=tuple(_without_label(block) for block in blocks if block.role == "cite"),
        **notes,
    )


def _behind_text(sections: Iterable[Section]) -> Iterator[FrontBlock]:
    """Labelled notes behind the text, which stand as sections under their label."""
    for section in sections:
        label = find_label(section.title + "：") if section.title and not section.number else None
        if label is not None and label.role in _PARTICULAR:
            for paragraph in section.paragraphs[:1]:
                noted = Paragraph(text=f"{section.title}：{paragraph.text}", lang=paragraph.lang)
                yield FrontBlock(role=label.role, lang=paragraph.lang, paragraph=noted)


def _own(blocks: Iterable[FrontBlock]) -> str:
    """The texts in which a DOI is the paper's own."""
    return "\n".join(block.paragraph.text for block in blocks if not block.role.startswith(("abstract", "declaration")))


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return "".join(match[1].split()) if match else ""


def _without_label(block: FrontBlock) -> str:
    text = block.paragraph.text
    label = find_label(text)
    return text[label.end :].strip() if label is not None else text


def _notes(blocks: Iterable[FrontBlock], kind: str) -> Iterator[str]:
    """Notes on authors of a kind: what they are, or whom to write to."""
    for block in blocks:
        label = find_label(block.paragraph.text) if block.role == "author-note" else None
        if label is not None and _note_kinds().get(_key(label.printed)) == kind:
            yield _without_label(block)


@cache
def _note_kinds() -> dict[str, str]:
    return {_key(printed): kind for kind, printed in pairs("author_notes")}


def _key(label: str) -> str:
    return "".join(simplified(label).lower().split())


def _dates(text: str) -> Iterator[DatedEvent]:
    """Every labelled date, several in one line too."""
    for match in _dated().finditer(simplified(text)):
        yield DatedEvent(label=text[match.start(1) : match.end(1)], text=text[match.start(2) : match.end(2)])


@cache
def _dated() -> re.Pattern[str]:
    labels = "|".join(spelling for role, spelling in pairs("labels") if role == "dates")
    return re.compile(rf"\b({labels})\s*[\]】）)]?\s*[:：]?\s*({_DATE})", re.IGNORECASE)


def _affiliations(blocks: Iterable[FrontBlock]) -> Iterator[Affiliation]:
    for block in blocks:
        label = find_label(block.paragraph.text)
        is_labelled = (
            block.role == "author-note"
            and label is not None
            and _note_kinds().get(_key(label.printed)) == "affiliation"
        )
        if block.role.startswith("affiliation") or is_labelled:
            yield from _parted(_without_label(block).strip(_FRAME))


def _parted(text: str) -> Iterator[Affiliation]:
    """The affiliations of a block, each with the mark before it."""
    marks = list(_MARKED.finditer(text))
    starts = [(match.start(), match.end(), match[1]) for match in marks]
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, 0, ""))
    ends = [start for start, _, _ in starts[1:]] + [len(text)]
    for (_, begins, mark), end in zip(starts, ends, strict=True):
        part = text[begins:end].strip(_FRAME)
        if part:
            yield Affiliation(mark=mark, text=part, lang="zh" if han_share(part) > 0.3 else "en")
