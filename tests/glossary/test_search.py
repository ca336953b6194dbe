import pytest

from recover.glossary.concept import Concept, Glossary
from recover.glossary.search import search

GLOSSARY = Glossary(
    "t",
    (
        Concept("肌萎缩侧索硬化", "amyotrophic lateral sclerosis", "ALS", ("渐冻症",)),
        Concept("间充质干细胞", "mesenchymal stem cell", "MSC"),
        Concept("造血干细胞", "haematopoietic stem cell", "HSC"),
        Concept("星形胶质细胞", "astrocyte"),
    ),
)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("渐冻症", "肌萎缩侧索硬化"),
        ("侧索", "肌萎缩侧索硬化"),
        ("肌萎缩侧素硬化", "肌萎缩侧索硬化"),
        ("als", "肌萎缩侧索硬化"),
        ("amyotrofic latral", "肌萎缩侧索硬化"),
        ("astrocite", "星形胶质细胞"),
        ("jwscsyh", "肌萎缩侧索硬化"),
        ("jczgxb", "间充质干细胞"),
        ("xingxing", "星形胶质细胞"),
        ("Haematopoietic", "造血干细胞"),
    ],
)
def test_the_best_comes_first(query: str, first: str) -> None:
    assert search(GLOSSARY, query)[0].concept.zh == first


@pytest.mark.parametrize("query", ["", "  ", "qqqq", "zebrafish"])
def test_nothing_is_made_up(query: str) -> None:
    assert search(GLOSSARY, query) == ()
