"""What kind of work an entry cites: by its type mark, else by its words and by the fields it has."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from recover.stages.references.marks import TYPES, Mark
from recover.stages.references.parts import Parts

_PREPRINTS = re.compile(r"rxiv|预印|SSRN|Preprints", re.IGNORECASE)
_CASE_NAME = re.compile(r"\sv\.?\s[A-Z]|^In re\s")
_CASE_NUMBER = re.compile(r"[民刑行执知].*号$")
_VERSION = re.compile(r"\b[Vv]ersion\s\d")
_STATUTE = re.compile(r"§|第\s?\d+\s?条|\bAct\b|条例|通过|公布")


@cache
def _words() -> dict[str, tuple[str, ...]]:
    source = (files("recover.stages.references") / "data" / "kinds.txt").read_text("utf-8")
    sections = re.split(r"^# (\w+).*$", source, flags=re.MULTILINE)[1:]
    return {
        name: tuple(word.replace("_", " ") for word in words.split())
        for name, words in zip(sections[::2], sections[1::2], strict=True)
    }


def kind_of(text: str, parts: Parts, mark: Mark | None, *, has_address: bool) -> str:
    """A type of CSL."""
    return _marked(parts, mark) if mark else _named(text, parts) or _by_fields(text, parts, has_address=has_address)


def _marked(parts: Parts, mark: Mark) -> str:
    kind = TYPES.get(mark.code, "document")
    fields = parts.fields
    if kind == "book" and fields.get("container"):
        return "chapter"
    if kind == "article-journal" and fields.get("publisher") and not fields.get("volume"):
        return "periodical"
    if mark.code == "Z" and _CASE_NUMBER.search(fields.get("number", "")):
        return "legal_case"
    if mark.code == "Z" and fields.get("title", "").endswith(_words()["statute"]):
        return "legislation"
    if kind == "webpage" and _PREPRINTS.search(fields.get("publisher", "")):
        return "article"
    return kind


def _named(text: str, parts: Parts) -> str:
    """The kind that the entry's own words name; empty where none does."""
    fields = parts.fields
    title, container, number = fields.get("title", ""), fields.get("container", ""), fields.get("number", "")
    outside = text.replace(title, " ").lower() if title else text.lower()
    claims = (
        (_has("case", text) or bool(_CASE_NAME.search(title)), "legal_case"),
        (_has("thesis", outside) and not container, "thesis"),
        (_has("patent", outside) and bool(number), "patent"),
        (number.startswith(_words()["standard"]), "standard"),
        (_is_statute(text, title, parts), "legislation"),
        (bool(_PREPRINTS.search(container or fields.get("publisher", ""))) and not fields.get("issue"), "article"),
        (_has("archive", outside) and not container, "document"),
        (_has("dataset", outside) and not container, "dataset"),
        (_has("software", outside) and not container, "software"),
        (_has("report", outside) and not container, "report"),
    )
    return next((kind for is_so, kind in claims if is_so), "")


def _is_statute(text: str, title: str, parts: Parts) -> bool:
    """A law is cited without authors and issue, by its articles or by who passed it."""
    if parts.authors or parts.fields.get("issue") or not _STATUTE.search(text):
        return False
    return title.endswith(_words()["statute"]) or "§" in text or "Act" in title


def _has(name: str, text: str) -> bool:
    return any(word in text for word in _words()[name])


def _by_fields(text: str, parts: Parts, *, has_address: bool) -> str:
    fields = parts.fields
    container = fields.get("container", "")
    if container:
        return _contained(container, parts)
    if _VERSION.search(text) and not fields.get("publisher"):
        return "software"
    if has_address and (not fields.get("publisher") or parts.sure.get("accessed")):
        return "webpage"
    if fields.get("publisher") or fields.get("place") or fields.get("edition"):
        return "book"
    return "article-journal" if fields.get("volume") else "document"


def _contained(container: str, parts: Parts) -> str:
    fields = parts.fields
    if _has("meeting", container.lower()) and not fields.get("volume"):
        return "paper-conference"
    if parts.editors or fields.get("publisher"):
        return "chapter"
    is_paper = container.endswith(_words()["newspaper"]) and not container.endswith(_words()["no_newspaper"])
    if is_paper and not fields.get("volume") and not fields.get("issue"):
        return "article-newspaper"
    is_page = parts.sure.get("accessed") and not fields.get("volume") and not fields.get("pages")
    return "webpage" if is_page else "article-journal"
