"""``recover glossary``: look at the glossaries, change them, exchange them, and find what they lack.

Results go to the standard output, what is said about them to the standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from recover.cli.groups import PlainGroup
from recover.cli.messages import tell
from recover.cli.options import (
    FORMATS,
    OWN,
    Abbreviation,
    AsJson,
    Domain,
    LimitsOption,
    Name,
    Note,
    OnClashName,
    Source,
    StatusName,
    Term,
    Text,
    Texts,
)
from recover.limits import parse_limits
from recover.text.compare import counted
from recover.text.messages import translated

if TYPE_CHECKING:
    from recover.glossary.concept import Concept
    from recover.stages.terms.suggest import Candidate

app = typer.Typer(cls=PlainGroup, no_args_is_help=True, help="Look at, change, check and exchange the glossaries.")


@app.command("list")
def list_glossaries(*, json: AsJson = False) -> None:
    """List the glossaries: those of the program and the user's own."""
    from recover.glossary import places, session

    rows = []
    for name in places.names():
        for layer in places.layers(name):
            whose = "own, over the shipped one" if layer.hides_rows else _whose(layer.path)
            rows.append((name, len(session.known(name)), whose, str(layer.path)))
    if json:
        _print_json([dict(zip(("name", "terms", "whose", "file"), row, strict=True)) for row in rows])
    for name, terms, whose, file in () if json else rows:
        typer.echo(f"{name}\t{counted(terms, 'term')}\t{whose}\t{file}")


def _whose(path: Path) -> str:
    from recover.glossary.places import shipped_folder

    return "shipped" if path.parent == shipped_folder() else "own"


@app.command()
def show(
    glossary: Annotated[str, typer.Argument(help="A glossary's name or file.")],
    term: Annotated[str, typer.Argument(help="One term of it; without one, all rows.")] = "",
    *,
    json: AsJson = False,
) -> None:
    """Show all rows of a glossary, or one with everything it says."""
    from recover.glossary.load import load_glossary
    from recover.glossary.rows import select

    concepts = load_glossary(glossary).concepts
    chosen = (select(concepts, term),) if term else concepts
    if json:
        _print_json([_row(concept) for concept in chosen])
    elif term:
        _print_whole(chosen[0])
    else:
        _print_lines(chosen)


@app.command()
def find(
    query: Annotated[str, typer.Argument(help="Chinese, English, or pinyin (whole or its initials).")],
    glossary: Annotated[
        list[str] | None, typer.Option("--glossary", "-g", metavar="NAME", help="Search these; else all.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1)] = 20,
    *,
    json: AsJson = False,
) -> None:
    """Find terms by part of a word, with misspellings, or by pinyin."""
    from recover.glossary import places
    from recover.glossary.load import load_stack
    from recover.glossary.search import search

    names = glossary or list(places.names())
    found = search(load_stack(names), query, limit) if names else ()
    if json:
        _print_json([_row(hit.concept) | {"form": hit.form, "score": round(hit.score, 1)} for hit in found])
        return
    _print_lines([hit.concept for hit in found])
    if not found:
        _say(f"nothing like {query} in {', '.join(names) or 'any glossary'}")


@app.command()
def add(
    zh: Annotated[str, typer.Argument(help="The Chinese term.")],
    en: Annotated[str, typer.Argument(help="The English term.")],
    *,
    glossary: Name = OWN,
    abbreviation: Abbreviation = None,
    zh_variant: Texts = None,
    en_variant: Texts = None,
    domain: Domain = None,
    status: Annotated[StatusName, typer.Option()] = StatusName.PREFERRED,
    note: Note = None,
    source: Source = None,
) -> None:
    """Add a pair of terms."""
    from recover.glossary import session
    from recover.glossary.concept import Concept

    concept = Concept(
        zh,
        en,
        abbreviation or "",
        _variants(zh_variant),
        _variants(en_variant),
        domain or "",
        status.value,
        note or "",
        source or "",
    )
    path = session.add(glossary, concept)
    _print_lines([concept])
    _say(f"added to {path}")
    _warn(glossary, [concept])


@app.command()
def edit(
    term: Term,
    *,
    glossary: Name = OWN,
    zh: Text = None,
    en: Text = None,
    abbreviation: Abbreviation = None,
    zh_variant: Texts = None,
    en_variant: Texts = None,
    domain: Domain = None,
    status: Annotated[StatusName | None, typer.Option()] = None,
    note: Note = None,
    source: Source = None,
) -> None:
    """Change what a row says; what isn't named stays."""
    from recover.glossary import session

    texts = {"zh": zh, "en": en, "abbreviation": abbreviation, "domain": domain, "note": note, "source": source}
    changes: dict[str, object] = {name: text for name, text in texts.items() if text is not None}
    lists = {"zh_variants": zh_variant, "en_variants": en_variant}
    changes |= {name: _variants(given) for name, given in lists.items() if given is not None}
    changes |= {"status": status.value} if status else {}
    if not changes:
        raise typer.BadParameter("say what to change, as in: --en TEXT")
    old, new = session.edit(glossary, term, changes)
    _say("was: " + _line(old))
    _print_lines([new])
    _warn(glossary, [new])


@app.command()
def remove(term: Term, glossary: Name = OWN) -> None:
    """Take a row out."""
    from recover.glossary import session

    _say("removed: " + _line(session.remove(glossary, term)) + f" (recover glossary undo {glossary} brings it back)")


@app.command()
def undo(glossary: Annotated[str, typer.Argument(help="A glossary's name or file.")] = OWN) -> None:
    """Take the last change back; done again, bring it back."""
    from recover.glossary import session

    _say(f"restored {session.undo(glossary)}")


@app.command()
def check(
    glossary: Annotated[list[str] | None, typer.Argument(help="Names or files; without any, all.")] = None,
    *,
    json: AsJson = False,
) -> None:
    """Look for duplicates, clashes and wordings that would not match; errors end with code 7."""
    from recover.errors import ProblemsFound
    from recover.glossary import places, session

    reports = [report for name in glossary or places.names() for report in session.examine(name)]
    found = [(report.path, finding) for report in reports for finding in report.findings]
    if json:
        _print_json([_finding(path, finding) for path, finding in found])
    for path, finding in () if json else found:
        typer.echo(f"{path}:{finding.line}: {finding.level}: {finding.rule}: {translated(finding.message)}")
    errors = sum(finding.level == "error" for _, finding in found)
    rows = sum(report.rows for report in reports)
    counts = ((rows, "row"), (errors, "error"), (len(found) - errors, "warning"))
    _say(", ".join(counted(number, noun) for number, noun in counts))
    if errors:
        raise ProblemsFound("check", counted(errors, "error"), "correct the rows named above")


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A CSV, TSV, XLSX, TBX, TMX or OmegaT file.")],
    *,
    glossary: Name = OWN,
    form: Annotated[
        str, typer.Option("--format", metavar=FORMATS, help="Where the file's ending doesn't say it.")
    ] = "",
    column: Annotated[
        list[str] | None, typer.Option(metavar="COLUMN=HEAD", help="Which head is which column: zh=中文名.")
    ] = None,
    domain: Annotated[str, typer.Option(metavar="TEXT", help="For rows that give none.")] = "",
    source: Annotated[str, typer.Option(metavar="TEXT", help="For rows that give none.")] = "",
    on_clash: Annotated[
        OnClashName, typer.Option(help="For terms the glossary translates differently.")
    ] = OnClashName.KEEP,
    limits: LimitsOption = "",
) -> None:
    """Take the terms of another program's file in."""
    from recover.fence.texts import read_foreign
    from recover.glossary import session

    taken = read_foreign(file, form, _columns(column or []), parse_limits(limits))
    concepts = [_with_defaults(concept, domain, source) for concept in taken.concepts]
    done = session.take_in(glossary, concepts, on_clash.value)
    _list_some("skipped", taken.skipped)
    settled = {"keep": "kept ours", "replace": "took theirs", "add": "kept both"}[on_clash.value]
    _list_some(
        "clash", [f"{c.incoming.zh}: ours {c.known.en}, theirs {c.incoming.en} ({settled})" for c in done.clashes]
    )
    clashes = counted(len(done.clashes), "clash", "clashes")
    typer.echo(translated(f"{len(done.added)} added, {len(done.present)} there already, {clashes} ({settled})"))


@app.command("export")
def export_file(
    glossary: Annotated[str, typer.Argument(help="A glossary's name or file.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write; - prints it.")],
    form: Annotated[
        str, typer.Option("--format", metavar=FORMATS, help="Where the file's ending doesn't say it.")
    ] = "",
) -> None:
    """Write a glossary for a spreadsheet, a termbase or a translation tool."""
    from recover.glossary import store
    from recover.glossary.exchange.formats import format_of
    from recover.glossary.load import load_glossary

    concepts = load_glossary(glossary).concepts
    content = format_of(str(output), form).write(concepts)
    if str(output) == "-":
        sys.stdout.buffer.write(content)
        return
    store.write(output, content)
    _say(f"{counted(len(concepts), 'term')} written to {output}")


@app.command()
def suggest(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR", help="Folders of recovered documents.")],
    *,
    glossary: Name = OWN,
    against: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Leave out what these know; else all glossaries.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1)] = 50,
    min_count: Annotated[int, typer.Option(min=1, help="Leave out what is seen less often.")] = 1,
    accept: Annotated[str, typer.Option(metavar="NUMBERS", help="Take these in: 1,3-5 or all.")] = "",
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write them as a glossary file to look through.")
    ] = None,
    interactive: Annotated[bool, typer.Option("--interactive", "-i", help="Ask for each.")] = False,
    json: AsJson = False,
) -> None:
    """Rank the pairs that documents give and the glossaries lack."""
    from recover.glossary import places, session, store
    from recover.glossary.exchange.spreadsheets import write_csv
    from recover.glossary.load import load_stack
    from recover.stages.terms.suggest import read_document, recovered
    from recover.stages.terms.suggest import suggest as rank

    names = against or list(
        dict.fromkeys((*places.names(), *((glossary,) if session.known(glossary).concepts else ())))
    )
    documents = ((str(path.parent.name), read_document(path)) for path in recovered(folders))
    every = rank(documents, load_stack(names) if names else session.known(glossary))
    ranked = [candidate for candidate in every if candidate.count >= min_count][:limit]
    chosen = _asked(ranked) if interactive else [ranked[number] for number in _numbers(accept, len(ranked))]
    if json:
        _print_json([_candidate(candidate) for candidate in ranked])
    elif not interactive:
        _print_candidates(ranked)
    if csv:
        store.write(csv, write_csv([candidate.concept for candidate in ranked]))
        _say(f"{counted(len(ranked), 'candidate')} written to {csv}")
    if chosen:
        done = session.take_in(glossary, [candidate.concept for candidate in chosen], "add")
        _say(f"{len(done.added)} added to {glossary}")


@app.command()
def concordance(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An indexed folder of recovered documents.")],
    term: Annotated[str, typer.Argument(help="Part of a term in either language; without it, all terms.")] = "",
    *,
    limit: Annotated[int, typer.Option(min=1)] = 50,
    min_papers: Annotated[int, typer.Option(min=1, help="Leave out terms of fewer papers.")] = 1,
    json: AsJson = False,
) -> None:
    """Show the terms of a folder's papers in both languages, with counts and sentences, the most spread first."""
    import msgspec

    import recover

    found = [one for one in recover.find_terms(folder, term) if one.papers >= min_papers][:limit]
    if json:
        _print_json(msgspec.to_builtins(found))
        return
    for one in found:
        short = f" ({one.abbreviation})" if one.abbreviation else ""
        typer.echo(f"{one.zh}\t{one.en}{short}\tpapers: {one.papers}, seen: {one.count}, both seen: {one.aligned}")
        for paper, page, sentence in one.sentences:
            typer.echo(f"\t{paper}, p. {page + 1}: {sentence}")
    if not found:
        _say(f"no term like {term}" if term else "no terms")


def _print_candidates(candidates: Sequence[Candidate]) -> None:
    for number, candidate in enumerate(candidates, 1):
        typer.echo(f"{number}\t{_line(candidate.concept)}\t{_counts(candidate)}")
        for context in candidate.contexts:
            typer.echo(f"\t  {context.document}: {context.text}")


def _counts(candidate: Candidate) -> str:
    clash = f", the glossary has {candidate.clash}" if candidate.clash else ""
    return f"documents: {candidate.documents}, seen: {candidate.count}{clash}"


def _asked(candidates: Sequence[Candidate]) -> list[Candidate]:
    chosen = []
    for candidate in candidates:
        _print_candidates([candidate])
        answer = typer.prompt(translated("take it? y, n or q"), default="n", err=True)
        if answer.lower().startswith("q"):
            break
        chosen += [candidate] if answer.lower().startswith("y") else []
    return chosen


def _numbers(said: str, count: int) -> list[int]:
    """The places, from 0, that ``1,3-5`` or ``all`` means among ``count``."""
    if said.strip().lower() == "all":
        return list(range(count))
    places: list[int] = []
    for part in filter(None, (part.strip() for part in said.split(","))):
        first, _, last = part.partition("-")
        if not first.isdigit() or not (last or first).isdigit() or not 1 <= int(first) <= int(last or first) <= count:
            raise typer.BadParameter(f"--accept {part}: say numbers from 1 to {count}, as 1,3-5, or all")
        places += range(int(first) - 1, int(last or first))
    return places


def _columns(said: Iterable[str]) -> dict[str, str]:
    from recover.glossary.table import COLUMNS

    pairs = [pair.partition("=") for pair in said]
    for name, equals, head in pairs:
        if name not in COLUMNS or not equals or not head:
            raise typer.BadParameter(
                f"--column {name}{equals}{head}: say it as one of {', '.join(COLUMNS)}, =, the head"
            )
    return {name: head for name, _, head in pairs}


def _with_defaults(concept: Concept, domain: str, source: str) -> Concept:
    import msgspec

    return msgspec.structs.replace(concept, domain=concept.domain or domain, source=concept.source or source)


def _variants(given: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(text for text in given or () if text)


def _row(concept: Concept) -> dict[str, object]:
    import msgspec

    return cast("dict[str, object]", msgspec.structs.asdict(concept))


def _candidate(candidate: Candidate) -> dict[str, object]:
    import msgspec

    return cast("dict[str, object]", msgspec.to_builtins(candidate))


def _finding(path: Path, finding: object) -> dict[str, object]:
    import msgspec

    return {"file": str(path), **msgspec.to_builtins(finding)}


def _line(concept: Concept) -> str:
    short = f" ({concept.abbreviation})" if concept.abbreviation else ""
    said = [concept.domain, concept.status if concept.status != "preferred" else ""]
    return f"{concept.zh}\t{concept.en}{short}" + "".join(f"\t{text}" for text in said if text)


def _print_lines(concepts: Iterable[Concept]) -> None:
    for concept in concepts:
        typer.echo(_line(concept))


def _print_whole(concept: Concept) -> None:
    from recover.glossary.table import COLUMNS, cells

    for name, cell in zip(COLUMNS, cells(concept), strict=True):
        if cell:
            typer.echo(f"{name}\t{cell}")


def _print_json(value: object) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _say(message: str) -> None:
    tell(message)


def _list_some(what: str, messages: Sequence[str]) -> None:
    for message in messages[:10]:
        _say(f"{what}: {message}")
    if len(messages) > 10:
        _say(f"{what}: {len(messages) - 10} more")


def _warn(glossary: str, concepts: Iterable[Concept]) -> None:
    """Say at once what `check` would say of rows just written."""
    from recover.glossary import session

    terms = {concept.zh for concept in concepts}
    for finding in session.findings_about(glossary, terms):
        _say(f"{finding.level}: {finding.rule}: {finding.message}")
