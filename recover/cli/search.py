"""``recover index`` and ``recover search``: find sentences in a folder of recovered papers, in both languages."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recover.cli.messages import tell
from recover.cli.options import AsJson, Glossaries, Quiet, Told, Verbose, told
from recover.text.messages import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recover.search.find import Found, Hit, Paper
    from recover.search.works import Work

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder of recovered documents.")]


class Language(StrEnum):
    """The languages a search can be narrowed to."""

    zh = "zh"
    en = "en"


def index(
    folder: Folder,
    *,
    glossary: Glossaries = None,
    json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Bring the search index of DIR up to date: new, changed and removed papers."""
    import msgspec

    import recover

    much = told(quiet=quiet, verbose=verbose)
    done = recover.index_folder(folder, glossaries=glossary or (), progress=_progress(much))
    if json:
        _print_json(msgspec.to_builtins(done))
        return
    if much is not Told.LITTLE:
        tell(f"{counted(done.documents, 'paper')}: {done.entered} indexed, {done.removed} removed")
    for name, cause in done.failed:
        tell(f"recover: {name}: {' '.join(cause.split())}; recover it again")


def _progress(much: Told) -> Callable[[int, int], None] | None:
    """A line for every hundred papers, or for each: a paper takes a tenth of a second."""
    papers_a_line = 1 if much is Told.MUCH else 100

    def told_so_far(done: int, total: int) -> None:
        if done % papers_a_line == 0:
            tell(f"indexed {done} of {counted(total, 'paper')}")

    return None if much is Told.LITTLE else told_so_far


def search(
    query: Annotated[str, typer.Argument(help='Words, "phrases", AND, OR, NOT, NEAR(a b, 5); Chinese or English.')],
    folder: Folder,
    *,
    lang: Annotated[Language | None, typer.Option(help="Find text of this language only.")] = None,
    title: Annotated[str, typer.Option(metavar="TEXT", help="Only papers with this in their title.")] = "",
    author: Annotated[str, typer.Option(metavar="TEXT", help="Only papers by this author.")] = "",
    journal: Annotated[str, typer.Option(metavar="TEXT", help="Only papers of this journal.")] = "",
    year: Annotated[
        str, typer.Option(metavar="YEARS", help="Only papers of this year or of these, like 2010-2020.")
    ] = "",
    inside: Annotated[
        list[str] | None,
        typer.Option(
            "--in",
            metavar="PART",
            help="Only hits in this part: title, abstract, keywords, heading, text, table, figure, note, reference …",
        ),
    ] = None,
    section: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND", help="Only hits in sections of this kind: abstract, methods, results, discussion …"
        ),
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Only text read with at least this confidence.")
    ] = None,
    citing: Annotated[bool, typer.Option("--citing", help="List who cites QUERY, written like 'ROSEN 1993'.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many papers.")] = 10,
    formats: Annotated[
        str, typer.Option(metavar="NAME,…", help="Print the papers found as bib, ris, csl or csv, comma-separated.")
    ] = "",
    shows: Annotated[bool, typer.Option("--open", help="Show the first hit on its page.")] = False,
    glossary: Glossaries = None,
    json: AsJson = False,
) -> None:
    """Find sentences in the papers of DIR: in both languages, with the page and the place of each."""
    import msgspec

    import recover
    from recover.search.query import Filters

    if citing:
        works = recover.find_cited(folder, query)[:limit]
        _print_json(msgspec.to_builtins(works)) if json else _print_works(query, works)
        return
    filters = Filters(
        title=title,
        author=author,
        journal=journal,
        years=_years(year),
        kinds=_known(inside, "--in", _kinds()),
        section_kinds=_known(section, "--section", _sections()),
        lang=lang.value if lang else "",
        confidence=min_confidence,
    )
    found = recover.search_folder(folder, query, glossaries=glossary or (), filters=filters, limit=limit)
    if formats:
        _print_formats(found.papers, formats)
    elif json:
        _print_json(msgspec.to_builtins(found))
    else:
        _print_found(found)
    if shows and found.papers:
        _show(folder, found.papers[0])


def _kinds() -> tuple[str, ...]:
    from typing import get_args

    from recover.search.passages import Kind

    return get_args(Kind)


def _sections() -> tuple[str, ...]:
    from recover.search.passages import section_kinds

    return section_kinds()


def _known(names: Sequence[str] | None, option: str, known: Sequence[str]) -> tuple[str, ...]:
    """The names given; tables and references are understood for table and reference."""
    from recover.errors import UsageError

    chosen = tuple(name if name in known else name.removesuffix("s") for name in names or ())
    for name in chosen:
        if name not in known:
            raise UsageError(f"{option} {name}", "unknown part of a paper", f"use one of {', '.join(known)}")
    return chosen


def _years(said: str) -> tuple[int, int] | None:
    from recover.errors import UsageError

    first, dash, last = said.partition("-")
    if not said:
        return None
    if not (first.isdecimal() or (dash and not first)) or (dash and last and not last.isdecimal()) or len(said) > 9:
        raise UsageError(f"--year {said}", "is neither a year nor a range of years", "write it like 2015 or 2010-2020")
    return int(first or 0), int(last or 9999) if dash else int(first)


def _print_found(found: Found) -> None:
    for term, names in found.added:
        tell(f"{term}: also {', '.join(names)}")
    if found.is_spread:
        tell("no passage holds all of it; these papers hold it in several")
    for paper in found.papers:
        typer.echo(_heading(paper))
        for hit in paper.hits:
            typer.echo(_line(hit))
    tell(counted(len(found.papers), "paper") if found.papers else "nothing found")


def _heading(paper: Paper) -> str:
    title = next(filter(None, paper.title), "") or paper.path
    return "\t".join([paper.path, title, *([str(paper.year)] if paper.year else [])])


def _line(hit: Hit) -> str:
    """Section, page, box of the first hit, and the sentence with every hit in brackets."""
    import msgspec

    place = f"p. {hit.page + 1}" if hit.page is not None else ""
    box = " ".join(f"{value:g}" for value in msgspec.structs.astuple(hit.boxes[0].box)) if hit.boxes else ""
    doubt = "  (read otherwise, and in doubt)" if hit.is_doubtful else ""
    return f"    {hit.section or hit.kind}\t{place}\t{box}\t{_marked(hit)}{doubt}"


def _marked(hit: Hit) -> str:
    text, end, parts = hit.sentence, 0, []
    for spot in hit.spots:
        parts += [text[end : spot.start], "»", text[spot.start : spot.end], "«"]
        end = spot.end
    return "".join([*parts, text[end:]]).replace("\n", " ")


def _print_works(wanted: str, works: Sequence[Work]) -> None:
    from recover.search.works import shown

    for work in works:
        year = shown(work.csl.issued) if work.csl.issued else ""
        typer.echo(f"{shown(work.csl.author)}\t{year}\t{work.csl.title}\t{counted(work.papers, 'paper')}")
        for copy in work.copies:
            typer.echo(f"    {copy.paper}\t[{copy.number}]\t{copy.raw}")
            for sentence, page in copy.sentences:
                typer.echo(f"        {'p. ' + str(page + 1) if page is not None else ''}\t{sentence}")
    if not works:
        tell(f"nobody cites {wanted}")


def _print_formats(papers: Sequence[Paper], formats: str) -> None:
    from recover.export.bibliography import item_bytes
    from recover.model.csl import CslItem

    def item(number: int, paper: Paper) -> CslItem:
        import msgspec

        return msgspec.structs.replace(paper.csl, id=f"paper-{number}")

    items = [item(number, paper) for number, paper in enumerate(papers, 1)]
    for name in (part.strip() for part in formats.split(",")):
        sys.stdout.buffer.write(item_bytes(items, name))
    sys.stdout.buffer.flush()


def _show(folder: Path, paper: Paper) -> None:
    """Open the first hit's page in the browser, boxed; its path is told for who has none."""
    import tempfile
    import webbrowser

    from recover.search.locate import boxed_page

    hit = next((hit for hit in paper.hits if hit.boxes), None)
    if hit is None or hit.page is None:
        tell("the hit has no place on a page")
        return
    content = boxed_page(folder / paper.path, hit.page, [place.box for place in hit.boxes if place.page == hit.page])
    with tempfile.NamedTemporaryFile(prefix="recover-", suffix=".png", delete=False) as file:
        file.write(content)
    typer.echo(file.name, err=True)
    webbrowser.open(Path(file.name).as_uri())


def _print_json(value: object) -> None:
    import msgspec

    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")
    sys.stdout.buffer.flush()
