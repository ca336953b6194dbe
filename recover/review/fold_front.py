"""Title, authors, abstracts and keywords follow the front matter's blocks where these were changed."""

from __future__ import annotations

import msgspec

from recover.model.document import Bilingual, BilingualList, Document
from recover.stages.outline.authors import split_authors, split_keywords

_FIELDS = {
    "title": ("title-zh", "title-en"),
    "authors": ("authors-zh", "authors-en"),
    "abstracts": ("abstract-zh", "abstract-en"),
    "keywords": ("keywords-zh", "keywords-en"),
}


def fold_front(before: Document, document: Document) -> Document:
    """The document with every field whose blocks changed made anew from them; the others stay as recovered."""
    changed = [
        field for field, roles in _FIELDS.items() if any(_texts(before, r) != _texts(document, r) for r in roles)
    ]
    if "title" in changed:
        title = Bilingual(zh="".join(_texts(document, "title-zh")), en=" ".join(_texts(document, "title-en")))
        document = msgspec.structs.replace(document, title=title)
    if "authors" in changed:
        authors = split_authors(_texts(document, "authors-zh"), _texts(document, "authors-en"))
        document = msgspec.structs.replace(document, authors=authors)
    if "abstracts" in changed:
        abstracts = BilingualList(zh=_texts(document, "abstract-zh"), en=_texts(document, "abstract-en"))
        document = msgspec.structs.replace(document, abstracts=abstracts)
    if "keywords" in changed:
        zh, en = (split_keywords(_texts(document, role)) for role in _FIELDS["keywords"])
        document = msgspec.structs.replace(document, keywords=BilingualList(zh=zh, en=en))
    return document


def _texts(document: Document, role: str) -> tuple[str, ...]:
    return tuple(block.paragraph.text for block in document.front if block.role == role and block.paragraph.text)
