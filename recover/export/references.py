"""How a reference is shown where no citation style was asked for: as printed, without its number, with its links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from recover.model.document import Document, Reference, Section
from recover.text.reference_lists import is_list_heading as heads_a_list

# What a path and a whole address may hold as it is; the rest is percent-encoded, Chinese and all.
_IN_PATH = "/:;()._-~"
_IN_ADDRESS = _IN_PATH + "%?#[]@!$&'*+,="


def entry_keys(references: Sequence[Reference]) -> tuple[str, ...]:
    """A name for every entry to be linked by: its number, or its place where it has none or another has the same."""
    keys: list[str] = []
    for place, reference in enumerate(references, 1):
        number = str(reference.number)
        keys.append(number if reference.number and number not in keys else f"n{place}")
    return tuple(keys)


def printed_text(reference: Reference) -> str:
    """The entry with its repairs applied, without the number before it."""
    if reference.text:
        return reference.text
    number = str(reference.number)
    ring = chr(0x245F + reference.number) if 0 < reference.number <= 20 else number
    marked = rf"(?:[\[［【(（{{]\s*{number}\s*[\]］】)）}}]\s*)+|{number}\s*[.．、]\s*|{number}\s+|{ring}(?!\d)\s*"
    return re.sub(rf"^\s*(?:{marked})", "", reference.raw)


def links(reference: Reference) -> tuple[tuple[str, str], ...]:
    """Names and addresses where the work is found: DOI, PubMed, its own."""
    csl = reference.csl
    found = []
    if csl.DOI:
        found.append(("DOI", f"https://doi.org/{quote(csl.DOI, safe=_IN_PATH)}"))
    if csl.PMID.isdecimal():
        found.append(("PubMed", f"https://pubmed.ncbi.nlm.nih.gov/{csl.PMID}/"))
    if csl.URL:
        found.append(("URL", quote(csl.URL, safe=_IN_ADDRESS)))
    return tuple(found)


def is_list_heading(section: Section) -> bool:
    """Whether a section is nothing but the heading of the reference list."""
    return heads_a_list(section.title) or heads_a_list(f"{section.title} {section.title_en}".strip())


def body_sections(document: Document) -> tuple[Section, ...]:
    """The sections without the empty one that heads the reference list: the list prints it."""
    heads = [item for item in document.sections if is_list_heading(item) and not item.paragraphs]
    printed = heads[-1:] if document.references else []
    return tuple(item for item in document.sections if item not in printed)


def list_title(document: Document) -> str:
    """The heading of the reference list as printed, or the usual one."""
    printed = [item for item in document.sections if is_list_heading(item) and not item.paragraphs]
    if not printed:
        return "参考文献"
    last = printed[-1]
    return " ".join(part for part in (last.number, last.title, last.title_en) if part)
