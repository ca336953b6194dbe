"""Index a folder of made-up papers and ask it questions: ``python -m bench.search TEXTS.tsv [--papers 2000]``."""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from bench.search.library import Truth, make_paper, name_of, write_paper
from bench.search.questions import Question, make_questions
from recover.api import load_document
from recover.glossary.load import load_stack
from recover.model.geometry import Box, enclose
from recover.search.build import index_folder
from recover.search.find import Found, search_folder
from recover.search.store import NAME

PAGES = 8
# Boxes that cover this much of each other stand on the same words.
ON_THE_WORDS = 0.7


def main() -> None:
    """Print the figures as JSON."""
    arguments = _arguments()
    rows = [line.split("\t") for line in arguments.texts.read_text(encoding="utf-8").splitlines()]
    texts = [(row[-1], row[-2]) for row in rows if len(row) > 1]
    glossary = load_stack(("als-stem-cell",))
    said = "".join(text for row in texts for text in row).casefold()
    questions = make_questions(glossary, said, arguments.papers, arguments.questions, arguments.seed)
    folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
    try:
        truths, characters = _fill(folder, arguments.papers, texts, questions)
        figures = {"papers": arguments.papers, "questions": len(questions), **_index(folder, glossary, characters)}
        figures |= _ask(folder, glossary, questions, truths) | _add_one(folder, glossary, texts, arguments.papers)
        print(json.dumps(figures, indent=1, ensure_ascii=False))
    finally:
        shutil.rmtree(folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description="Measure search.")
    parser.add_argument("texts", type=Path, help="a table of titles and abstracts, the last two columns")
    parser.add_argument("--papers", type=int, default=2000)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _fill(folder: Path, papers: int, texts: list[tuple[str, str]], questions: list[Question]) -> tuple[dict, int]:
    planted: dict[int, list] = {}
    for question in questions:
        for plant in question.plants:
            planted.setdefault(plant.paper, []).append(plant)
    truths: dict[str, list[Truth]] = {}
    characters = 0
    for number in range(papers):
        document, found = make_paper(number, texts, planted.get(number, []))
        write_paper(folder, number, document)
        truths[name_of(number)] = found
        said = [p.text for s in document.sections for p in s.paragraphs] + [r.raw for r in document.references]
        characters += sum(len(text.encode()) for text in said)
    return truths, characters


def _load(place: Path) -> object:
    return load_document(place, reviewed=True)


def _index(folder: Path, glossary: object, text_bytes: int) -> dict[str, object]:
    began = time.perf_counter()
    done = index_folder(folder, _load, glossary)  # type: ignore[arg-type]
    seconds = time.perf_counter() - began
    again = time.perf_counter()
    index_folder(folder, _load, glossary)  # type: ignore[arg-type]
    return {
        "index_ms_a_page": round(1000 * seconds / done.documents / PAGES, 2),
        "nothing_to_do_s": round(time.perf_counter() - again, 2),
        "index_over_text": round((folder / NAME).stat().st_size / text_bytes, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _ask(folder: Path, glossary: object, questions: list[Question], truths: dict) -> dict[str, object]:
    seconds, recalled, wanted, first, boxes = [], 0, 0, 0, []
    missed = []
    for question in questions:
        began = time.perf_counter()
        found = search_folder(folder, question.query, glossary, limit=10)  # type: ignore[arg-type]
        seconds.append(time.perf_counter() - began)
        right = {name_of(plant.paper) for plant in question.plants}
        got = {paper.path for paper in found.papers}
        recalled += len(right & got)
        wanted += len(right)
        is_first = bool(found.papers) and found.papers[0].path in right
        first += is_first
        if right - got or not is_first:
            missed.append([question.kind, question.query, question.plants[0].read])
        boxes += _overlaps(found, question, truths)
    return {
        "query_ms_median": round(1000 * statistics.median(seconds), 1),
        "query_ms_worst": round(1000 * max(seconds), 1),
        "recall": round(recalled / wanted, 4),
        "first_right": round(first / len(questions), 4),
        "boxes_on_the_words": round(sum(value >= ON_THE_WORDS for value in boxes) / max(1, len(boxes)), 4),
        "missed": missed,
    }


def _overlaps(found: Found, question: Question, truths: dict) -> list[float]:
    """For each answer found, how much of its words' boxes the hit's boxes cover, and the other way round."""
    values = []
    for paper in found.papers:
        plants = [plant for plant in question.plants if name_of(plant.paper) == paper.path]
        for plant in plants:
            hits = [hit for hit in paper.hits if plant.read in hit.sentence and hit.boxes]
            truth = [truth for truth in truths[paper.path] if hits and truth.page == hits[0].boxes[0].page]
            best = [_alike([place.box for place in hit.boxes], list(one.boxes)) for hit in hits for one in truth]
            values.append(max(best, default=0.0))
    return values


def _alike(ours: list[Box], true: list[Box]) -> float:
    if len(ours) != len(true):
        ours, true = [enclose(ours)], [enclose(true)]
    shares = [
        one.intersection(other) / (one.area + other.area - one.intersection(other))
        for one, other in zip(ours, true, strict=True)
    ]
    return min(shares)


def _add_one(folder: Path, glossary: object, texts: list[tuple[str, str]], papers: int) -> dict[str, object]:
    document, _ = make_paper(papers, texts, [])
    write_paper(folder, papers, document)
    began = time.perf_counter()
    index_folder(folder, _load, glossary)  # type: ignore[arg-type]
    return {"one_more_paper_s": round(time.perf_counter() - began, 2)}


if __name__ == "__main__":
    main()
