import csv
import io
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recover.export import terms_csv
from recover.glossary.concept import Concept, Glossary
from recover.model.document import Document, Term
from recover.stages.terms.find import find_terms
from recover.stages.terms.mine import passages


def by_zh(document: Document, glossary: Glossary) -> dict[str, Term]:
    return {term.zh: term for term in find_terms(document, glossary)}


def printed(document: Document, term: Term) -> list[str]:
    texts = {(p.section, p.paragraph): p.text for p in passages(document)}
    return [texts[m.section, m.paragraph][m.start : m.end] for m in term.mentions]


def test_mentions_lead_to_their_words(document: Callable[..., Document], glossary: Glossary) -> None:
    text = document(
        "ALS即肌萎缩侧索硬化症。",
        title=("渐冻症的干细胞治疗", "Stem cells for amyotrophic lateral sclerosis"),
        keywords=(("肌萎缩侧索硬化",), ("Amyotrophic Lateral Sclerosis",)),
    )
    term = by_zh(text, glossary)["肌萎缩侧索硬化"]
    assert printed(text, term) == [
        "渐冻症", "amyotrophic lateral sclerosis", "肌萎缩侧索硬化", "Amyotrophic Lateral Sclerosis", "ALS",
        "肌萎缩侧索硬化症",
    ]  # fmt: skip
    assert [mention.section for mention in term.mentions][:4] == ["title-zh", "title-en", "keywords-zh", "keywords-en"]
    assert (term.count, term.aligned, term.source, term.abbreviation) == (6, True, "glossary", "ALS")


def test_a_variant_names_the_term_where_the_document_uses_it_alone(
    document: Callable[..., Document], glossary: Glossary
) -> None:
    assert by_zh(document("渐冻症少见。渐冻症可治。"), glossary)["渐冻症"].en == "amyotrophic lateral sclerosis"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("骨髓间充质干细胞有效。", {"骨髓间充质干细胞"}),
        ("重症状态。", set()),
        ("症状多样。", {"症状"}),
        ("神经元丢失。", {"神经元"}),
        ("神经受损。", {"神经"}),
        ("骨髓间 充质干细胞", {"骨髓间充质干细胞"}),
        ("患者用MS检测。", set()),
        ("质谱（MS）检测，MS结果。", {"质谱"}),
        ("多发性硬化，MS少见。", {"多发性硬化"}),
        ("ALS患者。", {"肌萎缩侧索硬化"}),
        ("als，Also。", set()),
        ("平均长度（ALS）增加，ALS不变。", set()),
    ],
)
def test_whole_words_and_the_longest(
    text: str, terms: set[str], document: Callable[..., Document], glossary: Glossary
) -> None:
    assert set(by_zh(document(text), glossary)) == terms


def test_inside_a_longer_term_only_the_other_language_counts(
    document: Callable[..., Document], glossary: Glossary
) -> None:
    text = document("星形胶质细胞活化。", abstracts=("少见。", "Activation of astrocytes."))
    term = by_zh(text, glossary)["星形胶质细胞"]
    assert term.aligned
    assert sorted(printed(text, term)) == ["astrocytes", "星形胶质细胞"]
    assert "星形胶质细胞" not in by_zh(document("星形胶质细胞活化。"), glossary)


def test_aligned_needs_both_languages(document: Callable[..., Document], glossary: Glossary) -> None:
    assert not by_zh(document("干细胞可用。"), glossary)["干细胞"].aligned
    assert by_zh(document("干细胞可用。", abstracts=("可。", "Stem cells.")), glossary)["干细胞"].aligned


def test_a_misread_letter_is_no_new_term(document: Callable[..., Document], glossary: Glossary) -> None:
    found = find_terms(document("以肌萎缩侧索硬化(amyotrophic laterai sclerosis, ALS)为例。"), glossary)
    assert [(term.zh, term.source, term.aligned) for term in found] == [("肌萎缩侧索硬化", "glossary", True)]


def test_the_text_overrules_the_glossary(document: Callable[..., Document]) -> None:
    glossary = Glossary("t", (Concept("导管", "catheter"),))
    found = find_terms(document("扩张的导管(duct)增生。"), glossary)
    assert [(term.zh, term.en, term.source) for term in found] == [("导管", "duct", "text")]


def test_pairs_of_the_text_are_found_everywhere(document: Callable[..., Document], glossary: Glossary) -> None:
    text = document(
        "采用嗅鞘细胞(olfactory ensheathing cells, OECs)，OEC与嗅鞘细胞。", title=("", "Olfactory ensheathing cell")
    )
    term = by_zh(text, glossary)["嗅鞘细胞"]
    assert printed(text, term) == [
        "Olfactory ensheathing cell", "嗅鞘细胞", "olfactory ensheathing cells", "OECs", "OEC", "嗅鞘细胞",
    ]  # fmt: skip
    assert term.source == "text"


def test_empty_documents_and_glossaries(document: Callable[..., Document], glossary: Glossary) -> None:
    assert find_terms(document(), glossary) == ()
    assert find_terms(document("干细胞"), Glossary("none", ())) == ()


PIECES = ["骨髓", "间充质", "干细胞", "神经", "元", "stem cells", " ", "(", ")", "ALS", "，", "MSC", "症状"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_mentions_lie_in_their_text(pieces: list[str], document: Callable[..., Document], glossary: Glossary) -> None:
    body = "".join(pieces)
    places = [(m.start, m.end) for term in find_terms(document(body), glossary) for m in term.mentions]
    assert all(0 <= start < end <= len(body) for start, end in places)
    assert len(set(places)) == len(places)


def test_terms_csv_opens_in_a_spreadsheet(document: Callable[..., Document]) -> None:
    places = find_terms(document("干细胞。"), Glossary("t", (Concept("干细胞", "stem cell"),)))
    bad = msgspec.structs.replace(places[0], en='=HYPERLINK("x")', zh="a,b")
    table = terms_csv.render(msgspec.structs.replace(document("干细胞。"), terms=(bad,)))
    assert table.startswith(b"\xef\xbb\xbfzh,en,abbreviation,count,aligned,source,places\r\n")
    assert table.decode("utf-8-sig").splitlines()[1] == '"a,b","\'=HYPERLINK(""x"")",,1,no,glossary,1 | 【干细胞】。'


def test_a_terms_places_say_where_they_are_and_what_is_said_there(document: Callable[..., Document]) -> None:
    made = document("移植以后。骨髓干细胞有效！别的。")
    section = msgspec.structs.replace(made.sections[0], number="2.1", title="疗效")
    made = msgspec.structs.replace(made, sections=(section,))
    terms = find_terms(made, Glossary("t", (Concept("干细胞", "stem cell"),)))
    table = terms_csv.render(msgspec.structs.replace(made, terms=terms)).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(table)))["places"] == "2.1 疗效 | 骨髓【干细胞】有效！"
