"""Questions with known answers: terms of the shipped glossary that no other text holds, planted here and there."""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec
from opencc import OpenCC

from bench.search.library import Plant
from recover.glossary.concept import Concept, Glossary
from recover.lexicon.characters import is_han

KINDS = ("en-zh", "en-zh", "en-zh", "en-zh", "en-zh", "traditional", "misread", "misread", "zh-en", "abbreviation")
# What a reader takes one character for, where it is in doubt.
LOOKALIKES = dict(zip("干胞末己经质体子白日", "于胸未已径盾休于自曰", strict=True))
FRAMES = ("此外，我们观察到{}的变化与对照组不同。", "在该队列中，{}的出现早于预期。", "上述资料提示{}值得进一步研究。")
ENGLISH = ("The role of {} was examined separately.", "Changes of {} were noted in the cohort.")


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked, and the papers that answer it."""

    kind: str
    query: str
    plants: tuple[Plant, ...]


def make_questions(glossary: Glossary, texts: str, papers: int, count: int, seed: int) -> list[Question]:
    """``count`` questions over ``papers`` papers; ``texts`` are all that the papers say otherwise."""
    chance = random.Random(seed)  # noqa: S311 no secret
    concepts = [concept for concept in glossary.concepts if _is_fresh(concept, texts)]
    chance.shuffle(concepts)
    found: list[Question] = []
    said = ""
    for concept in concepts:
        kind = KINDS[len(found) % len(KINDS)]
        forms = (*concept.zh_forms, *concept.en_forms)
        if any(form.casefold() in said for form in forms):
            continue
        question = _question(kind, concept, chance, papers)
        if question is not None:
            found.append(question)
            said += "|".join(("", *forms)).casefold()
        if len(found) == count:
            break
    return found


def _is_fresh(concept: Concept, texts: str) -> bool:
    forms = (*concept.zh_forms, *concept.en_forms, *filter(None, concept.abbreviation.split(";")))
    plain = all(char.isalnum() or char in " -" for form in forms for char in form)
    long_enough = len(concept.zh) >= 4 and len(concept.en) >= 6 and concept.status != "forbidden"
    return plain and long_enough and not any(form.strip().casefold() in texts for form in forms)


def _question(kind: str, concept: Concept, chance: random.Random, papers: int) -> Question | None:
    zh, en, short = concept.zh, concept.en, concept.abbreviation.split(";")[0]
    if kind == "misread":
        places = [at for at, char in enumerate(zh) if char in LOOKALIKES]
        if not places:
            return None
        at = chance.choice(places)
        read = zh[:at] + LOOKALIKES[zh[at]] + zh[at + 1 :]
        return _planted(kind, zh, [(zh, read, (at, zh[at]))], chance, papers)
    if kind == "traditional":
        return _planted(kind, OpenCC("s2t").convert(zh), [(zh, zh, None)], chance, papers)
    if kind == "zh-en":
        return _planted(kind, zh, [(en, en, None)], chance, papers)
    if kind == "abbreviation":
        return _planted(kind, short, [(zh, zh, None)], chance, papers) if len(short) > 2 else None
    return _planted(kind, en, [(zh, zh, None)] * chance.randint(1, 3), chance, papers)


def _planted(
    kind: str,
    query: str,
    wordings: Sequence[tuple[str, str, tuple[int, str] | None]],
    chance: random.Random,
    papers: int,
) -> Question:
    plants = []
    for paper, (printed, read, doubt) in zip(chance.sample(range(papers), len(wordings)), wordings, strict=True):
        frame = chance.choice(FRAMES if any(map(is_han, printed)) else ENGLISH)
        plants.append(Plant(paper=paper, sentence=frame.format(read), printed=printed, read=read, doubt=doubt))
    return Question(kind=kind, query=query, plants=tuple(plants))
