from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from recover.glossary.concept import Glossary
from recover.model.document import Document
from recover.stages.terms.align import CHINESE_END, ENGLISH_END, align_abstracts, sentences
from recover.stages.terms.consistency import term_problems
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


def test_sentences_say_the_same(document: Callable[..., Document], glossary: Glossary) -> None:
    text = document(abstracts=(ZH, EN))
    terms = find_terms(text, glossary)
    pairs = align_abstracts(text, terms)
    assert [(len(pair.zh), len(pair.en)) for pair in pairs] == [(1, 1), (1, 1), (1, 2), (1, 1), (1, 0)]
    assert pairs[2].shared_numbers == ("1700", "1995", "2024", "58")
    assert {terms[number].zh for number in pairs[3].shared_terms} == {"间充质干细胞", "星形胶质细胞"}


def test_terms_left_out_or_worded_in_several_ways(document: Callable[..., Document], glossary: Glossary) -> None:
    text = document("渐冻症与渐冻人病。肌萎缩侧索硬化。", abstracts=(ZH, EN))
    terms = find_terms(text, glossary)
    found = {
        (p.kind, terms[p.term].zh): p.wordings
        for p in term_problems(text, terms, align_abstracts(text, terms), glossary)
    }
    assert found["untranslated", "多发性硬化"] == ("多发性硬化",)
    assert set(found["inconsistent", "肌萎缩侧索硬化"]) == {"肌萎缩侧索硬化", "渐冻症"}
    assert found["forbidden", "渐冻人病"] == ("渐冻人病",)
    assert ("inconsistent", "间充质干细胞") not in found


def test_one_abstract_alone(document: Callable[..., Document], glossary: Glossary) -> None:
    text = document(abstracts=(ZH, ""))
    terms = find_terms(text, glossary)
    pairs = align_abstracts(text, terms)
    assert [len(pair.en) for pair in pairs] == [0] * 5
    assert not [p for p in term_problems(text, terms, pairs, glossary) if p.kind == "untranslated"]


@given(st.text("甲乙。！.;A b1", max_size=40))
def test_no_character_is_lost(text: str) -> None:
    for end in (CHINESE_END, ENGLISH_END):
        parts = sentences([text], end)
        assert "".join("".join(part.text.split()) for part in parts) == "".join(text.split())
        assert all(text[part.start : part.end] == part.text for part in parts)
