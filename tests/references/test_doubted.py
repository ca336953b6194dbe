"""Characters and words that a document's reader doubted, mended by what the document writes elsewhere."""

from __future__ import annotations

import pytest

from recover.stages.references.journals import with_authors
from recover.stages.references.parse import parse_reference
from recover.text.vocabulary import Vocabulary, vocabulary, with_doubts

TEXT = (
    "脊髓损伤的修复与分泌量的研究",
    "对脊髓损伤和分泌量的观察",
    "脊髓损伤的机制",
    "the cells, of cells and cells; fibrosis, fibrosis, fibrosis",
)


def words_of(entry: str, doubted: str) -> Vocabulary:
    """The words of a document whose reader doubted one character of an entry, and no other."""
    at = entry.index(doubted)
    lines = [(line, [1.0] * len(line)) for line in TEXT]
    lines.append((entry, [0.5 if place == at else 1.0 for place in range(len(entry))]))
    return with_doubts(vocabulary(line for line, _ in lines), lines)


@pytest.mark.parametrize(
    ("printed", "doubted", "title"),
    [
        ("穿髓损伤的新进展", "穿", "脊髓损伤的新进展"),
        ("分泌谱的变化及观察", "谱", "分泌谱的变化及观察"),
        ("穿髓损伤的新进展", "新", "穿髓损伤的新进展"),
    ],
    ids=["an orphan beside it", "a word without it", "surely read"],
)
def test_a_doubted_character_is_the_one_that_the_document_writes(printed: str, doubted: str, title: str) -> None:
    entry = f"沈亦舟. {printed}[J]. 神经研究, 2021, 16(2): 65-71."
    parsed = parse_reference(entry, words=words_of(entry, doubted))
    assert parsed.csl.title == title
    assert bool(parsed.repairs) == (title != printed)


@pytest.mark.parametrize(
    ("printed", "doubted", "title"),
    [
        ("Neural precursor celisc in grafts", "isc", "Neural precursor cells in grafts"),
        ("Neural precursor celisc in grafts", "Neural", "Neural precursor celisc in grafts"),
        ("The fibrositis of grafts", "sitis", "The fibrositis of grafts"),
    ],
)
def test_a_doubted_word_is_a_common_one_that_the_document_writes(printed: str, doubted: str, title: str) -> None:
    entry = f"NAGOSHI N, OKANO H. {printed}[J]. Brain Research, 2018, 75(6): 989-1000."
    assert parse_reference(entry, words=words_of(entry, doubted)).csl.title == title


@pytest.mark.parametrize(("doubted", "author"), [("颜", "顾松年"), ("松", "颜松年")])
def test_a_doubted_family_name_is_a_known_authors(doubted: str, author: str) -> None:
    entry = "颜松年, 沈亦舟. 损伤的修复[J]. 神经研究, 2021, 16(2): 65-71."
    words = with_authors(words_of(entry, doubted), ["顾松年"])
    first = parse_reference(entry, words=words).csl.author[0]
    assert first.family + first.given == author
