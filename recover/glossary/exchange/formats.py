"""Which format a file is in, and who reads and writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath

import msgspec

from recover.errors import UsageError
from recover.glossary.concept import Concept
from recover.glossary.exchange import spreadsheets, xml


class Format(msgspec.Struct, frozen=True):
    """A format by its name: how it is read, how it is written, and what its files end in."""

    name: str
    read: Callable[[bytes, Mapping[str, str], str], spreadsheets.Imported]
    write: Callable[[Sequence[Concept]], bytes]
    suffixes: tuple[str, ...] = ()


FORMATS = (
    Format("csv", spreadsheets.read_csv, spreadsheets.write_csv, (".csv",)),
    Format("tsv", spreadsheets.read_tsv, spreadsheets.write_tsv, (".tsv", ".tab")),
    Format("xlsx", spreadsheets.read_xlsx, spreadsheets.write_xlsx, (".xlsx", ".xlsm")),
    Format("tbx", xml.read_tbx, xml.write_tbx3, (".tbx",)),
    Format("tbx2008", xml.read_tbx, xml.write_tbx2008),
    Format("tmx", xml.read_tmx, xml.write_tmx, (".tmx",)),
    Format("omegat", spreadsheets.read_omegat, spreadsheets.write_omegat, (".txt", ".utf8")),
)


def format_of(file: str, name: str = "") -> Format:
    """The format of that name, or else by the file's ending; raises UsageError."""
    suffix = PurePath(file).suffix.lower()
    for form in FORMATS:
        if form.name == name or (not name and suffix in form.suffixes):
            return form
    known = ", ".join(form.name for form in FORMATS)
    raise UsageError(name or file, "unknown glossary format", f"give --format, one of: {known}")
