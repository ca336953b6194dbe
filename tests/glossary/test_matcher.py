import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.glossary.concept import Concept, Glossary, squash
from recover.glossary.english import shapes
from recover.glossary.matcher import Matcher, keyed_forms, matcher_for


def found(text: str, *concepts: Concept) -> list[str]:
    return [text[hit.start : hit.end] for hit in Matcher(keyed_forms(concepts)).find(text)]


@pytest.mark.parametrize(
    ("concept", "text", "expected"),
    [
        (Concept("甲", "stem cell"), "Stem-cell and stem cells, stemcell", ["Stem-cell", "stem cells", "stemcell"]),
        (Concept("甲", "stem cells"), "a stem cell", ["stem cell"]),
        (Concept("甲", "therapist"), "the rapist", []),
        (Concept("甲", "biopsy"), "biopsies", ["biopsies"]),
        (Concept("甲", "mitochondrion"), "Mitochondria", ["Mitochondria"]),
        (Concept("甲", "tumour necrosis factor"), "tumor necrosis factors", ["tumor necrosis factors"]),
        (
            Concept("甲", "Parkinson's disease"),
            "Parkinson’s disease, Parkinson disease",
            ["Parkinson’s disease", "Parkinson disease"],
        ),
        (Concept("甲", "amyotrophic lateral sclerosis", "ALS"), "ALS患者，also als, FALS, ALSs", ["ALS", "ALSs"]),
        (Concept("甲", "TDP-43"), "TDP43、TDP 43、TDP-43", ["TDP43", "TDP 43", "TDP-43"]),
        (Concept("甲", "x", "LIF"), "LiF, LIF, LIFs", ["LIF", "LIFs"]),
        (Concept("甲", "x", "iPSCs"), "iPSC, IPSC", ["iPSC"]),
        (Concept("甲", "x", "IL"), "IL-6, IL-β, IL", ["IL"]),
        (Concept("甲", "SOD1"), "SOD1G93A, Sod1, sod1", ["Sod1"]),
        (Concept("骨髓间充质干细胞", "x"), "骨髓间 充质干细胞", ["骨髓间 充质干细胞"]),
        (Concept("细胞", "x"), "细 胞", []),
        (Concept("白细胞介素6", "x"), "白细胞介素-６，白细胞介素60", ["白细胞介素-６"]),
    ],
)
def test_shapes_in_print(concept: Concept, text: str, expected: list[str]) -> None:
    assert found(text, concept) == expected


def test_nested_and_shared_wordings() -> None:
    concepts = (Concept("骨髓间充质干细胞", "a"), Concept("间充质干细胞", "b"), Concept("间充质干细胞", "c"))
    hits = list(matcher_for(Glossary("t", concepts)).find("骨髓间充质干细胞"))
    assert [(hit.start, hit.end, len(hit.forms)) for hit in hits] == [(0, 8, 1), (2, 8, 2)]


def test_an_empty_glossary_finds_nothing() -> None:
    assert found("干细胞") == []


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("astrocyte", None),
        ("biopsy", "biopsies"),
        ("nucleus", "nuclei"),
        ("diagnosis", "diagnoses"),
        ("neuron", "neurone"),
        ("mouse", "mice"),
    ],
)
def test_numbers_and_spellings(word: str, other: str | None) -> None:
    assert other in shapes(word) if other else shapes(word) == {word}


@given(st.text(max_size=40))
def test_offsets_lead_back(text: str) -> None:
    letters = squash(text)
    assert len(letters.text) == len(letters.offsets)
    assert list(letters.offsets) == sorted(set(letters.offsets))
    assert squash(letters.text).text == letters.text or any(ord(char) > 127 for char in text)


@given(st.text("骨髓干细胞 ，ab-", max_size=30))
def test_every_hit_shows_its_form(text: str) -> None:
    concepts = (Concept("干细胞", "ab"), Concept("骨髓", "b-a"))
    for hit in Matcher(keyed_forms(concepts)).find(text):
        assert squash(text[hit.start : hit.end]).text.removesuffix("s") in {"干细胞", "骨髓", "ab", "ba"}
