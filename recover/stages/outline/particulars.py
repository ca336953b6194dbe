"""What a paper prints of itself beside title and abstracts: authors, keywords, dates, funding, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile

from recover.lexicon.characters import han_share, is_han, simplified
from recover.model.document import Affiliation, Author, DatedEvent, FrontBlock, Paragraph, Particulars, Section
from recover.text.labels import find_label
from recover.text.names import MARKS, closed_up, is_biography, without_byline
from recover.text.vocabulary import pairs

# What ties a name to an affiliation.
_MARK = r"\d*＊△▲#†‡§①②③④⑤⑥⑦⑧⑨⑩"


# What journals print in one line with the keywords.
_CLASSES = re.compile(
    r"\s*[\[【]?(?:中[图圖](?:法)?分[类類][号號]|文[献獻][标標][识志識誌][码碼]|文章[编編][号號码碼]"
    r"|CLC number|Document code|Article ID|D[O0]I\s?[:：])"
)


def split_keywords(texts: Sequence[str]) -> tuple[str, ...]:
    """Keywords of one or more paragraphs; commas part them only where no semicolon does."""
    joined = ";".join(_CLASSES.split(text, maxsplit=1)[0].strip().rstrip("。.") for text in texts)
    marks = r"[;；]" if re.search(r"[;；]", joined) else r"[,，、]|\u3000+|\s{2,}"
    return tuple(part.strip(" 。.") for part in re.split(marks, joined) if part.strip(" 。."))


def split_authors(chinese: Sequence[str], english: Sequence[str]) -> tuple[Author, ...]:
    """Authors as printed, marks of affiliation removed; the English name stands beside where both lists agree."""
    zh_text, en_text = "，".join(chinese), ", ".join(english)
    zh, en = _names(zh_text), _names(en_text)
    if zh and len(zh) == len(en):
        both = zip(zh, en, strict=True)
        return tuple(Author(name=name, name_en=other, affiliations=_marks(name, zh_text)) for name, other in both)
    return tuple(Author(name=name, affiliations=_marks(name, zh_text if zh else en_text)) for name in (zh or en))


def _marks(name: str, text: str) -> tuple[str, ...]:
    """The marks of affiliation behind a name."""
    letters = r"\s*".join(map(re.escape, name.replace(" ", "")))
    match = re.search(rf"{letters}\s*[\[［(（]?((?:[{_MARK}]{{1,2}}[,，]?)+)", text)
    return tuple(part for part in re.split(r"[,，]", match[1]) if part) if match else ()


def _names(text: str) -> list[str]:
    bare = MARKS.sub("，", without_byline(text))
    if any(map(is_han, bare)):
        bare = re.sub(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])", "\u3000", bare)
        # No white stands in a text where Han meets Latin: 王明 John Smith.
        bare = re.sub(r"(?<=[\u3400-\u9fff])\s*(?=[A-ZÀ-Þ])|(?<=[a-zà-ÿ])\s*(?=[\u3400-\u9fff])", "\u3000", bare)
    parts = re.split(r"[,，、;；\u3000]+|\band\b|&", bare)
    names = [part.strip(" .·") for part in parts if part.strip(" .·")]
    return closed_up(list(takewhile(lambda name: not _is_phrase(name), names)))


# Small words of European, Arabic and Hebrew names.
_PARTICLES = frozenset(
    (
        "al",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "van",
        "von",
        "y",
    )
)


def _is_phrase(part: str) -> bool:
    """Whether a piece of a supposed list of names is of a sentence: it has two words that no name writes small."""
    return sum(word[0].islower() and word not in _PARTICLES for word in part.split()) > 1


_DATE = (
    r"(?:19|20)\d{2}\s*[-–—./年]\s*\d{1,2}(?:\s*[-–—./月]\s*\d{1,2}\s*日?|\s*月)?|\d{1,2} [A-Z][a-z]+ (?:19|20)\d{2}"
)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s，。；、（）]+[^\s，。；、（）.,;)])")
_CLC = re.compile(
    r"(?:(?:中图(?:法)?)?分类号|clc number)\s*[\]】]?\s*[:：]?\s*([A-Z]{1,2}[\d.\-/+;；, A-Z]*\d)", re.IGNORECASE
)
_CODE = re.compile(r"(?:文献标[识志]码|document code)\s*[\]】]?\s*[:：]?\s*([A-E])(?![A-Za-z\d])", re.IGNORECASE)
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
        for paragraph in section.paragraphs if not section.title else ():
            if is_biography(paragraph.text):
                yield FrontBlock(role="author-note", lang=paragraph.lang, paragraph=paragraph)


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
        elif label is None and kind == "biography" and block.role == "author-note":
            yield block.paragraph.text


@cache
def _note_kinds() -> dict[str, str]:
    return {_key(printed): kind for kind, printed in pairs("author_notes")}


def _key(label: str) -> str:
    return "".join(simplified(label).lower().split())


def _dates(text: str) -> Iterator[DatedEvent]:
    """Every labelled date, several in one line too."""
    for match in _dated().finditer(simplified(text)):
        yield DatedEvent(label=text[match.start(1) : match.end(1)], text=text[match.start(2) : match.end(2)].strip())


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
