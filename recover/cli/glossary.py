"""``recover glossary``: look at the glossaries, change them, exchange them, and find what they lack.

Results go to the standard output, what is said about them to the standard error.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from recover.cli.glossary_output import (
    as_line,
    as_row,
    ask_which,
    candidate_row,
    finding_row,
    list_some,
    named_columns,
    numbers_of,
    print_candidates,
    print_json,
    print_lines,
    print_whole,
    say,
    variants_of,
    warn,
    with_defaults,
)
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
    PlainGroup,
    Source,
    StatusName,
    Term,
    Text,
    Texts,
)
from recover.settings import parse_limits
from recover.text.messages import counted, translated

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
        print_json([dict(zip(("name", "terms", "whose", "file"), row, strict=True)) for row in rows])
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
    from recover.glossary.table import select

    concepts = load_glossary(glossary).concepts
    chosen = (select(concepts, term),) if term else concepts
    if json:
        print_json([as_row(concept) for concept in chosen])
    elif term:
        print_whole(chosen[0])
    else:
        print_lines(chosen)


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
        print_json([as_row(hit.concept) | {"form": hit.form, "score": round(hit.score, 1)} for hit in found])
        return
    print_lines([hit.concept for hit in found])
    if not found:
        say(f"nothing like {query} in {', '.join(names) or 'any glossary'}")


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
        variants_of(zh_variant),
        variants_of(en_variant),
        domain or "",
        status.value,
        note or "",
        source or "",
    )
    path = session.add(glossary, concept)
    print_lines([concept])
    say(f"added to {path}")
    warn(glossary, [concept])


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
    changes |= {name: variants_of(given) for name, given in lists.items() if given is not None}
    changes |= {"status": status.value} if status else {}
    if not changes:
        raise typer.BadParameter("say what to change, as in: --en TEXT")
    old, new = session.edit(glossary, term, changes)
    say("was: " + as_line(old))
    print_lines([new])
    warn(glossary, [new])


@app.command()
def remove(term: Term, glossary: Name = OWN) -> None:
    """Take a row out."""
    from recover.glossary import session

    say("removed: " + as_line(session.remove(glossary, term)) + f" (recover glossary undo {glossary} brings it back)")


@app.command()
def undo(glossary: Annotated[str, typer.Argument(help="A glossary's name or file.")] = OWN) -> None:
    """Take the last change back; done again, bring it back."""
    from recover.glossary import session

    say(f"restored {session.undo(glossary)}")


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
        print_json([finding_row(path, finding) for path, finding in found])
    for path, finding in () if json else found:
        typer.echo(f"{path}:{finding.line}: {finding.level}: {finding.rule}: {translated(finding.message)}")
    errors = sum(finding.level == "error" for _, finding in found)
    rows = sum(report.rows for report in reports)
    counts = ((rows, "row"), (errors, "error"), (len(found) - errors, "warning"))
    say(", ".join(counted(number, noun) for number, noun in counts))
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

    taken = read_foreign(file, form, named_columns(column or []), parse_limits(limits))
    concepts = [with_defaults(concept, domain, source) for concept in taken.concepts]
    done = session.take_in(glossary, concepts, on_clash.value)
    list_some("skipped", taken.skipped)
    settled = {"keep": "kept ours", "replace": "took theirs", "add": "kept both"}[on_clash.value]
    list_some(
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
    say(f"{counted(len(concepts), 'term')} written to {output}")


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
    chosen = ask_which(ranked) if interactive else [ranked[number] for number in numbers_of(accept, len(ranked))]
    if json:
        print_json([candidate_row(candidate) for candidate in ranked])
    elif not interactive:
        print_candidates(ranked)
    if csv:
        store.write(csv, write_csv([candidate.concept for candidate in ranked]))
        say(f"{counted(len(ranked), 'candidate')} written to {csv}")
    if chosen:
        done = session.take_in(glossary, [candidate.concept for candidate in chosen], "add")
        say(f"{len(done.added)} added to {glossary}")


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
        print_json(msgspec.to_builtins(found))
        return
    for one in found:
        short = f" ({one.abbreviation})" if one.abbreviation else ""
        typer.echo(f"{one.zh}\t{one.en}{short}\tpapers: {one.papers}, seen: {one.count}, both seen: {one.aligned}")
        for paper, page, sentence in one.sentences:
            typer.echo(f"\t{paper}, p. {page + 1}: {sentence}")
    if not found:
        say(f"no term like {term}" if term else "no terms")
