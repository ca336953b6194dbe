import pytest

from recover.glossary.concept import Concept
from recover.glossary.session import check


def rules(*concepts: Concept) -> set[tuple[int, str]]:
    return {(finding.line, finding.rule) for finding in check(concepts, range(2, len(concepts) + 2))}


@pytest.mark.parametrize(
    ("concepts", "found"),
    [
        ([Concept("小鼠", "mouse"), Concept("小鼠", "Mouse")], {(3, "duplicate")}),
        ([Concept("IL-6", "IL-6"), Concept("ＩＬ-6", "IL 6")], {(3, "duplicate"), (3, "width"), (3, "language")}),
        ([Concept("导管", "catheter"), Concept("导管", "duct")], {(3, "clash")}),
        ([Concept("导管", "catheter", domain="a"), Concept("导管", "duct", domain="b")], set()),
        ([Concept("导管", "catheter", domain="a"), Concept("导管", "duct")], {(3, "clash")}),
        ([Concept("导管", "catheter"), Concept("导管", "duct", status="admitted")], set()),
        ([Concept("间充质干细胞", "MSC"), Concept("间质干细胞", "MSC")], {(3, "clash")}),
        ([Concept("间充质干细胞", "a", zh_variants=("间质干细胞",)), Concept("间质干细胞", "b")], {(2, "variant")}),
        ([Concept("甲", "alpha", "AB"), Concept("乙", "beta", "AB")], {(3, "abbreviation")}),
        ([Concept("幹細胞", "stem cell")], {(2, "traditional")}),
        ([Concept("干细胞", "stem cell", zh_variants=("幹細胞",))], {(2, "traditional")}),
        ([Concept("干 细胞", "stem cell")], {(2, "space")}),
        ([Concept("SOD1 基因", "SOD1 gene")], set()),
        ([Concept("干细胞", "stem cell", zh_variants=("干细胞（成体",))], {(2, "unbalanced")}),
        ([Concept("干细胞", "stem cell", zh_variants=("甲；乙",))], {(2, "unbalanced")}),
        ([Concept("干细胞", "stem cell", en_variants=("stem cell",))], {(2, "unbalanced")}),
        ([Concept("stem cell", "干细胞")], {(2, "language")}),
        ([Concept("SOD1", "SOD1")], set()),
        ([Concept("干细胞", "stem cell", note="=1+1")], {(2, "formula")}),
    ],
)
def test_findings(concepts: list[Concept], found: set[tuple[int, str]]) -> None:
    assert rules(*concepts) == found
