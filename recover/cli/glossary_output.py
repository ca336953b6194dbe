"""What ``recover glossary`` prints and asks: terms as lines, cards and rows, candidates, findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from recover.cli.messages import tell
from recover.text.messages import translated

if TYPE_CHECKING:
    from recover.glossary.concept import Concept
    from recover.stages.terms.suggest import Candidate


def print_candidates(candidates: Sequence[Candidate]) -> None:
    """Print each candidate with its number, and how often and where it stands."""
    for number, candidate in enumerate(candidates, 1):
        typer.echo(f"{number}\t{as_line(candidate.concept)}\t{_counts(candidate)}")
        for context in candidate.contexts:
            typer.echo(f"\t  {context.document}: {context.text}")


def _counts(candidate: Candidate) -> str:
    clash = f", the glossary has {candidate.clash}" if candidate.clash else ""
    return f"documents: {candidate.documents}, seen: {candidate.count}{clash}"


def ask_which(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that a person takes, asked one by one."""
    chosen = []
    for candidate in candidates:
        print_candidates([candidate])
        answer = typer.prompt(translated("take it? y, n or q"), default="n", err=True)
        if answer.lower().startswith("q"):
            break
        chosen += [candidate] if answer.lower().startswith("y") else []
    return chosen


def numbers_of(said: str, count: int) -> list[int]:
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


def named_columns(said: Iterable[str]) -> dict[str, str]:
    """The columns that ``--column`` names: ours by the head that stands for it; raises BadParameter."""
    from recover.glossary.table import COLUMNS

    pairs = [pair.partition("=") for pair in said]
    for name, equals, head in pairs:
        if name not in COLUMNS or not equals or not head:
            raise typer.BadParameter(
                f"--column {name}{equals}{head}: say it as one of {', '.join(COLUMNS)}, =, the head"
            )
    return {name: head for name, _, head in pairs}


def with_defaults(concept: Concept, domain: str, source: str) -> Concept:
    """The concept with a domain and a source where it has none."""
    import msgspec

    return msgspec.structs.replace(concept, domain=concept.domain or domain, source=concept.source or source)


def variants_of(given: Iterable[str] | None) -> tuple[str, ...]:
    """Variants without the empty ones."""
    return tuple(text for text in given or () if text)


def as_row(concept: Concept) -> dict[str, object]:
    """A concept as JSON tells it."""
    import msgspec

    return cast("dict[str, object]", msgspec.structs.asdict(concept))


def candidate_row(candidate: Candidate) -> dict[str, object]:
    """A candidate as JSON tells it."""
    import msgspec

    return cast("dict[str, object]", msgspec.to_builtins(candidate))


def finding_row(path: Path, finding: object) -> dict[str, object]:
    """A finding as JSON tells it, with its file."""
    import msgspec

    return {"file": str(path), **msgspec.to_builtins(finding)}


def as_line(concept: Concept) -> str:
    """A concept on one line."""
    short = f" ({concept.abbreviation})" if concept.abbreviation else ""
    said = [concept.domain, concept.status if concept.status != "preferred" else ""]
    return f"{concept.zh}\t{concept.en}{short}" + "".join(f"\t{text}" for text in said if text)


def print_lines(concepts: Iterable[Concept]) -> None:
    """Print concepts, one a line."""
    for concept in concepts:
        typer.echo(as_line(concept))


def print_whole(concept: Concept) -> None:
    """Print all that is known of a concept."""
    from recover.glossary.table import COLUMNS, cells

    for name, cell in zip(COLUMNS, cells(concept), strict=True):
        if cell:
            typer.echo(f"{name}\t{cell}")


def print_json(value: object) -> None:
    """Print a value as JSON."""
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say(message: str) -> None:
    """Tell a message on the standard error."""
    tell(message)


def list_some(what: str, messages: Sequence[str]) -> None:
    """Tell the first ten of several messages, and how many there are."""
    for message in messages[:10]:
        say(f"{what}: {message}")
    if len(messages) > 10:
        say(f"{what}: {len(messages) - 10} more")


def warn(glossary: str, concepts: Iterable[Concept]) -> None:
    """Say at once what `check` would say of rows just written."""
    from recover.glossary import session

    terms = {concept.zh for concept in concepts}
    for finding in session.findings_about(glossary, terms):
        say(f"{finding.level}: {finding.rule}: {finding.message}")
