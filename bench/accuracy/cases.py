"""The scans that are measured, made once and kept outside the repository."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import get_args

import msgspec

from samples.article import FOLDER
from samples.wear import TextLayer, wear_pdf

CACHE = Path.home() / ".cache" / "recover-bench"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A scan to make of an article of ``folder``, which has ``typeset`` and ``truth`` below it."""

    folder: Path
    sample: str
    dpi: int
    wear: str
    text_layer: TextLayer

    @property
    def name(self) -> str:
        return f"{self.sample}-{self.dpi}-{self.wear}-{self.text_layer}"


def list_cases(
    folder: Path, samples: list[str], dpis: list[int], wears: list[str], text_layers: list[str]
) -> list[Case]:
    """Every combination; an unknown text layer is a ValueError."""
    known = {layer: layer for layer in get_args(TextLayer)}
    if unknown := set(text_layers) - set(known):
        raise ValueError(f"no such text layer: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return [
        Case(folder=folder, sample=sample, dpi=dpi, wear=wear, text_layer=known[layer])
        for sample in samples
        for dpi in dpis
        for wear in wears
        for layer in text_layers
    ]


def make_scan(case: Case) -> Path:
    """The case's PDF, made anew when the typeset page or the code that wears it changed."""
    typeset = case.folder / "typeset" / f"{case.sample}.pdf"
    sources = (typeset, FOLDER / "degrade.py", FOLDER / "layers.py", FOLDER / "fonts.py", FOLDER / "wear.py")
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    folder = CACHE / "scans" / digest
    folder.mkdir(parents=True, exist_ok=True)
    scan = folder / f"{case.name}.pdf"
    if not scan.exists():
        wear_pdf(typeset, scan, dpi=case.dpi, wear=case.wear, text_layer=case.text_layer)
    return scan


def article_names(folder: Path) -> list[str]:
    return sorted(path.stem for path in (folder / "truth").glob("*.json"))
