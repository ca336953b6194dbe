from collections.abc import Callable

import pytest

from recover.glossary.concept import Glossary
from recover.model.document import Document
from recover.stages.terms.bounds import Gloss, explains, read_gloss
from recover.stages.terms.find import surroundings
from recover.stages.terms.mine import mine, passages

NOTHING = Glossary("none", ())


def pairs(document: Document, glossary: Glossary = NOTHING) -> list[tuple[str, str, str]]:
    texts = passages(document)
    return [(m.zh, m.en, m.abbreviation) for m in mine(document, texts, surroundings(texts, glossary))]


@pytest.mark.parametrize(
    ("inside", "gloss"),
    [
        ("amyotrophic lateral sclerosis, ALS", Gloss("amyotrophic lateral sclerosis", "ALS")),
        ("ALS，amyotrophic lateral sclerosis", Gloss("amyotrophic lateral sclerosis", "ALS")),
        ("英文名：stem cell", Gloss("stem cell", "")),
        ("简称ALS", Gloss("", "ALS")),
        ("tumor necrosis factor-α, TNF-α", Gloss("tumor necrosis factor-α", "TNF-α")),
        ("microRNA, miRNA", Gloss("microRNA", "miRNA")),
        ("2,5-hexanedione", Gloss("2,5-hexanedione", "")),
        ("Riluzole", Gloss("Riluzole", "")),
        ("P<0.05", None),
        ("10 mg/kg", None),
        ("n=12", None),
        ("Sigma, USA", None),
        ("Smith et al", None),
        ("Tatem,1870", None),
        ("poly(lactic-co-glycolic acid), PLGA", Gloss("poly(lactic-co-glycolic acid)", "PLGA")),
        ("mesenchymal stem cells (MSCs)", Gloss("mesenchymal stem cells", "MSCs")),
        ("lactic-co-glycolic acid), PLGA", None),
        ("E. coli", None),
        ("图1", None),
        ("见表2", None),
    ],
)
def test_what_a_bracket_says(inside: str, gloss: Gloss | None) -> None:
    assert read_gloss(inside) == gloss


# The Chinese before the bracket with | where the term begins, and what is in the bracket.
BRACKETS = [
    ("近年来，|诱导多能干细胞", "induced pluripotent stem cells, iPSCs"),
    ("目前常用的动物模型是|肌萎缩侧索硬化", "amyotrophic lateral sclerosis, ALS"),
    ("研究表明|脑源性神经营养因子", "brain-derived neurotrophic factor, BDNF"),
    ("可分泌|胶质细胞源性神经营养因子", "glial cell line-derived neurotrophic factor, GDNF"),
    ("患者可出现|额颞叶痴呆", "frontotemporal dementia, FTD"),
    ("并通过激活|小胶质细胞", "microglia"),
    ("移植后的|神经前体细胞", "neural progenitor cells, NPCs"),
    ("对|脊髓损伤", "spinal cord injury, SCI"),
    ("用于治疗|脊髓性肌萎缩症", "spinal muscular atrophy, SMA"),
    ("将|嗅鞘细胞", "olfactory ensheathing cells, OECs"),
    ("移植|许旺细胞", "Schwann cells, SCs"),
    ("利用|成簇规律间隔短回文重复序列", "clustered regularly interspaced short palindromic repeats, CRISPR"),
    ("抑制|核因子κB", "nuclear factor kappa B, NF-κB"),
    ("以及|白细胞介素6", "interleukin-6, IL-6"),
    ("编码|TAR DNA结合蛋白43", "TAR DNA-binding protein 43, TDP-43"),
    ("突变的|9号染色体开放阅读框72", "chromosome 9 open reading frame 72, C9orf72"),
    ("采用|改良ALS功能评分量表", "revised ALS functional rating scale, ALSFRS-R"),
    ("给予|鞘内注射", "intrathecal injection"),
    ("将|脂肪间充质干细胞", "adipose-derived mesenchymal stem cells, ADSCs"),
    ("口服|依达拉奉", "Edaravone"),
    ("和|下运动神经元", "lower motor neuron, LMN"),
    ("改善|Basso-Beattie-Bresnahan评分", "Basso-Beattie-Bresnahan score, BBB"),
    ("|抑制性突触后电位", "inhibitory postsynaptic potential, IPSP"),
    ("|诱导型一氧化氮合酶", "inducible nitric oxide synthase, iNOS"),
    ("|主要组织相容性复合体", "major histocompatibility complex, MHC"),
    ("其中|外泌体", "exosomes"),
    ("|腺相关病毒", "adeno-associated virus, AAV"),
    ("|腹侧被盖区", "ventral tegmental area, VTA"),
    ("|组蛋白去乙酰化酶抑制剂", "histone deacetylase inhibitor, HDACi"),
    ("参与调控|自噬", "autophagy"),
    ("激活|磷脂酰肌醇3激酶", "phosphatidylinositol 3-kinase, PI3K"),
    ("采用|聚乳酸-羟基乙酸共聚物", "poly(lactic-co-glycolic acid), PLGA"),
    ("冠脉流出液中|乳酸脱氢酶", "lactate dehydrogenase, LDH"),
]


@pytest.mark.parametrize(("before", "inside"), BRACKETS)
@pytest.mark.parametrize("marks", ["()", "（）", " ()"])
def test_where_the_term_begins(before: str, inside: str, marks: str, document: Callable[..., Document]) -> None:
    opening, closing = marks[:-1], marks[-1]
    text = "本病少见。" + before.replace("|", "") + opening + inside + closing + "，仍待研究。"
    assert [pair[0] for pair in pairs(document(text))] == [before.split("|")[1]]


@pytest.mark.parametrize(
    "text",
    [
        "采用两步生长法将荧光染料(rhodamine 590)加入。",  # the name of one dye, not of dyes
        "结果表明差异有统计学意义(P<0.05)。",
        "也是《脑和语言》(Brain and Language)的主编。",
        "将细胞置于培养箱(Thermo Fisher, USA)中。",
        "以反义寡核苷酸药物托夫生(Tofersen)治疗。",  # where the name begins can't be told
        "采用软件(version)处理。",
        "哲学家德里达(Jacques Derrida)认为如此。",  # a person
        "位于湖边的芦苇群落(Phragmites australis)。",  # the English names the plant alone
        "指数级富集的配体系统进化技术(systematic evolution of ligands by exponential enrichment)。",
    ],
)
def test_what_is_left_alone(text: str, document: Callable[..., Document]) -> None:
    assert pairs(document(text)) == []


def test_the_glossary_tells_where_a_term_begins(document: Callable[..., Document], glossary: Glossary) -> None:
    text = document("移植人源间充质干细胞(mesenchymal stem cells, MSCs)有效。")
    assert pairs(text, glossary)[0][0] == "间充质干细胞"


def test_a_term_the_document_writes_alone(document: Callable[..., Document]) -> None:
    text = "自体嗅鞘细胞(olfactory ensheathing cells)。嗅鞘细胞可再生，嗅鞘细胞安全。"
    assert pairs(document(text)) == [("嗅鞘细胞", "olfactory ensheathing cells", "")]


def test_keywords_are_paired_by_their_places(document: Callable[..., Document]) -> None:
    both = (("外泌体", "神经保护"), ("exosome", "neuroprotection"))
    assert pairs(document(keywords=both)) == [("外泌体", "exosome", ""), ("神经保护", "neuroprotection", "")]
    assert pairs(document(keywords=(("外泌体",), ("exosome", "neuroprotection")))) == []


def test_the_english_may_come_first(document: Callable[..., Document]) -> None:
    assert pairs(document("又称motor neuron disease（运动神经元病）。")) == [
        ("运动神经元病", "motor neuron disease", "")
    ]
    assert pairs(document("结果见control group（见图三）。")) == []


def test_an_abbreviation_joins_two_languages(document: Callable[..., Document]) -> None:
    text = document(
        abstracts=("观察嗅鞘细胞(OECs)移植。", "To study transplantation of olfactory ensheathing cells (OECs).")
    )
    assert pairs(text) == [("嗅鞘细胞", "olfactory ensheathing cells", "OECs")]


def test_columns_of_a_table(document: Callable[..., Document]) -> None:
    rows = (
        ("缩写", "英文全称", "中文名称"),
        ("ALS", "amyotrophic lateral sclerosis", "肌萎缩侧索硬化"),
        ("x", "", "无"),
    )
    assert pairs(document(table=rows)) == [("肌萎缩侧索硬化", "amyotrophic lateral sclerosis", "ALS")]
    assert pairs(document(table=(("项目", "数值"), ("甲", "stem cell")))) == []


@pytest.mark.parametrize(
    ("short", "phrase", "expected"),
    [
        ("ALS", "amyotrophic lateral sclerosis", True),
        ("iPSCs", "induced pluripotent stem cells", True),
        ("ALS", "lateral sclerosis", False),
    ],
)
def test_letters_in_order(short: str, phrase: str, expected: bool) -> None:
    assert explains(short, phrase) == expected


def test_a_term_in_quotation_marks_is_all_of_it(document: Callable[..., Document]) -> None:
    text = document("他们考察了“确定事件原则”(sure-thing principle)。")
    assert pairs(text) == [("确定事件原则", "sure-thing principle", "")]
