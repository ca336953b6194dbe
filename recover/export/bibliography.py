"""A formatted reference list in a citation style, by the CSL processor and its styles."""

from __future__ import annotations

import json
import re
import warnings
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import msgspec

from recover.errors import UsageError
from recover.export import gbt_2025
from recover.export.csl_json import with_id
from recover.export.markup import Element, legal
from recover.model.csl import CslItem
from recover.model.document import Reference

STYLES = {
    "gb-t-7714": "china-national-standard-gb-t-7714-2015-numeric",
    "gb-t-7714-author-date": "china-national-standard-gb-t-7714-2015-author-date",
    "gb-t-7714-note": "china-national-standard-gb-t-7714-2015-note",
    **{style: style for style in gbt_2025.STYLES},
    "vancouver": "vancouver-nlm",
    "apa": "apa",
    "ama": "american-medical-association",
}
DEFAULT_STYLE = "gb-t-7714"
# Put there when the package is built: every style by its full name, or the name of the one that it is a variant of.
_STYLES = Path(__file__).with_name("styles.zip")
# GB/T styles write [J/OL] as type and medium in one group, which the processor drops whole when an item has no
# medium, [J] and all. A private character stands in for the missing medium and is taken out again.
_NO_MEDIUM = "\ue000"
_NUMBER = re.compile(r"^(\[\d+\]|\d+\.)(?=\S)")
# "A, B & et al" by styles that put a word before the last name.
_LAST_OF_ALL = re.compile(r",? (?:&|and|和) (et al|等)(?!\w)")
_UNKNOWN_FIELDS = ("custom", "medium")


def render(references: Sequence[Reference], style: str = DEFAULT_STYLE) -> bytes:
    """The list in ``style`` (a short name of STYLES, or any style's name), an entry a line."""
    return "".join(f"{line}\n" for line in lines([reference.csl for reference in references], style)).encode()


def lines(items: Sequence[CslItem], style: str = DEFAULT_STYLE) -> list[str]:
    """The formatted entries; raises UsageError for a style that isn't there."""
    if style in gbt_2025.STYLES:
        return gbt_2025.lines(items, style)
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter  # noqa: PLC0415
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415 - an exporter alone loads its library

    chinese = "gb" in STYLES.get(style, style)
    named = [with_id(item, index) for index, item in enumerate(items, 1)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fields of CSL that the processor doesn't know are no concern of the user's
        source = CiteProcJSON([_plain(item, index, chinese=chinese) for index, item in enumerate(named, 1)])
        rules = CitationStylesStyle(_rules(style), validate=False)
        _mend_dates(rules.root)
        processor = CitationStylesBibliography(rules, source, formatter.plain)
        for index in range(1, len(named) + 1):
            processor.register(Citation([CitationItem(str(index))]))
        return [_tidy(str(entry), item) for entry, item in zip(processor.bibliography(), named, strict=True)]


def _rules(style: str) -> BytesIO:
    """A style's rules; where it only names another, that one's."""
    try:
        with zipfile.ZipFile(_STYLES) as archive:
            rules = archive.read(STYLES.get(style, style))
            return BytesIO(rules if rules.lstrip().startswith(b"<") else archive.read(rules.decode()))
    except KeyError as error:
        raise UsageError(
            f"--style {style}", "no such style", f"use one of {', '.join(STYLES)} or a style's full name"
        ) from error


def _mend_dates(root: Element) -> None:
    """Hand on what parts a date from a style's own locale to where the date is used, which the processor forgets."""
    own = {date.get("form"): date.get("delimiter") for date in root.iterfind(".//{*}locale/{*}date[@delimiter]")}
    for date in root.iterfind(".//{*}date[@variable][@form]"):
        if date.get("form") in own and date.get("delimiter") is None:
            date.set("delimiter", str(own[date.get("form")]))


def _plain(item: CslItem, index: int, *, chinese: bool) -> dict[str, object]:
    """The item as the processor takes it: its own keys, text that is text, "et al." as the last author."""
    fields: dict[str, object] = json.loads(msgspec.json.encode(item))
    for name in _UNKNOWN_FIELDS:
        fields.pop(name, None)
    if item.custom.get("et-al") == "true":
        cut = "等" if item.language.startswith("zh") else "et al"
        fields["author"] = [*json.loads(msgspec.json.encode(item.author)), {"literal": cut}]
    fields["id"] = str(index)
    if chinese:
        fields["medium"] = item.custom.get("mark", "").partition("/")[2] or (
            "OL" if item.DOI or item.URL else _NO_MEDIUM
        )
    return fields


def _tidy(entry: str, item: CslItem) -> str:
    """The number set off by a space, "et al" in the item's own language, stand-ins and false capitals taken out."""
    entry = _NUMBER.sub(r"\1 ", entry.replace(f"/{_NO_MEDIUM}", "").replace(_NO_MEDIUM, ""))
    # Styles that set family names in capitals do so for bodies too, and for what stands for the authors left out.
    for body in ("et al", *(name.literal for name in (*item.author, *item.editor) if name.literal)):
        entry = entry.replace(body.upper(), body)
    entry = _LAST_OF_ALL.sub(r", \1", entry)
    if item.language and not item.language.startswith(("zh", "ja")):
        entry = entry.replace(", 等", ", et al")
    return legal(" ".join(entry.replace("..", ".").split()))
