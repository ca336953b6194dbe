"""More formats of a recovered folder, from its ``document.json`` and its pictures."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from recover.errors import UnwritableOutput, UsageError
from recover.export.document_json import read
from recover.export.formats import Beside, choose_abstracts, choose_formats
from recover.export.original import find_original
from recover.model.document import Document
from recover.pipeline.output import REMEDY, adding, write_formats
from recover.settings import DEFAULT_STYLE

# Markdown alone links its pictures; every other format holds them.
_LINKING = "md"


def export_again(
    folder: Path,
    formats: Sequence[str],
    *,
    target: Path | None = None,
    source: Path | None = None,
    password: str | None = None,
    style: str = DEFAULT_STYLE,
    abstracts: str = "table",
    reviewed: Document | None = None,
) -> tuple[Path, ...]:
    """Write ``formats`` of the folder's document, or of ``reviewed``, into ``target`` or into the folder itself.

    Raises RecoverError.
    """
    chosen, layout = choose_formats(formats), choose_abstracts(abstracts)
    if reviewed is not None and "json" in formats and (target or folder).resolve() == folder.resolve():
        cause = "the folder's document.json is what the review builds on"
        raise UsageError("--formats json", cause, "write the reviewed one elsewhere with -o")
    document = reviewed or read(folder / "document.json")
    needs_original = any(item.needs == "original" for item in chosen) or source is not None
    original = find_original(document, folder, source, password) if needs_original else None
    beside = Beside(original=original, style=style, abstracts=layout)
    place = target or folder
    with adding(place) as draft:
        written = write_formats(document, folder, formats, beside, draft)
        if target is not None and _LINKING in formats:
            _copy_pictures(folder, target, draft)
    return tuple(place / path.name for path in written)


def _copy_pictures(folder: Path, target: Path, draft: Path) -> None:
    if target.resolve() == folder.resolve():
        return
    try:
        for name in ("figures", "tables"):
            if (folder / name).is_dir():
                shutil.copytree(folder / name, draft / name)
    except OSError as error:
        raise UnwritableOutput(str(target), error.strerror or str(error), REMEDY) from error
