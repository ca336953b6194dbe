from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from recover.glossary.concept import Glossary
from recover.model.csl import CslItem
from recover.model.document import Document, Reference
from recover.stages.terms.align import CHINESE_END, ENGLISH_END, sentences
from recover.stages.terms.consistency import check_terms, forbidden_by, is_same
from recover.stages.terms.find import find_terms

ZH = (
    "背景：干细胞疗法已用于肌萎缩侧索硬化。目的：综述骨髓间充质干细胞的研究进展。方法："
    "检索1995-2024年发表的文献1 700篇，纳入58篇。结果与结论：间充质干细胞可抑制星形胶质细胞活化。多发性硬化亦有报道！"
)
EN = (
    "BACKGROUND: Stem cells have been used in amyotrophic lateral sclerosis. OBJECTIVE: To review research on "
    "bone marrow mesenchymal stem cells. METHODS: More than 1,700 articles from 1995 to 2024 were "
    "retrieved. Of them 58 articles were included. RESULTS AND CONCLUSION: Mesenchymal stem cells can "
    "inhibit the activation of astrocytes."
)


@pytest.fixture
def checked(document: Callable[..., Document], glossary: Glossary) -> Callable[..., Document]:
    """A document with its terms found and checked."""

    def make(*paragraphs: str, **rest: tuple[str, str]) -> Document:
        made = document(*paragraphs, **rest)
        found = structs.replace(made, terms=find_terms(made, glossary))
        return check_terms(found, forbidden_by(glossary))

    return make


def doubts(document: Document) -> dict[tuple[str, str], dict[str, int]]:
    """How often each wording in doubt stands, by the kind of doubt and the term."""
    return {
        (doubt.kind, document.terms[doubt.term].zh): {word.text: len(word.mentions) for word in doubt.wordings}
        for doubt in document.term_doubts
    }


def test_sentences_say_the_same(checked: Callable[..., Document]) -> None:
    text = checked(abstracts=(ZH, EN))
    pairs = text.abstract_pairs
    assert [(len(pair.zh), len(pair.en)) for pair in pairs] == [(1, 1), (1, 1), (1, 2), (1, 1), (1, 0)]
    assert pairs[2].numbers == ("1700", "1995", "2024", "58")
    assert {text.terms[number].zh for number in pairs[3].terms} == {"间充质干细胞", "星形胶质细胞"}
    last = pairs[4].zh[0]
    assert text.abstracts.zh[last.paragraph][last.start : last.end] == "多发性硬化亦有报道！"
    assert (pairs[4].score, pairs[0].score is not None) == (None, True)


def test_terms_left_out_or_worded_in_several_ways(checked: Callable[..., Document]) -> None:
    found = doubts(checked("渐冻症与渐冻人病。肌萎缩侧索硬化。", abstracts=(ZH, EN)))
    assert found == {
        ("untranslated", "多发性硬化"): {"多发性硬化": 1},
        ("inconsistent", "肌萎缩侧索硬化"): {"肌萎缩侧索硬化": 2, "渐冻症": 1},
        ("forbidden", "渐冻人病"): {"渐冻人病": 1},
    }


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("星形胶质细胞活化。干细胞。", "Stem cells. Reactive astrogliosis."),
        ("星形胶质细胞活化。干细胞。", "Stem cells and astroglial change."),
        ("干细胞。神经。", "Stem cells and nervous tissue. The nerves."),
        ("干细胞用于神经科。", "Stem cells for neurons."),
    ],
)
def test_said_in_other_words(checked: Callable[..., Document], zh: str, en: str) -> None:
    assert not [kind for kind, _ in doubts(checked(abstracts=(zh, en))) if kind == "untranslated"]


@pytest.mark.parametrize(
    ("zh", "en", "term"),
    [
        ("干细胞与质谱。", "Stem cells.", "质谱"),
        ("干细胞。", "Stem cells and mass spectrometry.", "质谱"),
        ("干细胞与多发性硬化，肌萎缩侧索硬化。", "Stem cells in amyotrophic lateral sclerosis.", "多发性硬化"),
    ],
)
def test_left_out(checked: Callable[..., Document], zh: str, en: str, term: str) -> None:
    assert ("untranslated", term) in doubts(checked(abstracts=(zh, en)))


@pytest.mark.parametrize(
    "text",
    [
        "肌萎缩侧索硬化，又称渐冻症。肌萎缩侧索硬化无药可治。",
        "肌萎缩侧索硬化（渐冻症）无药可治。",
        "肌萎缩侧索硬化与肌萎缩侧索硬化症。",
        "间充质干细胞 (mesenchymal stem cell, MSC)。MSCs。Mesenchymal Stem-Cells。",
    ],
)
def test_one_wording_to_a_reader(checked: Callable[..., Document], text: str) -> None:
    assert doubts(checked(text)) == {}


@pytest.mark.parametrize(
    ("text", "wordings"),
    [
        ("间充质干细胞，间充质干细胞，间质干细胞。", {"间充质干细胞": 2, "间质干细胞": 1}),
        ("肌萎缩侧索硬化，又称渐冻症。渐冻症无药可治。", {"肌萎缩侧索硬化": 1, "渐冻症": 1}),
        ("MSC: mesenchymal stromal cells, mesenchymal stem cell.", None),
    ],
)
def test_several_wordings(checked: Callable[..., Document], text: str, wordings: dict[str, int] | None) -> None:
    (found,) = doubts(checked(text)).values()
    assert found == (wordings or {"mesenchymal stromal cells": 1, "mesenchymal stem cell": 1})


def test_what_others_titled_their_papers_is_not_in_doubt(checked: Callable[..., Document], glossary: Glossary) -> None:
    cited = Reference(number=1, raw="[1] 渐冻人病与渐冻症[J].", csl=CslItem(type="article"))
    text = structs.replace(checked("肌萎缩侧索硬化。干细胞。"), references=(cited,))
    found = structs.replace(text, terms=find_terms(text, glossary))
    assert check_terms(found, forbidden_by(glossary)).term_doubts == ()


def test_one_abstract_alone(checked: Callable[..., Document]) -> None:
    text = checked(abstracts=(ZH, ""))
    assert [len(pair.en) for pair in text.abstract_pairs] == [0] * 5
    assert not doubts(text)


def test_without_abstracts_nothing_is_paired(checked: Callable[..., Document]) -> None:
    assert checked("干细胞。").abstract_pairs == ()


@given(st.text("甲乙丙丁硬", min_size=1, max_size=6), st.text("甲乙丙丁症", max_size=3))
def test_wordings_group_without_regard_to_order(text: str, more: str) -> None:
    assert is_same(text, text + more)
    assert is_same(text, more + text)
    assert is_same(text, more[::-1]) == is_same(more[::-1], text)


@given(st.text("甲乙。！.;A b1", max_size=40))
def test_no_character_is_lost(text: str) -> None:
    for end in (CHINESE_END, ENGLISH_END):
        parts = sentences([text], end)
        assert "".join("".join(part.text.split()) for part in parts) == "".join(text.split())
        assert all(text[part.start : part.end] == part.text for part in parts)
