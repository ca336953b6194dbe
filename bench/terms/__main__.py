"""Time a glossary of many terms, and score the terms found in the samples' own texts.

    python -m bench.terms [TABLE]

TABLE is a table of terms with a Chinese and an English column (TSV or CSV); without one 10,000 terms are made up.
The samples are taken as read without a fault, so that the figures say what the search for terms loses by itself.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from recover.glossary.concept import Concept, Glossary, squashed
from recover.glossary.exchange.formats import format_of
from recover.glossary.load import load_glossary
from recover.glossary.matcher import matcher_for
from recover.glossary.table import Sheet, render
from recover.model.csl import CslItem
from recover.model.document import (
    Bilingual,
    BilingualList,
    Document,
    Figure,
    Paragraph,
    Reference,
    Section,
    Source,
    Table,
    Term,
)  # fmt: skip
from recover.model.geometry import Box
from recover.stages.terms.find import find_terms, segmenter_for
from recover.stages.terms.mine import passages, references

TRUTH = Path(__file__).parents[2] / "samples" / "truth"
# What a page of two columns holds, and what reading it costs with the fast engine on two cores.
PAGE_CHARACTERS, PAGE_SECONDS = 2000, 1.0


def main() -> None:
    concepts = _concepts(Path(sys.argv[1])) if len(sys.argv) > 1 else tuple(_made_up(10_000))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "many.csv"
        file.write_bytes(render(Sheet(concepts)))
        _time(str(file))
    for name in ("als-stem-cell", ""):
        glossary = load_glossary(name) if name else Glossary("none", ())
        for truth in sorted(TRUTH.glob("*.json")):
            _score(glossary, truth)


def _time(file: str) -> None:
    for kind in ("first", "cached"):
        start = time.process_time()
        glossary = load_glossary(file)
        matcher_for.cache_clear()
        matcher_for(glossary)
        print(f"{len(glossary)} terms loaded, {kind}: {time.process_time() - start:.3f} s")
    documents = [document for document, _ in map(_read, sorted(TRUTH.glob("*.json")))]
    start = time.process_time()
    segmenter_for(glossary).cut("干细胞")
    print(f"word segmentation made ready once a run: {time.process_time() - start:.3f} s")
    size = sum(len(p.text) for document in documents for p in (*passages(document), *references(document)))
    start = time.process_time()
    for document in documents:
        find_terms(document, glossary)
    page = (time.process_time() - start) / size * PAGE_CHARACTERS
    print(
        f"terms of a page of {PAGE_CHARACTERS} characters: {page * 1000:.1f} ms, {page / PAGE_SECONDS:.1%} of its time"
    )


def _concepts(file: Path) -> tuple[Concept, ...]:
    return format_of(str(file)).read(file.read_bytes(), {}, str(file)).concepts


def _made_up(count: int) -> Iterator[Concept]:
    chance = random.Random(1)  # noqa: S311 - the same terms every time
    for number in range(count):
        zh = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(chance.randint(2, 9)))
        yield Concept(zh, f"made-up term number {number}")


def _score(glossary: Glossary, truth: Path) -> None:
    document, true = _read(truth)
    found = find_terms(document, glossary)
    pairs = {_key(term) for term in found}
    missing = [f"{t['zh']} = {t['en']}" for t in true if (_fold(t["zh"]), _fold(t["en"])) not in pairs]
    wrong = [f"{term.zh} = {term.en}" for term in found if _is_crossed(term, true)]
    recall, precision = 1 - len(missing) / len(true), 1 - len(wrong) / max(1, len(found))
    print(f"{truth.stem}, glossary {glossary.name}: recall {recall:.3f}, precision {precision:.3f} of {len(found)}")
    print(f"  missing: {'; '.join(missing) or 'none'}\n  wrong: {'; '.join(wrong) or 'none'}")


def _is_crossed(term: Term, true: list[dict[str, str]]) -> bool:
    """Mined and paired against the truth, or a term of the text that is cut where the truth goes on."""
    if term.source == "glossary":
        return False
    same_en = {_fold(t["zh"]) for t in true if _fold(t["en"]) == _fold(term.en)}
    return bool(same_en) and _fold(term.zh) not in same_en


def _key(term: Term) -> tuple[str, str]:
    return _fold(term.zh), _fold(term.en)


def _fold(text: str) -> str:
    return squashed(text).rstrip("s")


def _read(path: Path) -> tuple[Document, list[dict[str, str]]]:
    true = json.loads(path.read_text(encoding="utf-8"))
    body = enumerate(true["sections"])
    document = Document(
        source=Source(name=path.stem, sha256="", pages=true["pages"], kind="text"),
        title=Bilingual(**true["title"]),
        abstracts=_both(true["abstracts"]),
        keywords=_both(true["keywords"]),
        sections=tuple(_section(number, section) for number, section in body),
        tables=tuple(_table(table) for table in true["tables"]),
        figures=tuple(_figure(figure) for figure in true["figures"]),
        references=tuple(Reference(number=r["number"], raw=r["raw"], csl=CslItem()) for r in true["references"]),
    )
    return document, true["terms"]


def _both(texts: dict[str, list[str]]) -> BilingualList:
    return BilingualList(zh=tuple(texts["zh"]), en=tuple(texts["en"]))


def _section(number: int, true: dict[str, object]) -> Section:
    paragraphs = tuple(Paragraph(text=p["text"], lang="zh") for p in true["paragraphs"])  # type: ignore[attr-defined]
    title, english = str(true["title"]), str(true["title_en"])
    return Section(
        id=f"s{number}", number=str(true["number"]), level=1, title=title, title_en=english, paragraphs=paragraphs
    )


NOWHERE = Box(0, 0, 0, 0)


def _table(true: dict[str, object]) -> Table:
    rows = tuple(tuple(row) for row in true["rows"])  # type: ignore[attr-defined]
    return Table(
        label="", caption=str(true["caption"]), caption_en=str(true["caption_en"]), page=0, box=NOWHERE, rows=rows
    )


def _figure(true: dict[str, object]) -> Figure:
    caption, english = str(true["caption"]), str(true["caption_en"])
    return Figure(
        label="", caption=caption, caption_en=english, page=0, box=NOWHERE, image="", text=tuple(true["text"])
    )  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
